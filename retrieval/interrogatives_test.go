package retrieval

import (
	"strings"
	"testing"
)

func TestTopicOfScriptsByCharacter(t *testing.T) {
	for _, tt := range []struct{ name, question, want string }{
		{"Japanese", "建設費はいくらですか", "建設 設費"},
		{"Japanese, of what somebody said", "高橋さんは桟橋について何と言いましたか", "高橋 さん んは 桟橋"},
		{"Chinese", "新渡轮什么时候开航？", "新渡 渡轮 开航"},
		{"Thai", "ท่าเรือจะเสร็จเมื่อไร", "ท่าเรื เรือ อจะ จะเส เสร็ ร็จ"},
		{"Korean", "여객선은 언제 운항합니까?", "여객 객선 선은 운항"},
		{"nothing but an interrogative", "什么？", "什么"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(topicWords(tt.question), " "); got != tt.want {
				t.Errorf("topicWords(%q) = %q, want %q", tt.question, got, tt.want)
			}
		})
	}
}

func TestVaguePairsWeighLess(t *testing.T) {
	for _, tt := range []struct {
		name, pair string
		want       bool
	}{
		{"kanji", "港湾", false},
		{"an ending", "まし", true},
		{"a part of a loan word", "フェ", true},
		{"Chinese, with a particle", "轮的", true},
		{"Chinese, without", "渡轮", false},
		{"Korean, with a particle", "선은", true},
		{"Korean, without", "여객", false},
		{"Korean, a word that begins like one", "은행", false},
		{"Thai", "ท่าเรื", false},
		{"English", "ferri", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := DefaultRanking().Terms.newTerm(tt.pair, 1, false).Weight < 1; got != tt.want {
				t.Errorf("%s weighs less: %v", tt.pair, got)
			}
		})
	}
}
