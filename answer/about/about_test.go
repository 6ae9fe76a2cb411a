package about_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer/about"
)

// kinds are as the test data call them.
var kinds = map[string]about.Kind{
	"speakers": about.Speakers, "most spoken": about.MostSpoken, "first speaker": about.FirstSpeaker, "last speaker": about.LastSpeaker,
	"askers": about.Askers, "most asked": about.MostAsked, "questions": about.Questions, "first question": about.FirstQuestion,
	"last question": about.LastQuestion, "unanswered": about.Unanswered, "spoken": about.Spoken, "speaks in": about.SpeaksIn,
	"transcripts": about.Transcripts, "latest": about.Latest, "earliest": about.Earliest, "length": about.Length, "held": about.Held,
	"mentions": about.Mentions, "refusers": about.Refusers, "answered": about.Answered,
}

// Whatever the words, a question about the record is known by what it asks for.
func TestRecord(t *testing.T) {
	for _, line := range lines(t, "testdata/record.txt") {
		name, form, _ := strings.Cut(line, ": ")
		want, known := kinds[name]
		if !known {
			t.Fatalf("%q is no kind", name)
		}
		for _, question := range written(form) {
			if q, _ := about.Read(question, nil); q.Kind != want {
				t.Errorf("%q is read as %d, want %d (%s)", question, q.Kind, want, name)
			}
		}
	}
}

// What was said is asked for in words that look alike.
func TestContent(t *testing.T) {
	for _, form := range lines(t, "testdata/content.txt") {
		for _, question := range written(form) {
			if q, ok := about.Read(question, nil); ok && isOfRecord(q) {
				t.Errorf("%q is read as %d: %+v", question, q.Kind, q)
			}
		}
	}
}

// What points at what was talked of before is about the record if that was.
func TestHistory(t *testing.T) {
	for _, question := range []string{"When was that?", "who was there", "Who asked?", "how long is it", "How many speakers does it have?"} {
		for before, want := range map[string]bool{
			"":                               true,
			"Who spoke most?":                true,
			"How wide is the gate?":          false,
			"What did Poe say of the lamps?": false,
		} {
			var history []string
			if before != "" {
				history = []string{"Why?", before}
			}
			if _, is := about.Read(question, history); is != want {
				t.Errorf("after %q, %q is about the record: %t", before, question, is)
			}
		}
	}
	if _, is := about.Read("Who asked questions?", []string{"How wide is the gate?"}); !is {
		t.Error("a question that needs no other is not about the record")
	}
}

// The transcripts of a question are those of the questions that follow.
func TestEventGoesOn(t *testing.T) {
	council := about.Event{Noun: "meeting", Title: []string{"council"}, Open: true}
	for _, tt := range []struct {
		history  []string
		question string
		want     about.Event
	}{
		{[]string{"Who spoke at the council meeting?"}, "And who asked most?", council},
		{[]string{"Who spoke at the council meeting?", "how long is it"}, "when was that?", council},
		{[]string{"Who spoke at the council meeting?"}, "Who asked most in this meeting?", council},
		{[]string{"Who spoke at the council meeting?"}, "Who asked most in all transcripts?", about.Event{Noun: "transcripts"}},
		{[]string{"Who spoke at the council meeting?"}, "How many transcripts are there?", about.Event{}},
		{[]string{"Which is the latest transcript?"}, "Who spoke?", about.Event{Latest: true}},
		{nil, "Who spoke in the latest hearing?", about.Event{Latest: true}},
		{nil, "How long is the earliest transcript?", about.Event{Earliest: true}},
		{nil, "qui a parlé dans la transcription la plus ancienne ?", about.Event{Earliest: true}},
		{[]string{"What does the council say of the lamps?"}, "Who spoke?", about.Event{}},
	} {
		got, is := about.Read(tt.question, tt.history)
		if !is || !reflect.DeepEqual(got.Event, tt.want) {
			t.Errorf("after %q, %q is about %+v, want %+v", tt.history, tt.question, got.Event, tt.want)
		}
	}
}

// isOfRecord reports whether a record would have what a question names, in which Jane Roe
// and John Poe speak and no transcript has a title.
func isOfRecord(q about.Question) bool {
	speaks := slices.Contains([]string{"", "jane roe", "roe", "poe"}, strings.ToLower(q.Name))
	return speaks && len(q.Event.Title) == 0
}

// lines are those of a file that are not empty and no remark.
func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			found = append(found, line)
		}
	}
	return found
}

// written are the questions of a form, each as people type it: in small letters, and with
// a capital and a question mark.
func written(form string) []string {
	var all []string
	for _, question := range expand(form) {
		question = strings.Join(strings.Fields(question), " ")
		all = append(all, question, strings.ToUpper(question[:1])+question[1:]+"?", strings.ToLower(question)+" ?")
	}
	return all
}

// expand takes each alternative of each group in brackets in turn.
func expand(form string) []string {
	before, rest, grouped := strings.Cut(form, "[")
	if !grouped {
		return []string{form}
	}
	group, after, _ := strings.Cut(rest, "]")
	var all []string
	for _, alternative := range strings.Split(group, "|") {
		for _, tail := range expand(after) {
			all = append(all, before+alternative+tail)
		}
	}
	return all
}
