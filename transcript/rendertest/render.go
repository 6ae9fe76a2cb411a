package rendertest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// Render writes a transcript in a form.
func Render(f Form, seed uint64) File {
	r := source(f.Name(), seed)
	language := f.anyLanguage(r)
	c := newConversation(r, language, newScene(r, f), f.labels())
	d := &document{Form: f, conversation: c, clock: newClock(r, f.moment.dressy && !f.separator.own)}
	file := File{Name: f.fileName(seed), Form: f.Name(), Parts: append(f.Parts(), "language "+language)}
	var lines []string
	switch {
	case f.house != nil:
		lines = f.house.write(r, d)
	case f.container == page:
		lines = d.page(r)
	default:
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

// spoken are the languages that the form is of.
func (f Form) spoken() []string {
	return slices.DeleteFunc(languages(), func(l string) bool { return !f.speaks(l) || f.second != nil && !f.second.speaks(l) })
}

// anyLanguage chooses one that the form is of, English the most.
func (f Form) anyLanguage(r *rand.Rand) string {
	may := f.spoken()
	if slices.Contains(may, "en") && chance(r, .5) {
		return "en"
	}
	return pick(r, may)
}

// fileName is the form's name and the seed.
func (f Form) fileName(seed uint64) string {
	stem := strings.NewReplacer("+", "_", "~", "__", "."+string(f.container), "").Replace(f.Name())
	return fmt.Sprintf("%s-%d.%s", stem, seed, f.container)
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
	return (f.separator.only == "" || f.separator.only == language) && script >= f.key.need && script >= f.separator.script && (f.separator.name != "wide-blank" || len(g["joined"]) > 0)
}

// document is a transcript as it is being written.
type document struct {
	Form
	*conversation
	clock         clock
	titled, dated bool
	gold          []Turn
}

// formOf is the form of a turn.
func (d *document) formOf(i int) Form {
	second := d.halfway && i >= len(d.turns)/2 || d.byChair && !d.turns[i].who.chairs
	if d.second != nil && second {
		return *d.second
	}
	return d.Form
}

// head is what stands before the words of a turn: label, time, separator.
func (d *document) head(i int) string {
	f := d.formOf(i)
	base, rest := d.labelOf(i)
	sep := f.separator.text
	format := f.moment.format
	l := f.adornment.adorn(f.container, base+rest, "", i)
	switch {
	case strings.HasSuffix(format, "{l}"):
		l, sep = f.adornment.adorn(f.container, base+rest, sep, i), ""
	case f.container == page:
		sep = strings.NewReplacer(">", "&gt;", "<", "&lt;").Replace(sep)
	}
	end := d.end
	if i+1 < len(d.turns) {
		end = d.turns[i+1].start
	}
	head := strings.NewReplacer("{l}", l, "{t}", d.clock.at(d.turns[i].start, end, d.date)).Replace(format) + sep
	return head + pad(max(0, f.separator.column-utf8.RuneCountInString(head)))
}

// labelOf is the label of a turn, in two parts.
func (d *document) labelOf(i int) (base, rest string) {
	f, p := d.formOf(i), d.turns[i].who
	if p.crowd != "" {
		if strings.HasSuffix(f.key.name, "-upper") {
			return strings.ToUpper(p.crowd), ""
		}
		return p.crowd, ""
	}
	return f.key.label(p, d.grammar)
}

// note adds a turn to the gold.
func (d *document) note(i int, paragraphs []string) {
	base, rest := d.labelOf(i)
	t := Turn{Label: base + rest, Base: base, Text: unglued(strings.Join(paragraphs, d.joiner()))}
	if d.turns[i].who.identified(t.Label) {
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
