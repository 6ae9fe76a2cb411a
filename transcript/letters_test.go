package transcript

import "testing"

func TestFold(t *testing.T) {
	for _, pair := range [][2]string{
		{"Élise O’Roe", "elise o'roe"},
		{"JANE  ROE", "jane\u00a0roe"},
		{"Åse Ro\u0308e", "ase röe"},
	} {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], fold(pair[0]), fold(pair[1]))
		}
	}
}
