package retrieval

import (
	"slices"

	"cmp"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/media"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// NewHit is one of the turns of a transcript as a hit.
func NewHit(stored StoredTranscript, turns []model.Turn, index int) Hit {
	t := turns[index]
	h := Hit{
		TranscriptID: stored.ID, Title: stored.Called(), Collection: stored.Collection, Date: stored.Date, Place: stored.Place,
		Version: stored.Version, SHA256: stored.SHA256,
		Turn: t.Index, Label: t.Label, Speaker: t.Speaker, Affiliation: t.Affiliation, Role: t.Role, Doubt: t.Doubt, Continues: t.Continues, Text: t.Text,
		Start: t.Start, End: t.End, StartMS: t.StartMS, EndMS: t.EndMS, Cues: t.Cues, Media: stored.Media,
	}
	if t.Answers == nil {
		return h
	}
	if at, found := TurnAt(turns, *t.Answers); found {
		q := turns[at]
		h.Question = &QuestionTurn{
			Turn: q.Index, Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Doubt: q.Doubt, Text: q.Text, Start: q.Start, End: q.End,
		}
	}
	return h
}

// TurnAt is the place of the turn with a number, or where it would be. Numbers are in order;
// of a transcript of which some turns are under embargo they have gaps.
func TurnAt(turns []model.Turn, number int) (place int, found bool) {
	return slices.BinarySearchFunc(turns, number, func(t model.Turn, number int) int { return t.Index - number })
}

// Credit is whose words the turn has, in names that are fit for a byline.
func (h Hit) Credit() model.Credit {
	return Named(model.Credit{Label: h.Label, Speaker: h.Speaker, Affiliation: h.Affiliation, Role: h.Role, Doubt: h.Doubt})
}

// Credit is whose words the question has, in names that are fit for a byline.
func (q QuestionTurn) Credit() model.Credit {
	return Named(model.Credit{Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Role: model.RoleQuestion, Doubt: q.Doubt})
}

// Named is a credit with its names as sentences of the program's have them: what a
// transcript prints for a name must not quote, cite or speak there.
func Named(c model.Credit) model.Credit {
	for _, name := range []*model.Optional{&c.Label, &c.Speaker, &c.Affiliation} {
		*name = model.Optional(words.Name(string(*name)))
	}
	return c
}

// Titled is a transcript's title as sentences of the program's have it.
func Titled(title model.Optional) string {
	return cmp.Or(words.Title(string(title)), Untitled)
}

// Untitled is what sentences of the program's call a transcript without a title.
const Untitled = "Untitled transcript"

// Span is where the turn stands in the canonical text.
func (h Hit) Span() sentence.Span { return sentence.Span{Start: h.Start, End: h.End} }

// Aloud is what the speaker reads aloud or quotes within a span of the turn; both are of
// the canonical text.
func (h Hit) Aloud(s sentence.Span) []sentence.Span {
	return quotes.Within(s, h.Start, quotes.ReadAloud(h.Text, string(h.Continues)))
}

// tell fills in what is worked out for those hits alone that are shown.
func (h *Hit) tell() {
	h.ReadAloud = h.Aloud(h.Span())
	best := h.Span()
	if len(h.EvidenceSpans) > 0 {
		best = h.EvidenceSpans[0]
	}
	start, _ := h.Times(best)
	h.MediaURL = h.MediaAt(start)
}

// Times are when the words of a span of the turn were said, in milliseconds into the
// recording: those of their cues, see model.Turn.
func (h Hit) Times(s sentence.Span) (start, end *int64) {
	return h.Cues.Times(s.Start-h.Start, s.End-h.Start, h.StartMS, h.EndMS)
}

// MediaAt is the link to the recording at a time: the link as it is where the time is not
// known or its host takes none; empty where there is no link.
func (h Hit) MediaAt(ms *int64) model.Optional {
	link, err := media.Parse(string(h.Media))
	if err != nil {
		return ""
	}
	if ms == nil {
		return model.Optional(link.String())
	}
	address, _ := link.At(*ms)
	return model.Optional(address)
}

// Quoting says in a byline how much of the turn is read aloud, once a search has told.
func (h Hit) Quoting() string { return quotes.Quoting(h.Span(), h.ReadAloud) }
