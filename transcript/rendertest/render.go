package rendertest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Render writes a transcript in a form.
func Render(f Form, seed uint64) File {
	r := source(f.Name(), seed)
	language := "en"
	if chance(r, .5) {
		language = pick(r, languages())
	}
	for !f.speaks(language) {
		language = pick(r, languages())
	}
	c := newConversation(r, language, newScene(r, f), f.key.label)
	d := &document{Form: f, conversation: c, clock: newClock(r, f.moment.dressy && !f.separator.own)}
	file := File{Name: fmt.Sprintf("%s-%d.%s", strings.ReplaceAll(strings.TrimSuffix(f.Name(), "."+string(f.container)), "+", "_"), seed, f.container), Form: f.Name()}
	var lines []string
	if f.container == page {
		lines = d.page(r)
	} else {
		lines = d.text(r)
	}
	file.Data = []byte(strings.Join(lines, "\n") + "\n")
	file.Turns = d.gold
	if d.titled {
		file.Title = c.title
	}
	if d.dated {
		file.Date = c.date
	}
	return file
}

// speaks reports whether the form is one of a language.
func (f Form) speaks(language string) bool {
	g := grammars()[language]
	script := anyScript
	switch {
	case len(g["uncased"]) > 0:
	case len(g["cyrillic"]) > 0:
		script = cased
	default:
		script = latin
	}
	return script >= f.key.need && script >= f.separator.script && (f.separator.name != "wide-blank" || len(g["joined"]) > 0)
}

// document is a transcript as it is being written.
type document struct {
	Form
	*conversation
	clock         clock
	titled, dated bool
	gold          []Turn
}

// head is what stands before the words of a turn: label, time, separator.
func (d *document) head(i int) string {
	base, rest := d.labelOf(i)
	sep := d.separator.text
	format := d.moment.format
	l := d.adornment.adorn(d.container, base+rest, "", i)
	switch {
	case strings.HasSuffix(format, "{l}"):
		l, sep = d.adornment.adorn(d.container, base+rest, sep, i), ""
	case d.container == page:
		sep = strings.NewReplacer(">", "&gt;", "<", "&lt;").Replace(sep)
	}
	end := d.end
	if i+1 < len(d.turns) {
		end = d.turns[i+1].start
	}
	return strings.NewReplacer("{l}", l, "{t}", d.clock.at(d.turns[i].start, end, d.date)).Replace(format) + sep
}

// labelOf is the label of a turn, in two parts.
func (d *document) labelOf(i int) (base, rest string) {
	p := d.turns[i].who
	if p.crowd != "" {
		if strings.HasSuffix(d.key.name, "-upper") {
			return strings.ToUpper(p.crowd), ""
		}
		return p.crowd, ""
	}
	return d.key.label(p, d.grammar)
}

// note adds a turn to the gold.
func (d *document) note(i int, paragraphs []string) {
	base, rest := d.labelOf(i)
	t := Turn{Label: base + rest, Base: base, Text: unglued(strings.Join(paragraphs, d.joiner()))}
	if d.turns[i].who.identified(base) {
		t.Names = d.turns[i].who.names()
	}
	d.gold = append(d.gold, t)
}

// identified reports whether a label tells who somebody is at all.
func (p *person) identified(label string) bool {
	own := fold(strings.Join([]string{p.first, p.last, p.initials(), dotted(p), p.user(), ascii(p.first), ascii(p.last)}, " "))
	l := fold(label)
	for _, w := range append(own, p.full(), ascii(p.first)+ascii(p.surname())[:min(1, len(ascii(p.surname())))]) {
		if w != "" && (slices.Contains(l, w) || p.joined && strings.Contains(label, p.last)) {
			return true
		}
	}
	return strings.Contains(strings.Join(l, " "), strings.Join(fold(p.surname()), " "))
}

// paragraphsOf are the words of a turn as the layout divides them.
func (d *document) paragraphsOf(r *rand.Rand, i int, several, unended bool) []string {
	var out []string
	for _, p := range d.turns[i].paragraphs {
		out = append(out, strings.Join(p, d.joiner()))
	}
	for k := range out {
		out[k] = strings.ReplaceAll(out[k], " "+glue, glue)
	}
	if !several {
		out = []string{strings.ReplaceAll(strings.Join(out, d.joiner()), " "+glue, glue)}
	}
	if unended && chance(r, .3) {
		unend(r, out)
	}
	return out
}

// text writes the document as lines of text or Markdown.
func (d *document) text(r *rand.Rand) []string {
	l := newLayout(r, d.Form, d.joiner() == "")
	f := newFurniture(r, d, l)
	lines := f.front(r, d)
	for i := range d.turns {
		paragraphs := d.paragraphsOf(r, i, l.paragraphs, l.unended)
		turn := l.turn(d.head(i), paragraphs)
		for k := range min(2, len(turn)) {
			f.whole[len(lines)+k+1] = true
		}
		lines = append(lines, turn...)
		lines = append(lines, f.between(r, d, l, i)...)
		d.note(i, paragraphs)
	}
	return f.pages(r, d, append(lines, f.back(r, d)...))
}
