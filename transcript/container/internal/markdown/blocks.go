package markdown

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// markdown reads the lines of a text as Markdown.
type markdown struct {
	raw     []string
	at      int             // the next of them
	targets map[string]bool // of links, by name
	lines   []content.Line
	open    []content.Line // of the paragraph that is not yet over, with their markup
	gap     bool           // what comes next begins a paragraph
}

var (
	atxHeading = regexp.MustCompile(`^#{1,6}[ \t]+[^#\s]`)
	atxClosing = regexp.MustCompile(`(?:^|[ \t])#+$`)
	rule       = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:#[ \t]*)+)$`)
	underline  = regexp.MustCompile(`^(?:={3,}|-{3,})$`)
	tableRule  = regexp.MustCompile(`^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$`)
	definition = regexp.MustCompile(`^\[([^\]^]+)\]:[ \t]+<?(?:[a-z]+:|www\.|/|#|\./)\S+`)
)

// block takes the next line, or all lines of a table, of code or of a comment.
func (m *markdown) block() {
	l := content.Line{Text: strings.TrimSpace(m.raw[m.at]), Indent: text.Indent(m.raw[m.at])}
	for len(l.Text) < longestParagraph && (l.Text == ">" || strings.HasPrefix(l.Text, "> ")) {
		l.Text = strings.TrimSpace(l.Text[1:])
	}
	if l.Text == "" {
		m.flush()
		m.gap = true
	} else if !m.marked(l) {
		m.paragraph(l)
	}
	m.at++
}

// marked takes a line whose first characters make it something else than text.
func (m *markdown) marked(l content.Line) bool {
	switch l.Text[0] {
	case '`', '~':
		if strings.HasPrefix(l.Text, "```") || strings.HasPrefix(l.Text, "~~~") {
			m.code(l.Text[:3])
			return true
		}
	case '<':
		return strings.HasPrefix(l.Text, "<!--") && m.comment()
	case '[':
		return definition.MatchString(l.Text)
	case '#':
		if atxHeading.MatchString(l.Text) {
			m.heading(l)
			return true
		}
	}
	switch {
	case strings.ContainsAny(l.Text[:1], "=-") && underline.MatchString(l.Text) && m.underlined(l.Text):
	case strings.ContainsAny(l.Text[:1], "*-_#") && rule.MatchString(l.Text):
		m.flush()
		m.add(l)
	case m.isTable():
		m.table()
	default:
		return false
	}
	return true
}

// paragraph takes a line of one, or the item of a list, which is one of its own.
func (m *markdown) paragraph(l content.Line) {
	if hasBullet(l.Text) {
		m.flush()
		l.Item, l.Text = true, strings.TrimSpace(l.Text[1:])
		m.gap = true
	}
	m.open = append(m.open, l)
}

// hasBullet reports whether the mark of a list's item stands before a text.
func hasBullet(text string) bool {
	return len(text) > 2 && strings.ContainsAny(text[:1], "-*+") && (text[1] == ' ' || text[1] == '\t')
}

func (m *markdown) heading(l content.Line) {
	m.flush()
	l.Heading = runLength(l.Text, '#')
	l.Text = strings.TrimSpace(l.Text[l.Heading:])
	l.Text = strings.TrimSpace(strings.TrimSuffix(l.Text, atxClosing.FindString(l.Text)))
	m.open = append(m.open, l)
	m.gap = true
	m.flush()
	m.gap = true
}

// underlined makes a heading of the line above an underline. Below a sentence,
// a label or a longer paragraph, hyphens are a rule.
func (m *markdown) underlined(line string) bool {
	const longest = 100
	if len(m.open) != 1 || m.open[0].Item {
		return false
	}
	above := &m.open[0]
	if line[0] == '-' && (len(above.Text) > longest || strings.Contains(above.Text, ": ") || strings.ContainsAny(above.Text[len(above.Text)-1:], ".?!:")) {
		return false
	}
	above.Heading = 1
	if line[0] == '-' {
		above.Heading = 2
	}
	m.flush()
	m.gap = true
	return true
}

// code takes the lines between fences as they are.
func (m *markdown) code(fence string) {
	m.flush()
	for m.at++; m.at < len(m.raw); m.at++ {
		line := strings.TrimSpace(m.raw[m.at])
		switch {
		case strings.HasPrefix(line, fence):
			m.gap = true
			return
		case line == "":
			m.gap = true
		default:
			m.add(content.Line{Text: line, Indent: text.Indent(m.raw[m.at]), Code: true})
		}
	}
}

// comment passes a comment that begins a line, up to the line in which it ends;
// it reports whether that line holds nothing else.
func (m *markdown) comment() bool {
	const longest = 1000 // lines
	for i, l := range m.raw[m.at:min(len(m.raw), m.at+longest)] {
		_, after, ends := strings.Cut(l, "-->")
		if ends && i == 0 && strings.TrimSpace(after) != "" {
			return false
		}
		if ends {
			m.at += i
			return true
		}
	}
	return false
}

// flush ends the open paragraph: its markup is taken out as a whole, because
// emphasis may go on over a line's end.
func (m *markdown) flush() {
	if len(m.open) == 0 {
		return
	}
	texts := make([]string, len(m.open))
	for i, l := range m.open {
		texts[i] = l.Text
	}
	clean, bold := cleanInline(strings.Join(texts, "\n"), m.targets)
	start, l := 0, m.open[0]
	for i, text := range strings.Split(clean, "\n") {
		if i > 0 { // a line break of HTML makes more lines than there were
			l = content.Line{Indent: m.open[min(i, len(m.open)-1)].Indent}
		}
		l.Text = text
		l.Strong = strongEnd(text, start, bold)
		start += len(text) + 1
		if trimmed := l.Trimmed(); trimmed.Text != "" {
			m.add(trimmed)
		}
	}
	m.open = m.open[:0]
}

// strongEnd is where the bold type ends with which a line begins at start. Blanks
// between two spans do not end it.
func strongEnd(text string, start int, bold []span) int {
	i, _ := slices.BinarySearchFunc(bold, start, func(s span, at int) int { return s.end - at - 1 })
	end := 0
	for ; i < len(bold) && bold[i].start < start+len(text); i++ {
		if from := max(bold[i].start-start, end); strings.TrimSpace(text[end:from]) != "" {
			break
		}
		end = min(bold[i].end-start, len(text))
	}
	return end
}

// add notes a line that has no markup any more.
func (m *markdown) add(l content.Line) {
	if l.Text == "" {
		return
	}
	l.Gap = m.gap
	m.lines = append(m.lines, l)
	m.gap = false
}

// linkTargets are the names of the links that are defined apart from the text.
func linkTargets(raw []string) map[string]bool {
	targets := map[string]bool{}
	for _, l := range raw {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "[") {
			if found := definition.FindStringSubmatch(l); found != nil {
				targets[strings.ToLower(found[1])] = true
			}
		}
	}
	return targets
}
