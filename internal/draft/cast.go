package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// cast is who the prose of a draft names, outside the quotations. It resolves
// references: a family name to the full name, a pronoun or a title to a person.
type cast struct {
	prose   [][]rune          // of each block; bars stand for quotations
	names   [][]nameAt        // the names in each block's prose
	quotes  []quote           // in order
	full    map[string]string // the full name for a family name; empty when several have it
	genders map[string]string // "he" or "she" for a family name that is given with such a title
	lower   map[string]bool   // the words that the draft has in lower case
	holders map[string]string // who has a title, by its last word, as holder found; empty where that is not clear
}

func newCast(blocks []block, quotes []quote) *cast {
	c := &cast{
		prose: proseOf(blocks, quotes), quotes: quotes, full: map[string]string{}, genders: map[string]string{}, lower: map[string]bool{}, holders: map[string]string{},
	}
	for _, prose := range c.prose {
		text := string(prose)
		var named []nameAt
		runes, last := 0, 0 // up to the name before
		for _, m := range names.FindAllStringIndex(text, -1) {
			start := runes + utf8.RuneCountInString(text[last:m[0]])
			runes, last = start+utf8.RuneCountInString(text[m[0]:m[1]]), m[1]
			named = append(named, nameAt{text[m[0]:m[1]], sentence.Span{Start: start, End: runes}})
			name := person(text[m[0]:m[1]])
			if gender := genderOf(name); gender != "" {
				c.genders[family(name)] = gender
			}
			if sourced := withoutSource(name) != name && strings.HasPrefix(text[m[1]:], ":"); looksLikePerson(text, m) && !sourced {
				c.meet(name)
			}
		}
		for _, w := range lowerWords.FindAllString(text, -1) {
			c.lower[w] = true
		}
		c.names = append(c.names, named)
	}
	return c
}

// nameAt is what may be a name, with its place in its block in code points.
type nameAt struct {
	words string
	sentence.Span
}

var lowerWords = regexp.MustCompile(`\b\p{Ll}+\b`)

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
