// Package interview reads interviews as magazines print them, without labels: a title
// block, an introduction, then questions and answers that only their words and type tell
// apart.
package interview

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/internal/roles"
	"github.com/pullquote/pullquote/transcript/model"
)

// An interview, as magazines print it, has no labels. A title, a byline and an
// introduction come first; then each question is one short paragraph, and the
// paragraphs up to the next question are its answer:
//
//	Harbour Weekly Q&A: Jane Roe, harbour master
//	By John Poe | March 3, 2015
//	Jane Roe came to the harbour in 1999. ...
//	What does a harbour master do?
//	We watch the water. ...

// Interview is an unlabelled interview, divided into title block and body.
type Interview struct {
	head  []layout.Line
	body  []paragraph
	front people.Front
}

// paragraph is a paragraph of an interview's body with its part in it.
type paragraph struct {
	text    string
	bold    bool // all of it
	heading bool
	asides  []string // that follow it
	part    bodyPart
}

type bodyPart int

const (
	partAnswer bodyPart = iota
	partQuestion
	partIntroduction // before the first question
	partEditorial    // the publication's closing words
	partOutside      // headings, copyright, links
)

// New divides the lines of a document; knows tells the words that stand in
// it.
func New(lines []layout.Line, knows func(word string) bool) *Interview {
	n := headLength(lines)
	s := &Interview{head: lines[:n]}
	var introduction []string
	j := layout.NewJoiner(knows, lines[n:])
	j.Each(lines[n:], func(parts []layout.Line) { s.add(j, parts) })
	s.markOutside()
	s.markQuestions()
	for i := range s.body {
		if s.body[i].part == partQuestion {
			break
		}
		if s.body[i].part == partAnswer {
			s.body[i].part = partIntroduction
			introduction = append(introduction, s.body[i].text)
		}
	}
	s.front = people.ReadInterviewFront(layout.WithoutFurniture(s.head), introduction)
	return s
}

// headLength counts the lines of the title block: those up to the byline and
// the date below it, or else those before the first prose.
func headLength(lines []layout.Line) int {
	n := 0
	for i, l := range lines[:min(len(lines), HeadLimit)] {
		if people.EndsTitleBlock(l) {
			n = i + 1
		}
	}
	if n > 0 {
		return n
	}
	for n < min(len(lines), HeadLimit) && !layout.IsProse(lines[n].Text) && !strings.HasSuffix(lines[n].Text, "?") {
		n++
	}
	return n
}

const (
	HeadLimit = 15 // lines among which the title block must end
)

// add adds a paragraph to the body, or what is aside to the one before.
func (s *Interview) add(j layout.Joiner, parts []layout.Line) {
	switch last := len(s.body) - 1; {
	case !parts[0].Furniture:
		s.body = append(s.body, readParagraph(j, parts))
	case last < 0:
		s.head = append(slices.Clip(s.head), parts[0])
	default:
		s.body[last].asides = append(s.body[last].asides, parts[0].Text)
	}
}

// readParagraph joins the lines of one.
func readParagraph(j layout.Joiner, parts []layout.Line) paragraph {
	p := paragraph{text: j.Join(parts), bold: true}
	for _, l := range parts {
		p.bold = p.bold && l.Strong == len(l.Text)
		p.heading = p.heading || l.Heading > 0
	}
	return p
}

// Questions counts the questions, IsMagazine reports whether there are enough of
// them, and not too many, for a magazine's interview.
func (s *Interview) Questions() int { return s.count(partQuestion) }

func (s *Interview) IsMagazine() bool {
	questions := s.Questions()
	return questions > 1 && questions*4 <= 3*len(s.body)
}

func (s *Interview) count(part bodyPart) int {
	n := 0
	for _, p := range s.body {
		if p.part == part {
			n++
		}
	}
	return n
}

// Transcript lays the interview out; source is the text that it was read from.
func (s *Interview) Transcript(source string) *model.Transcript {
	c := layout.NewCanonical(source, 2*s.count(partQuestion)+2)
	c.Outside(layout.Blocks(s.head)...)
	s.write(c)
	t := c.Transcript()
	s.front.Apply(t)
	s.name(t)
	roles.Assign(t.Turns, labels.Reader{}, nil)
	return t
}

// write puts introduction, questions and answers into the canonical text.
func (s *Interview) write(c *layout.Canonical) {
	turnOf := map[bodyPart]model.Role{partQuestion: model.RoleQuestion, partAnswer: model.RoleAnswer, partIntroduction: model.RoleNarration, partEditorial: model.RoleNarration}
	previous := partOutside
	for _, p := range s.body {
		if p.part == partOutside {
			c.Outside(p.text)
			c.Outside(p.asides...)
			continue
		}
		if p.part != previous || p.part == partQuestion {
			c.Begin("", model.Turn{Role: turnOf[p.part]})
		}
		c.Paragraph(p.text)
		previous = p.part
		c.Outside(p.asides...)
	}
}

// name gives the turns their speakers by their roles.
func (s *Interview) name(t *model.Transcript) {
	for i := range t.Turns {
		switch t.Turns[i].Role {
		case model.RoleQuestion:
			t.Turns[i].Speaker = model.Optional(s.front.Asker)
			if s.front.Asker != "" {
				t.Turns[i].Affiliation = model.Optional(s.front.Publication)
			}
		case model.RoleAnswer:
			t.Turns[i].Speaker = model.Optional(s.front.Subject)
		case model.RoleNarration, model.RoleStatement, model.RoleModerator:
		}
	}
	if s.front.Subject == "" {
		t.Warn("the document does not say clearly who answers, so the answers have no speaker")
	}
}
