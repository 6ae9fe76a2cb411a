package embeddings

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestBatches(t *testing.T) {
	long := strings.Repeat("a", 200_000) // 100,000 tokens
	for _, test := range []struct {
		name   string
		inputs []string
		size   int
		want   []int // how many inputs each batch has
	}{
		{"none", nil, 2, nil},
		{"one", []string{"a"}, 2, []int{1}},
		{"by number", []string{"a", "b", "c", "d", "e"}, 2, []int{2, 2, 1}},
		{"by tokens", []string{long, long, long, long, "a"}, 100, []int{3, 2}},
		{"one that is too long goes alone", []string{"a", long + long + long + long, "a"}, 100, []int{1, 1, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sizes []int
			var joined []string
			for from, batch := range batches(test.inputs, test.size) {
				if from != len(joined) {
					t.Errorf("batch %d begins at %d, want %d", len(sizes), from, len(joined))
				}
				sizes = append(sizes, len(batch))
				joined = append(joined, batch...)
			}
			if !slices.Equal(sizes, test.want) || !slices.Equal(joined, test.inputs) {
				t.Errorf("batches of %v, want %v", sizes, test.want)
			}
		})
	}
}

func TestCutTokens(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"short", "abc", "abc"},
		{"exact", "abcdef", "abcdef"},
		{"ASCII", "abcdefgh", "abcdef"},
		{"whole characters", "港港", "港"},
		{"mixed", "ab港港", "ab"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := cutTokens(test.text, 3)
			if got != test.want || !utf8.ValidString(got) || estimateTokens(got) > 3 {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
