// Package eval measures how well the program finds and answers, on questions
// that its user wrote or rated.
//
// A question set says of each question what it knows: the words or turns that
// answer it, who is to be credited, what must not be shown, or that the record
// does not answer. Each question is searched for and asked like any other,
// through the same services, so that the figures are those of the program as it
// is configured. Two runs are compared question by question, because the
// differences between questions are far larger than those between
// configurations.
package eval

import (
	"context"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Searcher finds turns.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (retrieval.Result, error)
}

// Answerer answers questions in conversations, and forgets them.
type Answerer interface {
	Answer(ctx context.Context, req answer.Request, emit func(answer.Event) error) (*answer.Answer, error)
	DeleteConversation(ctx context.Context, id string) error
	ShownIn(ctx context.Context, req answer.Request, history []string, limits ...int) ([][]answer.Place, error)
}

// Verifier finds the places of quotations.
type Verifier interface {
	VerifyAll(ctx context.Context, quotes []answer.DraftQuote, filter retrieval.Filter) ([]answer.Verdict, error)
}

// Library is the record.
type Library interface {
	List(ctx context.Context, q retrieval.ListQuery) (retrieval.Page, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
}

// Config is what is measured, and how.
type Config struct {
	Searcher   Searcher
	Answers    Answerer
	Verifier   Verifier
	Library    Library
	Collection string // of questions whose filter names none
	Mode       answer.Mode
	Timeout    time.Duration // for each question
	Begin      func(c Case)  // called before each question; may be nil
}

// Outcome is what became of a question.
type Outcome struct {
	ID         string   `json:"id"`
	Question   string   `json:"question"`
	Answered   bool     `json:"answered"`
	Confidence *float64 `json:"confidence,omitempty"`
	Right      *bool    `json:"right,omitempty"` // where the case says what is
	Scores     Scores   `json:"scores"`
	SearchMS   float64  `json:"search_ms"`
	AnswerMS   float64  `json:"answer_ms"` // of the question itself, without those before it
}

// Run asks the questions one after the other, so that their times are their own.
// A question whose gold is not in the record is left out, and the report says
// why; any other error ends the run.
func Run(ctx context.Context, config Config, cases []Case) (*Report, error) {
	r := newResolver(config)
	report := &Report{Metrics: []Summary{}, Questions: []Outcome{}, LeftOut: []LeftOut{}}
	for _, c := range cases {
		if config.Begin != nil {
			config.Begin(c)
		}
		outcome, err := r.measure(ctx, c)
		switch {
		case fault.CodeOf(err) == fault.NotFound:
			report.LeftOut = append(report.LeftOut, LeftOut{c.ID, fault.MessageOf(err)})
		case err != nil:
			return nil, err
		default:
			report.Questions = append(report.Questions, outcome)
		}
	}
	report.summarize()
	return report, nil
}

// measure searches for a question and asks it.
func (r *resolver) measure(ctx context.Context, c Case) (Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	o := Outcome{ID: c.ID, Question: c.Question, Scores: Scores{}}
	g, err := r.resolve(ctx, &c)
	if err != nil {
		return o, err
	}
	start := time.Now()
	result, err := r.Searcher.Search(ctx, retrieval.Query{Text: c.Question, History: c.History, Filter: c.Filter, Limit: depth, Without: g.without})
	if err != nil {
		return o, err
	}
	o.SearchMS = retrieval.Milliseconds(time.Since(start))
	prompts, err := r.Answers.ShownIn(ctx, answer.Request{Question: c.Question, Filter: c.Filter, Without: g.without}, c.History, promptTokens[:]...)
	if err != nil {
		return o, err
	}
	a, err := r.ask(ctx, c, g.without)
	if err != nil {
		return o, err
	}
	o.Answered, o.AnswerMS = a.Answerable, a.TimingsMS.Total
	o.Confidence, o.Right = a.Confidence, isRight(c, g, a)
	o.Scores.scoreHits(g, result.Hits)
	o.Scores.scorePrompts(g, prompts)
	o.Scores.scoreAnswer(c, g, a)
	return o, nil
}

// ask asks the questions of the history, then the question, without some turns of the record.
// The conversation is removed again: it is nobody's.
func (r *resolver) ask(ctx context.Context, c Case, without []retrieval.TurnKey) (a *answer.Answer, err error) {
	conversation := ""
	for _, question := range append(c.History[:len(c.History):len(c.History)], c.Question) {
		a, err = r.Answers.Answer(ctx, answer.Request{Question: question, ConversationID: conversation, Filter: c.Filter, Mode: r.Mode, Without: without}, nil)
		if err != nil {
			break
		}
		conversation = a.ConversationID
	}
	if conversation == "" {
		return a, err
	}
	forget, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Timeout)
	defer cancel()
	if failed := r.Answers.DeleteConversation(forget, conversation); err == nil {
		err = failed
	}
	return a, err
}
