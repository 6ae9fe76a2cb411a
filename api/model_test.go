package api

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// scripted is a model behind a server of its own.
func scripted(t testing.TB, script llmtest.Script) (answer.Model, *llmtest.Server) {
	t.Helper()
	server := llmtest.New(t, script)
	return clientOf(t, server), server
}

func clientOf(t testing.TB, server *llmtest.Server) answer.Model {
	t.Helper()
	model, err := llm.New(llm.Config{BaseURL: server.URL, Model: "scripted", HTTPClient: server.Client(), Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	return model
}

var pointPattern = regexp.MustCompile(`\{[^}]+\}`)

// pointing replaces {words} by the number of the sentence that has them.
func pointing(r llmtest.Request, text string) string {
	return pointPattern.ReplaceAllStringFunc(text, func(words string) string {
		for _, s := range r.Sentences() {
			if strings.Contains(s.Text, strings.Trim(words, "{}")) {
				return fmt.Sprintf("[s%d]", s.Number)
			}
		}
		return words
	})
}

// saying is a model that writes this, word for word.
func saying(text string, then ...llmtest.Event) llmtest.Script {
	return func(r llmtest.Request) llmtest.Reply {
		var events []llmtest.Event
		for _, word := range strings.SplitAfter(pointing(r, text), " ") {
			events = append(events, llmtest.Content(word))
		}
		return llmtest.Stream(append(events, then...)...)
	}
}

// streamed asks for events; told is the text of the deltas.
func streamed(t *testing.T, config Config, question string) (events []event, told string, done answer.Answer) {
	t.Helper()
	handler := newDescribed(t, New(config))
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, askForEvents(t.Context(), question))
	events = parseEvents(t, recorded.Body.String())
	for _, e := range events {
		switch e.name {
		case "delta":
			var delta answer.Delta
			unmarshal(t, e.data, &delta)
			told += delta.Text
		case "citation":
			handler.checkData("Citation", []byte(e.data))
			var citation answer.Citation
			unmarshal(t, e.data, &citation)
			if strings.Contains(told, citation.Quote) {
				t.Errorf("citation %d comes after its quotation", citation.Number)
			}
		case "withheld":
			handler.checkData("Withheld", []byte(e.data))
		}
	}
	last := events[len(events)-1]
	if last.name != "done" {
		t.Fatalf("the last event is %q", last)
	}
	handler.checkData("Answer", []byte(last.data))
	unmarshal(t, last.data, &done)
	return events, told, done
}

// The model's prose is told statement by statement, each after the citations of
// its quotations, and what does not hold is told as withheld.
func TestModelStreams(t *testing.T) {
	t.Parallel()
	model, _ := scripted(t, saying(
		"Odile Marchetti said: {nineteen nautical}. It shines “far beyond the horizon”. On the electricity she said {a third}. Everybody is glad.",
		llmtest.Finish("stop")))
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	events, told, done := streamed(t, config, "How far does the new lamp reach, and who pays for the electricity?")

	got := slices.Compact(names(events))
	want := []string{"retrieval", "citation", "delta", "withheld", "citation", "delta", "withheld", "done"}
	if !slices.Equal(got, want) {
		t.Errorf("events %q; want %q", got, want)
	}
	if told != done.Text || len(done.Citations) != 2 || done.Mode != answer.ModeLLM || done.Model != "scripted" || done.Usage.TotalTokens == 0 || done.Notice != "" {
		t.Errorf("told %q of %+v", told, done)
	}
	if len(done.Withheld) != 2 || done.Withheld[0].Reason != answer.ReasonFabricated || done.Withheld[1].Reason != answer.ReasonUnsupported {
		t.Errorf("withheld %+v", done.Withheld)
	}
	for _, c := range done.Citations {
		if !strings.Contains(done.Text, "“"+c.Quote+"”") {
			t.Errorf("the answer does not show citation %d: %q", c.Number, done.Text)
		}
	}
}

// A plan is told quotation by quotation, each as soon as it is complete: what the model
// hangs on after that takes nothing back. Its prose is asked for where no plan is taken.
func TestPlanStreams(t *testing.T) {
	t.Parallel()
	planning := func(r llmtest.Request) llmtest.Reply {
		if r.Schema == "" {
			return saying("Odile Marchetti said: {nineteen nautical}.", llmtest.Finish("stop"))(r)
		}
		number := func(words string) string { return strings.Trim(pointing(r, "{"+words+"}"), "[s]") }
		return llmtest.Stream(
			llmtest.Content(`{"quotations": [{"sentences": [`+number("nineteen nautical")+`], "link": "Odile Marchetti admitted"},`),
			llmtest.Content(` {"sentences": [9999], "link": ""}, {"sentences": [`+number("a third")+`], "li`),
			llmtest.Finish("length"))
	}
	for _, test := range []struct {
		name   string
		script llmtest.Script
		events []string
	}{
		{"a plan that is cut", planning, []string{"retrieval", "citation", "delta", "withheld", "done"}},
		{"no plan is taken", llmtest.Without(planning, "response_format"), []string{"retrieval", "citation", "delta", "done"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			model, _ := scripted(t, test.script)
			config := newConfigWith(t, model)
			addLighthouse(t, config)
			events, told, done := streamed(t, config, "How far does the new lamp reach, and who pays for the electricity?")
			if got := slices.Compact(names(events)); !slices.Equal(got, test.events) {
				t.Errorf("events %q; want %q", got, test.events)
			}
			if told != done.Text || done.Mode != answer.ModeLLM || done.Notice != "" || len(done.Citations) != 1 || !strings.Contains(done.Citations[0].Quote, "nineteen nautical") || strings.Contains(told, "admitted") {
				t.Errorf("told %q of %+v", told, done)
			}
		})
	}
}

// The mode decides whether the model is asked at all.
func TestModesWithAModel(t *testing.T) {
	t.Parallel()
	model, server := scripted(t, llmtest.Honest())
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	for _, test := range []struct {
		mode, want answer.Mode
		asked      int
	}{
		{answer.ModeExtractive, answer.ModeExtractive, 0},
		{answer.ModeAuto, answer.ModeLLM, 1},
		{answer.ModeLLM, answer.ModeLLM, 2},
		{"", answer.ModeLLM, 3},
	} {
		var a answer.Answer
		unmarshal(t, post(t, handler, "/v1/answers", fmt.Sprintf(`{"question": "How far does the new lamp reach?", "mode": %q}`, test.mode)).Body.String(), &a)
		if asked := len(server.Requests()); a.Mode != test.want || asked != test.asked {
			t.Errorf("mode %q: the answer's is %s, and the model was asked %d times in all", test.mode, a.Mode, asked)
		}
	}
}

// A follow-up is shown as the model understood it.
func TestStandaloneQuestion(t *testing.T) {
	t.Parallel()
	const understood = "Who pays for the new lamp?"
	model, _ := scripted(t, func(r llmtest.Request) llmtest.Reply {
		if len(r.Sentences()) == 0 { // asked to rewrite, not to answer
			return llmtest.Say(understood)
		}
		return llmtest.Honest()(r)
	})
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	var first, second answer.Answer
	unmarshal(t, post(t, handler, "/v1/answers", `{"question": "How far does the new lamp reach?"}`).Body.String(), &first)
	unmarshal(t, post(t, handler, "/v1/answers", fmt.Sprintf(`{"question": "And who pays?", "conversation_id": %q}`, first.ConversationID)).Body.String(), &second)
	if second.Question != "And who pays?" || second.StandaloneQuestion != understood || !strings.Contains(second.Text, "a third of the electricity") {
		t.Errorf("answered %+v", second)
	}
}

// A model that fails leaves an extractive answer, which says so and is told whole.
func TestModelFailsInMidStream(t *testing.T) {
	t.Parallel()
	const text = "The reach is {nineteen nautical}. She went on to say that "
	for name, script := range map[string]llmtest.Script{
		"hangs up":             saying(text, llmtest.Cut()),
		"no finish reason":     saying(text),
		"malformed":            saying(text, llmtest.Line("data: {")),
		"cut at its limit":     saying(text, llmtest.Finish("length")),
		"nothing can be shown": saying("It shines “far beyond the horizon”. ", llmtest.Finish("stop")),
		"a wrong key":          llmtest.Always(llmtest.Refuse(http.StatusUnauthorized, "invalid_api_key", "wrong key sk-secret")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model, _ := scripted(t, script)
			config := newConfigWith(t, model)
			addLighthouse(t, config)
			_, _, done := streamed(t, config, "How far does the new lamp reach?")
			if done.Mode != answer.ModeExtractive || !done.Answerable || len(done.Citations) == 0 {
				t.Errorf("the answer is %+v", done)
			}
			if !strings.HasPrefix(done.Notice, "The model gave no answer (") || strings.Contains(done.Notice, "secret") {
				t.Errorf("its notice is %q", done.Notice)
			}
			for _, c := range done.Citations {
				if got := string([]rune(done.Text)[c.AnswerStart:c.AnswerEnd]); got != c.Quote {
					t.Errorf("citation %d covers %q of the text; want %q", c.Number, got, c.Quote)
				}
			}
		})
	}
}

// The first statement is sent while the model is still writing the next one, and
// a client that hangs up then frees the model.
func TestFirstStatementIsNotHeldBack(t *testing.T) {
	t.Parallel()
	model, modelServer := scripted(t, saying("The reach is {nineteen nautical}. She went on", llmtest.Hang()))
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	defer server.Close() // waits for the handler
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	asked := askForEvents(ctx, "How far does the new lamp reach?")
	r, err := http.NewRequestWithContext(ctx, asked.Method, server.URL+asked.URL.Path, asked.Body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = asked.Header
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var told string
	for lines := bufio.NewScanner(response.Body); !strings.Contains(told, "nineteen nautical miles") && lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), `data: {"text":`); ok {
			told += data
		}
	}
	if !strings.Contains(told, "nineteen nautical miles") {
		t.Errorf("told %q before the stream ended", told)
	}
	hangUp()
	modelServer.Wait()
}

// leaving is a client that leaves when it has read a word.
type leaving struct {
	*httptest.ResponseRecorder
	word  string
	leave func()
}

func (l *leaving) Write(b []byte) (int, error) {
	if strings.Contains(string(b), l.word) {
		l.leave()
	}
	return l.ResponseRecorder.Write(b)
}

// unkept is an answer.Store for answers that nobody will read again.
type unkept struct{ answer.Store }

func (unkept) SaveAnswer(context.Context, *answer.Answer, bool) error { return nil }

// A client that leaves while a model writes leaves nothing behind: synctest fails
// when a goroutine remains, on either side of the model's connection.
func TestClientLeavesAModel(t *testing.T) {
	for name, test := range map[string]struct {
		script llmtest.Script
		word   string
	}{
		"before its first word":         {llmtest.Always(llmtest.Stream(llmtest.Hang())), "event: retrieval"},
		"between its statements":        {saying("The reach is {nineteen nautical}. She went on", llmtest.Hang()), "event: delta"},
		"at something that is withheld": {saying("It shines “far beyond the horizon”. She went on", llmtest.Hang()), "event: withheld"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				record := new(retrievaltest.Memory)
				retrievaltest.Add(t, record, retrieval.DefaultCollection, lighthouse(t))
				modelServer := llmtest.NewInMemory(t, test.script)
				searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), testLog(t))
				service := answer.NewService(searcher, unkept{}, clientOf(t, modelServer), "", testLog(t))
				ctx, leave := context.WithCancel(t.Context())
				client := &leaving{httptest.NewRecorder(), test.word, leave}
				New(Config{Answers: service, Log: testLog(t)}).ServeHTTP(client, askForEvents(ctx, "How far does the new lamp reach?"))
				modelServer.Wait()
				if got := names(parseEvents(t, client.Body.String())); slices.Contains(got, "done") || slices.Contains(got, "error") {
					t.Errorf("events %q; want no end for a client that left", got)
				}
			})
		})
	}
}
