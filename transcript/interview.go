package transcript

import (
	"slices"
	"strings"
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

// interview is an unlabelled interview, divided into title block and body.
type interview struct {
	head  []line
	body  []paragraph
	front frontMatter
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

// newInterview divides the lines of a document; knows tells the words that stand in
// it.
func newInterview(lines []line, knows func(word string) bool) *interview {
	n := headLength(lines)
	s := &interview{head: lines[:n]}
	var introduction []string
	j := newJoiner(knows, lines[n:])
	j.each(lines[n:], func(parts []line) { s.add(j, parts) })
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
	s.front = readInterviewFront(withoutAsides(s.head), head(strings.Join(introduction, "\n"), introductionLimit))
	return s
}

// readParagraph joins the lines of one.
func readParagraph(j joiner, parts []line) paragraph {
	p := paragraph{text: j.join(parts), bold: true}
	for _, l := range parts {
		p.bold = p.bold && l.strong == len(l.text)
		p.heading = p.heading || l.heading > 0
	}
	return p
}

// add adds a paragraph to the body, or what is aside to the one before.
func (s *interview) add(j joiner, parts []line) {
	switch last := len(s.body) - 1; {
	case !parts[0].aside:
		s.body = append(s.body, readParagraph(j, parts))
	case last < 0:
		s.head = append(slices.Clip(s.head), parts[0])
	default:
		s.body[last].asides = append(s.body[last].asides, parts[0].text)
	}
}

func (s *interview) count(part bodyPart) int {
	n := 0
	for _, p := range s.body {
		if p.part == part {
			n++
		}
	}
	return n
}

const (
	headLimit = 15 // lines among which the title block must end
)

// headLength counts the lines of the title block: those up to the byline and
// the date below it, or else those before the first prose.
func headLength(lines []line) int {
	n := 0
	for i, l := range lines[:min(len(lines), headLimit)] {
		if r := readRow(l); r.kind == rowByline || r.kind == rowDate {
			n = i + 1
		}
	}
	if n > 0 {
		return n
	}
	for n < min(len(lines), headLimit) && !isProse(lines[n].text) && !strings.HasSuffix(lines[n].text, "?") {
		n++
	}
	return n
}

// markOutside finds the headings within the body and what follows its end.
func (s *interview) markOutside() {
	for i := range s.body {
		text := s.body[i].text
		next := ""
		if i+1 < len(s.body) {
			next = s.body[i+1].text
		}
		if endMark(text) != lineText || s.body[i].heading && !endsAsking(text) || !endsSentence(text) && isHeading(text, next) {
			s.body[i].part = partOutside
		}
	}
	for i := len(s.body) - 1; i >= 0; i-- {
		switch {
		case isEditorial(s.body[i].text) || isBiography(s.body[i].text):
			s.body[i].part = partEditorial
		case isTrailer(s.body[i].text):
			s.body[i].part = partOutside
		case s.body[i].part != partOutside:
			return
		}
	}
}

// isEditorial recognises the publication's closing note on the text.
func isEditorial(p string) bool {
	lower := strings.ToLower(head(p, 400))
	if len(p) > 400 || !containsAny(lower, "edited", "condensed", "abridged", "translated") {
		return false
	}
	return containsAny(lower, "interview", "transcript", "conversation", "q&a", "answers", "responses")
}

// isBiography recognises "Jane Roe is a staff writer at Harbour Weekly."
func isBiography(p string) bool {
	if len(p) > 300 {
		return false
	}
	r := newReader(p)
	if _, ok := r.fullName(); !ok || !r.take("is", "was", "writes", "covers", "reports") {
		return false
	}
	for ; !r.done() && r.at < 12; r.at++ {
		if capacities[r.peek(0).text] || r.last().is("writes", "covers", "reports") {
			return true
		}
	}
	return false
}

// isTrailer recognises what sites put below an article.
func isTrailer(p string) bool {
	lower := strings.ToLower(head(p, 120))
	for _, start := range []string{"©", "copyright", "share this", "read more", "read next", "related:", "related stories", "tags:",
		"filed under", "subscribe", "sign up", "follow us", "http://", "https://", "www.", "all rights reserved", "advertisement", "back to top"} {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return false
}

// transcript lays the interview out; source is the text that it was read from.
func (s *interview) transcript(source string) *Transcript {
	c := newCanonical(source, 2*s.count(partQuestion)+2)
	for _, block := range blocks(s.head) {
		c.outside(block)
	}
	s.write(c)
	t := c.transcript()
	s.front.apply(t)
	s.name(t)
	assignRoles(t.Turns, labelReader{}, nil)
	return t
}

// questions counts the questions, isMagazine reports whether there are enough of
// them, and not too many, for a magazine's interview.
func (s *interview) questions() int { return s.count(partQuestion) }

func (s *interview) isMagazine() bool {
	questions := s.questions()
	return questions > 1 && questions*4 <= 3*len(s.body)
}

// write puts introduction, questions and answers into the canonical text.
func (s *interview) write(c *canonical) {
	turnOf := map[bodyPart]Role{partQuestion: RoleQuestion, partAnswer: RoleAnswer, partIntroduction: RoleNarration, partEditorial: RoleNarration}
	previous := partOutside
	for _, p := range s.body {
		if p.part == partOutside {
			c.outside(p.text)
			c.outsides(p.asides)
			continue
		}
		if p.part != previous || p.part == partQuestion {
			c.begin("", Turn{Role: turnOf[p.part]})
		}
		c.paragraph(p.text)
		previous = p.part
		c.outsides(p.asides)
	}
}

// name gives the turns their speakers by their roles.
func (s *interview) name(t *Transcript) {
	for i := range t.Turns {
		switch t.Turns[i].Role {
		case RoleQuestion:
			t.Turns[i].Speaker = Optional(s.front.asker)
			if s.front.asker != "" {
				t.Turns[i].Affiliation = Optional(s.front.publication)
			}
		case RoleAnswer:
			t.Turns[i].Speaker = Optional(s.front.subject)
		case RoleNarration, RoleStatement, RoleModerator:
		}
	}
	if s.front.subject == "" {
		t.warn("the document does not say clearly who answers, so the answers have no speaker")
	}
}
