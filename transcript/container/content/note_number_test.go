package content_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container/content"
)

func TestIsNoteNumber(t *testing.T) {
	for _, tt := range []struct {
		before, raised string
		want           bool
	}{
		{"the mole", "1", true},
		{"it held.", "12", true},
		{"it held,”", "[3]", true},
		{"the mole", " 1, 2 ", true},
		{"the mole", "4–6", true},
		{"the mole", "a", true},
		{"the mole", "iv", true},
		{"the mole", "*", true},
		{"the mole", "††", true},
		{"of 2031", "4", true},
		{"it is", "2", true},
		{"", "1", true},
		{"on 12 m", "2", false},
		{"on 40 km", "2", false},
		{"it is 10", "6", false},
		{"the 1", "a", false},
		{"the 1", "st", false},
		{"M", "lle", false},
		{"the mole", "TM", false},
		{"the mole", "[citation needed]", false},
		{"the mole", "1234", false},
		{"the mole", "", false},
	} {
		if got := content.IsNoteNumber(tt.before, tt.raised); got != tt.want {
			t.Errorf("%q above the line behind %q: %t", tt.raised, tt.before, got)
		}
	}
}
