// Package answer turns a question into an answer made of verified quotations.
//
// The retrieved turns are cut into sentences; the sentences that answer are
// quoted as they stand, each credited to its own turn's speaker, and a question
// that the record does not answer is declined. The program writes the quoted
// words, the speaker and the date from the record: there is no path by which
// other words could come to stand between quotation marks.
package answer

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

const (
	hitsRead     = 20 // turns that an answer is looked for in
	hitsNearest  = 3  // turns shown when there is none
	historyTurns = 4  // earlier questions that a follow-up is read with
)

// Searcher finds turns: a retrieval.Searcher.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (retrieval.Result, error)
}

// Store keeps answers in their conversations. Errors carry a code of
// internal/fault.
type Store interface {
	// Questions are the last questions of a conversation, oldest first;
	// "not_found" when there is no such conversation.
	Questions(ctx context.Context, conversationID string, last int) ([]string, error)
	// SaveAnswer keeps an answer, and its conversation when that is new.
	SaveAnswer(ctx context.Context, a *Answer) error
	Answer(ctx context.Context, id string) (*Answer, error)
	Conversation(ctx context.Context, id string) (*Conversation, error)
}

// Conversation is a sequence of answers, oldest first.
type Conversation struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	Answers   []Answer  `json:"answers"`
}

// Service answers questions. It is safe for concurrent use.
type Service struct {
	searcher  Searcher
	store     Store
	publicURL string
	log       *slog.Logger
}

// NewService makes a Service; publicURL is the base of the links in citations.
func NewService(searcher Searcher, store Store, publicURL string, log *slog.Logger) *Service {
	return &Service{searcher, store, publicURL, log}
}

// Get reads a stored answer.
func (s *Service) Get(ctx context.Context, id string) (*Answer, error) {
	return s.store.Answer(ctx, id)
}

// Conversation reads a conversation.
func (s *Service) Conversation(ctx context.Context, id string) (*Conversation, error) {
	return s.store.Conversation(ctx, id)
}

// Answer answers a question and stores the answer. The events tell its making
// in order; emit may be nil, and its error ends the work.
func (s *Service) Answer(ctx context.Context, req Request, emit func(Event) error) (*Answer, error) {
	start := time.Now()
	if emit == nil {
		emit = func(Event) error { return nil }
	}
	history, err := s.prepare(ctx, &req)
	if err != nil {
		return nil, err
	}
	q := readQuestion(req.Question)
	result, err := s.retrieve(ctx, &q, req, history)
	if err != nil {
		return nil, err
	}
	a := newAnswer(req, result)
	if err := emit(Retrieval{notNil(result.Hits)}); err != nil {
		return nil, err
	}
	generate := time.Now()
	if err := s.write(a, q, result, emit); err != nil {
		return nil, err
	}
	a.TimingsMS.Generate = milliseconds(time.Since(generate))
	a.TimingsMS.Total = milliseconds(time.Since(start))
	return a, s.store.SaveAnswer(ctx, a)
}

// prepare checks the request and reads the conversation's earlier questions.
func (s *Service) prepare(ctx context.Context, req *Request) (history []string, err error) {
	switch req.Mode {
	case "", ModeAuto, ModeExtractive:
	case ModeLLM:
		return nil, fault.New(fault.Unavailable, "no model is configured; use mode auto or extractive")
	default:
		return nil, fault.New(fault.Invalid, "mode %q is unknown; use auto, llm or extractive", req.Mode)
	}
	if req.ConversationID == "" {
		return nil, nil
	}
	return s.store.Questions(ctx, req.ConversationID, historyTurns)
}

// retrieve searches for the question, and once more for each person whose words
// it wants, so that the turns of others cannot crowd theirs out.
func (s *Service) retrieve(ctx context.Context, q *question, req Request, history []string) (retrieval.Result, error) {
	query := retrieval.Query{Text: req.Question, History: history, Filter: req.Filter, Limit: hitsRead}
	if q.asking && query.Filter.Role == "" {
		query.Filter.Role = transcript.RoleQuestion
	}
	result, err := s.searcher.Search(ctx, query)
	if err != nil {
		return result, err
	}
	q.name(speakersOf(result.Hits))
	if !q.source || req.Filter.Speaker != "" {
		return result, nil
	}
	for _, person := range q.persons {
		query.Filter.Speaker = person
		theirs, err := s.searcher.Search(ctx, query)
		if err != nil {
			return result, err
		}
		result.Timings.EmbedMS += theirs.Timings.EmbedMS
		result.Timings.RetrieveMS += theirs.Timings.RetrieveMS
		result.Hits = append(result.Hits, theirs.Hits...)
	}
	result.Hits = distinctTurns(result.Hits)
	return result, nil
}

func speakersOf(hits []retrieval.Hit) []string {
	var names []string
	for _, h := range hits {
		if h.Speaker != "" {
			names = append(names, string(h.Speaker))
		}
		if h.Question != nil && h.Question.Speaker != "" {
			names = append(names, string(h.Question.Speaker))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func distinctTurns(hits []retrieval.Hit) []retrieval.Hit {
	seen := map[retrieval.TurnKey]bool{}
	return slices.DeleteFunc(hits, func(h retrieval.Hit) bool {
		key := retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}
		defer func() { seen[key] = true }()
		return seen[key]
	})
}

func newAnswer(req Request, result retrieval.Result) *Answer {
	conversation := req.ConversationID
	if conversation == "" {
		conversation = uuid.Must(uuid.NewV7()).String()
	}
	return &Answer{
		ID: uuid.Must(uuid.NewV7()).String(), ConversationID: conversation,
		Question: req.Question, StandaloneQuestion: req.Question, Mode: ModeExtractive,
		Statements: []Statement{}, Citations: []Citation{}, Withheld: []Withheld{}, Nearest: []retrieval.Hit{},
		Notice:    result.Degraded,
		TimingsMS: TimingsMS{Embed: result.Timings.EmbedMS, Retrieve: result.Timings.RetrieveMS},
		CreatedAt: time.Now().UTC(),
	}
}

// write writes the answer, or that there is none with the turns nearest to it.
func (s *Service) write(a *Answer, q question, result retrieval.Result, emit func(Event) error) error {
	w := &writer{answer: a, publicURL: s.publicURL, emit: emit, dated: map[string]bool{}}
	points := extract(q, result)
	if len(points) == 0 {
		a.Text = NotAnswered
		a.Nearest = result.Hits[:min(hitsNearest, len(result.Hits))]
		a.Nearest = notNil(a.Nearest)
		return emit(Delta{a.Text})
	}
	a.Answerable = true
	for _, p := range points {
		if err := w.point(p); err != nil {
			return err
		}
	}
	return nil
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
