package styles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A colon stands behind the label:
//
//	Jane Roe: Good morning.
//	MR. ROE (via interpreter): Good morning.
//	Jane Roe [00:12:30]: Good morning.
//	ROE：Good morning.
//	The CHIEF WHIP moved: That the House adjourn.
type colon struct{}

func (colon) Name() string { return "colon" }

func (colon) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	s, emphasis := cutEmphasis(l.Text)
	at, width := findColon(s)
	if at <= 0 {
		return Cut{}, false
	}
	text, rest := s[:at], s[at+width:]
	if emphasis {
		text, rest = strings.TrimRight(text, "*_"), strings.TrimLeft(rest, "*_")
	}
	next, _ := utf8.DecodeRuneInString(rest)
	glued := rest != "" && width == 1 && !unicode.IsSpace(next) && !strings.ContainsRune("“\"‘[(", next)
	if glued && !unicode.IsUpper(next) && next != '.' && next != '…' {
		return Cut{}, false
	}
	text, verb := cutVerb(text)
	c := readCut(r, text, rest)
	c.Glued, c.Verb = glued, verb
	c.Bold = emphasis || l.Strong >= at && l.Strong <= at+width+1 || l.Strong == len(l.Text) && c.Rest == ""
	ok := c.accept()
	if c.Loose && !c.Bold && isSmallLabel(c.Label.Text) {
		return c, false // of the style in small letters, if of any
	}
	if glued {
		return c, ok && !c.Loose && c.Label.Upper && len(c.Label.Text) > 2
	}
	return c, ok
}

// findColon finds the colon behind a label, the first that is not of a time: its byte, -1
// if there is none, and how many bytes wide it is.
func findColon(s string) (at, width int) {
	window := s[:min(len(s), labels.LongestLabel)]
	wide := strings.Index(window, "：")
	if wide >= 0 {
		window = window[:wide]
	}
	for from := 0; ; {
		i := strings.IndexByte(window[from:], ':')
		if i < 0 {
			break
		}
		at = from + i
		if at == 0 || at+1 >= len(s) || !letters.IsDigit(s[at-1]) || !letters.IsDigit(s[at+1]) {
			return at, 1
		}
		from = at + 1
	}
	return wide, len("：")
}

// cutVerb takes a verb such as "moved" off the end of what is a label without it: words in
// capitals, a title and a name, or a full name.
func cutVerb(text string) (label, verb string) {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 || !motionVerbs[text[at+1:]] {
		return text, ""
	}
	upper, ok := labels.Form(text[:at])
	name := labels.ReadName(text[:at])
	if ok && (upper || name.IsName() && (name.Full() || name.Titled())) {
		return text[:at], text[at:]
	}
	return text, ""
}

// motionVerbs stand between a name and a motion in the minutes of parliaments.
var motionVerbs = lexicon.Words("verbs of motions")

// cutEmphasis takes the marks of emphasis off the start of a text.
func cutEmphasis(s string) (rest string, found bool) {
	if s == "" || s[0] != '*' && s[0] != '_' {
		return s, false
	}
	return strings.TrimLeft(s, "*_"), true
}

// Proven holds of every document: the style is the commonest by far, so each of its labels
// is judged for itself.
func (colon) Proven(Survey) bool { return true }

func (colon) Anywhere(l *labels.Label) bool { return l.Upper }
