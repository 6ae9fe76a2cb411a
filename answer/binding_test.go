package answer_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/golden"
)

// TestBinding asks whom questions bind to.
func TestBinding(t *testing.T) {
	archive := golden.Open(t, "testdata/binding.txtar")
	service, _ := newService(t, archive.Archive)
	for i := range archive.Files {
		if archive.Files[i].Name != "questions" {
			continue
		}
		var got strings.Builder
		for line := range strings.Lines(string(archive.Files[i].Data)) {
			question, _, _ := strings.Cut(strings.TrimSpace(line), " →")
			bound, err := service.Bound(t.Context(), question)
			if err != nil {
				t.Fatal(err)
			}
			got.WriteString(strings.TrimSpace(question+" → "+bound) + "\n")
		}
		archive.Check(t, i, "questions", got.String())
	}
}

// TestBindingFrames asks in every frame about every kind of name.
func TestBindingFrames(t *testing.T) {
	archive := readArchiveOf(t, "testdata/binding-frames.txtar")
	lists := map[string][]string{}
	for _, f := range archive.Files {
		lists[f.Name] = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
	}
	random := rand.New(rand.NewPCG(1, 2))
	one := func(list string) string { return lists[list][random.IntN(len(lists[list]))] }
	service := serviceOfSpeakers(t, lists["people"])
	check := func(frame, called, want string) {
		question := strings.NewReplacer("NAME", called, "TOPIC", one("topics")).Replace(frame)
		if random.IntN(2) == 0 {
			question = strings.ToLower(question)
		}
		got, err := service.Bound(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q binds to %q, want %q", question, got, want)
		}
	}
	for _, name := range lists["people"] {
		for _, frame := range lists["frames that bind"] {
			for _, called := range wordings(name) {
				check(frame, called, name)
			}
		}
		for _, frame := range lists["frames that ask of others"] {
			check(frame, name, "")
		}
	}
	for _, called := range lists["nobody's names"] {
		for _, frame := range lists["frames that bind"] {
			check(frame, called, "")
		}
	}
	for _, called := range lists["strangers"] {
		for _, frame := range lists["frames that bind"] {
			question := strings.NewReplacer("NAME", called, "TOPIC", one("topics")).Replace(frame)
			got, err := service.Bound(t.Context(), question)
			if err != nil || got != "" && !strings.Contains(strings.ToLower(got), strings.ToLower(called)+" does not speak in this record.") {
				t.Errorf("%q binds to %q, %v", question, got, err)
			}
		}
	}
}

// wordings are the ways in which people call somebody: in full, by the family name with its
// particles and without a title, by an initial, in a title.
func wordings(name string) []string {
	given, family, _ := strings.Cut(name, " ")
	if name == "Jordan Hope" {
		return []string{name, family, "Mr. " + family}
	}
	initial, _ := utf8.DecodeRuneInString(given)
	return []string{name, family, "Mr. " + family, "senator " + family, string(initial) + ". " + family}
}

// serviceOfSpeakers answers from one transcript in which everybody speaks.
func serviceOfSpeakers(t *testing.T, names []string) *answer.Service {
	t.Helper()
	var turns []string
	for _, name := range names {
		turns = append(turns, fmt.Sprintf(`{"speaker":%q,"role":"statement","text":"The ferry and the harbour dues are settled, and so is the price of fish."}`, name))
	}
	file := `{"title":"The harbour","date":"2024-05-14","turns":[` + strings.Join(turns, ",") + `]}`
	service, _ := newService(t, &txtar.Archive{Files: []txtar.File{{Name: "transcripts/harbour.json", Data: []byte(file)}}})
	return service
}
