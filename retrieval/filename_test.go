package retrieval

import "testing"

func TestNormalFilename(t *testing.T) {
	for _, tt := range []struct {
		what, name, want string
		warns            bool
	}{
		{"none", "", "", false},
		{"ASCII", "briefing 100%.txt", "briefing 100%.txt", false},
		{"an accent of its own, as macOS writes it", "cafe\u0301.txt", "caf\u00e9.txt", false},
		{"a letter with its accent", "caf\u00e9.txt", "caf\u00e9.txt", false},
		{"Korean letters in pieces", "\u1112\u1161\u11ab.txt", "\ud55c.txt", false},
		{"Latin-1", "caf\xe9.txt", "caf%E9.txt", true},
		{"half a character", "caf\xc3", "caf%C3", true},
		{"a command to a terminal", "a\x1b[2J\x00.txt", "a%1B[2J%00.txt", true},
		{"turned around", "cod\u202etxt.exe", "cod%E2%80%AEtxt.exe", true},
		{"two lines", "a\u2028b\n.txt", "a%E2%80%A8b%0A.txt", true},
		{"a sign for what is no character", "a\ufffd.txt", "a\ufffd.txt", false},
	} {
		got, warning := NormalFilename(tt.name)
		if got != tt.want || (warning != "") != tt.warns {
			t.Errorf("%s: got %q with the warning %q, want %q", tt.what, got, warning, tt.want)
		}
	}
}
