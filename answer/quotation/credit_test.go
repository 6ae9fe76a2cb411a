package quotation

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Namesakes: a name that several speakers bear must tell which of them is meant.
func TestCreditAmongNamesakes(t *testing.T) {
	names := []retrieval.PrintedName{
		{Name: "Ada Tallow", Labels: []string{"ADA TALLOW"}},
		{Name: "Anders Holm", Labels: []string{"MR. HOLM"}, Affiliations: []string{"Professor of Tides"}},
		{Name: "Daniel Rusk", Labels: []string{"MR. DANIEL RUSK"}},
		{Name: "Helen Rusk", Labels: []string{"DR. HELEN RUSK"}},
		{Name: "Ingrid Holm", Labels: []string{"MRS. HOLM"}},
		{Name: "Mr. Verne", Labels: []string{"MR. VERNE"}},
		{Name: "Jonas Verne", Labels: []string{"Jonas Verne"}},
		{Name: "Nora Lund", Labels: []string{"Nora Lund"}},
		{Name: "Senator Lund", Labels: []string{"SENATOR LUND"}},
		{Name: "T. Brink", Labels: []string{"T. BRINK"}},
		{Name: "Tobias Brink", Labels: []string{"TOBIAS BRINK"}},
	}
	labels := map[string]model.Optional{}
	for _, n := range names {
		labels[n.Name] = model.Optional(n.Labels[0])
	}
	const exact, misattributed, ambiguous = StatusExact, StatusMisattributed, StatusAmbiguous
	for _, tt := range []struct {
		claim, speaker string
		want           Status
	}{
		// A family name alone tells nothing.
		{"Rusk", "Helen Rusk", ambiguous},
		{"Rusk", "Daniel Rusk", ambiguous},
		{"Lund", "Nora Lund", ambiguous},
		{"Lund", "Senator Lund", ambiguous},

		// The title that one of them has does, in full or short.
		{"Mr. Rusk", "Daniel Rusk", exact},
		{"Mr. Rusk", "Helen Rusk", misattributed},
		{"Dr. Rusk", "Helen Rusk", exact},
		{"Doctor Rusk", "Helen Rusk", exact},
		{"Dr. Rusk", "Daniel Rusk", misattributed},
		{"Senator Lund", "Nora Lund", misattributed},
		{"Sen. Lund", "Nora Lund", misattributed},
		{"Sen. Lund", "Senator Lund", exact},
		{"Professor Holm", "Anders Holm", exact},
		{"Professor Holm", "Ingrid Holm", misattributed},

		// So does one that the others cannot have.
		{"Ms. Rusk", "Helen Rusk", exact},
		{"Ms. Rusk", "Daniel Rusk", misattributed},
		{"Ms. Holm", "Ingrid Holm", exact},
		{"Ms. Holm", "Anders Holm", misattributed},

		// One that nobody has tells nothing.
		{"Captain Rusk", "Helen Rusk", ambiguous},
		{"Ms. Lund", "Nora Lund", ambiguous},

		// A given name does, or its initial.
		{"Helen Rusk", "Helen Rusk", exact},
		{"D. Rusk", "Daniel Rusk", exact},
		{"Mr. Daniel Rusk", "Daniel Rusk", exact},
		{"Nora Lund", "Nora Lund", exact},
		{"Nora Lund", "Senator Lund", ambiguous},
		{"Helen Rusk", "Daniel Rusk", misattributed},

		// Unless the title beside it is not the speaker's own, but a namesake's.
		{"Dr. Daniel Rusk", "Daniel Rusk", ambiguous},
		{"Captain Daniel Rusk", "Daniel Rusk", exact},

		// A name without a given name may be anybody's, one in full is no namesake of its short form.
		{"Verne", "Jonas Verne", ambiguous},
		{"Mr. Verne", "Mr. Verne", exact},
		{"Jonas Verne", "Jonas Verne", exact},
		{"Brink", "Tobias Brink", exact},
		{"Captain Tallow", "Ada Tallow", exact},
	} {
		t.Run(tt.claim+" for "+tt.speaker, func(t *testing.T) {
			const words = "I was dead against it."
			hit := retrieval.Hit{TranscriptID: "t", Label: labels[tt.speaker], Speaker: model.Optional(tt.speaker), Text: words, End: len(words)}
			j := NewTurns([]retrieval.Hit{hit}, DefaultThresholds(), names...).Judge(DraftQuote{Text: words, Speaker: tt.claim})
			if j.Status != tt.want {
				t.Errorf("%s (%s), want %s", j.Status, j.Note, tt.want)
			}
		})
	}
}
