// Package api is Pullquote over HTTP: the JSON API, its event streams and the
// web page.
//
// It only translates. A handler parses and validates a request, calls the
// domain and writes what comes back; it returns its error, and one place turns
// errors into RFC 9457 problems by the vocabulary of internal/fault. The table
// of routes is in routes.go. openapi.json describes each of them to the outside,
// and a test holds the two together.
//
// Time-outs of connections are the http.Server's. This package bounds what a
// request may cost beyond that: bytes of a body, time for an answer, and time
// for a client to take an event.
package api

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Library keeps the transcripts. Its errors carry a code of internal/fault:
// "not_found" for an id that is not there.
type Library interface {
	// Add stores a file; created is false when the collection already had it.
	Add(ctx context.Context, req retrieval.AddRequest) (r retrieval.StoredTranscript, created bool, err error)
	// Preview reads a file as Add does, and stores nothing.
	Preview(ctx context.Context, req retrieval.AddRequest) (retrieval.Preview, error)
	List(ctx context.Context, q retrieval.ListQuery) (retrieval.Page, error)
	Get(ctx context.Context, id string) (retrieval.StoredTranscript, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
	Text(ctx context.Context, id string) (string, error)
	Delete(ctx context.Context, id string) error
	Collections
	Revisions
	retrieval.Directory
}

// Collections are transcripts by the names under which they are searched together.
type Collections interface {
	Collections(ctx context.Context) ([]retrieval.Collection, error)
	// RenameCollection is a "conflict" where there is a collection of the other name.
	RenameCollection(ctx context.Context, name, to string) (retrieval.Collection, error)
	// DeleteCollection removes a collection with all that it holds, and returns it as it was.
	DeleteCollection(ctx context.Context, name string) (retrieval.Collection, error)
}

// Revisions makes new versions of transcripts. Only the newest can be changed
// ("conflict"); changed is false where there was nothing to change.
type Revisions interface {
	Edit(ctx context.Context, id string, facts correction.Facts) (r retrieval.StoredTranscript, changed bool, err error)
	EditTurn(ctx context.Context, id string, turn int, edit correction.TurnEdit) (r retrieval.StoredTranscript, changed bool, err error)
	// Embargo embargoes a transcript, or a turn of it, or lifts the embargo where until is empty.
	Embargo(ctx context.Context, id string, turn *int, until retrieval.Embargo) (retrieval.StoredTranscript, error)
	// Reparse reads a transcript's file again.
	Reparse(ctx context.Context, id string) (r retrieval.StoredTranscript, changed bool, err error)
	// Original is the file as it came; "not_found" where it was not kept, "forbidden" where turns of it may not be shown.
	Original(ctx context.Context, id string) (retrieval.Original, error)
	Transcript(ctx context.Context, id string) (retrieval.StoredTranscript, *model.Transcript, error)
}

// Searcher finds turns.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (retrieval.Result, error)
}

// Answerer answers questions and keeps the answers.
type Answerer interface {
	// Answer calls emit, unless it is nil, from one goroutine at a time and never
	// after it returns. An error of emit ends the work.
	Answer(ctx context.Context, req answer.Request, emit func(answer.Event) error) (*answer.Answer, error)
	Get(ctx context.Context, id string) (*answer.Answer, error)
	// Answers is a page of those of all conversations, the newest first.
	Answers(ctx context.Context, q answer.ConversationsQuery) (answer.AnswersPage, error)
	DeleteAnswer(ctx context.Context, id string) error
	// Mentions finds every place where a phrase stands.
	Mentions(ctx context.Context, q answer.MentionsQuery) (answer.Mentions, error)
	// Found writes down what a search found, as an answer that is not kept.
	Found(query string, result retrieval.Result) answer.Answer
	// Examples are questions that the record answers.
	Examples(ctx context.Context, q answer.ExamplesQuery) (answer.Examples, error)
	Conversations
	Feedback
}

// Feedback keeps what readers think of answers.
type Feedback interface {
	// Rate keeps a rating in place of the one before of the same citation.
	Rate(ctx context.Context, f answer.Feedback) (*answer.Feedback, error)
	Feedback(ctx context.Context, q answer.FeedbackQuery) (answer.FeedbackPage, error)
}

// Conversations keeps answers in their conversations.
type Conversations interface {
	// NewConversation begins one however often it is called with a key; an empty key
	// is none.
	NewConversation(ctx context.Context, key string) (*answer.Conversation, error)
	Conversations(ctx context.Context, q answer.ConversationsQuery) (answer.ConversationsPage, error)
	Conversation(ctx context.Context, id string) (*answer.Conversation, error)
	// NameConversation sets its title, which an empty one takes away.
	NameConversation(ctx context.Context, id, title string) (*answer.Conversation, error)
	DeleteConversation(ctx context.Context, id string) error
}

// Verifier checks quotations, and makes citations of words that a reader chose.
type Verifier interface {
	export.Verifier
	Cite(ctx context.Context, library answer.Transcripts, req answer.CiteRequest) (answer.ChosenCitation, error)
	// CiteClippings makes the citations of places, or tells of each why it is none.
	CiteClippings(ctx context.Context, library answer.Transcripts, places []answer.Clipping) ([]answer.CitedClipping, error)
	// Clippings writes down the words at places, as an answer that is not kept.
	Clippings(ctx context.Context, library answer.Transcripts, title string, places []answer.Clipping) (answer.Answer, error)
}

// Config is what the API is made of.
type Config struct {
	Library  Library
	Searcher Searcher
	Answers  Answerer
	Verifier Verifier
	Embedder embeddings.Embedder // that searches go by
	Open     draft.Opener        // of PDFs and documents whose quotations are checked; container.Open when nil
	Metrics  http.Handler        // of an observe.Observer; nil: there are none
	MCP      http.Handler        // of the Model Context Protocol: takes POSTs whose bodies are read and whose origins are checked
	// Ready says why requests cannot be served at the moment. When they can, it may
	// note what is worth knowing all the same.
	Ready func(context.Context) (note string, err error)
	Log   *slog.Logger

	// Keys say who may do what; nil: whoever reaches the server may do everything. As long as
	// there was never a key that is so, too, unless KeysOnly: it is for addresses that others
	// reach. HTTPS says that browsers reach the server by it.
	Keys     Keys
	KeysOnly bool
	HTTPS    bool

	// MetricsToken opens the metrics to whoever sends it as a bearer, and nothing else; empty:
	// only a key does.
	MetricsToken string

	// Proxy and OpenID sign persons in, who act under keys that are made for them.
	Proxy  Proxy
	OpenID OpenID // nil: there is none

	// CORSOrigins are the sites whose pages may use the server, each as browsers send it:
	// https://host, with a port that is not the scheme's. None: only the server's own pages may.
	CORSOrigins []string

	// MediaOrigins are the origins besides our own whose recordings the page plays, as
	// media.ParseOrigin gives them; those of others it links.
	MediaOrigins []string

	MaxUpload     int64         // bytes of a file; DefaultMaxUpload when zero
	Timeout       time.Duration // for a search, an answer or a draft; DefaultTimeout when zero
	UploadTimeout time.Duration // for a file to be stored; DefaultUploadTimeout when zero
	BodyTimeout   time.Duration // for the next bytes of a body to arrive; DefaultBodyTimeout when zero
}

// The limits of a Config that names none.
const (
	DefaultMaxUpload     = 32 << 20
	DefaultTimeout       = 2 * time.Minute
	DefaultUploadTimeout = 10 * time.Minute
	DefaultBodyTimeout   = 30 * time.Second // a phone that changes from one cell to the next is back by then
)

// New makes the handler of every route. It is safe for concurrent use.
func New(config Config) http.Handler {
	s := newServer(config)
	return s.handler(s.routes())
}

// NewProbes makes the handler of a process that serves nobody but those who watch over it.
func NewProbes(config Config) http.Handler {
	s := newServer(config)
	return s.handler(s.probes())
}

func (s *server) handler(routes []route) http.Handler {
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.pattern, s.handle(route.handler))
	}
	return observe.Handler(s.withRequestLog(s.withSecurityHeaders(s.withRecovery(s.withPacedBodies(s.withCORS(s.withOriginCheck(s.withProblems(mux))))))))
}

type server struct {
	Config
	pages  *template.Template
	assets map[string]asset
}

func newServer(config Config) *server {
	if config.MaxUpload == 0 {
		config.MaxUpload = DefaultMaxUpload
	}
	if config.Timeout == 0 {
		config.Timeout = DefaultTimeout
	}
	if config.UploadTimeout == 0 {
		config.UploadTimeout = DefaultUploadTimeout
	}
	if config.BodyTimeout == 0 {
		config.BodyTimeout = DefaultBodyTimeout
	}
	pages, assets := embedded()
	return &server{Config: config, pages: pages, assets: assets}
}
