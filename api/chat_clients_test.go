package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/npmtest"
)

// OpenAI's client for JavaScript and Vercel's AI SDK get what they expect, whichever way
// they ask.
func TestOtherClients(t *testing.T) {
	t.Parallel()
	folder := npmtest.Install(t, "testdata/clients")
	model, _ := scripted(t, saying("Odile Marchetti said: {nineteen nautical}. It shines “far beyond the horizon”. And {a third}.", llmtest.Finish("stop")))
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	output, err := exec.CommandContext(ctx, "node", filepath.Join(folder, "clients.mjs"), server.URL+"/v1", "How far does the new lamp reach, and who pays for the electricity?").Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderrOf(err))
	}
	var got struct {
		Models  []string
		Answers map[string]struct {
			ID, Text, Error string
			Links           []openai.ResponseAnnotation
			URLs            []string
			Usage           *int
		}
		Refusals map[string]struct {
			Status  int
			Message string
		}
	}
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if !slices.Contains(got.Models, chatModel) {
		t.Errorf("the models are %q", got.Models)
	}
	if len(got.Answers) != 12 || len(got.Refusals) != 4 {
		t.Errorf("%d answers and %d refusals", len(got.Answers), len(got.Refusals))
	}
	for way, answered := range got.Answers {
		t.Run(way, func(t *testing.T) {
			if answered.Error != "" {
				t.Fatal(answered.Error)
			}
			_, id, _ := strings.Cut(strings.Replace(answered.ID, "chatcmpl-", "resp_", 1), "_")
			a, err := config.Answers.Get(t.Context(), id)
			if err != nil {
				t.Fatalf("the id is %q: %v", answered.ID, err)
			}
			for i := range answered.Links {
				answered.Links[i].Type = "url_citation" // which a completion's has one level above
			}
			checkMessage(t, config.Library, chatted{content: answered.Text, links: answered.Links}, a)
			if len(a.Citations) != 2 || len(a.Withheld) == 0 {
				t.Fatalf("the answer is %+v", a)
			}
			for i, c := range a.Citations {
				if answered.Links != nil && (len(answered.Links) != 2 || answered.Links[i].URL != c.URL) {
					t.Errorf("the links are %+v", answered.Links)
				}
				if len(answered.URLs) > 0 && (len(answered.URLs) != 2 || answered.URLs[i] != c.URL) {
					t.Errorf("the sources are %q", answered.URLs)
				}
			}
			if hasSources := strings.HasPrefix(way, "ai: openai "); hasSources != (len(answered.URLs) > 0) {
				t.Errorf("the sources are %q", answered.URLs)
			}
			if answered.Usage != nil && *answered.Usage != 0 && *answered.Usage != a.Usage.TotalTokens {
				t.Errorf("usage is %d of %d", *answered.Usage, a.Usage.TotalTokens)
			}
		})
	}
	for way, refused := range got.Refusals {
		if refused.Status != 404 || !strings.Contains(refused.Message, `there is no model "gpt-5" here; use pullquote`) {
			t.Errorf("%s: refused with %+v", way, refused)
		}
	}
}

// stderrOf is what a command that failed said.
func stderrOf(err error) []byte {
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.Stderr
	}
	return nil
}

// A chat shows the words that the record has, whatever stands in them: the parsers of
// Markdown that chats are made with find no markup in any mixture of its marks.
func TestChatsShowTheWords(t *testing.T) {
	t.Parallel()
	folder := npmtest.Install(t, "testdata/clients")
	marks := strings.Split("so|said|*|**|_|__|`|```|~|~~|<|<b>|</b>|<!--|&amp;|&|&#60;|[|]|(|)|[so]|(x)|](|![|[^1]|[1]|: x|\\|\\*|#|# |>|> |-|- |+ |1.|2) |=|===|---|--|:-|$5|"+
		"http://a.example/b_c|www.a.example|a@b.example|\n|\n|\n\n| |    |\t| |“so”|!|2 < 3", "|")
	marks = append(marks, "|", "a|b", "|--", "-|-")
	random := rand.New(rand.NewPCG(1, 2))
	var cases [][2]string
	for i := range 5000 {
		var b strings.Builder
		for range 1 + random.IntN(14) {
			b.WriteString(marks[random.IntN(len(marks))])
		}
		text := b.String()
		if i%2 == 0 {
			text = "Marchetti said: “" + text + "”"
		}
		cases = append(cases, [2]string{text, inertMarkdown(text, true)})
	}
	encoded, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "node", filepath.Join(folder, "markdown.mjs"))
	command.Stdin = bytes.NewReader(encoded)
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderrOf(err))
	}
	if want := fmt.Sprintf("%d texts\n", len(cases)); string(output) != want {
		t.Errorf("shown otherwise:\n%s", output)
	}
}
