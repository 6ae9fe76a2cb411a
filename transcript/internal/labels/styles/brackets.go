package styles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// The label stands in brackets, those of the second form in the log of a chat:
//
//	[Jane Roe] Good morning.
//	<jane.roe> Good morning.
type brackets struct{}

func (brackets) Name() string { return "brackets" }

func (brackets) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	if l.Text[0] != '[' && l.Text[0] != '<' {
		return Cut{}, false
	}
	end := strings.IndexByte(l.Text, "]>"[strings.IndexByte("[<", l.Text[0])])
	if end < 2 || end > labels.LongestLabel {
		return Cut{}, false
	}
	c := readCut(r, l.Text[1:end], strings.TrimPrefix(l.Text[end+1:], ":"))
	if c.Apart = c.Apart || l.Text[0] == '<'; l.Text[0] == '<' {
		c.Sign = Angle
	}
	return c, c.accept() && c.Rest != "" && !directionWords[c.Label.First()]
}

// Angle is the Cut.Sign of a label in brackets of the second form, which stand before words
// in nothing but a chat.
const Angle = "<>"

// directionWords begin stage directions, which stand in the same brackets.
var directionWords = lexicon.Union(lexicon.Words("stage directions"), lexicon.Words("words that begin stage directions"))

func (brackets) Proven(s Survey) bool { return s.alternates() && s.Lines > 3 }

func (brackets) Anywhere(*labels.Label) bool { return true }
