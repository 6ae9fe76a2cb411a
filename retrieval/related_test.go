package retrieval

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// TestNearTable reads every line back, which a table out of order or a malformed
// line would not allow.
func TestNearTable(t *testing.T) {
	lines := 0
	for line := range strings.Lines(nearTable) {
		lines++
		stem, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		words := near(stem)
		if len(words) == 0 || len(words) != len(strings.Fields(rest))/2 {
			t.Fatalf("%q is read as %v", line, words)
		}
		for i, w := range words {
			if w.stem == stem || w.cosine <= 0 || w.cosine > 1 || i > 0 && w.cosine > words[i-1].cosine {
				t.Fatalf("%q is read as %v", line, words)
			}
		}
	}
	if lines < 10_000 {
		t.Errorf("the table has %d lines", lines)
	}
}

func TestNear(t *testing.T) {
	for _, test := range []struct{ word, near string }{
		{"hackers", "hacking"},
		{"expenses", "cost"},
		{"physician", "doctor"},
		{"verdict", "jury"},
	} {
		stem := Words(test.word)[0]
		if !slices.ContainsFunc(near(stem), func(n nearWord) bool { return n.stem == Words(test.near)[0] }) {
			t.Errorf("near %q are %v, without %q", test.word, near(stem), test.near)
		}
	}
	for _, none := range []string{"", "a", "zzzz", "harbourqx", "~"} {
		if words := near(none); words != nil {
			t.Errorf("near %q are %v", none, words)
		}
	}
}

// TestWithNear asks what stands for a question in a collection of a hundred passages.
func TestWithNear(t *testing.T) {
	for _, test := range []struct {
		name, question, collection string // its words, and those of speakers' names after @
		near                       string // what counts beside them, and for what
	}{
		{"what the collection has", "the verdict", "verdict jury", "juri for verdict"},
		{"nothing else", "the verdict", "verdict harbour", ""},
		{"what a word is near to that the collection lacks", "the verdict", "jury", "juri for itself"},
		{"no word twice", "the verdict of the jury", "verdict jury", ""},
		{"nothing for a speaker's name", "what did Verdict say of the harbour", "harbour jury @verdict", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			scope := Scope{CollectionID: "c", Passages: 100, Frequencies: map[Lexeme]int{}}
			for word := range strings.FieldsSeq(test.collection) {
				if name, ok := strings.CutPrefix(word, "@"); ok {
					scope.Frequencies[NewNameLexeme(name)] = 2
					continue
				}
				scope.Frequencies[NewLexeme(Words(word)[0])] = 2
			}
			terms, names, _ := draft(Query{Text: test.question})
			weighted := weightedLexemes(weigh(terms, scope), names, scope)
			var found []string
			for _, w := range weighted {
				for _, stem := range []string{"juri", "verdict"} {
					switch {
					case w.Lexeme != NewLexeme(stem):
					case w.Near != 0:
						found = append(found, stem+" for verdict")
					case !strings.Contains(test.question, "jury") && stem == "juri":
						found = append(found, stem+" for itself")
					}
				}
			}
			if got := strings.Join(found, ", "); got != test.near {
				t.Errorf("got %q of %+v, want %q", got, weighted, test.near)
			}
		})
	}
}

// TestGathered counts the evidence of what is near to a term to the term, and that of
// who speaks to the name as a word too.
func TestGathered(t *testing.T) {
	terms := []WeightedLexeme{{Lexeme: 1, Weight: 2}, {Lexeme: 2, Weight: 4}, {Lexeme: 3, Weight: 1, Near: 2}, {Lexeme: 4, Weight: 3, Said: 1}}
	candidates, own := gathered([]Candidate{{Weights: []float32{1, 0, 2, 1}}}, terms)
	if want := []Lexeme{1, 2, 4}; len(own) != 3 || own[0].Lexeme != want[0] || own[1].Lexeme != want[1] || own[2].Lexeme != want[2] {
		t.Errorf("the terms are %+v, want %v", own, want)
	}
	for i, want := range []float64{2, 0.5, 1} {
		if got := float64(candidates[0].Weights[i]); math.Abs(got-want) > 1e-6 {
			t.Errorf("term %d has %v of evidence, want %v", i, got, want)
		}
	}
}
