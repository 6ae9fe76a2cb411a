package answer_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/golden"
)

// TestBinding asks whom questions bind to.
func TestBinding(t *testing.T) { testBinding(t, "testdata/binding.txtar") }

// TestBindingNames asks about people who share names, and by other wordings of them.
func TestBindingNames(t *testing.T) { testBinding(t, "testdata/names.txtar") }

func testBinding(t *testing.T, path string) {
	archive := golden.Open(t, path)
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

// TestFollowUpFrames asks in every frame of one person, and then of another, or with a
// pronoun; each follow-up binds to whom it means.
func TestFollowUpFrames(t *testing.T) {
	archive := readArchiveOf(t, "testdata/binding-frames.txtar")
	lists := map[string][]string{}
	for _, f := range archive.Files {
		lists[f.Name] = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
	}
	random := rand.New(rand.NewPCG(3, 4))
	service := serviceOfSpeakers(t, lists["people"])
	check := func(earlier, followUp, want string) {
		if random.IntN(2) == 0 {
			earlier, followUp = strings.ToLower(earlier), strings.ToLower(followUp)
		}
		alone, err := service.StandAlone(t.Context(), []string{earlier}, followUp)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := service.Bound(t.Context(), alone); err != nil || got != want {
			t.Errorf("%q, then %q, is %q and binds to %q, %v; want %q", earlier, followUp, alone, got, err, want)
		}
	}
	for i, name := range lists["people"] {
		other := lists["people"][(i+1+random.IntN(len(lists["people"])-1))%len(lists["people"])]
		called := wordings(name)
		for _, frame := range lists["frames that bind"][:7] {
			earlier := strings.NewReplacer("NAME", called[random.IntN(len(called))], "TOPIC", "the ferry").Replace(frame)
			for _, addition := range lists["follow-ups to another person"] {
				check(earlier, strings.Replace(addition, "NAME", other, 1), other)
			}
		}
		for _, frame := range lists["frames that name one person"] {
			for _, followUp := range lists["follow-ups with a pronoun"] {
				pronoun := []string{"he", "she"}[random.IntN(2)]
				check(strings.Replace(frame, "NAME", name, 1), strings.Replace(followUp, "PRONOUN", pronoun, 1), name)
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

// TestFollowUps asks follow-ups, behind slashes, in conversations; what is searched for stands
// behind the arrow, in brackets what it is read with.
func TestFollowUps(t *testing.T) {
	archive := golden.Open(t, "testdata/binding.txtar")
	service, _ := newService(t, archive.Archive)
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "follow-ups" })
	var got strings.Builder
	for line := range strings.Lines(string(archive.Files[i].Data)) {
		conversation, _, _ := strings.Cut(strings.TrimSpace(line), " →")
		var last *answer.Answer
		for question := range strings.SplitSeq(conversation, " / ") {
			req := answer.Request{Question: question}
			if last != nil {
				req.ConversationID = last.ConversationID
			}
			var err error
			if last, err = service.Answer(t.Context(), req, nil); err != nil {
				t.Fatal(err)
			}
		}
		got.WriteString(conversation + " → " + last.StandaloneQuestion + "\n")
	}
	archive.Check(t, i, "follow-ups", got.String())
}

// TestPlaces asks where questions want to be looked for.
func TestPlaces(t *testing.T) {
	archive := golden.Open(t, "testdata/binding.txtar")
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "places" })
	var got strings.Builder
	for line := range strings.Lines(string(archive.Files[i].Data)) {
		question, _, _ := strings.Cut(strings.TrimSpace(line), " →")
		got.WriteString(strings.TrimSpace(question+" → "+answer.PlaceOf(question, answer.Request{Collections: []string{"council", "news"}})) + "\n")
	}
	archive.Check(t, i, "places", got.String())
}
