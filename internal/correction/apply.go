package correction

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/model"
)

// Apply is the transcript with the corrections, done in their order. For each that does
// not find its turn there is a warning.
func Apply(t *model.Transcript, list []Correction) *model.Transcript {
	mended := *t
	mended.Turns = slices.Clone(t.Turns)
	mended.Speakers = slices.Clone(t.Speakers)
	mended.Warnings = slices.Clone(t.Warnings)
	e := &editor{t: &mended}
	for _, c := range list {
		former := slices.Clone(mended.Turns)
		switch done := e.apply(c); {
		case done && c.Turn != nil:
			e.listSpeakers(former)
		case !done:
			mended.Warn("a correction made by hand no longer finds its words: %s; make it again where it belongs", c)
		}
	}
	mended.CarryQuotations()
	return &mended
}

// editor changes a transcript. Its cards are those of the turns, made when a turn is
// first looked for.
type editor struct {
	t     *model.Transcript
	cards []card
}

// apply makes one change, and reports whether it found what to change.
func (e *editor) apply(c Correction) bool {
	c.Facts.apply(e.t)
	if c.Turn == nil {
		return true
	}
	if e.cards == nil {
		e.cards = newCards(e.t.Turns)
	}
	i := e.find(*c.Turn)
	switch {
	case c.Split != nil:
		i = e.divide(c, i)
	case i >= 0 && c.Join && i+1 < len(e.t.Turns):
		e.join(i)
	case c.Join:
		i = -1
	}
	if i < 0 {
		return false
	}
	e.attribute(i, c.Speaker, c.Split != nil)
	if c.Role != "" {
		e.t.Turns[i].Role = c.Role
	}
	if c.Role != "" || c.Split != nil || c.Join {
		e.relink(i)
	}
	return true
}

// divide divides the turn with the point, which is turn i if that was found, and returns
// the turn that begins there; -1 where the point is not found. The parser may have come to
// divide the turns otherwise, and at this very point; but where the words stood in several
// turns, no other turn is looked for.
func (e *editor) divide(c Correction, i int) int {
	p := *c.Split
	if i >= 0 {
		if at := e.locate(p, i); at > 0 {
			e.split(i, at)
			return i + 1
		}
	}
	if c.Turn.Same != 1 || !p.tells() {
		return -1
	}
	if begins := e.begins(p); begins >= 0 {
		return begins
	}
	within, at := -1, -1
	for i := range e.t.Turns {
		switch here := e.locate(p, i); {
		case here <= 0:
		case within >= 0:
			return -1
		default:
			within, at = i, here
		}
	}
	if within < 0 {
		return -1
	}
	e.split(within, at)
	return within + 1
}

// attribute says who speaks in turn i. That is certain then. Where somebody divided a
// turn and did not say who speaks from there on, nobody is named.
func (e *editor) attribute(i int, speaker Setting, divided bool) {
	turn := &e.t.Turns[i]
	switch {
	case speaker.Given:
		if divided {
			e.takeLabel(i, string(speaker.Value))
		}
		if turn.Speaker != speaker.Value {
			turn.Speaker, turn.Affiliation = speaker.Value, e.affiliation(speaker.Value)
		}
		turn.Doubt = ""
	case divided:
		turn.Speaker, turn.Affiliation, turn.Doubt = "", "", "divided by hand, without saying who speaks"
	}
}

// affiliation is that of a speaker elsewhere in the transcript.
func (e *editor) affiliation(name model.Optional) model.Optional {
	for _, s := range e.t.Speakers {
		if s.Name == string(name) {
			return s.Affiliation
		}
	}
	return ""
}
