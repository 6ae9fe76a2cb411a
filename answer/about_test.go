package answer_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// unasked is a model that must not be asked.
type unasked struct{ testing.TB }

func (unasked) Name() string { return "unasked" }

func (unasked) PromptTokens(context.Context, int) int { return 0 }

func (u unasked) Complete(context.Context, answer.Prompt, func(string) error) (answer.Usage, error) {
	u.Error("the model was asked")
	return answer.Usage{}, fault.New(fault.Unavailable, "it does not answer")
}

// What the record is made of is told without a model, also where it would have rewritten a
// follow-up; its making is told in the order of any other answer.
func TestAboutWithoutModel(t *testing.T) {
	_, record := newService(t, readArchiveOf(t, "testdata/about.txtar"))
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	service := answer.NewService(retrieval.NewSearcher(record, embeddings.NewBuiltin(), log), new(answers), unasked{t}, "", log)
	conversation := ""
	for _, question := range []string{"Who spoke?", "And who asked most?", "which questions were not answered"} {
		var told []answer.Event
		var text strings.Builder
		cited := 0
		got, err := service.Answer(t.Context(), answer.Request{Question: question, ConversationID: conversation, Mode: answer.ModeLLM}, func(e answer.Event) error {
			told = append(told, e)
			switch e := e.(type) {
			case answer.Cited:
				cited++
			case answer.Delta:
				text.WriteString(e.Text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		checkAnswer(t, record, got)
		conversation = got.ConversationID
		if !got.Answerable || got.Mode != answer.ModeExtractive || got.Model != "" || len(got.Citations) == 0 {
			t.Errorf("%q is answered %+v", question, got)
		}
		if _, first := told[0].(answer.Retrieval); !first || text.String() != got.Text || cited != len(got.Citations) {
			t.Errorf("%q is told as %+v", question, told)
		}
	}
}

// A question that only points is about the record if nothing else was talked of.
func TestAboutLeans(t *testing.T) {
	service, _ := newService(t, readArchiveOf(t, "testdata/about.txtar"))
	for _, tt := range []struct {
		first string
		about bool
	}{
		{"Who spoke most?", true},
		{"What does Ole Brandt say about the toll?", false},
	} {
		first, err := service.Answer(t.Context(), answer.Request{Question: tt.first}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := service.Answer(t.Context(), answer.Request{Question: "When was that?", ConversationID: first.ConversationID}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if about := strings.HasPrefix(got.Text, "3 transcripts are in reach"); about != tt.about {
			t.Errorf("after %q: %s", tt.first, got.Text)
		}
	}
}

// Filters hold, and where they leave nothing the answer says why.
func TestAboutFilters(t *testing.T) {
	service, _ := newService(t, readArchiveOf(t, "testdata/about.txtar"))
	for _, tt := range []struct {
		name, question string
		filter         retrieval.Filter
		want           string // begins the text or, where nothing is told, the notice
	}{
		{"none", "who spoke", retrieval.Filter{}, "4 speakers are named"},
		{"dates", "who spoke", retrieval.Filter{From: "2026-05-01"}, "2 speakers are named"},
		{"a speaker", "who spoke", retrieval.Filter{Speaker: "Voss"}, "1 speaker is named; of 1 turn the speaker is uncertain, in 2 transcripts."},
		{"a role", "how many questions were asked", retrieval.Filter{Role: model.RoleStatement}, "1 turn asks"},
		{"an empty collection", "who spoke", retrieval.Filter{Collection: "empty"}, "There is no collection empty."},
		{"nothing matches", "how many transcripts are there", retrieval.Filter{To: "1999-12-31"}, "Nothing in the collection default matches the filter: to 1999-12-31."},
		{"nobody of the name", "who asked questions", retrieval.Filter{Speaker: "Quill"}, "Nobody called Quill speaks in the collection default."},
		{"a speaker who does not ask", "who asked most?", retrieval.Filter{Speaker: "Ada Ferrow"}, "No turn that the filter leaves asks anything: it is for speaker Ada Ferrow."},
		{"a role that does not ask", "how many questions were asked?", retrieval.Filter{Role: model.RoleAnswer}, "No turn that the filter leaves asks anything: it is for role answer."},
		{"nothing mentioned", "which transcripts mention zeppelins", retrieval.Filter{}, "None of 3 transcripts in reach mentions zeppelins."},
		{"a day of nothing", "who spoke at the hearing of 3 May 2019", retrieval.Filter{}, "The record has no transcript of 3 May 2019."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := service.Answer(t.Context(), answer.Request{Question: tt.question, Filter: tt.filter}, nil)
			if err != nil {
				t.Fatal(err)
			}
			said := got.Text
			if !got.Answerable {
				said = got.Notice
			}
			if !strings.HasPrefix(said, tt.want) {
				t.Errorf("the answer is %q, its notice %q; want %q", got.Text, got.Notice, tt.want)
			}
		})
	}
}

// A question goes on about the transcripts that the one before it named.
func TestAboutGoesOn(t *testing.T) {
	service, _ := newService(t, readArchiveOf(t, "testdata/about.txtar"))
	conversation := ""
	for _, tt := range [][2]string{
		{"How long is the council meeting?", "4 turns with 66 words."},
		{"When was that?", "The date is 2 May 2026."},
		{"And who spoke most?", "Ole Brandt spoke most, with 1 of 4 turns"},
		{"What is the earliest transcript?", "The earliest of 3 transcripts is The New Bridge at Ostvik"},
		{"Who asked the last question?", "Q (a label that names nobody) asked (The New Bridge at Ostvik, 14 April 2026): “And horses?”"},
	} {
		got, err := service.Answer(t.Context(), answer.Request{Question: tt[0], ConversationID: conversation}, nil)
		if err != nil {
			t.Fatal(err)
		}
		conversation = got.ConversationID
		if !strings.HasPrefix(got.Text, tt[1]) {
			t.Errorf("%q is answered %q, want %q", tt[0], got.Text, tt[1])
		}
	}
}

// FuzzAbout asks anything of a record with labels, doubts and quotations; whatever is
// answered keeps the promise.
func FuzzAbout(f *testing.F) {
	archive := readArchiveOf(f, "testdata/about.txtar")
	for _, file := range archive.Files {
		if strings.HasPrefix(file.Name, "ask/") {
			f.Add(string(file.Data))
		}
	}
	f.Add("which transcripts mention “toll” [1] \x00 “")
	f.Add("which questions did “Voss” ask")
	service, record := newService(f, archive)
	f.Fuzz(func(t *testing.T, question string) {
		got, err := service.Answer(t.Context(), answer.Request{Question: question}, nil)
		if err == nil {
			checkAnswer(t, record, got)
		}
	})
}
