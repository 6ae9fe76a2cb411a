package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// The captions of broadcasts mark a change of speaker by arrows, and seldom say whose words
// follow; a turn without a label begins then:
//
//	>> ROE: Good morning.
//	>> Good morning to you.
type arrows struct{}

func (arrows) Name() string { return "arrows" }

func (arrows) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	rest, ok := strings.CutPrefix(l.Text, ">>")
	if !ok {
		return Cut{}, false
	}
	l.Text = strings.TrimLeft(rest, "> \u00a0")
	if l.Text == "" {
		return Cut{}, false
	}
	if c, ok := (colon{}).Cut(r, l); ok && (c.Label.Upper || c.Label.Part != labels.PartNamed || c.Label.Name.IsName()) {
		c.Apart = true
		return c, true
	}
	return Cut{Label: r.Read(""), Rest: l.Text}, true
}

func (arrows) Proven(s Survey) bool { return s.Lines > 1 }

func (arrows) Anywhere(*labels.Label) bool { return true }
