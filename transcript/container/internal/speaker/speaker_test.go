package speaker

import "testing"

func TestCutLabel(t *testing.T) {
	for line, want := range map[string]string{
		"Jane Roe: Will it hold?":                     "Jane Roe",
		"JUAN DE LA CRUZ: No.":                        "JUAN DE LA CRUZ",
		"Ludwig van der Poe: No.":                     "Ludwig van der Poe",
		"Speaker 2: No.":                              "Speaker 2",
		"John “Jack” Doe: No.":                        "John “Jack” Doe",
		"JOHN \"THE KNIFE\" DOE: No.":                 "JOHN \"THE KNIFE\" DOE",
		"He “said it”: no":                            "",
		"“Yes”: that is all":                          "",
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

func TestCutLabelOfRecognisers(t *testing.T) {
	for line, want := range map[string]string{
		"[SPEAKER_00]: No.":               "SPEAKER_00",
		"Speaker 1 (00:05): No.":          "Speaker 1",
		"spk_0: No.":                      "spk_0",
		"(speaker 1) No.":                 "speaker 1",
		"+44 20*****12: No.":              "+44 20*****12",
		"Jane Roe (she/her): No.":         "Jane Roe (she/her)",
		"Jane Roe | Harbour Board: No.":   "Jane Roe | Harbour Board",
		"罗女士：不。":                          "罗女士",
		"Спикер №1: Нет.":                 "Спикер №1",
		"[Music]":                         "",
		"so it was: no":                   "",
		"12:30: it is late":               "",
		"https://example.org: an address": "",
	} {
		if label, _ := CutLabel(line); label != want {
			t.Errorf("%q: label %q, want %q", line, label, want)
		}
	}
}

func TestAccounts(t *testing.T) {
	got := Accounts([]string{"Roe, Jane", "Poe Moe, John (Harbour Board)", "Jane Roe (she/her)", "Lene Aas | Ferries", "Jane Roe, PhD", "Karl (Guest)"})
	for label, want := range map[string]Account{
		"Roe, Jane":                     {Name: "Jane Roe"},
		"Poe Moe, John (Harbour Board)": {Name: "John Poe Moe", Affiliation: "Harbour Board"},
		"Jane Roe (she/her)":            {Name: "Jane Roe"},
		"Lene Aas | Ferries":            {Name: "Lene Aas", Affiliation: "Ferries"},
		"Jane Roe, PhD":                 {},
		"Karl (Guest)":                  {},
	} {
		if got[label] != want {
			t.Errorf("%q: got %+v, want %+v", label, got[label], want)
		}
	}
	if alone := Accounts([]string{"Poe Moe, John"})["Poe Moe, John"]; alone != (Account{}) {
		t.Errorf("a name of two words before a comma, alone: %+v", alone)
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
