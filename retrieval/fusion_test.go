package retrieval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

// passagesOf are candidates in rank order, each written TRANSCRIPT.TURN.
func passagesOf(list string) []Candidate {
	var candidates []Candidate
	for i, f := range strings.Fields(list) {
		var c Candidate
		c.TranscriptID = f[:1]
		fmt.Sscanf(f[2:], "%d", &c.Turn)
		c.Passage = i
		candidates = append(candidates, c)
	}
	return candidates
}

func TestFuse(t *testing.T) {
	tests := []struct{ name, lexical, semantic, want string }{
		{"nothing found", "", "", ""},
		{"by words alone", "a.1 a.2", "", "a.1(1,0) a.2(2,0)"},
		{"by meaning alone", "", "a.1 a.2", "a.1(0,1) a.2(0,2)"},
		{"found by both comes first", "a.1 a.2", "a.3 a.2", "a.2(2,2) a.1(1,0) a.3(0,1)"},
		{"a turn has its best passage's rank", "a.1 a.1 a.2", "", "a.1(1,0) a.2(2,0)"},
		{"no more than are wanted", "a.1 a.2 a.3 a.4", "a.5", "a.1(1,0) a.2(2,0) a.3(3,0)"},
		{"the last by words may be the first by both", "a.1 a.2 a.3 a.4 a.5", "a.5", "a.5(5,1) a.1(1,0) a.2(2,0)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range DefaultRanking().Fusion.fuse(bestOfTurns(passagesOf(tt.lexical)), bestOfTurns(passagesOf(tt.semantic)), embeddings.Model{Name: "another"}, 3) {
				got = append(got, fmt.Sprintf("%s.%d(%d,%d)", f.TranscriptID, f.Turn, f.lexical, f.semantic))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("fuse(%q, %q) = %v, want %s", tt.lexical, tt.semantic, got, tt.want)
			}
		})
	}
}

func TestBuiltinComesLast(t *testing.T) {
	turns := DefaultRanking().Fusion.fuse(passagesOf("a.1 a.2 a.3"), passagesOf("a.9 a.3"), embeddings.NewBuiltin().Model(), 4)
	var got []int
	for _, f := range turns {
		got = append(got, f.Turn)
	}
	if fmt.Sprint(got) != "[1 2 3 9]" {
		t.Errorf("the built-in embedder's find ranks in %v, want it after what the words found", got)
	}
}
