package labels

import "testing"

// A nickname between double quotation marks is no part of a name, and does not keep a label
// from having the form of one.
func TestNicknames(t *testing.T) {
	for text, want := range map[string]string{
		"JOHN “THE KNIFE” DOE":      "JOHN DOE",
		`John "Jack" Doe`:           "John Doe",
		"DR. WILLIAM «BILL» ROE":    "DR. WILLIAM ROE",
		"„Jim“ Poe":                 "Poe",
		"Jane Roe “Jay”":            "Jane Roe",
		"Jane “Jay” Roe (online)":   "Jane Roe",
		"Jane “Jay-Jay” Roe, Radio": "Jane Roe, Radio",
		"Jane Roe “J.R.”, Radio":    "Jane Roe, Radio",
	} {
		if got := WithoutNote(text); got != want || !HasForm(text) {
			t.Errorf("WithoutNote(%q) = %q, want %q; has the form of a label: %v", text, got, want, HasForm(text))
		}
	}
	for _, text := range []string{"“Yes”", "He “said it”", "The “Gate Holds.” Report", "“One”, Two", "JANE “ROE"} {
		if HasForm(text) {
			t.Errorf("%q has the form of a label", text)
		}
	}
}
