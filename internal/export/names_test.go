package export

import (
	"encoding/json"
	"testing"
)

// What each style and each bibliography makes of a speaker: a label alone is cited by the family
// name or as it is printed, and no initial is made up.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, apa, mla, csl, biblatex string }{
		{"Jane Roe", "Roe, J.", "Roe, Jane", `{"family":"Roe","given":"Jane"}`, "Roe, Jane"},
		{"Jane A. van der Roe", "van der Roe, J. A.", "van der Roe, Jane A.", `{"family":"van der Roe","given":"Jane A."}`, "van der Roe, Jane A."},
		{"Mateo Dias Jr.", "Dias, M., Jr.", "Dias, Mateo, Jr.", `{"family":"Dias","given":"Mateo","suffix":"Jr."}`, "Dias, Jr., Mateo"},
		{"Mr. Dias", "Dias", "Dias", `{"family":"Dias"}`, "Dias"},
		{"MR. DIAS", "DIAS", "DIAS", `{"family":"DIAS"}`, "DIAS"},
		{"Sen. Whitcombe", "Whitcombe", "Whitcombe", `{"family":"Whitcombe"}`, "Whitcombe"},
		{"Mr. de Souza", "de Souza", "de Souza", `{"family":"de Souza"}`, "de Souza"},
		{"Van Dam", "Dam, V.", "Dam, Van", `{"family":"Dam","given":"Van"}`, "Dam, Van"},
		{"Dr. Jane Roe", "Roe, J.", "Roe, Jane", `{"family":"Roe","given":"Jane"}`, "Roe, Jane"},
		{"The Chair", "The Chair", "The Chair", `{"literal":"The Chair"}`, "{The Chair}"},
		{"Speaker 2", "Speaker 2", "Speaker 2", `{"literal":"Speaker 2"}`, "{Speaker 2}"},
		{"SPEAKER_02", "SPEAKER_02", "SPEAKER_02", `{"literal":"SPEAKER_02"}`, `{SPEAKER\_02}`},
		{"Unidentified Speaker", "Unidentified Speaker", "Unidentified Speaker", `{"literal":"Unidentified Speaker"}`, "{Unidentified Speaker}"},
		{"Madonna", "Madonna", "Madonna", `{"literal":"Madonna"}`, "{Madonna}"},
		{"山田 太郎", "山田 太郎", "山田 太郎", `{"literal":"山田 太郎"}`, "{山田 太郎}"},
	} {
		n := readName(test.name)
		csl, err := json.Marshal(cslNames([]string{test.name})[0])
		if err != nil {
			t.Fatal(err)
		}
		got := [4]string{n.abbreviated(), n.inverted(), string(csl), latexName(n)}
		if want := [4]string{test.apa, test.mla, test.csl, test.biblatex}; got != want {
			t.Errorf("%s is cited as %q; want %q", test.name, got, want)
		}
	}
}
