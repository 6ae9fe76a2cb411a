package bench

import (
	"fmt"

	"github.com/pullquote/pullquote/transcript/model"
)

// session is a transcript in the making.
type session struct {
	speech
	cast    []string // who asks, then who answers
	known   string   // who answers half of it in some sessions, see Speakers
	topic   int
	text    []byte
	turns   []model.Turn
	vectors [][]float32
}

// Two speakers are known well enough to be asked for: one says about a tenth of
// the record, the other a hundredth.
const (
	speakerOfTenth     = "Jane Roe"
	speakerOfHundredth = "John Poe"
)

func (c *Corpus) session(number int) *session {
	s := &session{speech: c.speech(uint64(number), 0)}
	for range castSize {
		s.cast = append(s.cast, fmt.Sprintf("%s %s", name(s.IntN(50)), name(s.IntN(people))))
	}
	switch {
	case number%50 == 7:
		s.known = speakerOfHundredth
	case number%5 == 0:
		s.known = speakerOfTenth
	}
	return s
}

// name is a name for a number.
func name(number int) string {
	w := word(number)
	return string(w[0]-'a'+'A') + w[1:]
}

// exchange adds turn i, or a question there and its answer, and says how many.
func (s *session) exchange(i int) int {
	if i%turnsPerTopic < 2 {
		s.topic = s.IntN(topicCount)
	}
	switch chance := s.IntN(100); {
	case chance < 18:
		s.turn(s.cast[0], model.RoleModerator, nil, 10+s.IntN(20))
	case chance < 20:
		s.turn("", model.RoleNarration, nil, 20+s.IntN(60))
	case chance < 22:
		s.turn(s.answerer(), model.RoleStatement, nil, 80+s.IntN(90))
	case i+1 < turnsPerRecord:
		s.turn(s.cast[s.IntN(2)], model.RoleQuestion, nil, 10+s.IntN(30))
		s.turn(s.answerer(), model.RoleAnswer, &i, 60+s.IntN(115))
		return 2
	default:
		s.turn(s.cast[0], model.RoleModerator, nil, 10)
	}
	return 1
}

func (s *session) answerer() string {
	if s.known != "" {
		return s.known
	}
	return s.cast[2+s.IntN(castSize-2)]
}

func (s *session) turn(speaker string, role model.Role, answers *int, words int) {
	start := len(s.text)
	s.text = s.say(s.text, s.topic, words)
	s.turns = append(s.turns, model.Turn{
		Index: len(s.turns), Label: model.Optional(speaker), Speaker: model.Optional(speaker), Role: role, Answers: answers,
		Start: start, End: len(s.text), Text: string(s.text[start:]), // all of it ASCII
	})
	s.text = append(s.text, "\n\n"...)
	s.vectors = append(s.vectors, s.corpus.space.vector(s.Rand, s.topic))
}
