package letters

import "testing"

func TestCase(t *testing.T) {
	for word, want := range map[string]struct{ caps, mixed, roman, initial, lower bool }{
		"ROE":   {caps: true},
		"Roe":   {},
		"roe":   {lower: true},
		"McROE": {mixed: true},
		"XIV":   {caps: true, roman: true},
		"I":     {initial: true},
		"É":     {initial: true},
		"12":    {},
		"":      {},
	} {
		got := want
		got.caps, got.mixed, got.roman = IsAllCaps(word), MixedCaps(word), IsRoman(word)
		got.initial, got.lower = IsInitialWord(word), StartsLower(word)
		if got != want {
			t.Errorf("%q: got %+v, want %+v", word, got, want)
		}
	}
}

func TestEndsSentence(t *testing.T) {
	for text, want := range map[string]bool{
		"It holds.":     true,
		"“It holds.”":   true,
		"(It holds.)":   true,
		"*It holds!*":   true,
		"It holds, and": false,
		"as she said:":  true,
		"it holds —":    true,
		"":              false,
		"see (page 12)": false,
		"持ちました。":        true,
	} {
		if got := EndsSentence(text); got != want {
			t.Errorf("EndsSentence(%q) = %t", text, got)
		}
	}
}

// Texts are cut between characters, and at their start between words.
func TestHeadAndTail(t *testing.T) {
	for _, tt := range []struct {
		text       string
		n          int
		head, tail string
	}{
		{"the gate holds", 100, "the gate holds", "the gate holds"},
		{"the gate holds", 10, "the gate", "gate holds"},
		{"éééé", 3, "é", "é"},
		{"", 3, "", ""},
	} {
		if head, tail := Head(tt.text, tt.n), Tail(tt.text, tt.n); head != tt.head || tail != tt.tail {
			t.Errorf("of %q: %q and %q, want %q and %q", tt.text, head, tail, tt.head, tt.tail)
		}
	}
}

func TestIsListItem(t *testing.T) {
	for line, want := range map[string]bool{
		"• a gate":   true,
		"- a gate":   true,
		"3. a gate":  true,
		"3) a gate":  true,
		"3.5 metres": false,
		"-3 degrees": false,
		"a gate":     false,
	} {
		if got := IsListItem(line); got != want {
			t.Errorf("IsListItem(%q) = %t", line, got)
		}
	}
}
