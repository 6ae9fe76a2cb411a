package rendertest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// furniture is what stands in a text beside the turns. All of it is drawn, and none where
// a reader could take it for words or labels.
type furniture struct {
	present   bool // a list of those present
	made      bool // a line on how the transcript was made
	started   bool // "Jane Roe started transcription"
	laughter  bool
	stamps    bool         // times on lines of their own
	joins     bool         // events of a chat
	paged     int          // lines to a page; 0 for none
	numbered  bool         // lines have numbers
	headlined bool         // pages have heads
	frontless bool         // no title block at all
	whole     map[int]bool // lines before which no page ends: a label stays with its words
}

func newFurniture(r *rand.Rand, d *document, l layout) furniture {
	enclosing := d.enclosing() || d.second != nil && d.second.enclosing()
	f := furniture{
		present:   chance(r, .25) && len(d.turns) > 4,
		made:      chance(r, .2) && len(d.turns) > 4,
		laughter:  chance(r, .25) && !enclosing,
		stamps:    chance(r, .1) && d.strong() && d.moment.name == "untimed" && d.container == plain,
		joins:     d.adornment.name == "angle" && chance(r, .6),
		started:   chance(r, .3) && d.moment.own && d.language == "en" && d.container == plain,
		frontless: chance(r, .2) || len(d.turns) < 4,
		whole:     map[int]bool{},
	}
	if d.container == plain && l.width > 0 && len(d.turns) > 8 && chance(r, .35) {
		f.paged = 25 + r.IntN(20)
		f.headlined = chance(r, .6)
		f.numbered = chance(r, .3) && l.rest == 0 && !d.adornment.counts
	}
	return f
}

// enclosing reports whether labels look like stage directions.
func (f Form) enclosing() bool {
	return f.adornment.name == "brackets" || f.adornment.name == "parentheses"
}

// front is the title block.
func (f furniture) front(r *rand.Rand, d *document) []string {
	var lines []string
	if f.made && chance(r, .5) {
		lines = append(lines, d.grammar.one(r, "made"), "")
	}
	d.titled, d.dated = !f.frontless, !f.frontless && chance(r, .75)
	if d.container == markdown && !f.frontless && chance(r, .4) {
		lines = []string{"---", fmt.Sprintf("title: %q", d.title)}
		if d.dated {
			lines = append(lines, "date: "+d.date)
		}
		return append(lines, "---", "")
	}
	if d.titled {
		mark := ""
		if d.container == markdown {
			mark = "# "
		}
		lines = append(lines, mark+d.title)
		if d.container == markdown {
			lines = append(lines, "")
		}
	}
	if d.dated {
		lines = append(lines, d.day)
	}
	if f.present && d.titled {
		lines = append(lines, "", d.presence())
	}
	if f.started {
		lines = append(lines, "", d.cast[0].full()+" started transcription")
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// presence lists those present, with their initials or logins where these are the labels.
func (d *document) presence() string {
	var names []string
	for _, p := range d.cast {
		name := p.full()
		if d.key.name == "initials" {
			name += " (" + p.initials() + ")"
		}
		names = append(names, name)
	}
	colon, comma := ": ", ", "
	if d.joiner() == "" {
		colon, comma = "：", "、"
	}
	return d.grammar["present"][0] + colon + strings.Join(names, comma)
}

// between stands between a turn and the next.
func (f furniture) between(r *rand.Rand, d *document, l layout, i int) []string {
	var lines []string
	gap := func() {
		if l.gap {
			lines = append(lines, "")
		}
	}
	gap()
	if i == len(d.turns)-1 {
		return lines
	}
	if f.laughter && chance(r, .15) {
		lines = append(lines, d.grammar.one(r, "laughter"))
		gap()
	}
	if f.stamps && i%9 == 8 {
		s := d.turns[i+1].start
		lines = append(lines, fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60))
		gap()
	}
	if f.joins && chance(r, .15) {
		user := newPerson(r, grammars()["en"]).user()
		lines = append(lines, pick(r, []string{
			fmt.Sprintf("-!- %s [~%s@host.example] has joined #quay", user, user),
			fmt.Sprintf("*** %s has joined #quay", user),
			fmt.Sprintf("-!- %s has quit [Ping timeout]", user),
		}))
		gap()
	}
	return lines
}

// back stands below the last turn.
func (f furniture) back(r *rand.Rand, d *document) []string {
	var lines []string
	if f.started {
		lines = append(lines, "", d.cast[0].full()+" stopped transcription")
	}
	if f.made && d.container == plain {
		lines = append(lines, "", d.grammar.one(r, "made"))
	}
	return lines
}

// pages divides lines into pages, with heads, page numbers and line numbers.
func (f furniture) pages(r *rand.Rand, d *document, lines []string) []string {
	if f.paged == 0 {
		return lines
	}
	var out []string
	number, line, page := pick(r, []string{"{n}", "- {n} -", d.grammar.one(r, "page")}), 0, 0
	for i, l := range lines {
		if line++; line > f.paged && !f.whole[i] {
			line, page = 1, page+1
			out = append(out, "", strings.Repeat(" ", 30)+strings.ReplaceAll(number, "{n}", fmt.Sprint(page)), "")
			if f.headlined {
				out = append(out, d.title, "")
			}
		}
		if f.numbered && l != "" {
			l = fmt.Sprintf("%2d   %s", line, l)
		}
		out = append(out, l)
	}
	return out
}
