package transcript

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// Attributed text needs no convention, because the file itself says whose words each line
// is: captions with speakers, the rows of a table, the XML of a parliament. What it credits
// to nobody, headings, stage directions, a preface, stands outside the turns.

// scoreAttributed is the score of the format: 1 if any line is credited.
func scoreAttributed(doc *document) float64 {
	for _, l := range doc.content.Lines {
		if l.Voice != nil {
			return 1
		}
	}
	return 0
}

// readAttributed divides a document into turns by whose words its lines are.
func readAttributed(doc *document) (*model.Transcript, error) {
	w := attributedWriter{Canonical: layout.NewCanonical(doc.content.Text, len(doc.content.Lines)/2), reader: labels.Reader{}}
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
	doc.settleLabels(t, layout.NewLines(doc.content.Lines[:front]), nil, w.reader)
	return t, nil
}

// attributedWriter puts lines into the canonical text, and begins a turn where the speaker
// changes.
type attributedWriter struct {
	*layout.Canonical
	voice     *container.Voice // whose words the open turn is
	paragraph []string         // lines of the open paragraph
	cues      []model.Cue      // their times
	runes     int              // code points of those lines, each with the blank behind it
	reader    labels.Reader    // has read the labels that name nobody
}

// line adds a line. A heading ends the open turn; other lines that are credited to nobody
// only stand outside of it.
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
		if w.voice = l.Voice; w.voice.Anonymous {
			w.reader.ReadAnonymous(w.voice.Label)
		}
	case l.Gap:
		w.closeParagraph()
	}
	w.time(l)
	w.paragraph = append(w.paragraph, l.Text)
	w.runes += utf8.RuneCountInString(l.Text) + len(" ")
	if turn := &w.Turns[len(w.Turns)-1]; l.EndMS != nil && (turn.EndMS == nil || *l.EndMS > *turn.EndMS) {
		turn.EndMS = l.EndMS
	}
}

// time keeps the times of a line that is about to be added: those of its words, or else its
// own.
func (w *attributedWriter) time(l container.Line) {
	at, counted := w.runes, 0
	if len(l.Cues) == 0 && l.StartMS != nil {
		l.Cues = []container.Cue{{StartMS: *l.StartMS, EndMS: *l.StartMS}}
		if l.EndMS != nil {
			l.Cues[0].EndMS = *l.EndMS
		}
	}
	for _, c := range l.Cues {
		at, counted = at+utf8.RuneCountInString(l.Text[counted:c.At]), c.At
		w.cues = append(w.cues, model.Cue{At: at, StartMS: c.StartMS, EndMS: c.EndMS})
	}
}

// labelPrefix is what the canonical text has before the words of a turn with a label.
func labelPrefix(label string) string {
	if label == "" {
		return ""
	}
	return label + ": "
}

// turnOf is the turn that begins with a credited line.
func turnOf(l container.Line) model.Turn {
	v := l.Voice
	turn := model.Turn{Label: model.Optional(v.Label), Speaker: model.Optional(v.Name), Affiliation: model.Optional(v.Affiliation), Doubt: model.Optional(v.Doubt), StartMS: l.StartMS}
	if role := model.Role(v.Role); role.Valid() {
		turn.Role = role
	}
	return turn
}

// closeParagraph writes the open paragraph.
func (w *attributedWriter) closeParagraph() {
	if len(w.paragraph) > 0 {
		w.Paragraph(strings.Join(w.paragraph, " "), w.cues...)
		w.paragraph, w.cues, w.runes = w.paragraph[:0], w.cues[:0], 0
	}
}
