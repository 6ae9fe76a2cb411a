package answer_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/retrieval"
)

// Whatever words of a turn are looked for, in whatever case, they are found where they stand:
// the index leaves out no turn that has them, be it that they go over the end of a passage.
func TestMentionsFindWhatStands(t *testing.T) {
	t.Parallel()
	archive := new(txtar.Archive)
	for _, file := range quotationtest.Files(t) {
		archive.Files = append(archive.Files, txtar.File{Name: "transcripts/sample", Data: file})
	}
	archive.Files = append(archive.Files, txtar.File{Name: "transcripts/long", Data: []byte(longTurn())})
	service, record := newService(t, archive)
	page, err := record.List(t.Context(), retrieval.ListQuery{Collection: retrieval.DefaultCollection, Limit: retrieval.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 9))
	cases := []func(string) string{strings.ToLower, strings.ToUpper, func(s string) string { return s }}
	for i := range 400 {
		stored := page.Transcripts[len(page.Transcripts)-1] // the long turn
		if i%2 == 0 {
			stored = page.Transcripts[random.IntN(len(page.Transcripts))]
		}
		turns, err := record.Turns(t.Context(), stored.ID)
		if err != nil {
			t.Fatal(err)
		}
		turn := turns[random.IntN(len(turns))]
		phrase, at := somewhere(random, turn.Text)
		if phrase == "" {
			continue
		}
		q := answer.MentionsQuery{Phrase: cases[random.IntN(len(cases))](phrase), Limit: retrieval.MaxPage, Filter: retrieval.Filter{Transcript: stored.ID}}
		found, err := service.Mentions(t.Context(), q)
		if err != nil {
			t.Fatalf("%q: %v", q.Phrase, err)
		}
		is := func(m answer.Mention) bool { return m.Turn == turn.Index && m.Start == turn.Start+at }
		if found.NextCursor == "" && !slices.ContainsFunc(found.Mentions, is) {
			t.Errorf("%q is not found at %d in turn %d of %q", q.Phrase, at, turn.Index, stored.Title)
		}
	}
}

// somewhere are some words in a row of a text, and the code point where they begin; none if
// the end of the words is inside a number, or a word that a mark joins to the next.
func somewhere(random *rand.Rand, text string) (phrase string, at int) {
	words := strings.Fields(text)
	first := random.IntN(len(words))
	last := min(len(words), first+1+random.IntN(4))
	begin := 0
	for _, w := range words[:first] {
		begin += strings.Index(text[begin:], w) + len(w)
	}
	begin += strings.Index(text[begin:], words[first])
	end := begin
	for _, w := range words[first:last] {
		end += strings.Index(text[end:], w) + len(w)
	}
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	phrase = text[begin:end]
	from, to := strings.IndexFunc(phrase, isWord), strings.LastIndexFunc(phrase, isWord)
	if from != 0 || to != len(phrase)-1 || len(phrase) > answer.MaxPhrase || strings.Contains(phrase, "\n") {
		return "", 0
	}
	return phrase, len([]rune(text[:begin]))
}

// longTurn is a transcript of one turn that is several passages, each word of which it has once.
func longTurn() string {
	var sentences []string
	const letters = "bcdfghklmnprtvwz"
	word := func(i int) string {
		return "k" + letters[i%16:i%16+1] + "a" + letters[i/16%16:i/16%16+1] + "o" + letters[i/256:i/256+1]
	}
	for i := range 40 {
		sentences = append(sentences, strings.ToUpper(word(10 * i)[:1])+word(10 * i)[1:])
		for j := range 9 {
			sentences[i] += " " + word(10*i+j+1)
		}
	}
	return fmt.Sprintf(`{"title": "The count", "turns": [{"speaker": "Mabel Orde", "role": "statement", "text": %q}]}`, strings.Join(sentences, ". ")+".")
}

// What is asked for, and what is not found for it.
func TestMentions(t *testing.T) {
	t.Parallel()
	turns := `{"turns": [{"speaker": "Ada Quill", "role": "statement", "text": %q}]}`
	for _, test := range []struct {
		name, text, phrase string
		want               []string
	}{
		{"in any case", "Levees. The LEVEES; levees!", "Levees", []string{"Levees", "LEVEES", "levees"}},
		{"whole words", "The levee's height, a levee-board and levees.", "levee", nil},
		{"whole numbers", "It is 3.5, $3, 3% or 3.", "3", []string{"3"}},
		{"an acronym and a word", "The US told us.", "us", []string{"US", "us"}},
		{"an acronym with an s", "AIDS aids nobody.", "aids", []string{"AIDS", "aids"}},
		{"marks of typesetters", "The board’s “non–partisan” vote", "board's \"non-partisan\" vote", []string{"board’s “non–partisan” vote"}},
		{"a dash with spaces", "We wait — patience pays.", "wait-patience", []string{"wait — patience"}},
		{"accents make another word", "The résumé, to resume.", "resume", []string{"resume"}},
		{"over the end of a sentence", "We wait. Then we act.", "wait. then", []string{"wait. Then"}},
		{"none over another", "No, no, no, no.", "no, no", []string{"No, no", "no, no"}},
		{"a ligature", "The oﬃce and the office", "office", []string{"oﬃce", "office"}},
		{"Chinese", "新灯塔已经点亮。灯塔很高。", "灯塔", []string{"灯塔", "灯塔"}},
		{"one character of Chinese", "新灯塔已经点亮。", "灯", []string{"灯"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			service, _ := newService(t, &txtar.Archive{Files: []txtar.File{{Name: "transcripts/1", Data: fmt.Appendf(nil, turns, test.text)}}})
			found, err := service.Mentions(t.Context(), answer.MentionsQuery{Phrase: test.phrase})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range found.Mentions {
				got = append(got, m.Quote)
			}
			if !slices.Equal(got, test.want) || found.Total != len(test.want) || !found.Complete {
				t.Errorf("found %q, %d in all; want %q", got, found.Total, test.want)
			}
		})
	}
}
