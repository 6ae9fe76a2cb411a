package names

import "testing"

func TestTitleCase(t *testing.T) {
	for printed, want := range map[string]string{
		"JANE ROE":             "Jane Roe",
		"MR. O'ROE":            "Mr. O'Roe",
		"MR. O’ROE":            "Mr. O’Roe",
		"ANNE-MARIE ROE":       "Anne-Marie Roe",
		"DR. McROE":            "Dr. McRoe",
		"DR. MCROE":            "Dr. McRoe",
		"AMBASSADOR VAN DER R": "Ambassador van der R",
		"J.R. ROE III":         "J.R. Roe III",
		"SECRETARY OF STATE":   "Secretary of State",
		"ÉLISE ROE":            "Élise Roe",
		"Jane Roe":             "Jane Roe",
		"jane de roe":          "Jane de Roe",
		"jane.roe":             "jane.roe",
		"Mr M G P ROE":         "Mr M G P Roe",
		"leyla martı":          "Leyla Martı",
		"İREM IRMAĞI":          "İrem Irmağı",
		"GIOVANNI DI ROE":      "Giovanni di Roe",
	} {
		if got := TitleCase(printed); got != want {
			t.Errorf("TitleCase(%q) = %q, want %q", printed, got, want)
		}
	}
}
