package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The letters Q and A stand before the words without a colon, as in depositions:
//
//	Q.  Will it hold?
//	A.  It will.
//	Q   Will it hold?
//
// Several blanks must follow. Behind Q and a full stop a single one will do; A is a word and
// an initial, too.
type bare struct{}

func (bare) Name() string { return "bare Q and A" }

func (bare) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	s := l.Text
	if len(s) < 3 || s[0] != 'Q' && s[0] != 'A' {
		return Cut{}, false
	}
	rest, stop := strings.CutPrefix(s[1:], ".")
	n := letters.Blanks(rest)
	if n < 2 && !(stop && n == 1 && s[0] == 'Q') {
		return Cut{}, false
	}
	return Cut{Label: r.Read(s[:1]), Rest: strings.TrimLeftFunc(rest, unicode.IsSpace)}, true
}

// Proven holds of every document, since hardly anything else has the form.
func (bare) Proven(Survey) bool { return true }

func (bare) Anywhere(l *labels.Label) bool { return l.Upper }
