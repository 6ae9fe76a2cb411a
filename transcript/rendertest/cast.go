package rendertest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person is one who speaks, with all that a label may say of them.
type person struct {
	first, middle, last string // middle is mostly empty; first alone for people of one name
	she, chairs         bool
	title, suffix       string // Ms.; 議員 behind the name
	org, party, seat    string
	country, office     string
	chair, role         string
	pronouns, phone     string
	number              int // from 1, by first appearance
	joined              bool
	crowd               string // the label of several people
}

// full is the whole name in the order of the language.
func (p *person) full() string {
	if p.joined {
		return p.last + p.first
	}
	return strings.Join(strings.Fields(p.first+" "+p.middle+" "+p.last), " ")
}

// names are what the person may be called once identified.
func (p *person) names() []string {
	if p.crowd != "" {
		return nil
	}
	names := []string{p.full(), p.surname()}
	if !p.joined {
		names = append(names, strings.TrimSpace(p.first+" "+p.last), p.first, p.titled(p.surname()), p.titled(p.full()))
	}
	return names
}

func (p *person) surname() string {
	if p.last == "" {
		return p.first
	}
	return p.last
}

// titled puts the title before a name, or behind it where the language does.
func (p *person) titled(name string) string {
	if p.suffix != "" {
		return name + p.suffix
	}
	return p.title + " " + name
}

// initials are "JR", of three names "JMR"; particles have none.
func (p *person) initials() string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(p.full(), func(c rune) bool { return c == ' ' || c == '-' }) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// newCast invents people of one language, no two of one surname, first name or initials.
func newCast(r *rand.Rand, g grammar, n int) []*person {
	taken := map[string]bool{}
	var cast []*person
	office := r.Perm(len(g["office-she"]))
	for len(cast) < n {
		p := newPerson(r, g)
		ids := []string{"l" + p.last, "f" + p.first, "i" + p.initials(), "u" + p.user()}
		if p.joined {
			ids = []string{p.full(), "l" + p.last}
		}
		for try := 0; anyTaken(taken, ids) && try < 200; try++ {
			p = newPerson(r, g)
			ids = []string{"l" + p.last, "f" + p.first, "i" + p.initials(), "u" + p.user()}
			if p.joined {
				ids = []string{p.full(), "l" + p.last}
			}
		}
		for _, id := range ids {
			taken[id] = true
		}
		p.number = len(cast) + 1
		if len(office) > 0 {
			k := office[len(cast)%len(office)]
			p.office = g["office-she"][k]
			if he := g["office-he"]; !p.she && k < len(he) {
				p.office = he[k]
			}
		}
		cast = append(cast, p)
	}
	cast[0].chairs = true
	return cast
}

func anyTaken(taken map[string]bool, ids []string) bool {
	for _, id := range ids {
		if taken[id] {
			return true
		}
	}
	return false
}

func newPerson(r *rand.Rand, g grammar) *person {
	p := &person{she: chance(r, .5)}
	p.joined = len(g["joined"]) > 0
	p.first, p.last = g.of(r, "name", p.she), g.one(r, "last")
	if chance(r, .1) {
		p.middle = g.one(r, "middle")
	}
	p.title, p.suffix = g.of(r, "title", p.she), g.of(r, "suffix", p.she)
	p.org, p.party, p.seat, p.country = g.one(r, "org"), g.one(r, "party"), g.one(r, "seat"), g.one(r, "country")
	p.chair, p.role, p.pronouns = g.of(r, "chair", p.she), g.of(r, "role", p.she), g.of(r, "pronouns", p.she)
	switch n := r.IntN(90) + 10; r.IntN(3) {
	case 0:
		p.phone = fmt.Sprintf("+44 20*****%d", n)
	case 1:
		p.phone = fmt.Sprintf("1-604-***-**%d", n)
	default:
		p.phone = fmt.Sprintf("+1 604-555-01%d", n)
	}
	return p
}
