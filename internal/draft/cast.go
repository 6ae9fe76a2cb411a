package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// cast is who the prose of a draft names, outside the quotations. It resolves
// references: a family name to the full name, a pronoun or a title to a person.
type cast struct {
	prose   [][]rune          // of each block; bars stand for quotations
	quotes  []quote           // in order
	full    map[string]string // the full name for a family name; empty when several have it
	genders map[string]string // "he" or "she" for a family name that is given with such a title
	lower   map[string]bool   // the words that the draft has in lower case
	holders map[string]string // who has a title, by its last word, as holder found; empty where that is not clear
}

func newCast(blocks []block, quotes []quote) *cast {
	c := &cast{proseOf(blocks, quotes), quotes, map[string]string{}, map[string]string{}, map[string]bool{}, map[string]string{}}
	for _, prose := range c.prose {
		text := string(prose)
		for _, m := range names.FindAllStringIndex(text, -1) {
			name := person(text[m[0]:m[1]])
			if gender := genderOf(name); gender != "" {
				c.genders[family(name)] = gender
			}
			if looksLikePerson(text, m) {
				c.meet(name)
			}
		}
		for _, w := range lowerWords.FindAllString(text, -1) {
			c.lower[w] = true
		}
	}
	return c
}

var lowerWords = regexp.MustCompile(`\b\p{Ll}+\b`)

// genderOf is the pronoun for whoever has the titles of a name: he or she, empty where
// they do not tell.
func genderOf(name string) string {
	for _, title := range lexicon.ReadName(name).Titles {
		switch {
		case lexicon.TitlesOfMen[title]:
			return "he"
		case lexicon.TitlesOfWomen[title]:
			return "she"
		}
	}
	return ""
}

// proseOf is the text of each block with a bar for every character of a quotation.
func proseOf(blocks []block, quotes []quote) [][]rune {
	prose := make([][]rune, len(blocks))
	for i, b := range blocks {
		prose[i] = slices.Clone(b.text)
	}
	for _, q := range quotes {
		for b := q.block; b <= q.last; b++ {
			from, to := 0, len(prose[b])
			if b == q.block {
				from = q.start
			}
			if b == q.last {
				to = q.end
			}
			for i := from; i < to; i++ {
				prose[b][i] = '|'
			}
		}
	}
	return prose
}

var names = regexp.MustCompile(personName)

// opening are words that are capitalised because they begin a sentence, and words that
// are always capitalised but name no person, such as weekdays.
var opening = lexicon.Union(lexicon.Words("openings of sentences in prose"), lexicon.Words("weekdays"), lexicon.Months("en"))

// people are plurals and pronouns that may say something, but are no name.
var people = lexicon.Words("people in the plural")

// person is a name without the words of a sentence's beginning that stand before
// it and without a possessive; empty if nothing is left that can be a name.
func person(name string) string {
	words := strings.Fields(name)
	for len(words) > 0 && opening[strings.ToLower(strings.Trim(words[0], ".,"))] {
		words = words[1:]
	}
	if len(words) == 0 || len(words) == 1 && people[strings.ToLower(words[0])] {
		return ""
	}
	name = strings.Join(words, " ")
	return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
}

// family is the family name, in lower case; empty for a title alone.
func family(name string) string {
	words := lexicon.ReadName(name).Words
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// placed are the words before a name that make it a place or an institution.
var placed = regexp.MustCompile(`\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Oo]f|[Ii]nto|[Oo]n|[Oo]ff|[Aa]cross)\s+$`)

// institutions are words of names that are nobody's.
var institutions = lexicon.Union(lexicon.Words("last words of institutions"), lexicon.Words("last words of places"))

// placedReach is how many bytes before a name are searched for a preposition or an article
// that makes it a place.
const placedReach = 100

// looksLikePerson reports whether the capitalised words at a place name a person,
// by themselves: several words, of which none is an institution's.
func looksLikePerson(text string, at []int) bool {
	name := person(text[at[0]:at[1]])
	words := strings.Fields(name)
	return len(words) > 1 && !institutions[strings.ToLower(words[len(words)-1])] &&
		!(placed.MatchString(text[max(0, at[0]-placedReach):at[0]]) && len(lexicon.ReadName(name).Titles) == 0)
}

// meet remembers a full name for its family name, unless several people have that.
func (c *cast) meet(name string) {
	key := family(name)
	if key == "" || len(lexicon.ReadName(name).Words) < 2 {
		return
	}
	known, met := c.full[key]
	switch {
	case !met || strings.HasSuffix(name, known) && known != "":
		c.full[key] = name
	case !strings.HasSuffix(known, name):
		c.full[key] = ""
	}
}

// attribute gives the quotations their speakers.
func (c *cast) attribute() {
	for i := range c.quotes {
		q := &c.quotes[i]
		if q.Speaker != "" { // a block quotation's own markup says it
			name, _, _ := strings.Cut(q.Speaker, ",")
			q.Speaker = c.identify(name, i)
			continue
		}
		if found := c.credit(i); found.known() {
			q.Speaker = c.identify(found.name, i)
		}
	}
}

// credit decides between the prose before a quotation and after it, and takes the
// speaker of the one before for a quotation that goes on.
func (c *cast) credit(i int) credit {
	q := &c.quotes[i]
	before := creditBefore(q.before)
	if before.direct {
		return before
	}
	if after := creditAfter(q.after, lastRune(q.Text)); after.known() {
		return after
	}
	if words.Count(q.Text) < fewWords {
		return credit{}
	}
	switch {
	case before.known():
		return before
	case q.follows && c.goesOn(i):
		return credit{c.quotes[i-1].Speaker, true}
	}
	return c.announced(q.before)
}

// announced is the speaker of a quotation after a colon, where the sentence has no
// verb of saying but names one person: Renwick was blunt: “…”.
func (c *cast) announced(before string) credit {
	sentence, _ := lastSentence(before)
	if !strings.HasSuffix(sentence, ":") || anySaid.MatchString(sentence) || addressed.MatchString(sentence) {
		return credit{}
	}
	switch named, pronouns := c.named(sentence), anyPronoun.FindAllString(sentence, -1); {
	case len(named) == 1:
		return credit{named[0], true}
	case len(named) == 0 && len(pronouns) == 1:
		return credit{pronouns[0], true}
	}
	return credit{}
}

var (
	anyPronoun = regexp.MustCompile(`\b` + pronoun + `\b`)
	addressed  = regexp.MustCompile(`\b(?:to|for|about|against|of|on)\s+` + personName)
)

// goesOn reports whether a quotation continues the one before it: nothing stands
// between them but who said it, or words of the same sentence.
func (c *cast) goesOn(i int) bool {
	between := strings.TrimSpace(c.quotes[i].before)
	last := c.quotes[i-1]
	if creditAfter(between, lastRune(last.Text)).known() && !strings.ContainsAny(strings.TrimRight(between, ".!?"), "!?") && oneSentence(between) {
		return true
	}
	return !anySaid.MatchString(between) && !strings.ContainsAny(between, ".!?")
}

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
	if words := lexicon.ReadName(name).Words; len(words) == 1 && c.full[words[0]] != "" {
		return c.full[words[0]]
	}
	if c.lower[strings.ToLower(name)] { // a word that begins a sentence
		return ""
	}
	return name
}

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

// named are the different persons that a text names, each by the fullest name.
func (c *cast) named(text string) []string {
	var named []string
	seen := map[string]bool{}
	for _, m := range names.FindAllStringIndex(text, -1) {
		name := person(text[m[0]:m[1]])
		key := family(name)
		if full := c.full[key]; full != "" {
			name = full
		} else if !looksLikePerson(text, m) && !c.speaks(key) {
			continue
		}
		if key != "" && !seen[key] {
			seen[key] = true
			named = append(named, name)
		}
	}
	return named
}

// speaks reports whether somebody of a family name is credited with a quotation.
func (c *cast) speaks(key string) bool {
	return key != "" && slices.ContainsFunc(c.quotes, func(q quote) bool { return family(q.Speaker) == key })
}

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

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
