package transcript_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript"
)

// However a label or its words note that they are read aloud, the turn says so.
func TestNotesOfReadingReachTheTurn(t *testing.T) {
	const hearing = "The Ferry Hearing\nVarn, May 3, 2024\n\nMR. LIND: What does the letter say?\n\nMR. OAKES: I have it here, and I will read it now.\n\n" +
		"MR. LIND: Please do.\n\nREADER I sank the ferry. I would do it again.\n\nMR. LIND: Whose letter is it?\n\nMR. OAKES: The keeper's, as I said before.\n"
	for _, tt := range []struct{ reader, want string }{
		{"MR. OAKES (reading):", "quoting"},
		{"**MR. OAKES (reading):**", "quoting"},
		{"MR. OAKES (reading):\n", "quoting"},
		{"MR. OAKES [reading from Exhibit 4]:", "quoting"},
		{"MR. OAKES (as read by Ms. Lind):", "quoting"},
		{"MR. OAKES (quoting the witness):", "quoting"},
		{"MR. OAKES, reading:", "quoting"},
		{"MR. OAKES (liest vor):", "quoting"},
		{"MR. OAKES (lisant la lettre):", "quoting"},
		{"MR. OAKES (leyendo):", "quoting"},
		{"MR. OAKES: (reading)", "quoting"},
		{"MR. OAKES: *(reading)*", "quoting"},
		{"MR. OAKES: [Reading:]", "quoting"},
		{"MR. OAKES (via interpreter):", ""},
		{"MR. OAKES (reading silently):", ""},
		{"MR. OAKES: (laughing)", ""},
	} {
		t.Run(tt.reader, func(t *testing.T) {
			read, err := transcript.Parse(t.Context(), []byte(strings.Replace(hearing, "READER", tt.reader, 1)), transcript.Options{Filename: "ferry.txt"})
			if err != nil || len(read.Turns) != 6 {
				t.Fatalf("got %v, %v", read, err)
			}
			for i, turn := range read.Turns {
				want := ""
				if i == 3 {
					want = tt.want
				}
				if got := turn.Quoting(); got != want || turn.Speaker == "" {
					t.Errorf("turn %d of %q is said %q, want %q: %s", i, turn.Speaker, got, want, turn.Text)
				}
			}
		})
	}
}
