package transcript

import (
	"strings"
	"unicode"
)

// An interview, as magazines print it, has no labels. A title, a byline and an
// introduction come first; then each question is one short paragraph and the
// paragraphs up to the next question are its answer:
//
//	Harbour Weekly Q&A: Jane Roe, harbour master
//	By John Poe | March 3, 2015
//	Jane Roe came to the harbour in 1999. ...
//	What does a harbour master do?
//	We watch the water. ...

func scoreInterview(doc *document) float64 {
	s := newInterview(doc.lines())
	questions := s.questions()
	if len(questions) < 2 || len(questions)*4 > 3*len(s.body) {
		return 0
	}
	return .6
}

func readInterview(doc *document) (*Transcript, error) {
	s := newInterview(doc.lines())
	questions := s.questions()
	if len(questions) == 0 {
		return nil, errNoTurns()
	}
	var c canonical
	for _, block := range blocks(s.head) {
		c.outside(block)
	}
	s.write(&c, questions)
	t := c.transcript()
	s.front.apply(t)
	s.name(t)
	assignRoles(t.Turns)
	return t, nil
}

// interview is an unlabelled interview, divided into title block and body.
type interview struct {
	head  []line
	body  []string // paragraphs
	front frontMatter
}

func newInterview(lines []line) *interview {
	n := headLength(lines)
	s := &interview{head: lines[:n], body: paragraphs(lines[n:], wrapped(lines[n:]))}
	s.front = readInterviewFront(s.head, s.body)
	return s
}

const (
	headLimit     = 15 // lines among which the title block must end
	proseLength   = 25 // words that make a paragraph prose rather than a heading
	questionLimit = 75 // words that a question has at most
)

// headLength counts the lines of the title block: those up to the byline and
// the date below it, or else those before the first prose.
func headLength(lines []line) int {
	n := 0
	for i, l := range lines[:min(len(lines), headLimit)] {
		if k := readRow(l).kind; k == rowByline || k == rowDate && len(l.text) < 100 {
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

func isProse(text string) bool {
	return wordCount(text, proseLength) >= proseLength && endsSentence(text)
}

// wordCount counts the words of a text, but not far beyond limit.
func wordCount(text string, limit int) int {
	return len(strings.Fields(head(text, 16*limit)))
}

// questions are the indexes of the body's paragraphs that ask. Of two that
// follow each other the second is rhetorical, the answer's own beginning.
func (s *interview) questions() []int {
	var found []int
	for i, p := range s.body {
		if i+1 == len(s.body) || !s.asks(i) {
			continue
		}
		if len(found) > 0 && found[len(found)-1] == i-1 {
			continue
		}
		if p != "" {
			found = append(found, i)
		}
	}
	return found
}

// asks judges whether a short paragraph with a question is the interviewer's.
// Those who are interviewed ask themselves and their like: "So what do we do?"
func (s *interview) asks(i int) bool {
	p := s.body[i]
	if len(p) > 12*questionLimit || wordCount(p, questionLimit) > questionLimit {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(plainMarks(p)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	if len(words) == 0 {
		return false
	}
	you, me, us := containsAny(words, addressWords), containsAny(words, selfWords), containsAny(words, groupWords)
	if !endsAsking(p) {
		return requests[words[0]] && (you || wordSet("tell talk walk describe explain")[words[0]]) && wordCount(p, 40) < 40
	}
	score := 2
	if you {
		score += 3
	}
	if me && !you {
		score -= 3
	}
	if us && !you {
		score--
	}
	if turnWords[words[0]] && !you {
		score--
	}
	if strings.HasPrefix(p, "“") || strings.HasPrefix(p, "\"") {
		score -= 2
	}
	if i+1 < len(s.body) && repliesTo(s.body[i+1]) {
		score++
	}
	return score > 0
}

var (
	addressWords = wordSet(`you your you're you've you'd you'll yours yourself`)
	selfWords    = wordSet(`i me my i'm i've i'd i'll mine myself`)
	groupWords   = wordSet(`we us our we're we've we'd we'll ours ourselves let's`)
	turnWords    = wordSet(`and but so because or now then`)
	requests     = wordSet(`tell talk walk describe explain give share looking let say speaking`)
	replyWords   = wordSet(`yes no well absolutely sure yeah i it's that's not definitely exactly look oh right certainly`)
)

func containsAny(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

func repliesTo(paragraph string) bool {
	first, _, _ := strings.Cut(head(paragraph+" ", 60), " ")
	return replyWords[bare(plainMarks(first))]
}

// write puts introduction, questions and answers into the canonical text.
func (s *interview) write(c *canonical, questions []int) {
	if questions[0] > 0 {
		c.begin("", Turn{Role: RoleNarration})
	}
	next := 0
	for i, p := range s.body {
		switch {
		case next < len(questions) && i == questions[next]:
			c.begin("", Turn{Role: RoleQuestion})
			next++
		case next > 0 && isEditorial(p) && i == len(s.body)-1:
			c.begin("", Turn{Role: RoleNarration})
		case next > 0 && i == questions[next-1]+1:
			c.begin("", Turn{Role: RoleAnswer})
		case isEndMark(p):
			c.end()
		}
		if c.open {
			c.paragraph(p)
		} else {
			c.outside(p)
		}
	}
}

// isEditorial recognises the publication's closing note.
func isEditorial(p string) bool {
	lower := strings.ToLower(p)
	if len(p) > 400 || !strings.Contains(lower, "edited") && !strings.Contains(lower, "condensed") {
		return false
	}
	return strings.Contains(lower, "interview") || strings.Contains(lower, "transcript") || strings.Contains(lower, "conversation")
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
		t.warn("the document does not say clearly who answers; the answers have no speaker")
	}
}
