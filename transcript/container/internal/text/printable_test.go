package text

import "testing"

// Eight bytes are printable exactly where each of them is.
func TestArePrintable(t *testing.T) {
	for place := range 8 {
		for c := range 256 {
			bytes := []byte(" ~ab ~yz")
			bytes[place] = byte(c)
			if got, want := arePrintable(string(bytes)), c >= ' ' && c < 0x7F; got != want {
				t.Errorf("arePrintable(%q) = %v", bytes, got)
			}
		}
	}
}
