package retrieval

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// TestRelatedTable reads every line back, which a table out of order or a malformed
// line would not allow.
func TestRelatedTable(t *testing.T) {
	lines := 0
	for line := range strings.Lines(relatedTable) {
		lines++
		stem, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		words := relatedTo(stem)
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

func TestRelated(t *testing.T) {
	for _, test := range []struct{ word, related string }{
		{"hackers", "hacking"},
		{"expenses", "cost"},
		{"physician", "doctor"},
		{"verdict", "jury"},
	} {
		stem := Words(test.word)[0]
		if !slices.ContainsFunc(relatedTo(stem), func(n relatedWord) bool { return n.stem == Words(test.related)[0] }) {
			t.Errorf("related to %q are %v, without %q", test.word, relatedTo(stem), test.related)
		}
	}
	for _, none := range []string{"", "a", "zzzz", "harbourqx", "~"} {
		if words := relatedTo(none); words != nil {
			t.Errorf("related to %q are %v", none, words)
		}
	}
}

// TestWithRelated asks what stands for a question in a collection of a hundred passages.
func TestWithRelated(t *testing.T) {
	for _, test := range []struct {
		name, question, collection string // its words, and those of speakers' names after @
		related                    string // what counts beside them, and for what
	}{
		{"what the collection has", "the verdict", "verdict jury", "juri for verdict"},
		{"nothing else", "the verdict", "verdict harbour", ""},
		{"what is related to a word that the collection lacks", "the verdict", "jury", "juri for itself"},
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
			weighted := weightedTerms(test.question, scope)
			var found []string
			for _, w := range weighted {
				for _, stem := range []string{"juri", "verdict"} {
					switch {
					case w.Lexeme != NewLexeme(stem):
					case w.RelatedTo != 0:
						found = append(found, stem+" for verdict")
					case !strings.Contains(test.question, "jury") && stem == "juri":
						found = append(found, stem+" for itself")
					}
				}
			}
			if got := strings.Join(found, ", "); got != test.related {
				t.Errorf("got %q of %+v, want %q", got, weighted, test.related)
			}
		})
	}
}

// TestMergeEvidence counts what is related to a term as evidence of the term, and who
// speaks as evidence of the same word, too.
func TestMergeEvidence(t *testing.T) {
	terms := []WeightedLexeme{{Lexeme: 1, Weight: 2}, {Lexeme: 2, Weight: 4}, {Lexeme: 3, Weight: 1, RelatedTo: 2}, {Lexeme: 4, Weight: 3, SameWord: 1}}
	candidates, own := mergeEvidence([]Candidate{{Weights: []float32{1, 0, 2, 1}}}, terms)
	if want := []Lexeme{1, 2, 4}; len(own) != 3 || own[0].Lexeme != want[0] || own[1].Lexeme != want[1] || own[2].Lexeme != want[2] {
		t.Errorf("the terms are %+v, want %v", own, want)
	}
	for i, want := range []float64{2, 0.5, 1} {
		if got := float64(candidates[0].Weights[i]); math.Abs(got-want) > 1e-6 {
			t.Errorf("term %d has %v of evidence, want %v", i, got, want)
		}
	}
}
