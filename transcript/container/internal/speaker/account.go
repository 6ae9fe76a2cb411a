package speaker

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Account is the name under which somebody joins a call, taken apart: "Roe, Jane (Harbour
// Board)", "Jane Roe (she/her)", "Jane Roe | Harbour Board".
type Account struct {
	Name        string // given name first; empty where it is the account's own text, or not two words
	Affiliation string
}

// Accounts takes the accounts of one file apart. A family name of several words before a
// comma is one only where another account shows that this file has them first: "Roe Poe, Jane"
// could else be somebody's name and affiliation.
func Accounts(labels []string) map[string]Account {
	familyFirst := false
	for _, label := range labels {
		name, _ := cutNotes(label)
		family, given, _ := strings.Cut(name, ", ")
		familyFirst = familyFirst || lexicon.IsFamilyName(family) && lexicon.AreGivenNames(given)
	}
	accounts := map[string]Account{}
	for _, label := range labels {
		name, affiliation := cutNotes(label)
		family, given, comma := strings.Cut(name, ", ")
		if comma && familyFirst && lexicon.AreNameWords(strings.Fields(family)) && lexicon.AreGivenNames(given) {
			name = given + " " + family
		}
		a := Account{Affiliation: affiliation}
		if name != label && len(strings.Fields(name)) > 1 {
			a.Name = name
		}
		accounts[label] = a
	}
	return accounts
}

// cutNotes takes what stands in brackets or behind a bar off a name. It is an affiliation,
// unless it is how to address the person or how they joined.
func cutNotes(label string) (name, affiliation string) {
	name, behind, bar := strings.Cut(label, "|")
	notes := []string{behind}
	if !bar {
		name, behind, _ = cutAny(label, "([")
		notes = strings.FieldsFunc(behind, func(r rune) bool { return strings.ContainsRune("()[]", r) })
	}
	if name = strings.TrimSpace(name); name == "" {
		return label, ""
	}
	for _, note := range notes {
		if note = strings.TrimSpace(note); affiliation == "" && !isPersonal(note) {
			affiliation = note
		}
	}
	return name, affiliation
}

func cutAny(s, marks string) (before, after string, found bool) {
	if i := strings.IndexAny(s, marks); i >= 0 {
		return s[:i], s[i:], true
	}
	return s, "", false
}

// isPersonal reports whether a note beside a name is no affiliation: pronouns, how somebody
// takes part, or the number of a device.
func isPersonal(note string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(note), func(r rune) bool { return strings.ContainsRune("/, ", r) }) {
		if !participation[w] && !text.IsNumber(w) {
			return false
		}
	}
	return true
}

var participation = lexicon.Words("participation in calls")
