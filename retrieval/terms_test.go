package retrieval

import (
	"math"
	"strings"
	"testing"
)

func TestTopicWords(t *testing.T) {
	tests := []struct{ name, question, want string }{
		{"boilerplate says nothing of the topic", "What did the minister say about the harbour?", "minist harbour"},
		{"a question of boilerplate alone is kept", "What did they say?", "say"},
		{"repetitions count once", "harbour, harbours, Harbour", "harbour"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(topicWords(tt.question), " "); got != tt.want {
				t.Errorf("topicWords(%q) = %q, want %q", tt.question, got, tt.want)
			}
		})
	}
}

// scopeOf is a scope of 100 passages in which words have these frequencies.
func scopeOf(frequencies map[string]int) Scope {
	s := Scope{CollectionID: "c", Passages: 100, Frequencies: map[Lexeme]int{}}
	for w, n := range frequencies {
		s.Frequencies[NewLexeme(w)] = n
	}
	return s
}

func TestWeigh(t *testing.T) {
	scope := scopeOf(map[string]int{"cyber": 30, "attack": 5, "ferri": 2, "harbour": 60})
	r := DefaultRanking()
	weight := func(q Query, word string) (Term, bool) {
		for _, term := range r.Terms.weigh(r.pendingQuery(q).terms, scope) {
			if term.Word == word {
				return term, true
			}
		}
		return Term{}, false
	}

	t.Run("rare words weigh more", func(t *testing.T) {
		q := Query{Text: "ferries in the harbour"}
		rare, _ := weight(q, "ferri")
		common, _ := weight(q, "harbour")
		if rare.Weight <= common.Weight {
			t.Errorf("ferri weighs %.2f, harbour %.2f", rare.Weight, common.Weight)
		}
	})
	t.Run("an unknown compound stands for its known parts", func(t *testing.T) {
		term, _ := weight(Query{Text: "cyberattack"}, "cyberattack")
		if got := strings.Join(term.Any, "+"); got != "cyber+attack" || !term.All || term.Passages != 5 {
			t.Errorf("cyberattack stands for %s (all: %v) in %d passages", got, term.All, term.Passages)
		}
	})
	t.Run("an unknown word weighs as one of no passage", func(t *testing.T) {
		term, _ := weight(Query{Text: "cryptocurrency"}, "cryptocurr")
		if want := InverseDocumentFrequency(0, 100); math.Abs(term.Weight-want) > 1e-9 {
			t.Errorf("weight %.3f, want %.3f", term.Weight, want)
		}
	})
	t.Run("earlier questions count less, the older the less", func(t *testing.T) {
		q := Query{Text: "harbour", History: []string{"cyber", "attack"}}
		near, _ := weight(q, "attack")
		far, _ := weight(q, "cyber")
		if want := r.Terms.History * InverseDocumentFrequency(5, 100); math.Abs(near.Weight-want) > 1e-9 || !near.History {
			t.Errorf("attack weighs %.3f, want %.3f", near.Weight, want)
		}
		if want := r.Terms.History * r.Terms.HistoryDecay * InverseDocumentFrequency(30, 100); math.Abs(far.Weight-want) > 1e-9 {
			t.Errorf("cyber weighs %.3f, want %.3f", far.Weight, want)
		}
	})
}
