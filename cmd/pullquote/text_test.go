package main

import "testing"

func TestIsText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file string
		want       bool
	}{
		{"text", "JANE ROE:\tÀ quoi bon?\r\n", true},
		{"it clears a terminal", "JANE ROE: \033[2J", false},
		{"it turns words around", "JANE ROE: \u202eno", false},
		{"bytes that are no UTF-8", "\xff\xfeJ\x00", false},
	} {
		if got := isText([]byte(test.file)); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
