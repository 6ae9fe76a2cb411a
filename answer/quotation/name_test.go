package quotation

import (
	"testing"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

func TestNameAgrees(t *testing.T) {
	const commissioner = "Commissioner of the Port Ellery Authority"
	tests := []struct {
		claim                string
		speaker, affiliation model.Optional
		want                 bool
	}{
		// The family name decides.
		{"Renwick", "Tobias Renwick", "", true},
		{"Tobias Renwick", "Tobias Renwick", "", true},
		{"RENWICK", "Tobias Renwick", "", true},
		{"renwick", "Tobias Renwick", "", true},
		{"Renwick’s", "Tobias Renwick", "", true},
		{"Müller", "Jan Muller", "", true},
		{"Solheim", "Tobias Renwick", "", false},
		{"Renwick", "", "", false},

		// Titles, descriptions and initials are no contradiction.
		{"Mr. Renwick", "Tobias Renwick", "", true},
		{"Commissioner Renwick", "Tobias Renwick", "", true},
		{"Harbour Commissioner Tobias Renwick", "Tobias Renwick", "", true},
		{"commissioner Tobias Renwick", "Tobias Renwick", "", true},
		{"Renwick, the port’s commissioner", "Tobias Renwick", "", true},
		{"Tobias Renwick (Port Authority)", "Tobias Renwick", "", true},
		{"T. Renwick", "Tobias Renwick", "", true},
		{"Tobias J. Renwick Jr.", "Tobias Renwick", "", true},
		{"Tobias Renwick", "Tobias J. Renwick", "", true},
		{"Chris Painter", "Christopher Painter", "", true},
		{"Anna van der Berg", "Anna van der Berg", "", true},
		{"Tobias Renwick", "Mr. Renwick", "", true},

		// Another given name is.
		{"Anna Renwick", "Tobias Renwick", "", false},
		{"Ms. Anna Renwick", "Tobias Renwick", "", false},
		{"B. Renwick", "Tobias Renwick", "", false},

		// A given name alone agrees, but a family name is none.
		{"Rosalind", "Rosalind Achterberg", "", true},
		{"Rosalind Achterberg", "Rosalind", "", true},
		{"Mr. Kim", "Kim Jung-ho", "", true},
		{"Achterberg", "Rosalind Tallow", "", false},

		// Some family names are titles elsewhere.
		{"King", "Billie Jean King", "", true},
		{"Mr. King", "Martin King", "", true},
		{"Captain King", "Martin Tallow", "", false},

		// A title or an institution alone must be the speaker's.
		{"the commissioner", "Tobias Renwick", commissioner, true},
		{"the minister", "Tobias Renwick", commissioner, false},
		{"the commissioner", "Tobias Renwick", "", false},
		{"the Port Ellery Authority", "Tobias Renwick", commissioner, true},
		{"Ellery", "Tobias Renwick", commissioner, false},
		{"Moderator", "Moderator", "", true},
		{"Moderator", "Tobias Renwick", "", false},
		{"—", "Tobias Renwick", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.claim+" for "+string(tt.speaker), func(t *testing.T) {
			if got := Agrees(lexicon.ReadName(tt.claim), retrieval.Hit{Speaker: tt.speaker, Affiliation: tt.affiliation}); got != tt.want {
				t.Errorf("Agrees = %v, want %v", got, tt.want)
			}
		})
	}
}
