// Package lexicon has every list of words that the program knows of people and their
// languages: titles and offices, verbs of saying, courtesies, abbreviations, months. It
// has the one grammar of a person's name as well.
//
// A language is a file in words, named by its BCP 47 code; mul.txt has what belongs to
// none, such as the particles of names. In it a list begins with its name behind ##,
// followed by its reason behind # and its items, divided by white space. An underscore
// stands for a blank in an item, also at its ends, and an asterisk, where the list is made
// a Pattern, for any ending. What the lines of a list mean, if anything, its reason says.
// Lists of one name in several files are one list, with its reason in one of them.
// They hold what the code compares with: words in small letters, without a full stop at
// their end, with typewriter apostrophes unless both are there.
package lexicon

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed words/*.txt
var files embed.FS

// Language is the part of a list that stands in one language's file.
type Language struct {
	Code string     // BCP 47, or mul
	Rows [][]string // the items of each line
}

// Words is a list as a set. A name that no file has is a mistake in the program.
func Words(name string) map[string]bool {
	return Set(Phrases(name))
}

// Phrases is a list in the order of the files.
func Phrases(name string) []string {
	var items []string
	for _, row := range Rows(name) {
		items = append(items, row...)
	}
	return items
}

// Rows is a list whose lines mean something: forms of one word, say.
func Rows(name string) [][]string {
	var rows [][]string
	for _, language := range Languages(name) {
		rows = append(rows, language.Rows...)
	}
	return rows
}

// Languages is a list apart for each language that has it, in the order of their codes.
func Languages(name string) []Language {
	languages := lists()[name]
	if languages == nil {
		panic("lexicon: there is no list " + name)
	}
	return languages
}

// Union is the words of several sets.
func Union(sets ...map[string]bool) map[string]bool {
	union := map[string]bool{}
	for _, set := range sets {
		for word := range set {
			union[word] = true
		}
	}
	return union
}

// Set is a list of words as a set.
func Set(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}

// lists are all of them, by name.
var lists = sync.OnceValue(func() map[string][]Language {
	entries, err := files.ReadDir("words")
	if err != nil {
		panic(err)
	}
	all := map[string][]Language{}
	for _, entry := range entries {
		text, err := files.ReadFile(path.Join("words", entry.Name()))
		if err != nil {
			panic(err)
		}
		code := strings.TrimSuffix(entry.Name(), ".txt")
		for name, rows := range read(string(text)) {
			all[name] = append(all[name], Language{code, rows})
		}
	}
	return all
})

// read divides the text of a file into its lists.
func read(text string) map[string][][]string {
	found := map[string][][]string{}
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			if name = heading; found[name] != nil {
				panic(fmt.Sprintf("lexicon: the list %q stands twice in a file", name))
			}
			found[name] = [][]string{}
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Fields(line)
		for i, item := range row {
			row[i] = strings.ReplaceAll(item, "_", " ")
		}
		found[name] = append(found[name], row)
	}
	return found
}
