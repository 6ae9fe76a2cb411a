package sentence

import "testing"

func TestEndsAsking(t *testing.T) {
	for text, want := range map[string]bool{
		"Why?":                              true,
		"Why? Thank you.":                   true,
		"Why? Thank you very much. Please.": true,
		"“Why?”":                            true,
		"Why? (Laughter.)":                  true,
		"Why? I asked.":                     false,
		"Because.":                          false,
		"Why":                               false,
		"":                                  false,
	} {
		if got := EndsAsking(text); got != want {
			t.Errorf("EndsAsking(%q) = %t", text, got)
		}
	}
}
