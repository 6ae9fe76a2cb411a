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

func TestFullName(t *testing.T) {
	for printed, want := range map[string]string{
		"Ms Jane Roe MP": "Jane Roe", "M. Jean Poe": "Jean Poe", "The Right Honourable Jane Roe, KC": "Jane Roe", "Jane ROE-POE": "Jane Roe-Poe",
		"Mevrouw Jana van der Roe": "Jana van der Roe", "J.R. Roe": "J.R. Roe",
		"Ms Roe": "", "Mme la présidente": "", "The Minister of Lights": "", "Senator ROE": "", "": "",
	} {
		if got := FullName(printed); got != want {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
	}
}

func TestFiledName(t *testing.T) {
	for filed, want := range map[string]string{
		"Roe, Jane MP": "Jane Roe", "Roe, Jane, MP": "Jane Roe", "Roe, Sen Jane": "Jane Roe", "Roe, Ms Jane": "Jane Roe",
		"Poe, John (The DEPUTY SPEAKER)": "John Poe", "SPEAKER, The": "", "Roe Sen J.": "", "Jane Roe": "Jane Roe",
	} {
		if got := FiledName(filed); got != want {
			t.Errorf("%q: got %q, want %q", filed, got, want)
		}
	}
}

func TestPresides(t *testing.T) {
	for label, want := range map[string]bool{
		"Mr Speaker": true, "Madam Deputy Speaker": true, "The DEPUTY PRESIDENT": true, "Mme la présidente": true, "The Chair (Ms Jane Roe)": true,
		"President Roe": false, "The President of the Board": false, "Jane Roe": false, "": false,
	} {
		if got := Presides(label); got != want {
			t.Errorf("%q: got %t", label, got)
		}
	}
}
