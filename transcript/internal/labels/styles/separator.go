package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// Several signs together stand behind the label, or one that is no other style's, the same
// behind each:
//
//	SR. ROE.- Buenos días.
//	Jane Roe (Harbour). – Good morning.
//	Jane Roe | Good morning.
//	Jane Roe :: Good morning.
type separator struct{}

func (separator) Name() string { return "separator" }

// signs may stand in a separator.
const signs = ".,:;-–—―|/\\>»=~•·*→►"

func (separator) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	at, width := findSeparator(l.Text)
	if at <= 0 {
		return Cut{}, false
	}
	c := readCut(r, l.Text[:at], l.Text[at+width:])
	c.Sign = plainDashes.Replace(l.Text[at : at+width])
	known := c.Label.Upper || c.Label.Part != labels.PartNamed || c.Label.Name.Titled()
	if c.Sign == "-" && known || c.Rest == "" || !c.accept() {
		return Cut{}, false // the former is of the style of dashes
	}
	return c, !c.Loose || c.Label.BeginsWithName() || labels.IsUserName(c.Label.Text)
}

// plainDashes makes one sign of those that differ in their dashes and blanks alone.
var plainDashes = strings.NewReplacer("–", "-", "—", "-", "―", "-", " ", "", "\t", "", "\u00a0", "")

// findSeparator finds the first signs behind which words may begin, those in brackets and
// within words apart: their byte, -1 if there are none, and how many bytes they take with
// the white space around them. A full stop, a colon, a comma or a dash alone is none: they
// belong to other styles, or to prose.
func findSeparator(s string) (at, width int) {
	window := s[:min(len(s), labels.LongestLabel)]
	depth, from := 0, -1 // of brackets; where the signs began
	for i, r := range window {
		if from >= 0 && !strings.ContainsRune(signs, r) && !unicode.IsSpace(r) && isSeparator(s[:from], s[from:i]) {
			return from, i - from
		}
		switch {
		case strings.ContainsRune("([", r):
			depth++
		case strings.ContainsRune(")]", r):
			depth--
		case depth > 0:
		case strings.ContainsRune(signs, r) || unicode.IsSpace(r):
			if from < 0 {
				from = i
			}
			continue
		}
		from = -1
	}
	return -1, 0
}

// isSeparator reports whether the signs and white space between a text and the words behind
// it set a label apart.
func isSeparator(before, run string) bool {
	sign := strings.TrimSpace(run)
	word := before[strings.LastIndexByte(before, ' ')+1:]
	switch strings.ReplaceAll(sign, " ", "") {
	case "", ".", ",", ":", ";", "...":
		return false
	case "/", "*", "-":
		return false
	case "–", "—", "―", "·": // between blanks; otherwise within a word
		return strings.HasPrefix(run, " ") && strings.HasSuffix(run, " ")
	case ".,", ".:", ".;":
		return !names.KeepsStop(word)
	}
	return true
}

// Proven wants several labels that come again and again behind the document's sign (see
// CommonSign), since sentences have signs, too.
func (separator) Proven(s Survey) bool {
	return s.alternates() && s.Lines > 3 && s.Lines > s.Colons
}

func (separator) Anywhere(*labels.Label) bool { return false }
