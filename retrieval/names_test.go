package retrieval

import (
	"fmt"
	"strings"
	"testing"
)

func TestNameWords(t *testing.T) {
	tests := []struct{ name, question, want string }{
		{"a capital weighs more", "What did Roe and the chair say?", "roe:1.5 chair:0.75 say:0.75"},
		{"a possessive is the name", "What is Roe’s view?", "roe:1.5 view:0.75"},
		{"a letter names only as a capital", "What did B think of a plan b?", "b:1.5 think:0.75 plan:0.75"},
		{"nobody is called I", "Why did I leave?", "leave:0.75"},
		{"each once", "Roe, Roe", "roe:1.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, n := range DefaultRanking().Names.words(tt.question, 1) {
				got = append(got, fmt.Sprintf("%s:%g", n.word, n.weight))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("words(%q) = %v, want %s", tt.question, got, tt.want)
			}
		})
	}
}

// weightedTerms are those of a question by the default ranking.
func weightedTerms(question string, scope Scope) []WeightedLexeme {
	r := DefaultRanking()
	pending := r.pendingQuery(Query{Text: question})
	return r.weighted(r.Terms.weigh(pending.terms, scope), pending.names, scope)
}

func TestSpeakerIsNoTopic(t *testing.T) {
	scope := scopeOf(map[string]int{"@baker": 20, "baker": 5, "bread": 5})
	weightOf := func(question, word string) (weight float32) {
		for _, w := range weightedTerms(question, scope) {
			if w.Lexeme == NewLexeme(word) {
				weight = w.Weight
			}
		}
		return weight
	}
	named, plain := weightOf("What did Baker say about bread?", "baker"), weightOf("What does a baker say about bread?", "baker")
	if named >= plain || named == 0 {
		t.Errorf("as a speaker's name the word weighs %.2f, as a word %.2f", named, plain)
	}
	if weightOf("What did Baker say about bread?", "@baker") <= named {
		t.Error("the speaker weighs less than the mention")
	}
}

func TestJoinNames(t *testing.T) {
	scope := scopeOf(map[string]int{"@baker": 20, "baker": 5, "@bread": 1, "bread": 5})
	weights := func(question string) map[Lexeme]WeightedLexeme {
		of := map[Lexeme]WeightedLexeme{}
		for _, w := range weightedTerms(question, scope) {
			of[w.Lexeme] = w
		}
		return of
	}
	of := weights("What did Baker say about bread?")
	word, name := of[NewLexeme("baker")], of[NewNameLexeme("baker")]
	if name.SameWord != word.Lexeme || word.SameWord != 0 {
		t.Errorf("the name is joined to %d and the word to %d, want the name to the word, %d", name.SameWord, word.SameWord, word.Lexeme)
	}
	if name.InContext >= name.Weight {
		t.Errorf("in a context the name weighs %.2f, by itself %.2f: there its word counts too", name.InContext, name.Weight)
	}
	if word.InContext <= word.Weight {
		t.Errorf("in a context the word weighs %.2f, by itself %.2f: there it is the speaker as well", word.InContext, word.Weight)
	}
	if bread := of[NewLexeme("bread")]; word.InPlace >= bread.InPlace {
		t.Errorf("baker, of 5 passages and spoken in 20, is as rare (%.2f) as bread, of 5 and spoken in one (%.2f)", word.InPlace, bread.InPlace)
	}
}

func TestSpeakerWords(t *testing.T) {
	for _, tt := range []struct{ name, speaker, want string }{
		{"Latin", "Jane Roe-Poe", "jane roe-poe"},
		{"Japanese, as a question with the family name has it", "高橋花子", "高橋 橋花 花子"},
		{"Chinese", "林海燕", "林海 海燕"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(speakerWords(tt.speaker), " "); got != tt.want {
				t.Errorf("speakerWords(%q) = %q, want %q", tt.speaker, got, tt.want)
			}
		})
	}
}
