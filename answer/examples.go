package answer

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// ExamplesQuery asks for questions that a part of the record answers.
type ExamplesQuery struct {
	Filter      retrieval.Filter
	Transcripts []string // IDs of those whose questions are tried, in this order
	Limit       int      // at least 1
}

// Examples are questions that the record answers, to begin with.
type Examples struct {
	Questions []Example `json:"questions"`
	Notice    string    `json:"notice,omitempty"` // why the filter leaves nothing that could be asked
}

// Example is a question that the record answers. It is a turn's, to the letter, or, where there
// is no turn, one about the record that the program made.
type Example struct {
	Question     string  `json:"question"`
	TranscriptID *string `json:"transcript_id"`
	Turn         *int    `json:"turn"`
}

// What examples cost is bounded: of a transcript so many questions are tried, and of all so
// many times the limit. They are as long as is read at a glance, in code points.
const (
	mostTriedOfTranscript = 8
	mostTriedOfLimit      = 3
	shortestExample       = 20
	longestExample        = 120
)

// madeExamples are asked of the record itself.
var madeExamples = []string{"Who spoke most?", "Which questions were asked?", "Who asked the questions?", "Who spoke first?"}

// Examples tries questions until enough are answered: those that were asked in the record, which
// have to be answered from the turn that answered them there, one of each transcript in turn, and
// then those about the record. Nothing of it is stored.
func (s *Service) Examples(ctx context.Context, q ExamplesQuery) (Examples, error) {
	found := Examples{Questions: []Example{}}
	survey, err := s.searcher.Survey(ctx, q.Filter)
	if err != nil {
		return found, err
	}
	if found.Notice = survey.Scope.Nothing(); found.Notice != "" {
		return found, nil
	}
	asked, err := s.askedIn(ctx, q)
	if err != nil {
		return found, err
	}
	for _, e := range asked[:min(len(asked), mostTriedOfLimit*q.Limit)] {
		if len(found.Questions) == q.Limit {
			break
		}
		a, err := s.attempt(ctx, Request{Question: e.question, Filter: q.Filter, Mode: ModeExtractive}, followUp{text: e.question}, ignore)
		if err != nil {
			return found, err
		}
		if a.Answerable && slices.ContainsFunc(a.Citations, func(c Citation) bool { return c.TranscriptID == e.answer.TranscriptID && c.Turn == e.answer.Turn }) {
			found.Questions = append(found.Questions, Example{e.question, &e.asked.TranscriptID, &e.asked.Turn})
		}
	}
	for _, question := range madeExamples {
		if len(found.Questions) == q.Limit {
			break
		}
		a, err := s.attempt(ctx, Request{Question: question, Filter: q.Filter, Mode: ModeExtractive}, followUp{text: question}, ignore)
		if err != nil {
			return found, err
		}
		if a.Answerable {
			found.Questions = append(found.Questions, Example{Question: question})
		}
	}
	return found, nil
}

func ignore(Event) error { return nil }

// askedQuestion is a question of the record with the turn that answered it.
type askedQuestion struct {
	question      string
	asked, answer retrieval.TurnKey
}

// askedIn are the questions that may be tried: the first of each transcript, then the second.
func (s *Service) askedIn(ctx context.Context, q ExamplesQuery) ([]askedQuestion, error) {
	var all []askedQuestion
	place := map[string]int{} // of a question's, by the question: how many of its transcript come before
	for _, id := range q.Transcripts {
		within := q.Filter
		within.Transcript = id
		survey, err := s.searcher.Survey(ctx, within)
		if err != nil {
			return nil, err
		}
		n := 0
		err = survey.Exchanges(ctx, true, func(e retrieval.Exchange) error {
			question := standingAlone(e.Text)
			if _, known := place[question]; question == "" || known || e.Answer == nil || n == mostTriedOfTranscript {
				return nil
			}
			place[question] = n
			n++
			all = append(all, askedQuestion{question, e.TurnKey, e.Answer.TurnKey})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b askedQuestion) int { return place[a.question] - place[b.question] })
	return all, nil
}

// standingAlone is the first sentence of a turn that asks, is short, and does not say by its
// beginning that it goes on from the one before; empty where there is none.
func standingAlone(text string) string {
	runes := []rune(text)
	for _, span := range sentence.Split(text) {
		question := words.OneLine(string(runes[span.Start:span.End]))
		length := utf8.RuneCountInString(question)
		if !strings.HasSuffix(strings.TrimRight(question, "”\""), "?") || length < shortestExample || length > longestExample || additions.MatchString(question) {
			continue
		}
		if _, ofRecord := about.Read(question, nil); !ofRecord { // which would be answered by counting
			return question
		}
	}
	return ""
}
