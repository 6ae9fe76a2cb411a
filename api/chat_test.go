package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

func openAIClient(t *testing.T, config Config) *openai.Client {
	t.Helper()
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	settings := openai.DefaultConfig("no-key")
	settings.BaseURL = server.URL + "/v1"
	return openai.NewClientWithConfig(settings)
}

// chatted is what a client of OpenAI's got.
type chatted struct {
	answerID, content string
	links             []openai.ResponseAnnotation // of a response: the client has none of a completion
	usage             int
}

// The four ways in which OpenAI's client asks.
var ways = map[string]func(context.Context, *openai.Client, string) (chatted, error){
	"completion": func(ctx context.Context, client *openai.Client, question string) (c chatted, err error) {
		got, err := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: chatModel, Messages: []openai.ChatCompletionMessage{{Role: "user", Content: question}}})
		if err != nil {
			return c, err
		}
		choice := got.Choices[0]
		if choice.FinishReason != openai.FinishReasonStop || choice.Message.Role != "assistant" {
			return c, fmt.Errorf("choice %+v", choice)
		}
		return chatted{answerID: strings.TrimPrefix(got.ID, "chatcmpl-"), content: choice.Message.Content, usage: got.Usage.TotalTokens}, nil
	},
	"completion, streamed": func(ctx context.Context, client *openai.Client, question string) (c chatted, err error) {
		stream, err := client.CreateChatCompletionStream(ctx, openai.ChatCompletionRequest{
			Model: chatModel, Messages: []openai.ChatCompletionMessage{{Role: "user", Content: question}}, StreamOptions: &openai.StreamOptions{IncludeUsage: true},
		})
		if err != nil {
			return c, err
		}
		defer stream.Close()
		for finished := false; ; {
			chunk, err := stream.Recv()
			if err != nil {
				if finished && errors.Is(err, io.EOF) {
					err = nil
				}
				return c, err
			}
			c.answerID = strings.TrimPrefix(chunk.ID, "chatcmpl-")
			for _, choice := range chunk.Choices {
				c.content += choice.Delta.Content
				finished = finished || choice.FinishReason == openai.FinishReasonStop
			}
			if chunk.Usage != nil {
				c.usage = chunk.Usage.TotalTokens
			}
		}
	},
	"response": func(ctx context.Context, client *openai.Client, question string) (c chatted, err error) {
		got, err := client.CreateResponse(ctx, openai.CreateResponseRequest{Model: chatModel, Input: question})
		if err != nil {
			return c, err
		}
		return respondedWith(got)
	},
	"response, streamed": func(ctx context.Context, client *openai.Client, question string) (c chatted, err error) {
		stream, err := client.CreateResponseStream(ctx, openai.CreateResponseRequest{Model: chatModel, Input: question})
		if err != nil {
			return c, err
		}
		defer stream.Close()
		for {
			event, err := stream.Recv()
			if err != nil {
				return c, err
			}
			switch event.Type {
			case openai.ResponseStreamEventOutputTextDelta:
				c.content += event.Delta
			case openai.ResponseStreamEventOutputTextAnnotationAdded:
				c.links = append(c.links, *event.Annotation)
			case openai.ResponseStreamEventError:
				return c, errors.New(event.Message)
			case openai.ResponseStreamEventCompleted:
				whole, err := respondedWith(*event.Response)
				if err == nil && (whole.content != c.content || !slices.Equal(whole.links, c.links)) {
					err = fmt.Errorf("told %+v, and in the end %+v", c, whole)
				}
				return whole, err
			}
		}
	},
}

func respondedWith(r openai.CreateResponseResponse) (c chatted, err error) {
	if len(r.Output) != 1 || r.Status != "completed" {
		return c, fmt.Errorf("response %+v", r)
	}
	encoded, err := json.Marshal(r.Output[0])
	if err != nil {
		return c, err
	}
	var message openai.ResponseOutputItem
	if err := json.Unmarshal(encoded, &message); err != nil {
		return c, err
	}
	text := message.Content[0]
	return chatted{strings.TrimPrefix(r.ID, "resp_"), text.Text, text.Annotations, r.Usage.TotalTokens}, nil
}

var (
	shownQuotations = regexp.MustCompile(`(?s)“([^”]*(?:“[^”]*”[^”]*)*)” \[\[(\d+)\]\]\((\S+?)\)`)
	quotationMarks  = regexp.MustCompile(`["“”„«»]`)
)

// linked are the words of the record that a link leads to.
func linked(t *testing.T, record Library, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	text, err := record.Text(t.Context(), path.Base(u.Path))
	if err != nil {
		t.Fatal(err)
	}
	start, startErr := strconv.Atoi(u.Query().Get("start"))
	end, endErr := strconv.Atoi(u.Query().Get("end"))
	if err := errors.Join(startErr, endErr); err != nil {
		t.Fatal(err)
	}
	return string([]rune(text)[start:end])
}

// checkMessage holds the message of an answer that was kept to the promise: its quotations
// are the words that they link to, no other words stand between quotation marks, nothing
// that was withheld is in it, and its links are where they are said to be.
func checkMessage(t *testing.T, record Library, c chatted, a *answer.Answer) {
	t.Helper()
	said, sources, _ := strings.Cut(c.content, "\n\nSources:\n")
	shown := shownQuotations.FindAllStringSubmatch(said, -1)
	for i, s := range shown {
		words := strings.ReplaceAll(s[1], `\`, "")
		if got := linked(t, record, s[3]); got != words {
			t.Errorf("%q is shown for a quotation, and its link leads to %q", words, got)
		}
		if s[2] != fmt.Sprint(i+1) || !strings.Contains(sources, fmt.Sprintf("\n%s. ", s[2])) || !strings.Contains(sources, s[3]) {
			t.Errorf("quotation %d has the number %s, and the sources are %q", i+1, s[2], sources)
		}
	}
	if len(shown) < len(a.Citations) {
		t.Errorf("%d quotations are shown of %d", len(shown), len(a.Citations))
	}
	if outside := shownQuotations.ReplaceAllString(said, "") + sources; quotationMarks.MatchString(outside) {
		t.Errorf("quotation marks stand around other words: %q", outside)
	}
	for _, w := range a.Withheld {
		if strings.Contains(c.content, w.Text) {
			t.Errorf("%q was withheld, and is shown", w.Text)
		}
	}
	if !a.Answerable && !strings.HasPrefix(said, a.Text) || !strings.Contains(said, a.Notice) {
		t.Errorf("the message is %q, the answer %q, its notice %q", said, a.Text, a.Notice)
	}
	for i, l := range c.links {
		link := string([]rune(c.content)[l.StartIndex:l.EndIndex])
		if want := fmt.Sprintf("[[%d]](%s)", i+1, l.URL); link != want || l.Type != "url_citation" || l.Title == "" {
			t.Errorf("link %+v is at %q, want %q", l, link, want)
		}
	}
}

// Whatever becomes of an answer, OpenAI's client gets it in each way with its quotations,
// and only these between quotation marks.
func TestChatsOfOpenAIsClient(t *testing.T) {
	t.Parallel()
	const question = "How far does the new lamp reach, and who pays for the electricity?"
	for _, test := range []struct {
		name, question string
		script         llmtest.Script // nil: there is no model
		quotations     int            // of the message
		void           int            // that are told before the model fails
		notice         string
	}{
		{"without a model", question, nil, 1, 0, ""},
		{"marks of Markdown", "What does nobody type into a log book?", nil, 1, 0, ""},
		{"nothing to quote", "What do penguins eat?", nil, 0, 0, ""},
		{"about the record", "Who speaks in the record?", nil, 2, 0, ""},
		{"a model", question, saying("Odile Marchetti said: {nineteen nautical}. And {a third}.", llmtest.Finish("stop")), 2, 0, ""},
		{"a model that lies", question, saying("Marchetti, who hates cats, boasted: {nineteen nautical}. It shines “far beyond the horizon”. Everybody is glad.", llmtest.Finish("stop")), 1, 0, ""},
		{"a model that says nothing", question, saying("It shines “far beyond the horizon”. ", llmtest.Finish("stop")), 1, 0, "The model gave no answer"},
		{"a model that fails when it has said something", question, saying("Marchetti said: {nineteen nautical}. She went on to say that ", llmtest.Cut()), 1, 1, "The model gave no answer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var model answer.Model
			if test.script != nil {
				model, _ = scripted(t, test.script)
			}
			config := newConfigWith(t, model)
			addLighthouse(t, config)
			client := openAIClient(t, config)
			for way, ask := range ways {
				t.Run(way, func(t *testing.T) {
					got, err := ask(t.Context(), client, test.question)
					if err != nil {
						t.Fatal(err)
					}
					a, err := config.Answers.Get(t.Context(), got.answerID)
					if err != nil {
						t.Fatal(err)
					}
					checkMessage(t, config.Library, got, a)
					wanted := test.quotations
					if strings.Contains(way, "streamed") {
						wanted += test.void
					}
					if n := len(shownQuotations.FindAllString(got.content, -1)); n != wanted {
						t.Errorf("%d quotations are shown, want %d: %q", n, wanted, got.content)
					}
					if got.usage != a.Usage.TotalTokens || !strings.HasPrefix(a.Notice, test.notice) {
						t.Errorf("usage %d of %d, notice %q", got.usage, a.Usage.TotalTokens, a.Notice)
					}
				})
			}
		})
	}
}

// A chat has the first statement while the model is still writing the next one.
func TestChatIsNotHeldBack(t *testing.T) {
	t.Parallel()
	model, modelServer := scripted(t, saying("The reach is {nineteen nautical}. She went on", llmtest.Hang()))
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	client := openAIClient(t, config)
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	stream, err := client.CreateChatCompletionStream(ctx, openai.ChatCompletionRequest{
		Model: chatModel, Messages: []openai.ChatCompletionMessage{{Role: "user", Content: "How far does the new lamp reach?"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	for told := ""; !strings.Contains(told, "nineteen nautical miles.” [[1]](https://"); {
		chunk, err := stream.Recv()
		if err != nil {
			t.Fatalf("told %q, then %v", told, err)
		}
		told += chunk.Choices[0].Delta.Content
	}
	hangUp()
	modelServer.Wait()
}

// What goes wrong is told before a stream begins as a refusal, and from then on as the
// stream's end, in the words that are meant for clients.
func TestChatsFail(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		begun bool
	}{{"at once", false}, {"when something has been told", true}} {
		config := Config{Log: testLog(t), Answers: answering{answer: func(_ context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
			if test.begun && emit != nil {
				if err := errors.Join(emit(answer.Retrieval{AnswerID: "a"}), emit(answer.Delta{Text: "The lamp"})); err != nil {
					return nil, err
				}
			}
			return nil, fault.New(fault.Unavailable, "the database does not answer; try again").WithHint("host db-7")
		}}}
		client := openAIClient(t, config)
		for way, ask := range ways {
			t.Run(test.name+", "+way, func(t *testing.T) {
				got, err := ask(t.Context(), client, "How far?")
				if err == nil || !strings.Contains(err.Error(), "the database does not answer; try again") || strings.Contains(err.Error(), "db-7") {
					t.Errorf("the client is told %v", err)
				}
				if told := test.begun && strings.Contains(way, "streamed"); told != (got.content == "The lamp") {
					t.Errorf("the client has %q", got.content)
				}
			})
		}
	}
}

// Words of the record stay as they are, but for what Markdown would take for markup.
func TestInertMarkdown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"plain words", "Well – it’s $5, (laughter) [inaudible], and 3 < 4 & 5!", "Well – it’s $5, (laughter) [inaudible], and 3 < 4 & 5!"},
		{"emphasis", "*so* _so_ ~~so~~ snake_case", `\*so\* \_so\_ \~\~so\~\~ snake\_case`},
		{"code", "`rm`", "\\`rm\\`"},
		{"tags", "<b>so</b> <!-- so -->", `\<b>so\</b> \<!-- so -->`},
		{"entities", "&lt; &#60;", `\&lt; \&#60;`},
		{"links", "[so](a) [so][1] ![so](x) [^1] [1]: x", `[so\](a) [so\][1] \![so\](x) \[^1] [1\]: x`},
		{"addresses", "https://a.example www.a.example a@b.example", `https\://a.example www\.a.example a\@b.example`},
		{"backslashes", `C:\so`, `C:\\so`},
		{"beginnings of lines", "# so\n- so\n1. so\n> so\n-- so\n===\n    so\n#so\n-5 degrees\n1.5 miles", "\\# so\n\\- so\n1\\. so\n\\> so\n\\-- so\n\\===\nso\n#so\n-5 degrees\n1.5 miles"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := inertMarkdown(test.text, true); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got, want := inertMarkdown("- so\n- so", false), "- so\n\\- so"; got != want {
		t.Errorf("in the middle of a line: got %q, want %q", got, want)
	}
}
