package transcript

import (
	"testing"
)

func TestPartOf(t *testing.T) {
	for text, want := range map[string]part{
		"QUESTION":             partAsker,
		"Q":                    partAsker,
		"Q (Jane Roe)":         partAsker,
		"A":                    partAnswerer,
		"MODERATOR":            partModerator,
		"The Operator":         partModerator,
		"THE CHAIRMAN":         partModerator,
		"The SPEAKER":          partModerator,
		"SPEAKER 1":            partAnonymous,
		"AUDIENCE MEMBER":      partAnonymous,
		"UNIDENTIFIED SPEAKER": partAnonymous,
		"CHAIR ROE":            partPresider,
		"VICE CHAIR ROE":       partPresider,
		"ACTING PRESIDENT ROE": partPresider,
		"PRESIDENT ROE":        partNamed,
		"MR. ROE":              partNamed,
		"THE WITNESS":          partNamed,
		"":                     partNamed,
	} {
		if got := partOf(text); got != want {
			t.Errorf("partOf(%q) = %d, want %d", text, got, want)
		}
	}
}
