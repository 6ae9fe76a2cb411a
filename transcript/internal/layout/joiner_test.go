package layout

import (
	"strings"
	"testing"
)

func TestContinues(t *testing.T) {
	for _, tt := range []struct {
		former, next string
		want         bool
	}{
		{"We met on behalf of the", "Portuguese government.", true},
		{"There is a growing awareness of the", "challenge.", true},
		{"He came with Dr.", "Roe.", true},
		{"It is in the U.S.", "government's plan.", true},
		{"We met, and", "she left.", true},
		{"We met –", "she left.", true},
		{"We met.", "She left.", false},
		{"We met.", "she left.", false},
		{"We met – ", "She left.", false},
		{"She said two things:", "First, no.", false},
		{"“We met.”", "She left.", false},
		{"We met. (Laughter.)", "She left.", false},
		{"We met [inaudible]", "She left.", false},
		{"We met", "• in May", false},
		{"Why?", "Because.", false},
	} {
		if got := continues(strings.TrimSpace(tt.former), tt.next); got != tt.want {
			t.Errorf("continues(%q, %q) = %t", tt.former, tt.next, got)
		}
	}
}
