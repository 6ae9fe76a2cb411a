package markdown

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// parser reads the blocks of Markdown: paragraphs, headings, lists, code, tables.
type parser struct {
	raw     []string        // lines
	at      int             // the next of raw
	targets map[string]bool // names of link definitions, in small letters
	lines   []content.Line
	open    []content.Line // of the open paragraph, with their inline markup
	gap     bool           // the next line begins a paragraph
	looked  int            // the line up to which no comment ends, from where the last began
}

// The names are those of CommonMark; a rule is a thematic break.
var (
	atxHeading = regexp.MustCompile(`^#{1,6}[ \t]+[^#\s]`)
	atxClosing = regexp.MustCompile(`(?:^|[ \t])#+$`)
	rule       = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:#[ \t]*)+)$`)
	underline  = regexp.MustCompile(`^(?:={3,}|-{3,})$`)
	tableRule  = regexp.MustCompile(`^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$`)
	definition = regexp.MustCompile(`^\[([^\]^]+)\]:[ \t]+<?(?:[a-z]+:|www\.|/|#|\./)\S+`)
)

// block reads the next line, or all lines of a table, of code or of a comment.
func (p *parser) block() {
	l := content.Line{Text: strings.TrimSpace(p.raw[p.at]), Indent: text.Indent(p.raw[p.at])}
	for len(l.Text) < longestParagraph && (l.Text == ">" || strings.HasPrefix(l.Text, "> ")) {
		l.Text = strings.TrimSpace(l.Text[1:])
	}
	if l.Text == "" {
		p.flush()
		p.gap = true
	} else if !p.marked(l) {
		p.paragraph(l)
	}
	p.at++
}

// marked reads a line that its first characters, or the line below, make something
// else than a paragraph's; it reports whether it did.
func (p *parser) marked(l content.Line) bool {
	switch l.Text[0] {
	case '`', '~':
		if strings.HasPrefix(l.Text, "```") || strings.HasPrefix(l.Text, "~~~") {
			p.code(l.Text[:3])
			return true
		}
	case '<':
		return strings.HasPrefix(l.Text, "<!--") && p.comment()
	case '[':
		return definition.MatchString(l.Text)
	case '#':
		if atxHeading.MatchString(l.Text) {
			p.heading(l)
			return true
		}
	}
	switch {
	case strings.ContainsAny(l.Text[:1], "=-") && underline.MatchString(l.Text) && p.underlined(l.Text):
	case strings.ContainsAny(l.Text[:1], "*-_#") && rule.MatchString(l.Text):
		p.flush()
		p.add(l)
	case p.isTable():
		p.table()
	default:
		return false
	}
	return true
}

// paragraph reads a line of a paragraph. The item of a list is a paragraph.
func (p *parser) paragraph(l content.Line) {
	if hasBullet(l.Text) {
		p.flush()
		l.Item, l.Text = true, strings.TrimSpace(l.Text[1:])
		p.gap = true
	}
	p.open = append(p.open, l)
}

// hasBullet reports whether a text begins with the bullet of a list's item.
func hasBullet(text string) bool {
	return len(text) > 2 && strings.ContainsAny(text[:1], "-*+") && (text[1] == ' ' || text[1] == '\t')
}

// heading reads a heading of number signs (ATX).
func (p *parser) heading(l content.Line) {
	p.flush()
	l.Heading = runLength(l.Text, '#')
	l.Text = strings.TrimSpace(l.Text[l.Heading:])
	l.Text = strings.TrimSpace(strings.TrimSuffix(l.Text, atxClosing.FindString(l.Text)))
	p.open = append(p.open, l)
	p.gap = true
	p.flush()
	p.gap = true
}

// underlined makes a heading (Setext) of the line above an underline. Below a sentence,
// a label or several lines, hyphens are a rule instead.
func (p *parser) underlined(line string) bool {
	const longest = 100
	if len(p.open) != 1 || p.open[0].Item {
		return false
	}
	above := &p.open[0]
	if line[0] == '-' && (len(above.Text) > longest || strings.Contains(above.Text, ": ") || strings.ContainsAny(above.Text[len(above.Text)-1:], ".?!:")) {
		return false
	}
	above.Heading = 1
	if line[0] == '-' {
		above.Heading = 2
	}
	p.flush()
	p.gap = true
	return true
}

// code reads the lines of a fenced code block as they are.
func (p *parser) code(fence string) {
	p.flush()
	for p.at++; p.at < len(p.raw); p.at++ {
		line := strings.TrimSpace(p.raw[p.at])
		switch {
		case strings.HasPrefix(line, fence):
			p.gap = true
			return
		case line == "":
			p.gap = true
		default:
			p.add(content.Line{Text: line, Indent: text.Indent(p.raw[p.at]), Code: true})
		}
	}
}

// comment skips the lines of an HTML comment, and reports whether it did: not if the
// comment does not end, or text follows it in the same line.
func (p *parser) comment() bool {
	const longest = 1000 // lines
	if _, after, ends := strings.Cut(p.raw[p.at], "-->"); ends {
		return strings.TrimSpace(after) == ""
	}
	for i := max(p.at+1, p.looked); i < min(len(p.raw), p.at+longest); i++ {
		if strings.Contains(p.raw[i], "-->") {
			p.at = i
			return true
		}
		p.looked = i + 1
	}
	return false
}

// flush ends the open paragraph. Its inline markup is taken out of it as a whole,
// because emphasis may run over line ends.
func (p *parser) flush() {
	if len(p.open) == 0 {
		return
	}
	texts := make([]string, len(p.open))
	for i, l := range p.open {
		texts[i] = l.Text
	}
	clean, bold, slanted := cleanInline(strings.Join(texts, "\n"), p.targets)
	start, l := 0, p.open[0]
	for i, text := range strings.Split(clean, "\n") {
		if i > 0 { // a line break of HTML makes more lines than there were
			l = content.Line{Indent: p.open[min(i, len(p.open)-1)].Indent}
		}
		l.Text = text
		l.Strong = strongEnd(text, start, bold)
		l.Slanted = text != "" && strongEnd(text, start, slanted) == len(text)
		start += len(text) + 1
		if trimmed := l.Trimmed(); trimmed.Text != "" {
			p.add(trimmed)
		}
	}
	p.open = p.open[:0]
}

// strongEnd is how many bytes of a line are emphasised from its start, which is byte start of
// the paragraph. Blanks between two spans count as emphasised.
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

// add adds a line that has no markup any more.
func (p *parser) add(l content.Line) {
	if l.Text == "" {
		return
	}
	l.Gap = p.gap
	p.lines = append(p.lines, l)
	p.gap = false
}

// linkTargets are the names of link reference definitions, in small letters.
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
