package quotation

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// verifyCase is a line of testdata/cases.txt or edited.txt.
type verifyCase struct {
	line                         int
	status, quote, speaker, want string
}

func readCases(t testing.TB, name string) (record []retrieval.Hit, cases []verifyCase) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unescape := strings.NewReplacer(`\u2011`, "\u2011", `\u0308`, "\u0308", `\u00a0`, "\u00a0", `\u00ad`, "\u00ad", `\u200b`, "\u200b", `\n`, "\n")
	scanner := bufio.NewScanner(file)
	for line := 1; scanner.Scan(); line++ {
		text := scanner.Text()
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		fields := strings.Split(text, "|")
		for i := range fields {
			fields[i] = unescape.Replace(strings.TrimSpace(fields[i]))
		}
		if transcriptID, isTurn := strings.CutPrefix(fields[0], "@ "); isTurn {
			h := retrieval.Hit{TranscriptID: transcriptID, Turn: len(record), Speaker: model.Optional(fields[1]), Text: fields[2], Start: 1000 * len(record)}
			h.End = h.Start + len([]rune(h.Text))
			record = append(record, h)
			continue
		}
		cases = append(cases, verifyCase{line, fields[0], fields[1], fields[2], fields[3]})
	}
	return record, cases
}

func TestJudge(t *testing.T) {
	record, cases := readCases(t, "cases.txt")
	turns := NewTurns(record, DefaultThresholds())
	for _, c := range cases {
		t.Run(fmt.Sprintf("line %d %s", c.line, c.status), func(t *testing.T) {
			j := turns.JudgeDraft(DraftQuote{Text: c.quote, Speaker: c.speaker})
			if got := turns.describe(j); string(j.Status) != c.status || got != c.want {
				t.Errorf("%q by %q\n is %s: %s\nwant %s: %s", c.quote, c.speaker, j.Status, got, c.status, c.want)
			}
		})
	}
}

func TestJudgeEdited(t *testing.T) {
	record, cases := readCases(t, "edited.txt")
	turns := NewTurns(record, DefaultThresholds())
	for _, c := range cases {
		t.Run(fmt.Sprintf("line %d %s", c.line, c.status), func(t *testing.T) {
			j := turns.JudgeDraft(DraftQuote{Text: c.quote, Speaker: c.speaker})
			var edits []string
			for _, e := range j.Edits {
				edits = append(edits, fmt.Sprintf("%s “%s”", e.Kind, e.Original))
			}
			if got := strings.Join(edits, ", "); string(j.Status) != c.status || got != c.want {
				t.Errorf("%q by %q\n is %s: %s\nwant %s: %s", c.quote, c.speaker, j.Status, got, c.status, c.want)
			}
		})
	}
}

// What cannot be judged is passed on with its reason, wherever its words stand.
func TestJudgeUnchecked(t *testing.T) {
	record, _ := readCases(t, "cases.txt")
	j := NewTurns(record, DefaultThresholds()).JudgeDraft(DraftQuote{Text: "We found peat", Unchecked: "it is never closed"})
	if j.Status != StatusUnchecked || j.Note != "it is never closed" || len(j.Matches) > 0 {
		t.Errorf("it is %s (%s), at %v", j.Status, j.Note, j.Matches)
	}
}

// Models get no editor's liberties: Judge tells them of a changed capital as of any word.
func TestJudgeLetsNothingPassEdited(t *testing.T) {
	record, cases := readCases(t, "edited.txt")
	turns := NewTurns(record, DefaultThresholds())
	for _, c := range cases {
		if j := turns.Judge(DraftQuote{Text: c.quote, Speaker: c.speaker}); j.Status.Holds() || j.Status == StatusEdited {
			t.Errorf("line %d: %q is %s", c.line, c.quote, j.Status)
		}
	}
}

// describe tells what comes of a judgement as cases.txt does.
func (t *Turns) describe(j Judgement) string {
	var parts []string
	for _, m := range j.Matches {
		h := t.turns[m.Hit].hit
		switch j.Status {
		case StatusMisattributed:
			parts = append(parts, string(h.Speaker))
		case StatusAmbiguous:
			parts = append(parts, fmt.Sprintf("%s in %s", h.Speaker, h.TranscriptID))
		default:
			parts = append(parts, t.Text(m))
		}
	}
	text := strings.Join(parts, " // ")
	if j.Closest != nil {
		text = renderDiff(j.Diff)
	}
	if j.Note != "" {
		text = strings.TrimSpace(text + " (" + j.Note + ")")
	}
	return text
}

func renderDiff(parts []DiffPart) string {
	marks := map[DiffOp][2]string{DiffEqual: {}, DiffDelete: {"[-", "-]"}, DiffInsert: {"{+", "+}"}}
	var words []string
	for _, p := range parts {
		words = append(words, marks[p.Op][0]+p.Text+marks[p.Op][1])
	}
	return strings.ReplaceAll(strings.Join(words, " "), "-] {+", "-]{+")
}

// FuzzLocate takes a part of a turn for a quotation. If it is found anywhere, what
// the record has there folds to it; and whole words are found where they were
// taken from, to the letter.
func FuzzLocate(f *testing.F) {
	f.Add("We found peat. The borings said “clay”, for 3.1 metres – it’s peat…", uint(3), uint(20))
	f.Add("堤防は三月に閉まります nai\u0308ve har\u00adbour -- a . . . b", uint(0), uint(12))
	f.Add("A  A A", uint(1), uint(5))
	f.Fuzz(func(t *testing.T, text string, from, length uint) {
		runes := []rune(text)
		if len(runes) == 0 {
			return
		}
		start := int(from % uint(len(runes)))
		end := start + int(length%uint(len(runes)-start+1))
		quote := string(runes[start:end])
		const offset = 1000
		matches := Locate(quote, []retrieval.Hit{{Text: text, Start: offset, End: offset + len(runes)}})
		exact := false
		for _, m := range matches {
			found := string(runes[m.Span.Start-offset : m.Span.End-offset])
			exact = exact || m.Status == StatusExact
			if (m.Status == StatusExact) != (found == strings.TrimSpace(quote)) {
				t.Errorf("%q is %s of %q", quote, m.Status, found)
			}
			markup := strings.NewReplacer("*", "", "_", "", "`", "", "'", "") // of which the place may have one of a pair
			if want := strings.Trim(markup.Replace(fold(quote).text), " .,…[]()"); !strings.Contains(markup.Replace(fold(found).text), want) && !strings.ContainsAny(quote, "[†‡⁰¹²³") {
				t.Errorf("%q is found as %q", quote, found)
			}
		}
		wholeWords := !insideWord(runes, start) && !insideWord(runes, end) && utf8.ValidString(text) && norm.NFC.IsNormalString(text)
		if plain := strings.IndexFunc(quote, notPlain) < 0 && strings.IndexFunc(quote, isWordRune) >= 0; plain && wholeWords && !exact {
			t.Errorf("%q is not found in %q", quote, text)
		}
	})
}

// notPlain are the characters that fold with others around them.
func notPlain(r rune) bool {
	return r > unicode.MaxASCII || strings.ContainsRune("-.'`\"[]()<>*_\n\r\t\v\f,;:!?", r)
}

// A quotation that is cut out of a sentence which turns its meaning holds, and its note shows
// the sentence.
func TestCutQuotations(t *testing.T) {
	record, _ := readCases(t, "edited.txt")
	turns := NewTurns(record, DefaultThresholds())
	for quote, want := range map[string]string{
		"we pay for the road":                            "it is cut out of a sentence that may turn its meaning: “I never promised that we pay for the road.”",
		"we open in June":                                "it is cut out of a sentence that may turn its meaning: “If the county agrees, we open in June.”",
		"I never promised that we pay for the road":      "",
		"we will not charge the islanders for it":        "",
		"We will build the pier before the summer":       "",
		"the board of the ferry company refused to sign": "",
		"提高过桥费":                                          "it is cut out of a sentence that may turn its meaning: “我们将在秋天之前修好大桥，而且不会提高过桥费。”",
	} {
		j := turns.JudgeDraft(DraftQuote{Text: quote})
		if !j.Status.Holds() && j.Status != StatusEdited && want != "" || j.Note != want {
			t.Errorf("%q is %s, with the note %q; want %q", quote, j.Status, j.Note, want)
		}
	}
}
