package text

import "testing"

// What nobody sees is no part of a quotation.
func TestInvisibleCharactersAreTakenOut(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"writing turned around", "It is \u202enot\u202c safe.", "It is not safe."},
		{"isolated writing", "\u2067safe\u2069", "safe"},
		{"a blank without width", "un\u200bsafe", "unsafe"},
		{"a byte order mark within", "a\ufeffb", "ab"},
		{"a word joiner", "COVID-\u206019", "COVID-19"},
		{"control characters", "a\x08b\u0090c", "abc"},
		{"tags", "safe\U000E0041\U000E007F", "safe"},
		{"a joiner between Latin letters", "sa\u200dfe", "safe"},
		{"a soft hyphen within a line", "har\u00adbour", "harbour"},
		{"a soft hyphen at a line's end", "har\u00ad\nbour", "har\u00ad\nbour"},
		{"a joiner in Persian", "می\u200cروم", "می\u200cروم"},
		{"a family of emoji", "👩\u200d👧", "👩\u200d👧"},
		{"blanks that are seen", "a\u00a0b\tc\nd\u3000e", "a\u00a0b\tc\nd\u3000e"},
		{"accents apart from their letters", "cafe\u0301", "cafe\u0301"},
	} {
		got, n, first := DropInvisible(tt.text)
		if got != tt.want || (n > 0) != (got != tt.text) || (first >= 0) != (n > 0) {
			t.Errorf("%s: got %q, %d dropped, the first at %d; want %q", tt.name, got, n, first, tt.want)
		}
	}
}
