package slacktest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// The app and the workspace that every Server begins with.
const (
	Team          = "T0HARBOUR"
	App           = "A0PULLQUOTE"
	Bot           = "B0PULLQUOTE" // the bot, as the author of messages
	BotUser       = "U0PULLQUOTE" // the bot, as a member
	BotToken      = "xoxb-pullquote-test"
	AppToken      = "xapp-pullquote-test"
	SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5"

	Jane = "U0JANEROE" // an administrator
	John = "U0JOHNPOE"

	Newsroom  = "C0NEWSROOM"  // public; the bot is in it
	Desk      = "G0DESK"      // private; the bot is in it
	Elsewhere = "C0ELSEWHERE" // public; the bot is not in it
	JaneDM    = "D0JANEROE"   // Jane and the bot
	JohnDM    = "D0JOHNPOE"
)

// Server is a workspace with one app. All methods may be called from any goroutine.
type Server struct {
	http   *httptest.Server
	client *http.Client // that delivers
	now    func() time.Time
	scopes map[string]bool

	limits       bool
	noStreams    string // the error of the stream methods; empty: they work
	noCitations  bool
	streamExpiry time.Duration

	mu       sync.Mutex
	changed  chan struct{} // closed and renewed with every change
	lastTS   int64         // microseconds
	serial   int
	appURL   string
	users    map[string]*User
	channels map[string]*Channel
	messages []*Message // in order of posting
	deleted  map[place]bool
	views    []*View
	panes    map[place]*pane
	files    map[string]*File
	triggers map[string]*trigger
	hooks    map[string]*hook
	tickets  map[string]bool
	sockets  []*socket
	retired  []*socket // that are to end
	sent     map[string]*envelope
	calls    []Call
	faults   []*planned
	spent    map[string][]time.Time // of the rate limits
	closed   chan struct{}
}

// place is a thread.
type place struct{ channel, thread string }

// Option changes a Server as it begins.
type Option func(*Server)

// WithClock replaces time.Now for all that the fake measures: timestamps, limits,
// expiries. Signatures bear the wall clock, by which slack-go checks them.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithLimits switches the documented rate limits on.
func WithLimits() Option { return func(s *Server) { s.limits = true } }

// WithoutCitations refuses the citation element, as a workspace does that has not
// got it yet.
func WithoutCitations() Option { return func(s *Server) { s.noCitations = true } }

// WithoutStreams refuses chat.startStream, appendStream and stopStream with an
// error: "unknown_method", or "channel_type_not_supported" as Slack says where a
// conversation cannot stream.
func WithoutStreams(code string) Option { return func(s *Server) { s.noStreams = code } }

// WithoutScopes takes scopes from the bot's token.
func WithoutScopes(scopes ...string) Option {
	return func(s *Server) {
		for _, scope := range scopes {
			delete(s.scopes, scope)
		}
	}
}

// New starts a fake Slack that ends with the test.
func New(t testing.TB, options ...Option) *Server {
	s := &Server{
		now: time.Now, scopes: map[string]bool{}, streamExpiry: 5 * time.Minute,
		client:  &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}},
		changed: make(chan struct{}), closed: make(chan struct{}),
		users: map[string]*User{}, channels: map[string]*Channel{}, panes: map[place]*pane{},
		files: map[string]*File{}, deleted: map[place]bool{}, triggers: map[string]*trigger{}, hooks: map[string]*hook{},
		tickets: map[string]bool{}, sent: map[string]*envelope{}, spent: map[string][]time.Time{},
	}
	for _, scope := range allScopes {
		s.scopes[scope] = true
	}
	s.populate()
	for _, option := range options {
		option(s)
	}
	s.http = httptest.NewServer(s.routes())
	t.Cleanup(s.close)
	return s
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("POST /upload/{id}", s.serveUpload)
	mux.HandleFunc("GET /files/{id}/download", s.serveFile)
	mux.HandleFunc("GET /signin", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<!doctype html><title>Sign in</title>")
	})
	mux.HandleFunc("POST /hooks/{id}", s.serveHook)
	mux.HandleFunc("GET /link/", s.serveSocket)
	return mux
}

func (s *Server) close() {
	close(s.closed)
	s.mu.Lock()
	sockets := slices.Concat(s.sockets, s.retired)
	s.mu.Unlock()
	for _, k := range sockets {
		k.conn.Close()
	}
	s.client.CloseIdleConnections()
	s.http.CloseClientConnections()
	s.http.Close()
}

// APIURL is the base of the Web API, for slack.OptionAPIURL and SLACK_API_URL.
func (s *Server) APIURL() string { return s.http.URL + "/api/" }

// Client is a client with the bot's and the app's token.
func (s *Server) Client(options ...slack.Option) *slack.Client {
	options = append([]slack.Option{slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(AppToken)}, options...)
	return slack.New(BotToken, options...)
}

// Await waits until a condition holds, looking after every change of the fake;
// ctx's error when it ends before. The condition may use the Server's methods.
func (s *Server) Await(ctx context.Context, holds func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if holds() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// touch tells those who wait that something has changed. The caller holds mu.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// websocketURL is the address of Socket Mode.
func (s *Server) websocketURL() string {
	return "ws" + strings.TrimPrefix(s.http.URL, "http") + "/link/"
}
