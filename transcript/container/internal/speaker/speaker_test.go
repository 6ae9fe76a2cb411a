package speaker

import "testing"

func TestCutLabel(t *testing.T) {
	for line, want := range map[string]string{
		"Jane Roe: Will it hold?":                     "Jane Roe",
		"JUAN DE LA CRUZ: No.":                        "JUAN DE LA CRUZ",
		"Ludwig van der Poe: No.":                     "Ludwig van der Poe",
		"Speaker 2: No.":                              "Speaker 2",
		"Jane Roe:":                                   "Jane Roe",
		"at 10:30 we met":                             "",
		"10:30 is late":                               "",
		"It is late: we met":                          "",
		"Will it hold? Jane: yes":                     "",
		"The Honourable Member For Harbour Town: No.": "",
		"no label":                                    "",
	} {
		label, rest := CutLabel(line)
		if label != want || label == "" && rest != line {
			t.Errorf("%q: label %q, rest %q; want %q", line, label, rest, want)
		}
	}
}

func TestIsFullName(t *testing.T) {
	for name, want := range map[string]bool{
		"Jane Roe": true, "Ludwig van der Poe": true, "J. Roe": true,
		"Roe": false, "The Speaker": false, "MADAM SPEAKER": false, "Jane went home": false,
	} {
		if IsFullName(name) != want {
			t.Errorf("%q: got %t", name, !want)
		}
	}
}
