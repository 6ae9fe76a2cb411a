package eval

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// harbourTurns are an interview's: two questions, the first with two answers, and a statement.
func harbourTurns() []model.Turn {
	first := 0
	return []model.Turn{
		{Index: 0, Role: model.RoleQuestion, Speaker: "Roe", Text: "Good morning. Really? How many ships were turned away from the harbour last winter?"},
		{Index: 1, Role: model.RoleAnswer, Speaker: "Lind", Answers: &first, Text: "Nine of them, all in January, when the gate was stuck in ice."},
		{Index: 2, Role: model.RoleAnswer, Speaker: "Okafor", Answers: &first, Text: "And two more that turned by themselves."},
		{Index: 3, Role: model.RoleQuestion, Speaker: "Roe", Text: "What did the harbour authority pay the fishermen for their nets?"},
		{Index: 4, Role: model.RoleStatement, Speaker: "Lind", Text: "That is with the lawyers now, and I would not want to guess at it here."},
		{Index: 5, Role: model.RoleStatement, Speaker: "Roe", Text: "Thank you."},
	}
}

// oneTranscript is a library of one transcript.
type oneTranscript []model.Turn

func (l oneTranscript) List(context.Context, retrieval.ListQuery) (retrieval.Page, error) {
	return retrieval.Page{Transcripts: []retrieval.StoredTranscript{{ID: "t", Filename: "harbour.txt"}}}, nil
}
func (l oneTranscript) Turns(context.Context, string) ([]model.Turn, error) { return l, nil }

func TestOwnQuestions(t *testing.T) {
	t.Parallel()
	got, err := OwnQuestions(t.Context(), oneTranscript(harbourTurns()), "port")
	if err != nil {
		t.Fatal(err)
	}
	in := retrieval.Filter{Collection: "port"}
	want := []Case{
		{
			ID: "t/0/1", Question: "How many ships were turned away from the harbour last winter?", Transcript: "harbour.txt", Filter: in,
			Expected: []Place{{"t", 1}, {"t", 2}}, Without: []Place{{"t", 0}},
		},
		{
			ID: "t/3/1", Question: "What did the harbour authority pay the fishermen for their nets?", Transcript: "harbour.txt", Filter: in,
			Expected: []Place{{"t", 4}}, Without: []Place{{"t", 3}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for _, c := range got {
		if !c.isOwn() || c.isTopic() {
			t.Errorf("%s is of the record's own: %v; after a topic: %v", c.ID, c.isOwn(), c.isTopic())
		}
	}
}

func TestAskedIn(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"the last two of three": {
			"How deep is the harbour channel now? Who dredged the harbour channel first? Why was the harbour channel dredged by Roe?",
			[]string{"Who dredged the harbour channel first?", "Why was the harbour channel dredged by Roe?"},
		},
		"what leans on others":   {"And why is that? Do you think it was so with them as well?", nil},
		"what is not asked":      {"The harbour channel was dredged twice last year.", nil},
		"across lines":           {"When was the harbour\n  channel dredged by the Authority?", []string{"When was the harbour channel dredged by the Authority?"}},
		"nothing is said at all": {"", nil},
	} {
		if got := askedIn(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// Without its exchange a question has no answer: what answers it, what asks it, and what else
// answers that.
func TestExchanges(t *testing.T) {
	t.Parallel()
	r := newResolver(Config{Library: oneTranscript(harbourTurns())})
	for _, test := range []struct {
		gold int
		want []int
	}{{1, []int{0, 1, 2}}, {4, []int{4}}} {
		keys, err := r.exchanges(t.Context(), gold{turns: map[retrieval.TurnKey]bool{{TranscriptID: "t", Turn: test.gold}: true}})
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, k := range keys {
			got = append(got, k.Turn)
		}
		if slices.Sort(got); !slices.Equal(got, test.want) {
			t.Errorf("without turn %d, turns %v are left out, want %v", test.gold, got, test.want)
		}
	}
}
