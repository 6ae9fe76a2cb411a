package retrieval

import (
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A turn of many words is divided at its sentences, whether or not spaces tell its
// words.
func TestLongTurnsAreDivided(t *testing.T) {
	for _, tt := range []struct{ name, sentence string }{
		{"English", "The ferry leaves the island at nine in the morning. "},
		{"Japanese", "渡し船は毎朝九時に島の桟橋を出て、町の港に着きます。"},
		{"Chinese", "渡轮每天早上九点离开小岛的码头，然后到达镇上的港口。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.TrimSpace(strings.Repeat(tt.sentence, 60))
			passages := Passages(&model.Transcript{
				Text: text, Turns: []model.Turn{{Text: text, End: len([]rune(text))}},
			})
			if len(passages) < 3 {
				t.Fatalf("there are %d passages", len(passages))
			}
			for _, p := range passages {
				if n := words.Count(p.Text); n < passageWords/2 || n > wholeTurnWords {
					t.Errorf("a passage has %d words", n)
				}
				if strings.Count(p.Text, strings.TrimSpace(tt.sentence))*len(tt.sentence) < len(p.Text) {
					t.Errorf("a passage is not of whole sentences: %q", p.Text)
				}
			}
		})
	}
}

// Where nothing ends a sentence, passages still are of a size, and nothing is left out.
func TestEndlessSentencesAreDivided(t *testing.T) {
	for _, tt := range []struct{ name, clause string }{
		{"English, as a machine writes it down", "and then the ferry leaves the island at nine "},
		{"Japanese, likewise", "渡し船は毎朝九時に島の桟橋を出て"},
		{"Thai", "เรือข้ามฟากออกจากท่าเรือตอนเก้าโมง "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.TrimSpace(strings.Repeat(tt.clause, 300))
			runes := []rune(text)
			last := 0
			var all []sentence.Span
			turn := model.Turn{Text: text, End: len(runes)}
			for _, p := range Passages(&model.Transcript{Text: text, Turns: []model.Turn{turn}}) {
				if n := words.Count(p.Text); n > wholeTurnWords+passageWords {
					t.Errorf("a passage has %d words", n)
				}
				if strings.TrimSpace(string(runes[last:p.Start])) != "" || p.Text != string(runes[p.Start:p.End]) {
					t.Errorf("passage %d:%d follows one that ends at %d", p.Start, p.End, last)
				}
				last = p.End
				all = append(all, p.Parts...)
			}
			if !slices.Equal(all, parts(turn, runes)) {
				t.Errorf("the passages have the parts %v", all)
			}
			if last != len(runes) {
				t.Errorf("the last passage ends at %d of %d", last, len(runes))
			}
		})
	}
}
