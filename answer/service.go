// Package answer turns a question into an answer made of verified quotations.
//
// The retrieved turns are cut into sentences; the sentences that answer are
// quoted as they stand, each credited to its own turn's speaker, and a question
// that the record does not answer is declined. The program writes the quoted
// words, the speaker and the date from the record: there is no path by which
// other words could come to stand between quotation marks.
//
// A question passes the files in this order. about answers what asks of the record itself;
// followup makes it stand alone, and place reads where it asks to look; question reads how
// it is put, and sayers whose words it wants; hits searches for turns, once binding has
// looked those people up; reading weighs their sentences, excerpt takes runs of them, and
// selection, extractive and sides choose among these. Where there is a model, shown chooses
// the sentences that fit into its prompt, and prompt shows them by number. It replies with a
// plan of numbers (plan), whose few words pass link, or with prose, which reply divides into
// statements, and gate decides which of them may be shown. prose, byline and citation write
// the answer.
// The numbers that decide are Evidence.
//
// A Verifier checks quotations that people wrote. Whether words stand in a turn is
// decided by package quotation, for both.
package answer

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
)

// Searcher finds turns, and tells who speaks and what the record is made of: a
// retrieval.Searcher.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (retrieval.Result, error)
	Names(ctx context.Context, q retrieval.NamesQuery) ([]retrieval.PrintedName, error)
	Survey(ctx context.Context, filter retrieval.Filter) (retrieval.Survey, error)
	Read(ctx context.Context, q retrieval.Query) (retrieval.QuestionReading, error)
}

// Store keeps answers in their conversations. Errors carry a code of
// internal/fault.
type Store interface {
	// Questions are the last questions of a conversation, oldest first, and none of
	// one that has no answer yet; "not_found" when there is no such conversation.
	Questions(ctx context.Context, conversationID string, last int) ([]string, error)
	// SaveAnswer keeps an answer: with its conversation, if it begins one, else in
	// it; "not_found" when that is no longer there.
	SaveAnswer(ctx context.Context, a *Answer, begins bool) error
	Conversation(ctx context.Context, id string) (*Conversation, error)
	AnswerStore
	ConversationStore
	FeedbackStore
	ClaimStore
}

// Service answers questions. It is safe for concurrent use.
type Service struct {
	citer
	searcher Searcher
	store    Store
	model    Model
	log      *slog.Logger
	evidence Evidence
	notice   func(context.Context) string // nil: there is none, see WithNotice
}

// NewService makes a Service. Without a model (nil) every answer is extractive;
// publicURL is the base of the links in citations.
func NewService(searcher Searcher, store Store, model Model, publicURL string, log *slog.Logger, options ...Option) *Service {
	return &Service{citer: citer{publicURL}, searcher: searcher, store: store, model: model, log: log, evidence: evidenceOf(options)}
}

// Get reads a stored answer.
func (s *Service) Get(ctx context.Context, id string) (*Answer, error) {
	return s.store.Answer(ctx, id)
}

// Answer answers a question and stores the answer. The events tell its making
// in order, and nothing of an answer that was made before; emit may be nil, and its
// error ends the work.
func (s *Service) Answer(ctx context.Context, req Request, emit func(Event) error) (*Answer, error) {
	if emit == nil {
		emit = func(Event) error { return nil }
	}
	if req.Key == "" {
		return s.answer(ctx, req, emit)
	}
	return once(ctx, s.store, req.Key, req, s.store.Answer, func(id string) (*Answer, error) {
		req.ID = id
		return s.answer(ctx, req, emit)
	})
}

func (s *Service) answer(ctx context.Context, req Request, emit func(Event) error) (*Answer, error) {
	start := time.Now()
	if c := access.Collection(ctx); c != access.DefaultCollection && req.Filter.Collection == "" {
		req.Filter.Collection = c // which the answer says where it is not the one that everybody means
	}
	history, err := s.prepare(ctx, &req)
	if err != nil {
		return nil, err
	}
	var a *Answer
	var rewriteTime time.Duration
	if _, ok := about.Read(req.Question, history); ok {
		a, err = s.ask(ctx, req, followUp{text: req.Question, history: history}, emit)
	} else {
		var searched followUp
		if searched, rewriteTime, err = s.rewrite(ctx, req, history); err == nil {
			a, err = s.askAt(ctx, req, searched, emit)
		}
	}
	if err != nil {
		return nil, err
	}
	s.notify(ctx, a, history)
	a.TimingsMS.Rewrite = retrieval.Milliseconds(rewriteTime)
	a.TimingsMS.Total = retrieval.Milliseconds(time.Since(start))
	observe.Answered(ctx, a.observed())
	return a, s.keep(ctx, a, req.ConversationID == "")
}

// observed is what is counted of an answer.
func (a *Answer) observed() observe.Answer {
	o := observe.Answer{Mode: string(a.Mode), Answerable: a.Answerable, Citations: len(a.Citations)}
	for _, c := range a.Citations {
		if c.Doubt != "" {
			o.Doubtful++
		}
	}
	for _, w := range a.Withheld {
		o.Withheld = append(o.Withheld, string(w.Reason))
	}
	return o
}

// attempt answers from the collection of the request's filter.
func (s *Service) attempt(ctx context.Context, req Request, searched followUp, emit func(Event) error) (*Answer, error) {
	read, err := s.searcher.Read(ctx, retrieval.Query{Text: searched.text, History: searched.history, Filter: req.Filter})
	if err != nil {
		return nil, err
	}
	if a, err := s.aboutRecord(ctx, req, read, emit); a != nil || err != nil {
		return a, err
	}
	q := readQuestion(read.Text)
	q.language = req.Language
	result, err := s.retrieve(ctx, &q, req, read.History)
	if err != nil {
		return nil, err
	}
	result.Reading = read
	a := newAnswer(req, result)
	a.StandaloneQuestion = searched.shown()
	a.Notice = join(" ", a.Notice, q.notice)
	if err := emit(Retrieval{notNil(result.Hits), a.ID}); err != nil {
		return nil, err
	}
	generate := time.Now()
	if err := s.write(ctx, a, q, result, req.Mode, emit); err != nil {
		return nil, err
	}
	a.TimingsMS.Generate = retrieval.Milliseconds(time.Since(generate))
	if !a.Answerable {
		waiting, err := s.waiting(ctx, req.Filter)
		if err != nil {
			return nil, err
		}
		a.Notice = join(" ", a.Notice, waiting)
	}
	return a, nil
}

// waiting says which transcripts cannot be found by meaning yet, so that what they say may
// have been missed; empty where there are none.
func (s *Service) waiting(ctx context.Context, filter retrieval.Filter) (string, error) {
	survey, err := s.searcher.Survey(ctx, filter)
	if err != nil {
		return "", err
	}
	n, err := survey.WaitingTranscripts(ctx)
	if err != nil || n == 0 {
		return "", err
	}
	return count(n, "transcript") + verb(n, " is", " are") + " still being read, and only words find " + verb(n, "it", "them") + " until then: ask again in a moment.", nil
}

// keep stores an answer. One whose conversation was deleted while it was being
// written is the asker's all the same.
func (s *Service) keep(ctx context.Context, a *Answer, begins bool) error {
	err := s.store.SaveAnswer(ctx, a, begins)
	if fault.CodeOf(err) != fault.NotFound {
		return err
	}
	s.log.DebugContext(ctx, "an answer is not kept", "conversation", a.ConversationID)
	a.Notice = strings.TrimSpace(a.Notice + " This answer is not kept: its conversation was deleted meanwhile.")
	return nil
}

// prepare checks the request and reads the conversation's earlier questions.
func (s *Service) prepare(ctx context.Context, req *Request) (history []string, err error) {
	switch req.Mode {
	case "", ModeAuto, ModeExtractive:
	case ModeLLM:
		if s.model == nil {
			return nil, fault.New(fault.Unavailable, "no model is configured; use mode auto").
				WithHint("set OPENAI_API_KEY, or OPENAI_BASE_URL and PULLQUOTE_CHAT_MODEL")
		}
	default:
		return nil, fault.New(fault.Invalid, "mode %q is unknown; use auto, llm or extractive", req.Mode)
	}
	switch {
	case req.ConversationID == "":
		return req.History[max(0, len(req.History)-s.evidence.Search.History):], nil
	case len(req.History) > 0:
		return nil, fault.New(fault.Invalid, "history is of a conversation that is kept elsewhere; leave out either it or the conversation's id")
	}
	return s.store.Questions(ctx, req.ConversationID, s.evidence.Search.History)
}

// write writes the answer: by the model where there is one, and by the program
// itself where there is none, or where the model fails or nothing that it wrote
// could be shown.
func (s *Service) write(ctx context.Context, a *Answer, q question, result retrieval.Result, mode Mode, emit func(Event) error) error {
	if s.model != nil && mode != ModeExtractive && len(q.hitsOf(result.Hits)) > 0 && (len(q.persons) > 0 || len(q.absent) == 0) {
		sent := false
		err := s.generate(ctx, a, q, result, func(e Event) error {
			_, isDelta := e.(Delta)
			sent = sent || isDelta
			return emitted(emit(e))
		})
		var stopped *emitError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &stopped):
			return stopped.Unwrap()
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errNoAnswer):
			return s.decline(a, q, result, emit)
		case errors.Is(err, ErrBusy), mode == ModeLLM && fault.CodeOf(err) == fault.BudgetSpent:
			return err // soon there may be the model's answer; and none is to be had that was asked for
		}
		s.log.DebugContext(ctx, "the model gave no answer", fault.Attr(err)) // the model has told its own faults
		because := observe.ModelFailed
		if len(a.Withheld) > 0 {
			because = observe.AllWithheld
		}
		observe.AnswerReplaced(ctx, because)
		a.reset("The model gave no answer (" + fault.MessageOf(err) + "), so this one is made of the record's sentences alone.")
		if sent { // what was told of it is verified, but void: the whole answer replaces it
			emit = func(Event) error { return nil }
		}
	}
	return s.extract(a, q, result, emit)
}

// reset takes back what a model wrote, but not what was withheld of it.
func (a *Answer) reset(notice string) {
	a.Text, a.Mode, a.Model = "", ModeExtractive, ""
	a.Statements, a.Citations = []Statement{}, []Citation{}
	a.Notice = strings.TrimSpace(a.Notice + " " + notice)
}

// emitError tells the listener's error from the model's.
type emitError struct{ error }

func (e *emitError) Unwrap() error { return e.error }

func emitted(err error) error {
	if err == nil {
		return nil
	}
	return &emitError{err}
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
