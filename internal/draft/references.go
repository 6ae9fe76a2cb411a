package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// identify makes a name of what the prose has: the full name for a family name,
// the person for a pronoun or a title; empty where that is not clear.
func (c *cast) identify(name string, i int) string {
	switch {
	case pronouns.MatchString(name):
		return c.antecedent(i, name)
	case roles.MatchString(name):
		return c.holder(name)
	}
	name = strings.TrimSpace(person(name))
	read := lexicon.ReadName(name)
	if len(read.Words) == 1 && c.full[read.Words[0]] != "" && mayHave(lexicon.ReadName(c.full[read.Words[0]]).Titles, read.Titles) {
		return c.full[read.Words[0]]
	}
	if c.lower[strings.ToLower(name)] { // a word that begins a sentence
		return ""
	}
	return name
}

// mayHave reports whether somebody whom the draft gives some titles may have others before the
// family name. An office that the full name is never given with may be a namesake's: Senator
// Brown need not be Nora Brown.
func mayHave(known, titles []string) bool {
	return !slices.ContainsFunc(titles, func(t string) bool {
		return !slices.Contains(known, t) && (len(known) > 0 || !courtesies[t])
	})
}

// courtesies are titles of anybody.
var courtesies = lexicon.Words("honorifics of family names")

var (
	pronouns = regexp.MustCompile(`^` + pronoun + `$`)
	roles    = regexp.MustCompile(`^` + roleName + `$`)
)

// antecedent is the person for whom a pronoun beside quotation i stands: the speaker
// of the quotation before in the same paragraph, or else the only person named
// before it, in its paragraph or in the nearest one that names any.
func (c *cast) antecedent(i int, pronoun string) string {
	q := &c.quotes[i]
	if q.follows {
		last := c.quotes[i-1]
		if others := c.named(q.before); last.Speaker != "" && (len(others) == 0 || len(others) == 1 && family(others[0]) == family(last.Speaker)) {
			return last.Speaker
		}
	}
	text := c.prose[q.block][:q.start]
	for b := q.block; ; text = c.prose[b] {
		named := slices.DeleteFunc(c.named(string(text[max(0, len(text)-maxRead):])), func(name string) bool {
			gender := c.genders[family(name)]
			return gender != "" && gender != strings.ToLower(pronoun) && pronoun != "they" && pronoun != "They"
		})
		switch {
		case len(named) == 1:
			return named[0]
		case len(named) > 1:
			return ""
		}
		if b--; b < 0 || b < q.block-maxBack {
			return ""
		}
	}
}

// maxRead bounds the prose of a paragraph that is read for names, in characters.
const maxRead = 2000

// maxBack is how many paragraphs back a pronoun may refer.
const maxBack = 3

// holder is the one person to whom the draft gives a title: for "the minister",
// Cordelia Ansah where it has "Minister Cordelia Ansah" or "Cordelia Ansah, the
// minister of finance".
func (c *cast) holder(role string) string {
	words := strings.Fields(role)
	role = words[len(words)-1]
	if known, ok := c.holders[role]; ok {
		return known
	}
	title := `(?i:\b` + regexp.QuoteMeta(role) + `)`
	before := regexp.MustCompile(title + `\s+(` + personName + `)`)
	after := regexp.MustCompile(`(` + personName + `),\s+(?:[\p{Ll}’'-]+\s+){0,4}` + title + `\b`)
	holders := map[string]string{}
	for _, prose := range c.prose {
		text := string(prose)
		for _, m := range append(before.FindAllStringSubmatch(text, -1), after.FindAllStringSubmatch(text, -1)...) {
			name := person(m[1])
			holders[family(name)] = cmp.Or(c.full[family(name)], name)
		}
	}
	delete(holders, "")
	if len(holders) == 1 {
		for _, name := range holders {
			c.holders[role] = name
		}
	} else {
		c.holders[role] = ""
	}
	return c.holders[role]
}
