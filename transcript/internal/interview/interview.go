// Package interview reads interviews without labels, as magazines print them. A title, a
// byline and an introduction come first; then each question is one short paragraph, and the
// paragraphs up to the next question are its answer:
//
//	Harbour Weekly Q&A: Jane Roe, harbour master
//	By John Poe | March 3, 2015
//	Jane Roe came to the harbour in 1999. ...
//	What does a harbour master do?
//	We watch the water. ...
//
// Only words and type tell questions from answers, and those who answer ask for effect, too.
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

// Interview is a document read as an interview without labels.
type Interview struct {
	head  []layout.Line // the title block
	body  []paragraph
	front people.Front
}

// paragraph is a paragraph of an interview's body.
type paragraph struct {
	text      string
	bold      bool     // all of it is in bold type or in italics
	heading   bool     // some line of it is a heading
	furniture []string // page furniture behind it
	kind      paragraphKind
}

// paragraphKind says whose words a paragraph is.
type paragraphKind int

const (
	kindAnswer       paragraphKind = iota // at first, every paragraph
	kindQuestion                          // the interviewer's
	kindIntroduction                      // the publication's, before the first question
	kindEditorial                         // the publication's, at the end
	kindOutside                           // nobody's: headings, copyright, links
)

// New reads the lines of a document as an interview. Knows reports whether a word, in small
// letters, stands in the document.
func New(lines []layout.Line, knows func(word string) bool) *Interview {
	n := headLength(lines)
	v := &Interview{head: lines[:n]}
	var introduction []string
	j := layout.NewJoiner(knows, lines[n:])
	j.Each(lines[n:], func(group []layout.Line) { v.add(j, group) })
	v.markOutside()
	v.markQuestions()
	for i := range v.body {
		if v.body[i].kind == kindQuestion {
			break
		}
		if v.body[i].kind == kindAnswer {
			v.body[i].kind = kindIntroduction
			introduction = append(introduction, v.body[i].text)
		}
	}
	v.front = people.ReadInterviewFront(layout.WithoutFurniture(v.head), introduction)
	return v
}

// HeadLimit is the number of lines among which the title block of an interview ends.
const HeadLimit = 15

// headLength counts the lines of the title block: those down to the last byline or date, or,
// where there is none, those before the first paragraph of prose or question.
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

// add adds the lines of a paragraph to the body, or page furniture to the paragraph before.
func (v *Interview) add(j layout.Joiner, group []layout.Line) {
	switch last := len(v.body) - 1; {
	case !group[0].Furniture:
		v.body = append(v.body, readParagraph(j, group))
	case last < 0:
		v.head = append(slices.Clip(v.head), group[0])
	default:
		v.body[last].furniture = append(v.body[last].furniture, group[0].Text)
	}
}

// readParagraph joins the lines of a paragraph.
func readParagraph(j layout.Joiner, group []layout.Line) paragraph {
	p := paragraph{text: j.Join(group), bold: true}
	for _, l := range group {
		p.bold = p.bold && (l.Strong == len(l.Text) || l.Slanted)
		p.heading = p.heading || l.Heading > 0
	}
	return p
}

// Questions counts the questions.
func (v *Interview) Questions() int { return v.count(kindQuestion) }

// The share of paragraphs, in percent, that are questions. Nearly every question has an
// answer, so that a document with more is a list of questions; and hardly any answer is ten
// paragraphs long, so that one with fewer is prose in which somebody asks for effect.
const (
	leastQuestions = 10
	mostQuestions  = 75
)

// IsMagazine reports whether the document has enough questions for an interview, and not too
// many.
func (v *Interview) IsMagazine() bool {
	questions := v.Questions()
	return questions > 1 && 100*questions >= leastQuestions*len(v.body) && 100*questions <= mostQuestions*len(v.body)
}

// count counts the paragraphs of a kind.
func (v *Interview) count(kind paragraphKind) int {
	n := 0
	for _, p := range v.body {
		if p.kind == kind {
			n++
		}
	}
	return n
}

// Transcript is the interview as a transcript; source is the text that it was read from.
func (v *Interview) Transcript(source string) *model.Transcript {
	c := layout.NewCanonical(source, 2*v.count(kindQuestion)+2)
	c.Outside(layout.Blocks(v.head)...)
	v.write(c)
	t := c.Transcript()
	v.front.Apply(t)
	v.name(t)
	roles.Assign(t.Turns, labels.Reader{}, nil)
	return t
}

// write puts introduction, questions and answers into the canonical text.
func (v *Interview) write(c *layout.Canonical) {
	roleOf := map[paragraphKind]model.Role{kindQuestion: model.RoleQuestion, kindAnswer: model.RoleAnswer, kindIntroduction: model.RoleNarration, kindEditorial: model.RoleNarration}
	previous := kindOutside
	for _, p := range v.body {
		if p.kind == kindOutside {
			c.Outside(p.text)
			c.Outside(p.furniture...)
			continue
		}
		if p.kind != previous || p.kind == kindQuestion {
			c.Begin("", model.Turn{Role: roleOf[p.kind]})
		}
		c.Paragraph(p.text)
		previous = p.kind
		c.Outside(p.furniture...)
	}
}

// name gives the turns their speakers, by their roles and the front matter.
func (v *Interview) name(t *model.Transcript) {
	for i := range t.Turns {
		switch t.Turns[i].Role {
		case model.RoleQuestion:
			t.Turns[i].Speaker = model.Optional(v.front.Asker)
			if v.front.Asker != "" {
				t.Turns[i].Affiliation = model.Optional(v.front.Publication)
			}
		case model.RoleAnswer:
			t.Turns[i].Speaker = model.Optional(v.front.Subject)
		case model.RoleNarration, model.RoleStatement, model.RoleModerator:
		}
	}
	if v.front.Subject == "" {
		t.Warn("the document does not say clearly who answers, so the answers have no speaker")
	}
}
