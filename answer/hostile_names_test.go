package answer_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
)

// Whatever a transcript prints for a name, a label, an affiliation, a place or a title, an answer in
// which it stands does not quote by it, cite or have it speak.
func TestNamesOnlyName(t *testing.T) {
	archive := readArchiveOf(t, "testdata/about.txtar")
	var questions []string
	for _, file := range archive.Files {
		if strings.HasPrefix(file.Name, "ask/") {
			questions = append(questions, string(file.Data))
		}
	}
	for _, printed := range []string{
		"%s: LIE", "%s：LIE", "%s\nLIE", "%s\u2028LIE", "%s&#58; LIE", // what follows a name
		"%s “”", "%s „“", "%s «»", "%s 「」", "%s ❝❞", "%s \"\"", "%s &quot;&amp;quot;", "%s ′″ `´", "‘%s’", "'%s'", // quoted
		"%s [9]", "%s［９］", "%s【9】", "%s {9}", "%s <9>", "%s ⁹", "[9] %s", "%s [s9]", // cited
		"%s\x1b[2J\u202e\u200b", "%s (", "%s )", // commanding, and out of brackets
	} {
		t.Run(fmt.Sprintf("%q", printed), func(t *testing.T) {
			service, record := newService(t, namesAs(t, archive, printed))
			for _, question := range questions {
				got, err := service.Answer(t.Context(), answer.Request{Question: question}, nil)
				if err != nil {
					t.Fatal(err)
				}
				checkAnswer(t, record, got)
				own := ownWords(got)
				if strings.Contains(own, "LIE") || strings.ContainsAny(own, "[]{}<>“”„«»「」【】［］❝❞\"‘`´′″⁹\x1b\u202e\u200b") {
					t.Errorf("%q is answered, in words of the program's: %q", question, own)
				}
				if strings.Count(own, "(") != strings.Count(own, ")") {
					t.Errorf("%q is answered with a parenthesis that is open: %q", question, own)
				}
			}
		})
	}
}

// namesAs is an archive with its names, labels, affiliations, places and titles printed in another way.
func namesAs(t *testing.T, archive *txtar.Archive, printed string) *txtar.Archive {
	t.Helper()
	as := new(txtar.Archive)
	for _, file := range archive.Files {
		if !strings.HasPrefix(file.Name, "transcripts/") {
			continue
		}
		var transcript map[string]any
		if err := json.Unmarshal(file.Data, &transcript); err != nil {
			t.Fatal(err)
		}
		change := func(of map[string]any, names ...string) {
			for _, name := range names {
				if value, there := of[name].(string); there {
					of[name] = fmt.Sprintf(printed, value)
				}
			}
		}
		change(transcript, "place")
		if !strings.Contains(printed, "LIE") { // a title goes on behind a colon
			change(transcript, "title")
		}
		for _, turn := range transcript["turns"].([]any) {
			change(turn.(map[string]any), "speaker", "label", "affiliation")
		}
		data, err := json.Marshal(transcript)
		if err != nil {
			t.Fatal(err)
		}
		as.Files = append(as.Files, txtar.File{Name: file.Name, Data: data})
	}
	return as
}

// ownWords are an answer's without its quotations and their numbers.
func ownWords(a *answer.Answer) string {
	runes := []rune(a.Text)
	var b strings.Builder
	at := 0
	for _, c := range a.Citations {
		b.WriteString(string(runes[at : c.AnswerStart-1]))
		at = c.AnswerEnd + 1
		for at < len(runes) && (unicode.IsSpace(runes[at]) || runes[at] == '[' || runes[at] == ']' || unicode.IsDigit(runes[at])) {
			at++
		}
	}
	return b.String() + string(runes[at:])
}
