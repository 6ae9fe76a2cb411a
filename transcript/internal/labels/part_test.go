package labels

import "testing"

func TestPartOf(t *testing.T) {
	for text, want := range map[string]Part{
		"QUESTION":             PartAsker,
		"Q":                    PartAsker,
		"Q (Jane Roe)":         PartAsker,
		"A":                    PartAnswerer,
		"MODERATOR":            PartModerator,
		"The Operator":         PartModerator,
		"THE CHAIRMAN":         PartModerator,
		"The SPEAKER":          PartModerator,
		"SPEAKER 1":            PartAnonymous,
		"AUDIENCE MEMBER":      PartAnonymous,
		"UNIDENTIFIED SPEAKER": PartAnonymous,
		"CHAIR ROE":            PartPresider,
		"VICE CHAIR ROE":       PartPresider,
		"ACTING PRESIDENT ROE": PartPresider,
		"PRESIDENT ROE":        PartNamed,
		"MR. ROE":              PartNamed,
		"THE WITNESS":          PartNamed,
		"":                     PartNamed,
	} {
		if got := partOf(text); got != want {
			t.Errorf("partOf(%q) = %d, want %d", text, got, want)
		}
	}
}
