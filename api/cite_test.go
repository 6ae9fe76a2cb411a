package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// spanOfWords is the query of the first place where a text has words.
func spanOfWords(t *testing.T, text, words string) string {
	t.Helper()
	before, _, found := strings.Cut(text, words)
	if !found {
		t.Fatalf("there is no %q in the transcript", words)
	}
	start := utf8.RuneCountInString(before)
	return fmt.Sprintf("start=%d&end=%d", start, start+utf8.RuneCountInString(words))
}

const hostileWords = `{"title": "Hearing", "date": "2026-03-11", "turns": [
	{"speaker": "Mona Lind", "role": "question", "text": "Is it safe, then?"},
	{"speaker": "Jane Roe", "affiliation": "Harbour Board", "role": "answer", "text": "I never said that the quay is safe. No no no. We flew 👩🏽‍🚀 there; the cafe\u0301 \u202Eedis rehto\u202C has a zero\u200Bwidth <b>mark</b>."}]}`

// Words that a reader chooses become the citation that an answer would have of them.
func TestCitationOfChosenWords(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	aloud, doubtful := add(t, config, "aloud.json", []byte(readAloud)), add(t, config, "doubtful.json", []byte(retrievaltest.Doubtful))
	hostile := add(t, config, "hostile.json", []byte(hostileWords))
	handler := newDescribed(t, New(config))
	for _, tt := range []struct {
		name, id, chosen, more, quote string
		holds                         func(answer.ChosenCitation) bool
	}{
		{"a sentence", hostile.ID, "No no no.", "", "No no no.", func(c answer.ChosenCitation) bool {
			return c.Speaker == "Jane Roe" && c.Affiliation == "Harbour Board" && c.Date == "2026-03-11" && c.Turn == 1 && c.Question.Text == "Is it safe, then?" &&
				strings.HasSuffix("I never said that the quay is safe. ", c.Prefix) && strings.HasPrefix(c.Suffix, " We flew") && c.Note == "" && c.Doubt == "" &&
				c.URL == fmt.Sprintf("https://quotes.example/t/%s?start=%d&end=%d#turn-1", hostile.ID, c.Start, c.End)
		}},
		{"behind its like", hostile.ID, "no. We", "", "no. We", nil},
		{"cut out of a denial", hostile.ID, "the quay is safe", "", "the quay is safe", func(c answer.ChosenCitation) bool {
			return strings.Contains(c.Note, "“I never said that the quay is safe.”")
		}},
		{"beyond the basic plane", hostile.ID, "flew 👩🏽‍🚀 there", "", "flew 👩🏽‍🚀 there", nil},
		{"with an accent of its own", hostile.ID, "the cafe\u0301 edis", "", "the cafe\u0301 edis", nil},
		{"with markup", hostile.ID, "<b>mark</b>", "", "<b>mark</b>", nil},
		{"in the middle of words, to be widened", hostile.ID, "ever said that th", "&whole_words=true", "never said that the", nil},
		{"in an accent, to be widened", hostile.ID, "cafe", "&whole_words=true", "cafe\u0301", nil},
		{"read aloud", aloud.ID, "The northern wall is rotten", "", "The northern wall is rotten", func(c answer.ChosenCitation) bool { return c.ReadAloud }},
		{"of a doubtful speaker", doubtful.ID, "quay", "", "quay", func(c answer.ChosenCitation) bool { return c.Doubt != "" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := config.Library.Text(t.Context(), tt.id)
			if err != nil {
				t.Fatal(err)
			}
			response := get(t, handler, "/v1/transcripts/"+tt.id+"/citation?"+spanOfWords(t, text, tt.chosen)+tt.more)
			var got answer.ChosenCitation
			if err := json.Unmarshal(response.Body.Bytes(), &got); err != nil || response.Code != http.StatusOK {
				t.Fatalf("%d, %v: %s", response.Code, err, response.Body)
			}
			if canonical := []rune(text); got.Quote != tt.quote || string(canonical[got.Start:got.End]) != tt.quote || got.Status != answer.StatusExact {
				t.Errorf("the citation is %q, %s; the text has %q there; want %q", got.Quote, got.Status, string(canonical[got.Start:got.End]), tt.quote)
			}
			if tt.holds != nil && !tt.holds(got) {
				t.Errorf("the citation is %+v", got)
			}
		})
	}
}

// What is no quotation is refused in words that say what would do.
func TestNoCitationOfChosenWords(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "hostile.json", []byte(hostileWords))
	text, err := config.Library.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	turns, err := config.Library.Turns(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	handler := newDescribed(t, New(config))
	end := turns[1].End
	for _, tt := range []struct{ name, query, want string }{
		{"over two turns", fmt.Sprintf("start=%d&end=%d", turns[0].Start, turns[1].Start+1), "goes over the turns 0 to 1: a quotation is of one turn, so quote each by itself"},
		{"beyond a turn", fmt.Sprintf("start=%d&end=%d", turns[1].Start, end+1), "goes beyond turn 1"},
		{"beyond the text", fmt.Sprintf("start=%d&end=%d", end+5, end+9), "is in no turn"},
		{"in no order", "start=9&end=4", "there is no span from 9 to 4"},
		{"nothing", "start=4&end=4", "there is no span from 4 to 4"},
		{"before the text", "start=-4&end=4", "there is no span from -4 to 4"},
		{"no numbers", "start=a&end=4", `start is "a"; give a number of code points`},
		{"no end", "start=4", `end is ""; give a number of code points`},
		{"numbers too large", "start=4&end=99999999999999999999", "end is "},
		{"a guess", "start=4&end=9&whole_words=perhaps", `whole_words is "perhaps"; use true or false`},
		{"the middle of a word at the start", spanOfWords(t, text, "ever said that"), `begins in the middle of "never", at `},
		{"the middle of a word at the end", spanOfWords(t, text, "never said th"), `ends in the middle of "that", at `},
		{"a letter without its accent", spanOfWords(t, text, "the cafe"), "ends in the middle of \"cafe\u0301\", at "},
		{"a part of an emoji", spanOfWords(t, text, "flew 👩"), `ends in the middle of "👩🏽\u200d🚀", at `},
		{"white space", spanOfWords(t, text, " We flew"), "begins or ends with white space"},
		{"no word", spanOfWords(t, text, "👩🏽‍🚀"), "there is no word in it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			response := get(t, handler, "/v1/transcripts/"+stored.ID+"/citation?"+tt.query)
			var problem problem
			if err := json.Unmarshal(response.Body.Bytes(), &problem); err != nil || response.Code != http.StatusUnprocessableEntity || !strings.Contains(problem.Detail, tt.want) {
				t.Errorf("%d, %v: %q; want %q", response.Code, err, problem.Detail, tt.want)
			}
		})
	}
	if missing := get(t, handler, "/v1/transcripts/0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e/citation?start=0&end=4"); missing.Code != http.StatusNotFound {
		t.Errorf("a transcript that is not there has the status %d", missing.Code)
	}
}
