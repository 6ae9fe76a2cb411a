package transcript

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// shared holds transcripts and golds that are not ours to copy.
const shared = "../../shared"

type seedGold struct {
	File     string
	Title    string
	Date     string
	Place    model.Optional
	Rejoined []string
	Turns    []struct {
		Label       model.Optional
		Speaker     model.Optional
		Affiliation model.Optional
		Role        model.Role
		Answers     *int
		Starts      string `json:"starts_with"`
		Ends        string `json:"ends_with"`
	}
}

func TestSeeds(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shared, "gold", "seed-turns.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared transcripts are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var golds map[string]json.RawMessage
	if err := json.Unmarshal(data, &golds); err != nil {
		t.Fatal(err)
	}
	for name, raw := range golds {
		if name == "rejoined" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			var want seedGold
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			checkSeed(t, want)
		})
	}
}

func checkSeed(t *testing.T, want seedGold) {
	data, err := os.ReadFile(filepath.Join(shared, "seeds", want.File))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse(t.Context(), data, Options{Filename: want.File})
	if err != nil {
		t.Fatal(err)
	}
	transcripttest.CheckInvariants(t, got)
	if string(got.Title) != want.Title || string(got.Date) != want.Date || got.Place != want.Place {
		t.Errorf("title, date, place: %q, %q, %q; want %q, %q, %q", got.Title, got.Date, got.Place, want.Title, want.Date, want.Place)
	}
	for _, phrase := range want.Rejoined {
		if !strings.Contains(got.Text, phrase) {
			t.Errorf("the canonical text lacks %q", phrase)
		}
	}
	if len(got.Turns) != len(want.Turns) {
		t.Fatalf("%d turns, want %d", len(got.Turns), len(want.Turns))
	}
	for i, w := range want.Turns {
		g := got.Turns[i]
		if g.Label != w.Label || g.Speaker != w.Speaker || g.Affiliation != w.Affiliation || g.Role != w.Role || index(g.Answers) != index(w.Answers) {
			t.Errorf("turn %d is %q %q (%q), %s of %d; want %q %q (%q), %s of %d", i,
				g.Label, g.Speaker, g.Affiliation, g.Role, index(g.Answers), w.Label, w.Speaker, w.Affiliation, w.Role, index(w.Answers))
		}
		if !strings.HasPrefix(g.Text, w.Starts) || !strings.HasSuffix(g.Text, w.Ends) {
			t.Errorf("turn %d does not go from %q to %q", i, w.Starts, w.Ends)
		}
	}
}

func index(p *int) int {
	if p == nil {
		return -1
	}
	return *p
}
