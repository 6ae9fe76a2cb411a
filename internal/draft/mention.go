package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Patterns of places where a name says whose a quotation is, though no sentence does: in a
// bracket, on a line or in a cell of its own, before a colon, behind a dash or a comma.
var (
	sourcePhrase = `(?i:` + lexicon.Any("prepositions of sources") + `)`
	sourceLabel  = `(?:(?i:` + lexicon.Any("labels of sources") + `)\s*[:：.]?\s+)?`
	lineMark     = `(?:[•·*#>|–—―~/-]+\s*)?`

	nameLine      = regexp.MustCompile(`^\s*` + lineMark + sourceLabel + `(` + personName + `)\s*(?:[,;|–—(#][^.!?\n]{0,80})?[.,:：)*_\s]*$`)
	nameBefore    = regexp.MustCompile(`^\s*` + lineMark + `(` + personName + `)\s*(?:[(\[][^()\[\]]*[)\]]|[,|][^,.:;!?]{1,60})?[\s.,:：–—―|~-]*$`)
	bracketBehind = regexp.MustCompile(`^[\s.,;:!?]*[(\[]([^()\[\]\n]{2,200})[)\]]`)
	dashBehind    = regexp.MustCompile(`^[\s.,]*(?:[–—―~/|]|--?)\s*` + sourceLabel + `(` + personName + `)`)
	nameColon     = regexp.MustCompile(`(?:^|[,;–—]\s*)(` + personName + `)\s*(?:[(\[][^()\[\]]*[)\]]\s*)?[:：]\s*$`)
	subjectColon  = regexp.MustCompile(`^\s*(` + personName + `)\s+[^,;]{1,80}[:：]\s*$`)
	sourceBefore  = regexp.MustCompile(`(?:^|[^\pL])` + sourcePhrase + `\s+(` + personName + `)\s*[,:：]?\s*$`)
	sourceBehind  = regexp.MustCompile(`^[\s,;]*` + sourcePhrase + `\s+(` + personName + `)`)
	subjectBehind = regexp.MustCompile(`^\s*,?\s*(` + personName + `)\s+(\p{Ll}+)`)
	citationKey   = regexp.MustCompile(`@(\p{Ll})(\p{Ll}+)`)
	authorDate    = regexp.MustCompile(`(?:^|[;,]\s*|\s)(` + personName + `),?\s+(?:1[5-9]|20)\d\d[a-z]?\s*[:,]\s*(?:[Pp]{1,2}\.?|[Ss]\.)?\s*\d`)

	ofSpeech   = regexp.MustCompile(`\b` + lexicon.Any("nouns of speech") + `\b`)
	auxiliary  = lexicon.Words("auxiliaries")
	typedNote  = regexp.MustCompile(`^[\s.,;:!?]*(?:\[(\d{1,3})\]|([⁰¹²³⁴-⁹]{1,3}))`)
	typedStart = regexp.MustCompile(`(?:^|\n)\s*(?:\[(\d{1,3})\]|([⁰¹²³⁴-⁹]{1,3}))\s*([^\n]+)`)
	raisedOnes = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// mention gives the quotations that the draft credits nobody with whom it names around them.
func (c *cast) mention(blocks []block) {
	notes := notesOf(blocks)
	for i := range c.quotes {
		q := &c.quotes[i]
		if q.Speaker != "" || q.Unchecked != "" {
			continue
		}
		places := placesOf(blocks, c.quotes, q)
		for _, note := range notesBehind(blocks, q) {
			places.add(notes[note], "")
			places.names = append(places.names, names.FindAllString(notes[note], -1)...)
		}
		near, turns := c.near(q)
		around, people := c.around(q)
		m := answer.NamedAround{
			Beside: peopleOf(places.names), Cited: peopleOf(places.cited), Likely: wholeNames(places.likely), Near: peopleIn(near), Around: people,
			NearText: strings.Join(append(places.texts, near), "\n"), Text: around, Turns: turns,
		}
		if len(m.Beside)+len(m.Cited)+len(m.Near)+len(m.Around) > 0 {
			q.NamedAround = &m
		}
	}
}

// places are the texts of places that say whose a quotation is, and the names in them.
type places struct {
	texts, names []string
	cited        []string // of those that nothing but a name can stand for, as before a year
	likely       []string // of those that credit by themselves, as behind a dash
}

// add adds a place with the name in it; capitalised words that are a phrase, as For Renwick, are none.
func (p *places) add(text, name string) {
	p.texts = append(p.texts, text)
	if name != "" && !beginsPhrase(name) {
		p.names = append(p.names, name)
	}
}

// placesOf are those beside a quotation, in its row, and on the lines above and below.
func placesOf(blocks []block, quotes []quote, q *quote) places {
	var p places
	before, line := lastLine(q.before, !q.follows)
	after, _, more := strings.Cut(q.after, "\n")
	if m := bracketBehind.FindStringSubmatch(q.after); m != nil {
		p.addBracket(m[1])
	}
	for _, pattern := range []*regexp.Regexp{dashBehind, sourceBehind} {
		if m := pattern.FindStringSubmatch(after); m != nil {
			p.add(after, m[1])
			p.likely = append(p.likely, m[1])
		}
	}
	if m := subjectBehind.FindStringSubmatch(q.after); m != nil && !auxiliary[m[2]] && isOpen(q) {
		p.add(m[0], m[1])
	}
	if m := nameBefore.FindStringSubmatch(before); m != nil && line {
		p.add(before, m[1])
		p.likely = append(p.likely, m[1])
	}
	p.addBefore(q.before)
	p.addRow(blocks, q)
	above, below := "", ""
	if line && strings.TrimSpace(before) == "" {
		above = lineAbove(blocks, quotes, q)
	}
	if strings.Trim(after, " .,;:!?*_") == "" {
		below = lineBelow(blocks, quotes, q, more)
	}
	for _, text := range []string{above, below} {
		if m := nameLine.FindStringSubmatch(text); m != nil {
			p.add(text, m[1])
		}
	}
	return p
}

// isOpen reports whether a sentence goes on behind a quotation.
func isOpen(q *quote) bool {
	last := lastRune(strings.TrimRightFunc(q.Text, unicode.IsSpace))
	return last == ',' || strings.HasPrefix(strings.TrimSpace(q.after), ",")
}

// addBracket adds all who are named in a bracket, and of a reference by author and year anybody.
func (p *places) addBracket(text string) {
	p.add(text, "")
	p.names = append(p.names, names.FindAllString(text, -1)...)
	for _, m := range citationKey.FindAllStringSubmatch(text, -1) {
		p.names = append(p.names, strings.ToUpper(m[1])+m[2])
	}
	if m := authorDate.FindStringSubmatch(text); m != nil && !strings.ContainsFunc(m[1], unicode.IsSpace) {
		p.cited = append(p.cited, m[1])
	}
}

// addBefore adds who is named before the colon that leads to a quotation, unless a verb of saying
// has somebody else for its subject, or words are said to that person.
func (p *places) addBefore(before string) {
	sentence, open := lastSentence(unwrapped(before))
	if !open || readBefore(before).known() {
		return
	}
	for _, pattern := range []*regexp.Regexp{nameColon, sourceBefore} {
		if m := pattern.FindStringSubmatch(sentence); m != nil {
			p.add(sentence, m[1])
			return
		}
	}
	m := subjectColon.FindStringSubmatch(sentence)
	if m != nil && len(peopleIn(sentence)) == 1 && !anySaid.MatchString(sentence) && !addressed.MatchString(sentence) && !ofSpeech.MatchString(sentence) {
		p.add(sentence, m[1])
	}
}

// addRow adds the names in the other cells of a quotation's row.
func (p *places) addRow(blocks []block, q *quote) {
	var cells []string
	if row := blocks[q.block].row; row > 0 {
		p.addHead(blocks, q.block)
		for b := max(0, q.block-maxCells); b < min(len(blocks), q.last+maxCells); b++ {
			if blocks[b].row == row && (b < q.block || b > q.last) {
				cells = append(cells, string(blocks[b].text))
			}
		}
	} else if text := blocks[q.block].text; q.block == q.last {
		from, to := q.start, q.end
		for from > max(0, q.start-maxRead) && text[from-1] != '\n' {
			from--
		}
		for to < min(len(text), q.end+maxRead) && text[to] != '\n' {
			to++
		}
		if cells = slices.Concat(cellsOf(string(text[from:q.start])), cellsOf(string(text[q.end:to]))); len(cells) > 0 {
			head, _, _ := strings.Cut(string(text[:min(len(text), maxRead)]), "\n")
			p.add(head, "")
		}
	}
	for _, cell := range cells {
		if m := nameLine.FindStringSubmatch(cell); m != nil {
			p.add(cell, m[1])
		}
	}
}

// addHead adds the first row of the table that a block is a cell of, as a text: it may say whose
// words a column has.
func (p *places) addHead(blocks []block, cell int) {
	first := cell
	for first > max(0, cell-maxTable) && blocks[first-1].row > 0 {
		first--
	}
	for b := first; b < cell && blocks[b].row == blocks[first].row; b++ {
		p.add(string(blocks[b].text), "")
	}
}

// maxTable bounds how many cells before one the first row of its table is looked for.
const maxTable = 400

// maxCells bounds how far from a quotation the other cells of its row are looked for.
const maxCells = 20

// cellsOf are the cells of a row, or a part of one, as Markdown writes it.
func cellsOf(line string) []string {
	if !strings.Contains(line, "|") {
		return nil
	}
	return strings.Split(line, "|")
}

// lastLine is the line in which a text ends, and whether all of that line is in the text.
func lastLine(text string, whole bool) (line string, all bool) {
	if i := strings.LastIndex(text, "\n"); i >= 0 {
		return text[i+1:], true
	}
	return text, whole
}

// lineAbove is the line above a quotation that begins its line: of its own block, else the
// paragraph before, if that quotes nothing.
func lineAbove(blocks []block, quotes []quote, q *quote) string {
	if text := strings.TrimRight(string(blocks[q.block].text[max(0, q.start-maxRead):q.start]), " \n"); text != "" {
		return text[strings.LastIndex(text, "\n")+1:]
	}
	if q.block == 0 || quotesIn(quotes, q.block-1) {
		return ""
	}
	return string(blocks[q.block-1].text)
}

// lineBelow is the line below a quotation that ends its line: of its own block, else the next
// paragraph, unless that quotes something, or is the heading of what follows.
func lineBelow(blocks []block, quotes []quote, q *quote, more bool) string {
	text := blocks[q.last].text
	if rest := strings.TrimSpace(string(text[q.end:min(len(text), q.end+maxRead)])); more && strings.Trim(rest, " .,;:!?*_") != "" {
		rest = strings.TrimLeft(rest, " .,;:!?*_\n")
		line, _, _ := strings.Cut(rest, "\n")
		return line
	}
	next := q.last + 1
	if next >= len(blocks) || blocks[next].heading || blocks[next].note != "" || quotesIn(quotes, next) {
		return ""
	}
	return string(blocks[next].text)
}

// quotesIn reports whether a block has a quotation.
func quotesIn(quotes []quote, b int) bool {
	n, _ := slices.BinarySearchFunc(quotes, b, func(q quote, b int) int { return q.last - b })
	return n < len(quotes) && quotes[n].block <= b
}

// notesOf are the texts of the notes of a draft by their names: to the end of the paragraph that
// begins with the name.
func notesOf(blocks []block) map[string]string {
	notes := map[string]string{}
	for _, b := range blocks {
		text := string(b.text)
		if b.note != "" {
			notes[b.note] = text
		}
		for _, m := range typedStart.FindAllStringSubmatch(text, -1) {
			notes[m[1]+raisedOnes.Replace(m[2])] = m[3]
		}
	}
	return notes
}

// notesBehind are the names of the notes that a quotation refers to, at its end or right behind it.
func notesBehind(blocks []block, q *quote) []string {
	var behind []string
	for _, n := range blocks[q.last].notes {
		if n.at > q.start && (q.block < q.last || n.at <= q.end+closeBehind) {
			behind = append(behind, n.note)
		}
	}
	if m := typedNote.FindStringSubmatch(q.after); m != nil {
		behind = append(behind, m[1]+raisedOnes.Replace(m[2]))
	}
	return behind
}

// closeBehind is how far behind a quotation's end a reference may stand, in characters: behind a
// full stop and a space.
const closeBehind = 2

// near is the prose of a quotation's own sentence: what leads to it, and what goes on behind it,
// where a full stop does not end it. And it tells whether it is about another than the quotation
// before: its subject is no pronoun.
func (c *cast) near(q *quote) (text string, turns bool) {
	before, _ := lastSentence(q.before)
	turns = q.follows && !subjectPronoun.MatchString(before) && !pronouns.MatchString(readBefore(q.before).name)
	after := strings.TrimLeftFunc(q.after, unicode.IsSpace)
	spans := sentence.Split(after)
	if first, _ := utf8.DecodeRuneInString(after); len(spans) == 0 || lastRune(q.Text) == '.' && unicode.IsUpper(first) {
		return before, turns
	}
	return before + " … " + string([]rune(after)[:spans[0].End]), turns
}

var subjectPronoun = regexp.MustCompile(`^\s*` + pronoun + `\b`)

// around is the prose of a quotation's paragraph, and what may be people's names in it.
func (c *cast) around(q *quote) (text string, people []string) {
	var b strings.Builder
	var list []string
	for i := q.block; i <= q.last; i++ {
		text := c.prose[i]
		from, to := 0, len(text)
		if i == q.block {
			from = max(0, q.start-maxRead)
		}
		if i == q.last {
			to = min(len(text), q.end+maxRead)
		}
		b.WriteString(string(text[min(from, to):to]) + "\n")
		for _, n := range c.names[i] {
			if from <= n.Start && n.End <= to {
				list = append(list, n.words)
			}
		}
	}
	return b.String(), peopleOf(list)
}

// wholeNames are those of capitalised words that look like a person's given and family names.
func wholeNames(list []string) []string {
	return slices.DeleteFunc(peopleOf(list), func(name string) bool { return !looksLikePerson(name, []int{0, len(name)}) })
}

// peopleIn are what may be people's names in prose.
func peopleIn(text string) []string { return peopleOf(names.FindAllString(text, -1)) }

// peopleOf are those of capitalised words that may name people, each once.
func peopleOf(list []string) []string {
	var people []string
	for _, words := range list {
		for beginsPhrase(words) && strings.Contains(words, " ") { // Für Brandl, Yesterday Renwick
			_, words, _ = strings.Cut(words, " ")
		}
		if name := person(words); name != "" && !slices.Contains(people, name) {
			people = append(people, name)
		}
	}
	return people
}
