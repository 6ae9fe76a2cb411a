package markdown

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// inline takes the markup out of a paragraph of Markdown: emphasis, code marks,
// escapes, links, images, tags and character references. The text is walked
// through once; marks that may be emphasis are copied and noted, paired
// afterwards, and those that have a partner left out at the end.
type inline struct {
	text    string
	at      int             // byte of text
	targets map[string]bool // of links that are defined elsewhere
	out     []byte
	marks   []mark
	links   []int // marks of square brackets that are open

	lineStart    int     // where the line began
	lineMark     int     // the mark of bold type that begins it; -1 if there is none
	noCode       [4]bool // no closing backticks of this number are left
	noCommentEnd bool
}

// mark is a mark of emphasis, or a bracket or tag, at a place of inline.out.
type mark struct {
	char        byte // * _ ~ [ or < of a tag
	at, length  int
	opens       bool // may open emphasis
	closes      bool // may close it
	left, right int  // bytes taken off at its start, as a closer, and its end, as an opener
	bold        int  // spans of bold type that begin behind it, less those that end before it
}

const longestTarget = 200 // bytes of the name of a link's target

// longestParagraph is how much text may stand between blank lines; more is no
// Markdown, and is taken as it is.
const longestParagraph = 1 << 20

// cleanInline takes the markup out of a paragraph, whose lines have no white space
// at their ends; bold are the spans of clean in bold type. Link targets that are
// defined elsewhere are known by their names in small letters.
func cleanInline(text string, targets map[string]bool) (clean string, bold []span) {
	if len(text) > longestParagraph || !strings.ContainsAny(text, "\\`*_~&<[") {
		return text, nil
	}
	s := inline{text: text, targets: targets, lineMark: -1}
	for s.at < len(s.text) {
		s.step()
	}
	s.pair()
	return s.build()
}

type span struct{ start, end int }

// step takes one character, or all that belongs to it.
func (s *inline) step() {
	switch c := s.text[s.at]; c {
	case '\\':
		s.escape()
	case '`':
		s.code()
	case '*', '_', '~':
		s.emphasis(c)
	case '&':
		s.reference()
	case '<':
		s.tag()
	case '!':
		if strings.HasPrefix(s.text[s.at:], "![") {
			s.open("![")
			return
		}
		s.copy(1)
	case '[':
		s.open("[")
	case ']':
		s.close()
	case '\n':
		s.copy(1)
		s.lineStart, s.lineMark = s.at, -1
	default:
		n := strings.IndexAny(s.text[s.at:], "\\`*_~&<![]\n")
		if n < 0 {
			n = len(s.text) - s.at
		}
		s.copy(n)
	}
}

// copy takes n bytes as they are.
func (s *inline) copy(n int) {
	s.out = append(s.out, s.text[s.at:s.at+n]...)
	s.at += n
}

func (s *inline) escape() {
	s.at++
	switch {
	case s.at == len(s.text) || s.text[s.at] == '\n': // a hard line break
	case isPunctuation(s.text[s.at]):
		s.copy(1)
	default:
		s.out = append(s.out, '\\')
	}
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7F && !text.IsLatin(c) && !text.IsDigit(c)
}

// code takes the words between backticks as they are.
func (s *inline) code() {
	n := runLength(s.text[s.at:], '`')
	if n >= len(s.noCode) || s.noCode[n] {
		s.copy(n)
		return
	}
	for from := s.at + n; ; {
		next := strings.IndexByte(s.text[from:], '`')
		if next < 0 {
			s.noCode[n] = true
			s.copy(n)
			return
		}
		from += next
		if run := runLength(s.text[from:], '`'); run != n {
			from += run
			continue
		}
		s.at += n
		s.copy(from - s.at)
		s.at += n
		return
	}
}

func runLength(s string, c byte) int { return len(s) - len(strings.TrimLeft(s, string(c))) }

// reference takes a character reference such as &amp;.
func (s *inline) reference() {
	const longest = 32
	end := strings.IndexByte(s.text[s.at:min(len(s.text), s.at+longest)], ';')
	if end > 0 {
		name := s.text[s.at : s.at+end+1]
		if decoded := html.UnescapeString(name); decoded != name {
			s.out = append(s.out, decoded...)
			s.at += end + 1
			return
		}
	}
	s.copy(1)
}

var inlineTags = text.WordSet(`a abbr b big blockquote br center cite code del details div em font h1 h2 h3 h4 h5 h6 hr i img ins kbd
	li mark ol p s small span strike strong sub summary sup table tbody td th thead tr u ul`)

// tag leaves out HTML tags and comments, and takes the address of <https://...>.
func (s *inline) tag() {
	rest := s.text[s.at:]
	if strings.HasPrefix(rest, "<!--") && !s.noCommentEnd {
		if end := strings.Index(rest, "-->"); end > 0 {
			s.at += end + len("-->")
			return
		}
		s.noCommentEnd = true
	}
	end := strings.IndexAny(rest[1:], "<>") + 1
	if end <= 0 || rest[end] != '>' {
		s.copy(1)
		return
	}
	inner := rest[1:end]
	name, closing := strings.CutPrefix(inner, "/")
	name = strings.ToLower(name[:len(name)-len(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))])
	switch {
	case inlineTags[name]:
		s.at += end + 1
		s.htmlMark(name, closing)
	case strings.Contains(inner, "://") && !strings.ContainsAny(inner, " \n"), strings.HasPrefix(inner, "mailto:"):
		s.at++
		s.copy(len(inner))
		s.at++
	default:
		s.copy(1)
	}
}

// htmlMark notes what a tag means for the text.
func (s *inline) htmlMark(name string, closing bool) {
	switch {
	case name == "br":
		s.out = append(s.out, '\n')
	case name != "b" && name != "strong":
	case closing:
		s.marks = append(s.marks, mark{char: '<', at: len(s.out), bold: -1})
	default:
		s.marks = append(s.marks, mark{char: '<', at: len(s.out), bold: 1})
	}
}

// open notes the bracket that may begin a link or an image.
func (s *inline) open(bracket string) {
	s.links = append(s.links, len(s.marks))
	s.marks = append(s.marks, mark{char: '[', at: len(s.out), length: len(bracket)})
	s.copy(len(bracket))
}

// close leaves the brackets of a link out, and where it leads. Other brackets
// stay: they hold stage directions.
func (s *inline) close() {
	if len(s.links) == 0 {
		s.copy(1)
		return
	}
	last := len(s.links) - 1
	m := &s.marks[s.links[last]]
	s.links = s.links[:last]
	if n := s.target(s.out[m.at+m.length:]); n > 0 {
		m.left = m.length
		s.at += n
		return
	}
	s.copy(1)
}

// target counts the bytes of "](address)" or "][name]" at this place.
func (s *inline) target(text []byte) int {
	rest := s.text[s.at+1:]
	switch {
	case strings.HasPrefix(rest, "("):
		depth := 0
		for i := 0; i < len(rest) && rest[i] != '\n' && rest[i] != ']' && rest[i] != '['; i++ {
			switch rest[i] {
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return i + 2
				}
			}
		}
	case strings.HasPrefix(rest, "["):
		if end := strings.IndexAny(rest[1:], "[]\n") + 1; end > 0 && rest[end] == ']' && s.targets[strings.ToLower(rest[1:end])] {
			return end + 2
		}
	}
	if len(s.targets) > 0 && len(text) < longestTarget && s.targets[strings.ToLower(string(text))] {
		return 1
	}
	return 0
}

// emphasis notes a run of marks and whether it may open or close, which the
// characters beside it decide. Within a word it does neither: 2**32, sn*w,
// snake_case.
func (s *inline) emphasis(c byte) {
	n := runLength(s.text[s.at:], c)
	before, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	after, _ := utf8.DecodeRuneInString(s.text[s.at+n:])
	m := mark{char: c, at: len(s.out), length: n}
	blankBefore, blankAfter := s.at == 0 || unicode.IsSpace(before), s.at+n == len(s.text) || unicode.IsSpace(after)
	pointBefore, pointAfter := isPoint(before), isPoint(after)
	m.opens = !blankAfter && (!pointAfter || blankBefore || pointBefore) && (blankBefore || pointBefore)
	m.closes = !blankBefore && (!pointBefore || blankAfter || pointAfter) && (blankAfter || pointAfter)
	if c == '~' && n != 2 {
		m.opens, m.closes = false, false
	}
	s.boldLabel(&m)
	s.marks = append(s.marks, m)
	s.copy(n)
}

// boldLabel lets bold type at the start of a line end where people end it, even
// if it is no Markdown: "**Jane Roe: **Yes.", "**Jane Roe:**Yes."
func (s *inline) boldLabel(m *mark) {
	if m.char == '~' || m.length < 2 || m.length > 3 {
		return
	}
	switch {
	case s.lineMark >= 0 && s.marks[s.lineMark].char == m.char:
		m.opens, m.closes = false, true
		s.lineMark = -1
	case s.at == s.lineStart && s.at+m.length < len(s.text):
		m.opens, m.closes = true, false
		s.lineMark = len(s.marks)
	}
}

// isPoint reports whether a word may end beside a character that is no blank.
func isPoint(r rune) bool {
	return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// pair finds the openers of the marks that close, the nearest first.
func (s *inline) pair() {
	openers := map[byte][]int{} // by character, of marks that are still open
	for i := range s.marks {
		m := &s.marks[i]
		for stack := openers[m.char]; m.closes && m.left < m.length && len(stack) > 0; stack = openers[m.char] {
			o := &s.marks[stack[len(stack)-1]]
			n := min(2, m.length-m.left, o.length-o.right)
			m.left += n
			o.right += n
			if n == 2 && m.char != '~' {
				m.bold--
				o.bold++
			}
			if o.right == o.length {
				openers[m.char] = stack[:len(stack)-1]
			}
		}
		if m.opens && m.left < m.length && m.char != '[' && m.char != '<' {
			openers[m.char] = append(openers[m.char], i)
		}
	}
}

// build puts the text together without the marks that have done their work.
func (s *inline) build() (clean string, bold []span) {
	var b strings.Builder
	b.Grow(len(s.out))
	at, depth, start := 0, 0, 0
	for _, m := range s.marks {
		b.Write(s.out[at:m.at])
		if m.bold < 0 {
			was := depth
			if depth = max(0, depth+m.bold); was > 0 && depth == 0 {
				bold = append(bold, span{start, b.Len()})
			}
		}
		if m.left+m.right < m.length {
			b.Write(s.out[m.at+m.left : m.at+m.length-m.right])
		}
		if m.bold > 0 {
			if depth == 0 {
				start = b.Len()
			}
			depth += m.bold
		}
		at = m.at + m.length
	}
	b.Write(s.out[at:])
	if depth > 0 {
		bold = append(bold, span{start, b.Len()})
	}
	return b.String(), bold
}
