package lexicon

import "testing"

func TestFold(t *testing.T) {
	for _, pair := range [][2]string{
		{"Élise O’Roe", "elise o'roe"},
		{"JANE  ROE", "jane\u00a0roe"},
		{"Åse Ro\u0308e", "ase röe"},
	} {
		if Fold(pair[0]) != Fold(pair[1]) {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], Fold(pair[0]), Fold(pair[1]))
		}
	}
}
