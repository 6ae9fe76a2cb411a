package lexicon

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// asked finds the names of lists in the program's source.
var asked = regexp.MustCompile(`\b(Words|Phrases|Rows|Languages|Any)\("([^"]*)"\)`)

// used finds which lists the program's source asks for, and how.
func used(t *testing.T) map[string][]string {
	t.Helper()
	as := map[string][]string{}
	err := filepath.WalkDir("../..", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		source, err := os.ReadFile(file)
		for _, found := range asked.FindAllStringSubmatch(string(source), -1) {
			as[found[2]] = append(as[found[2]], found[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return as
}

// Every list is asked for somewhere, and what is asked for is there.
func TestListsAreUsed(t *testing.T) {
	used := used(t)
	for name := range used {
		if lists()[name] == nil {
			t.Errorf("there is no list %q", name)
		}
	}
	for name := range lists() {
		if used[name] == nil {
			t.Errorf("nobody asks for the list %q", name)
		}
	}
}

// Every list has a reason, in one of its files, and no item twice in a language, unless
// its rows mean something.
func TestListsAreInOrder(t *testing.T) {
	entries, err := files.ReadDir("words")
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]bool{}
	for _, entry := range entries {
		text, err := files.ReadFile(path.Join("words", entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, list := range strings.Split(string(text), "\n## ")[1:] {
			name, body, _ := strings.Cut(list, "\n")
			names = append(names, name)
			reasons[name] = reasons[name] || strings.HasPrefix(body, "# ")
		}
		if !slices.IsSorted(names) {
			t.Errorf("the lists of %s are not in the order of their names", entry.Name())
		}
	}
	used := used(t)
	for name, languages := range lists() {
		if !reasons[name] {
			t.Errorf("the list %q has no reason", name)
		}
		rows := slices.Contains(used[name], "Rows") || slices.Contains(used[name], "Languages")
		for _, language := range languages {
			seen := map[string]bool{}
			for _, row := range language.Rows {
				for _, item := range row {
					if seen[item] && !rows {
						t.Errorf("%q stands twice in the list %q of %s", item, name, language.Code)
					}
					seen[item] = true
				}
			}
		}
	}
}

// A row of the verbs of saying has every form, so that none is taken for another.
func TestVerbsHaveEveryForm(t *testing.T) {
	for _, row := range Rows("verbs of saying") {
		if len(row) != int(Participle)+1 {
			t.Errorf("%q has %d forms", row, len(row))
		}
	}
}

// An item is matched whole, with either apostrophe and any ending where it has one.
func TestPattern(t *testing.T) {
	pattern := regexp.MustCompile("^" + Pattern([]string{"say", "says", "won't", "describ*"}) + "$")
	for text, want := range map[string]bool{"say": true, "says": true, "said": false, "won’t": true, "describing": true, "describe it": false} {
		if got := pattern.MatchString(text); got != want {
			t.Errorf("%q matches: %t", text, got)
		}
	}
}
