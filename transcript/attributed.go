package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
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

func readAttributed(doc *document) (*Transcript, error) {
	w := attributedWriter{canonical: newCanonical(doc.content.Text, len(doc.content.Lines)/2)}
	front := 0
	for i, l := range doc.content.Lines {
		w.line(l)
		if len(w.turns) == 0 {
			front = i + 1
		}
	}
	w.closeParagraph()
	t := w.transcript()
	if len(t.Turns) == 0 {
		return nil, errNoTurns()
	}
	doc.settle(t, newLines(doc.content.Lines[:front]), nil)
	return t, nil
}

// attributedWriter puts lines into the canonical text and begins a turn where the
// voice changes.
type attributedWriter struct {
	*canonical
	voice *container.Voice // of the open turn
	parts []string         // lines of the open paragraph
}

func (w *attributedWriter) line(l container.Line) {
	switch {
	case l.Voice == nil:
		if l.Heading > 0 {
			w.closeParagraph()
			w.end()
			w.voice = nil
		}
		w.outside(l.Text)
		return
	case l.Voice != w.voice || !w.open:
		w.closeParagraph()
		w.begin(labelPrefix(l.Voice.Label), turnOf(l))
		w.voice = l.Voice
	case l.Gap:
		w.closeParagraph()
	}
	w.parts = append(w.parts, l.Text)
	if turn := &w.turns[len(w.turns)-1]; l.EndMS != nil && (turn.EndMS == nil || *l.EndMS > *turn.EndMS) {
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
func turnOf(l container.Line) Turn {
	v := l.Voice
	turn := Turn{Label: Optional(v.Label), Speaker: Optional(v.Name), Affiliation: Optional(v.Affiliation), StartMS: l.StartMS}
	if role := Role(v.Role); role.valid() {
		turn.Role = role
	}
	return turn
}

func (w *attributedWriter) closeParagraph() {
	if len(w.parts) > 0 {
		w.paragraph(strings.Join(w.parts, " "))
		w.parts = w.parts[:0]
	}
}
