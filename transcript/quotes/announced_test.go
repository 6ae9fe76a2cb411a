package quotes_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

func TestAnnouncement(t *testing.T) {
	for _, test := range []struct {
		name, text string
		of, want   int
	}{
		{"the sentence behind one", "I will read it out. You were careless. So they wrote.", 1, 0},
		{"the one after that", "He wrote back to me. The peat is dry. It always was.", 2, 0},
		{"the nearest of two", "She wrote as follows. The peat is dry. He wrote back. It is not.", 3, 2},
		{"none", "We dug for peat. The peat is dry.", 1, -1},
		{"the announcement itself", "I will read it out. You were careless.", 0, -1},
		{"one too far ahead", "I will read it out. One. Two. Three. The peat is dry.", 4, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := quotes.Announcement([]rune(test.text), sentence.Split(test.text), test.of); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
