package rendertest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// conversation is what is said, before it has a form.
type conversation struct {
	language string
	grammar  grammar
	title    string
	date     string // YYYY-MM-DD
	day      string // the date as printed
	cast     []*person
	turns    []said
	end      int
	openings []string // of the turns
	spoken   string   // all words so far, folded
}

// said is one turn: its sentences by paragraphs, and when it begins, in seconds.
type said struct {
	who        *person
	paragraphs [][]string
	start      int
}

// glue is a blank at which no line may break, so that the name of somebody mentioned
// never stands where a label would.
const glue = "\x01"

// unglued is text as it is printed.
func unglued(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, glue, " ")) }

// A scene says who speaks how often.
type scene struct {
	people, turns int
	once          int  // people who speak once among the others
	crowd         bool // several speak at a time, once
}

// newScene draws a scene that the form can be told from: only with strong labels may
// everybody speak once.
func newScene(r *rand.Rand, f Form) scene {
	s := scene{people: 3 + r.IntN(3), turns: 10 + r.IntN(30)}
	switch n := r.IntN(12); {
	case n == 0 && f.strong() && f.separator.colon && !f.key.quiet:
		return scene{people: 2, turns: 2}
	case n == 1 && f.strong() && !f.key.quiet:
		return scene{people: 8, turns: 8}
	case n <= 3:
		s.people, s.turns = 12, 40
	case n <= 5:
		s.people = 2
	}
	if f.strong() || f.key.loud {
		s.once = []int{0, 0, 1, 2}[r.IntN(4)]
		s.crowd = f.key.loud && f.strong() && chance(r, .2)
	}
	return s
}

// newConversation draws a conversation in which label tells people apart.
func newConversation(r *rand.Rand, language string, s scene, label func(*person, grammar) (string, string)) *conversation {
	g := grammars()[language]
	c := &conversation{language: language, grammar: g}
	year, month, day := 1994+r.IntN(40), 1+r.IntN(12), 1+r.IntN(28)
	c.date = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	c.day = g.say(r, "day", map[string]string{"y": fmt.Sprint(year), "m": fmt.Sprint(month), "d": fmt.Sprint(day), "month": g.nth("months", month-1)})
	c.title = sentenceCase(g.say(r, "kind", nil))
	names := min(len(g["last"]), len(g["name-she"])+len(g["name-he"]))
	for n := min(s.people+s.once, names*2/3); ; n-- {
		if c.cast = newCast(r, g, n); n <= 2 || distinct(c.cast, g, label) {
			break
		}
	}
	c.draw(r, s)
	return c
}

// distinct reports whether the labels of all differ.
func distinct(cast []*person, g grammar, label func(*person, grammar) (string, string)) bool {
	seen := map[string]bool{}
	for _, p := range cast {
		base, rest := label(p, g)
		if seen[base] || seen[base+rest] {
			return false
		}
		seen[base], seen[base+rest] = true, true
	}
	return true
}

// draw decides who speaks when, and what.
func (c *conversation) draw(r *rand.Rand, s scene) {
	regulars := c.cast
	var once []*person
	if n := len(c.cast) - s.once; n >= 2 {
		regulars, once = c.cast[:n], c.cast[n:]
	}
	order := slices.Clone(regulars)
	for len(order) < s.turns {
		p := pick(r, regulars)
		if len(regulars) > 2 && chance(r, .3) {
			p = regulars[0]
		}
		if p != order[len(order)-1] {
			order = append(order, p)
		} else if len(regulars) == 2 {
			order = append(order, regulars[(p.number)%2])
		}
	}
	for _, p := range once {
		order = slices.Insert(order, 2+r.IntN(len(order)-2), p)
	}
	if s.crowd && len(order) > 6 {
		order = slices.Insert(order, 3+r.IntN(len(order)-4), &person{crowd: c.grammar.one(r, "crowd")})
	}
	order = slices.CompactFunc(order, func(a, b *person) bool { return a == b })
	number := 0
	for _, p := range c.cast {
		p.number = 0
	}
	asides := pick(r, []float64{0, .08, .25})
	for _, p := range order {
		if p.number == 0 {
			number++
			p.number = number
		}
		turn := said{who: p, start: c.end, paragraphs: c.speech(r, p, asides)}
		c.turns = append(c.turns, turn)
		c.end += 2 + utf8.RuneCountInString(turn.text(""))/15
	}
}

// speech makes what a person says. No turn begins with words that stand elsewhere: by their
// beginnings they are told apart.
func (c *conversation) speech(r *rand.Rand, p *person, asides float64) [][]string {
	sentences := c.sentences(r, p, asides)
	for try := 0; try < 60 && c.repeats(sentences); try++ {
		sentences = c.sentences(r, p, asides)
	}
	text := unglued(strings.Join(sentences, c.joiner()))
	c.openings = append(c.openings, opening(text))
	c.spoken += folded(text) + " "
	var paragraphs [][]string
	for rest := sentences; len(rest) > 0; {
		k := min(len(rest), 2+r.IntN(4))
		for k < len(rest) && strings.HasPrefix(rest[k], glue) { // no name of another at the start of a paragraph
			k++
		}
		paragraphs, rest = append(paragraphs, rest[:k]), rest[k:]
	}
	return paragraphs
}

// repeats reports whether a turn would begin with words that stand elsewhere, or hold the
// beginning of another.
func (c *conversation) repeats(sentences []string) bool {
	text := unglued(strings.Join(sentences, c.joiner()))
	words := folded(text)
	return strings.Contains(c.spoken, opening(text)) ||
		slices.ContainsFunc(c.openings, func(o string) bool { return strings.Contains(words, o) })
}

// sentences are those of a turn: mostly few.
func (c *conversation) sentences(r *rand.Rand, p *person, asides float64) []string {
	n := pick(r, []int{1, 1, 2, 2, 3, 3, 4, 5, 8, 12})
	if p.crowd != "" {
		n = 1
	}
	var sentences []string
	for i := range n {
		sentences = append(sentences, c.sentence(r, p, i, n, asides))
	}
	return sentences
}

// sentence makes the ith of n sentences of a turn.
func (c *conversation) sentence(r *rand.Rand, p *person, i, n int, asides float64) string {
	symbol := "said"
	switch {
	case i > 0 && chance(r, asides):
		symbol = "aside"
	case i == 0 && n > 1 && chance(r, .15):
		symbol = "short"
	case i == n-1 && chance(r, .3):
		symbol = "asked"
	}
	s := c.grammar.say(r, symbol, c.mentioned(r, p))
	if lead := map[string]string{"said": "lead", "asked": "asklead"}[symbol]; lead != "" && chance(r, .6) {
		s = c.grammar.one(r, lead) + c.joiner() + s
	}
	return sentenceCase(s)
}

// mentioned are names of others for a sentence: of the cast, and of people who are not
// there and may share a name with somebody who is.
func (c *conversation) mentioned(r *rand.Rand, p *person) map[string]string {
	other, outsider := pick(r, c.cast), newPerson(r, c.grammar)
	for len(c.cast) > 1 && other == p {
		other = pick(r, c.cast)
	}
	if chance(r, .5) {
		outsider.last = pick(r, c.cast).last
	}
	if slices.ContainsFunc(c.cast, func(q *person) bool { return q.first == outsider.first }) {
		outsider.first = c.grammar.one(r, "elsewhere") // a name that nobody of the cast has
	}
	glued := func(s string) string { return glue + strings.ReplaceAll(s, " ", glue) }
	return map[string]string{"other": glued(other.full()), "outsider": glued(outsider.full()), "call": glued(other.titled(other.surname()))}
}

// sentenceCase begins a sentence with a capital, and glues names to the word before.
func sentenceCase(s string) string {
	s = strings.ReplaceAll(s, " "+glue, glue)
	at := strings.IndexFunc(s, unicode.IsLetter)
	if at < 0 {
		return s
	}
	c, n := utf8.DecodeRuneInString(s[at:])
	return s[:at] + string(unicode.ToUpper(c)) + s[at+n:]
}

// joiner stands between two sentences.
func (c *conversation) joiner() string {
	if len(c.grammar["joined"]) > 0 {
		return ""
	}
	return " "
}

// text is all that is said in the turn.
func (s said) text(joiner string) string {
	var all []string
	for _, p := range s.paragraphs {
		all = append(all, unglued(strings.Join(p, joiner)))
	}
	return strings.Join(all, joiner)
}

// nth is a line of a symbol; empty where there is none.
func (g grammar) nth(symbol string, n int) string {
	if n >= len(g[symbol]) {
		return ""
	}
	return g[symbol][n]
}
