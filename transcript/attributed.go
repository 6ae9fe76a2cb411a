package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// Attributed text needs no convention: the file itself says whose words each
// line is, as captions with voices do, the rows of a table or the XML of a
// parliament. Lines without a voice (headings, stage directions, a preface) stand
// outside the turns.

func scoreAttributed(doc *document) float64 {
	for _, l := range doc.content.Lines {
		if l.Voice != nil {
			return 1
		}
	}
	return 0
}

func readAttributed(doc *document) (*model.Transcript, error) {
	w := attributedWriter{Canonical: layout.NewCanonical(doc.content.Text, len(doc.content.Lines)/2)}
	front := 0
	for i, l := range doc.content.Lines {
		w.line(l)
		if len(w.Turns) == 0 {
			front = i + 1
		}
	}
	w.closeParagraph()
	t := w.Transcript()
	if len(t.Turns) == 0 {
		return nil, errNoTurns()
	}
	doc.settle(t, layout.NewLines(doc.content.Lines[:front]), nil)
	return t, nil
}

// attributedWriter puts lines into the canonical text and begins a turn where the
// voice changes.
type attributedWriter struct {
	*layout.Canonical
	voice *container.Voice // of the open turn
	parts []string         // lines of the open paragraph
}

func (w *attributedWriter) line(l container.Line) {
	switch {
	case l.Voice == nil:
		if l.Heading > 0 {
			w.closeParagraph()
			w.End()
			w.voice = nil
		}
		w.Outside(l.Text)
		return
	case l.Voice != w.voice || !w.Open:
		w.closeParagraph()
		w.Begin(labelPrefix(l.Voice.Label), turnOf(l))
		w.voice = l.Voice
	case l.Gap:
		w.closeParagraph()
	}
	w.parts = append(w.parts, l.Text)
	if turn := &w.Turns[len(w.Turns)-1]; l.EndMS != nil && (turn.EndMS == nil || *l.EndMS > *turn.EndMS) {
		turn.EndMS = l.EndMS
	}
}

func labelPrefix(label string) string {
	if label == "" {
		return ""
	}
	return label + ": "
}

// turnOf is the turn that begins with a line.
func turnOf(l container.Line) model.Turn {
	v := l.Voice
	turn := model.Turn{Label: model.Optional(v.Label), Speaker: model.Optional(v.Name), Affiliation: model.Optional(v.Affiliation), StartMS: l.StartMS}
	if role := model.Role(v.Role); role.Valid() {
		turn.Role = role
	}
	return turn
}

func (w *attributedWriter) closeParagraph() {
	if len(w.parts) > 0 {
		w.Paragraph(strings.Join(w.parts, " "))
		w.parts = w.parts[:0]
	}
}
