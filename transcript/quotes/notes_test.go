package quotes

import "testing"

func TestNoteOfReading(t *testing.T) {
	for label, want := range map[string]string{
		"MR. OAKES (reading)":                           "(reading) ",
		"MR. OAKES [reading from Exhibit 4:]":           "(reading from Exhibit 4) ",
		"Mr. Oakes (Reading)":                           "(Reading) ",
		"Mr. Oakes (Reading Exhibit 4)":                 "(Reading Exhibit 4) ",
		"Mr. Oakes (Reading Letter)":                    "(Reading Letter) ",
		"MR. LIND (quoting the witness)":                "(quoting the witness) ",
		"MR. OAKES (as read by Ms. Lind)":               "(as read by Ms. Lind) ",
		"MS. LIND (via interpreter) (reading)":          "(via interpreter) (reading) ",
		"HERR OAKES (liest vor)":                        "(liest vor) ",
		"M. OAKES (lisant)":                             "(lisant) ",
		"SR. OAKES (leyendo)":                           "(leyendo) ",
		"Sr. Oakes (lee)":                               "(lee) ",
		"オークス氏（朗読）":                                     "(朗読) ",
		"MR. OAKES, reading":                            "(reading) ",
		"MR. OAKES reading from the letter":             "(reading from the letter) ",
		"MR. OAKES":                                     "",
		"MR. OAKES (via interpreter)":                   "",
		"MR. OAKES (reading silently)":                  "",
		"MR. OAKES (after reading the letter)":          "",
		"Ida Oakes (Reading West) (Lab)":                "",
		"Ida Oakes (Reading Chronicle)":                 "",
		"Ida Oakes (Lee)":                               "",
		"Ida Oakes | Reading Post":                      "",
		"THE READING CLERK":                             "",
		"(reading)":                                     "",
		"Ida Oakes (the harbour office, first reading)": "",
	} {
		t.Run(label, func(t *testing.T) {
			if got := NoteOfReading(label); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
