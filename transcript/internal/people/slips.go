package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	slipTurns   = 2 // of a label that was written by mistake, at most
	slipLead    = 3 // the right label has at least so many times the turns of the mistaken one
	slipSurname = 5 // letters; shorter names that differ by one are rather two people's
	slipTitle   = 5 // letters at their start in which a mistaken title and the right one agree
)

// mendSlips takes a label that stands once or twice for a slip of one that stands often, and
// warns of it: ACTING ADMINISTRATION ROE for ACTING ADMINISTRATOR ROE. ROE-HARBOR is one of
// ROE-HARBOUR only if the front matter lists the second alone: two people may have nearly
// the same surname, so otherwise the label stays, with a doubt. A name that stands in
// somebody's words is no slip.
func (n *namer) mendSlips() {
	often := n.indexOften()
	var right []*labels.Label
	for _, l := range n.order {
		meant := n.meant(l, often)
		if meant == nil || n.mayBeAnother(l, meant) {
			right = append(right, l)
			continue
		}
		n.slips[l] = meant
		n.transcript.Warn("%s was taken for a slip of %s", l.Text, meant.Text)
	}
	n.order = right
}

// mayBeAnother reports whether a label that differs from another by a letter of the surname
// may be somebody else's, and notes the doubt on its turns.
func (n *namer) mayBeAnother(l, meant *labels.Label) bool {
	if l.Name.Surname() == meant.Name.Surname() || strings.Join(l.Words, "") == strings.Join(meant.Words, "") {
		return false
	}
	if len(n.mentions[meant.Name.Surname()]) > 0 && len(n.mentions[l.Name.Surname()]) == 0 {
		return false
	}
	for _, i := range n.turns[l] {
		turn := &n.transcript.Turns[i]
		turn.Doubt = cmp.Or(turn.Doubt, model.Optional("perhaps a slip of "+meant.Text))
	}
	return true
}

// indexOften lists the labels that stand often enough for slips of them, by the forms in which
// they and their slips agree.
func (n *namer) indexOften() map[string][]*labels.Label {
	often := map[string][]*labels.Label{}
	for _, l := range n.order {
		if len(n.turns[l]) < slipLead || len(l.Name.Words) == 0 {
			continue
		}
		for _, form := range slipForms(l) {
			if list := often[form]; len(list) < mostMeant && !slices.Contains(list, l) {
				often[form] = append(list, l)
			}
		}
	}
	return often
}

// slipForms are the forms of which a label and a slip of it have one in common: without
// blanks, without one of the words before the surname, without one letter of the surname.
func slipForms(l *labels.Label) []string {
	last := len(l.Words) - 1
	if last < 0 {
		return nil
	}
	forms := []string{strings.Join(l.Words, "")}
	for i := range last {
		forms = append(forms, strings.Join(l.Words[:i], " ")+" * "+strings.Join(l.Words[i+1:], " "))
	}
	before, surname := strings.Join(l.Words[:last], " "), l.Words[last]
	forms = append(forms, before+" "+surname)
	for i := range min(len(surname), longestSurname) {
		forms = append(forms, before+" "+surname[:i]+surname[i+1:])
	}
	return forms
}

const longestSurname = 20 // bytes, in which a slip is looked for

// meant is the one label of which another is a slip; nil if it is none, or may be one of
// several.
func (n *namer) meant(l *labels.Label, often map[string][]*labels.Label) *labels.Label {
	if len(often) == 0 || len(n.turns[l]) > slipTurns || len(l.Name.Words) == 0 {
		return nil
	}
	var meant *labels.Label
	for _, form := range slipForms(l) {
		for _, other := range often[form] {
			if other == meant || len(n.turns[other]) < slipLead*len(n.turns[l]) || !n.isSlip(l, other) {
				continue
			}
			if meant != nil {
				return nil
			}
			meant = other
		}
	}
	return meant
}

// isSlip reports whether a label is close enough to another to be a slip of it.
func (n *namer) isSlip(l, of *labels.Label) bool {
	a, b := strings.Join(l.Words, " "), strings.Join(of.Words, " ")
	switch {
	case a == b || l.Part != of.Part || !agree(l.Name.Titles, of.Name.Titles):
		return false
	case strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", ""):
		return true
	case len(l.Words) != len(of.Words):
		return false
	case l.Name.Surname() == of.Name.Surname():
		return isTitleSlip(l.Words, of.Words)
	}
	return n.isNameSlip(l.Words, of.Words)
}

// isTitleSlip reports whether the words of two labels differ in one word before the name, and
// that word begins alike: administration, administrator.
func isTitleSlip(a, b []string) bool {
	differ := -1
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if differ >= 0 || i == len(a)-1 || len(a[i]) < slipTitle || len(b[i]) < slipTitle || a[i][:slipTitle] != b[i][:slipTitle] {
			return false
		}
		differ = i
	}
	return differ >= 0
}

// isNameSlip reports whether the words of two labels differ by one letter of the surname, and
// the surname of the first, rarer one stands in nobody's words.
func (n *namer) isNameSlip(a, b []string) bool {
	last := len(a) - 1
	for i := range a[:last] {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a[last]) >= slipSurname && len(b[last]) >= slipSurname && oneLetterApart(a[last], b[last]) && !n.isSpoken(a[last])
}

// oneLetterApart reports whether two words differ by one letter, too many, too few or another,
// or by two neighbouring letters in the wrong order.
func oneLetterApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	rest := a[i:]
	switch {
	case len(a) < len(b):
		return rest == b[i+1:]
	case rest == "":
		return false
	case rest[1:] == b[i+1:]:
		return true
	}
	return len(rest) > 1 && rest[0] == b[i+1] && rest[1] == b[i] && rest[2:] == b[i+2:]
}

// isSpoken reports whether a name, in small letters, stands in somebody's words.
func (n *namer) isSpoken(name string) bool {
	if n.spoken == nil {
		n.spoken = map[string]bool{}
		for _, turn := range n.transcript.Turns {
			for _, w := range letters.LowerWords(turn.Text) {
				n.spoken[w] = true
			}
		}
	}
	return n.spoken[name]
}
