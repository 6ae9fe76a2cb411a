package api

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
)

// Collected quotations leave in every format, in the record's words, and hold when they come back.
func TestExportOfClippings(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	var turns turnsResponse
	unmarshal(t, get(t, handler, "/v1/transcripts/"+stored.ID+"/turns").Body.String(), &turns)
	clip := func(turn int, words string) string {
		before, _, found := strings.Cut(turns.Turns[turn].Text, words)
		if !found {
			t.Fatalf("turn %d does not say %q", turn, words)
		}
		start := turns.Turns[turn].Start + len([]rune(before))
		return fmt.Sprintf(`{"transcript_id": %q, "turn": %d, "start": %d, "end": %d}`, stored.ID, turn, start, start+len([]rune(words)))
	}
	const old, paying, asked = "The old one reached eleven.", "The fishing harbours pay a third of the electricity", "And who pays for the electricity?"
	body := `{"title": "On the lamp", "citations": [` + clip(3, paying) + `, ` + clip(1, old) + `, ` + clip(2, asked) + `]}`
	for _, format := range export.Formats() {
		response := post(t, handler, "/v1/export?style=apa&format="+format.Name, body)
		if response.Code != http.StatusOK || response.Header().Get("Content-Type") != format.MediaType {
			t.Fatalf("%s: %d %s", format.Name, response.Code, response.Body)
		}
		if format.Name != "md" && format.Name != "json" {
			continue
		}
		if text := response.Body.String(); !strings.Contains(text, "On the lamp") || strings.Index(text, paying) > strings.Index(text, old) || !strings.Contains(text, "Imre Castellan (Brackwater Gazette) asked") {
			t.Errorf("%s has not the words in their order, and who says them:\n%s", format.Name, text)
		}
		var verified verifyResponse
		unmarshal(t, post(t, handler, "/v1/verify", fmt.Sprintf(`{"text": %s}`, quoted(t, response.Body.String()))).Body.String(), &verified)
		if len(verified.Quotes) != 3 {
			t.Errorf("%s has %d quotations", format.Name, len(verified.Quotes))
		}
		for _, v := range verified.Quotes {
			if v.Status != answer.StatusUnchanged {
				t.Errorf("%s: “%s” is %s", format.Name, v.Quote, v.Status)
			}
		}
	}

	gone := strings.ReplaceAll(clip(1, old), stored.ID, "0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e")
	for _, tt := range []struct {
		name, query, body string
		code              fault.Code
		says              string
	}{
		{"no format", "", body, fault.Invalid, "no format"},
		{"no citations", "format=md", `{"citations": []}`, fault.Invalid, "there are 0 citations"},
		{"another turn", "format=md", `{"citations": [` + clip(3, paying) + `, ` + strings.Replace(clip(1, old), `"turn": 1`, `"turn": 3`, 1) + `]}`, fault.Invalid, "citation 2: "},
		{"part of a word", "format=md", `{"citations": [` + clip(1, "he old one") + `]}`, fault.Invalid, "middle of \"The\""},
		{"over the end of a turn", "format=md", fmt.Sprintf(`{"citations": [{"transcript_id": %q, "turn": 1, "start": %d, "end": %d}]}`, stored.ID, turns.Turns[1].Start, turns.Turns[3].End), fault.Invalid, "goes over the turns"},
		{"a transcript that is not there", "format=md", `{"citations": [` + gone + `]}`, fault.NotFound, "citation 1: "},
		{"words of the client's", "format=md", `{"citations": [{"quote": "We lied."}]}`, fault.Invalid, "quote"},
	} {
		p := problemIn(t, post(t, handler, "/v1/export?"+tt.query, tt.body))
		if p.Code != tt.code || !strings.Contains(p.Detail, tt.says) {
			t.Errorf("%s: %+v; want %s with %q", tt.name, p, tt.code, tt.says)
		}
	}
}

// The citations of many places come at once, each as by itself, and the problem of one is no other's.
func TestCitationsOfClippings(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	text, err := config.Library.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	place := func(id string, turn int, words string) string {
		start, end := 0, 0
		if _, err := fmt.Sscanf(spanOfWords(t, text, words), "start=%d&end=%d", &start, &end); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`{"transcript_id": %q, "turn": %d, "start": %d, "end": %d}`, id, turn, start, end)
	}
	const old, sign = "The old one reached eleven.", "On the chart its sign is 🜨"
	places := []struct{ name, place, quote, problem string }{
		{"words", place(stored.ID, 1, old), old, ""},
		{"of another turn", place(stored.ID, 3, old), "", "is in turn 1, not in turn 3"},
		{"of no transcript", place("0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e", 1, old), "", "there is no transcript"},
		{"of no transcript's id", place("lamp", 1, old), "", "nothing by the id"},
		{"part of a word", place(stored.ID, 1, "he old one"), "", `middle of "The"`},
		{"behind the end", fmt.Sprintf(`{"transcript_id": %q, "turn": 3, "start": 90000, "end": 90001}`, stored.ID), "", "90000"},
		{"words behind them all", place(stored.ID, 1, sign), sign, ""},
	}
	var list []string
	for _, p := range places {
		list = append(list, p.place)
	}
	var got clippingsResponse
	response := post(t, handler, "/v1/citations", `{"citations": [`+strings.Join(list, ", ")+`]}`)
	unmarshal(t, response.Body.String(), &got)
	if response.Code != http.StatusOK || len(got.Citations) != len(places) {
		t.Fatalf("%d: %s", response.Code, response.Body)
	}
	for i, p := range places {
		switch c := got.Citations[i]; {
		case p.problem != "" && (c.Citation != nil || c.Problem == nil || !strings.Contains(c.Problem.Detail, p.problem)):
			t.Errorf("%s: %+v, %+v; want a problem with %q", p.name, c.Citation, c.Problem, p.problem)
		case p.problem == "":
			var alone answer.ChosenCitation
			unmarshal(t, get(t, handler, "/v1/transcripts/"+stored.ID+"/citation?"+spanOfWords(t, text, p.quote)).Body.String(), &alone)
			if c.Problem != nil || c.Citation == nil || !reflect.DeepEqual(*c.Citation, alone) || c.Citation.Quote != p.quote {
				t.Errorf("%s: %+v, %+v; want %+v", p.name, c.Citation, c.Problem, alone)
			}
		}
	}
	for _, tt := range []struct{ name, list, says string }{
		{"none", "", "give 1 to 500"},
		{"too many", strings.Repeat(list[0]+", ", maxClippings) + list[0], "give 1 to 500"},
		{"no place", list[0] + `, {"transcript_id": "lamp", "turn": 1, "start": 0, "end": 0}`, "citation 2: "},
		{"no turn", `{"transcript_id": "lamp", "turn": -1, "start": 0, "end": 1}`, "citation 1: "},
	} {
		if p := problemIn(t, post(t, handler, "/v1/citations", `{"citations": [`+tt.list+`]}`)); p.Code != fault.Invalid || !strings.Contains(p.Detail, tt.says) {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
}

// Every question that is offered is answered, by itself, from where it was answered in the record.
func TestExampleQuestions(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	of := func(query string) (found answer.Examples) {
		unmarshal(t, get(t, handler, "/v1/questions"+query).Body.String(), &found)
		return found
	}
	all := of("")
	if len(all.Questions) != 4 || all.Questions[0].Question != "How far does the new lamp at Gull Rock reach?" || *all.Questions[0].TranscriptID != stored.ID || *all.Questions[0].Turn != 0 {
		t.Errorf("the record offers %+v", all)
	}
	for _, e := range all.Questions {
		var a answer.Answer
		unmarshal(t, post(t, handler, "/v1/answers", fmt.Sprintf(`{"question": %s}`, quoted(t, e.Question))).Body.String(), &a)
		if !a.Answerable {
			t.Errorf("%q is not answered", e.Question)
		}
	}
	if one := of("?limit=1&transcript=" + stored.ID); len(one.Questions) != 1 {
		t.Errorf("of one there are %+v", one)
	}
	for query, says := range map[string]string{
		"?collection=empty":             "There is no collection empty.",
		"?from=2030-01-01":              "matches the filter: from 2030-01-01",
		"?speaker=Nobody":               "Nobody called Nobody speaks",
		"?role=moderator&to=2026-12-31": "matches the filter: role moderator",
	} {
		if none := of(query); len(none.Questions) != 0 || !strings.Contains(none.Notice, says) {
			t.Errorf("%s: %+v; want no questions, and %q", query, none, says)
		}
	}
	for _, query := range []string{"?limit=0", "?limit=21", "?limit=x", "?role=king", "?page=1"} {
		if response := get(t, handler, "/v1/questions"+query); response.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", query, response.Code)
		}
	}
}
