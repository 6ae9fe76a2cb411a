package markdown

import (
	"html"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// inline takes the inline markup out of a paragraph: emphasis, code spans, escapes,
// links, images, tags and character references. It walks through the text once, and
// copies and notes marks that may be emphasis; these are paired afterwards, as
// CommonMark does, and left out at the end.
type inline struct {
	text    string
	at      int             // byte of text
	targets map[string]bool // names of link definitions
	out     []byte          // text without markup but marks
	marks   []mark
	links   []int // marks that are open square brackets

	lineStart    int     // byte of text where the line began
	lineMark     int     // index of the mark of bold type that begins the line; -1 if there is none
	noCode       [4]bool // no closing backticks of this number are left
	noCommentEnd bool    // no end of a comment is left
}

// longestParagraph is how many bytes may stand between blank lines. More is no
// Markdown, and is taken as it is.
const longestParagraph = 1 << 20

// cleanInline takes the markup out of a paragraph, whose lines have no white space
// at their ends; bold and slanted are the spans of clean in bold type
// and in italics. The names of link definitions are in small letters.
func cleanInline(text string, targets map[string]bool) (clean string, bold, slanted []span) {
	if len(text) > longestParagraph || !strings.ContainsAny(text, "\\`*_~&<[") {
		return text, nil, nil
	}
	s := inline{text: text, targets: targets, lineMark: -1}
	for s.at < len(s.text) {
		s.step()
	}
	s.pair()
	return s.build()
}

// step reads one character, or all that belongs to its markup.
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

// escape copies the character behind a backslash, if it may be escaped.
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

// code copies a code span, which stands between as many backticks, as it is.
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

// runLength counts how often a character stands at the start of a text.
func runLength(s string, c byte) int { return len(s) - len(strings.TrimLeft(s, string(c))) }

// reference decodes a character reference such as &amp;.
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

// tag leaves out HTML tags and comments, and copies the address of <https://...>.
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

// htmlMark notes the tags of bold type and of italics, and breaks the line at br.
func (s *inline) htmlMark(name string, closing bool) {
	step := 1
	if closing {
		step = -1
	}
	switch {
	case name == "br":
		s.out = append(s.out, '\n')
	case name == "i" || name == "em":
		s.marks = append(s.marks, mark{char: '<', at: len(s.out), slanted: step})
	case name == "b" || name == "strong":
		s.marks = append(s.marks, mark{char: '<', at: len(s.out), bold: step})
	}
}
