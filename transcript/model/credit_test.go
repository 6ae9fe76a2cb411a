package model

import "testing"

func TestCreditNamesNobodyInDoubt(t *testing.T) {
	const doubt = "the label stands once"
	for _, tt := range []struct {
		name   string
		credit Credit
		want   string
	}{
		{"a speaker", Credit{Label: "MS. ROE", Speaker: "Jane Roe"}, "Jane Roe"},
		{"a speaker of a house", Credit{Speaker: "Jane Roe", Affiliation: "Harbour Board"}, "Jane Roe (Harbour Board)"},
		{"nobody", Credit{Affiliation: "Harbour Board"}, "somebody"},
		{"a doubtful label", Credit{Label: "ROE", Speaker: "Jane Roe", Affiliation: "Harbour Board", Doubt: doubt}, "speaker uncertain (printed: ROE)"},
		{"a doubtful speaker without a label", Credit{Speaker: "Jane Roe", Doubt: doubt}, "speaker uncertain (perhaps Jane Roe)"},
		{"a doubtful turn without either", Credit{Doubt: doubt}, "speaker uncertain"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.credit.Name("somebody"); got != tt.want {
				t.Errorf("Name is %q, want %q", got, tt.want)
			}
		})
	}
}
