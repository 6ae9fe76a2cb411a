package eval

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []Case
	}{
		{
			"a plain text", "\ufeff# what people asked\nWhy is the gate late?\n\n  {late}?  \r\n",
			[]Case{{ID: "2", Question: "Why is the gate late?"}, {ID: "4", Question: "{late}?"}},
		},
		{
			"JSON lines", `{"question": "Who pays?", "filter": {"speaker": "Roe"}, "expected": [{"transcript": "harbour.txt", "turn": 3}]}` + "\n\n" +
				`{"id": "u1", "question": "Who won?", "unanswerable": true, "speaker": null}`,
			[]Case{
				{ID: "1", Question: "Who pays?", Filter: retrieval.Filter{Speaker: "Roe"}, Expected: []Place{{"harbour.txt", 3}}},
				{ID: "u1", Question: "Who won?", Unanswerable: true},
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := Read(strings.NewReader(test.text))
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "\n# only a comment\n", "the question set is empty; write a question on each line"},
		{"a misspelt field", `{"question": "Why?", "quote": []}`, `line 1 is not a question (json: unknown field "quote"); correct it`},
		{"a broken line", "{\"question\": \"Why?\"}\nWhy?", "line 2 is not a question (invalid character 'W' looking for beginning of value); correct it"},
		{"no question", `{"id": "a", "question": " "}`, "line 1 is not a question (its question is empty); correct it"},
		{"an answer to the unanswerable", `{"question": "Why?", "kind": "unanswerable", "quotes": ["because"]}`, "line 1 is not a question (it is unanswerable and has an answer); correct it"},
		{"an id that stands twice", "{\"id\":\"a\",\"question\":\"Why?\"}\n{\"id\":\"a\",\"question\":\"Who?\"}", `two questions have the id "a"; give each its own`},
		{"another encoding", "\xff\xfe", "line 1 is not a question (it is not UTF-8); correct it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Read(strings.NewReader(test.text)); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// The samples' questions are such sets.
func TestReadSamples(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"questions.jsonl", "abstention.jsonl"} {
		f, err := os.Open("../../samples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cases, err := Read(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if c.Declines() == c.Answers() {
				t.Errorf("%s: %s: it has an answer: %v; it is unanswerable: %v", name, c.ID, c.Answers(), c.Declines())
			}
		}
	}
}
