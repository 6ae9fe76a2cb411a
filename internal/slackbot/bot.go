package slackbot

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Answerer answers questions and keeps the answers.
type Answerer interface {
	Answer(ctx context.Context, req answer.Request, emit func(answer.Event) error) (*answer.Answer, error)
	Get(ctx context.Context, id string) (*answer.Answer, error)
	Rate(ctx context.Context, f answer.Feedback) (*answer.Feedback, error)
}

// Library reads and adds transcripts.
type Library interface {
	Get(ctx context.Context, id string) (retrieval.StoredTranscript, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
	Collections(ctx context.Context) ([]retrieval.Collection, error)
	Add(ctx context.Context, req retrieval.AddRequest) (stored retrieval.StoredTranscript, created bool, err error)
}

// Verifier checks quotations against the record.
type Verifier interface {
	VerifyAll(ctx context.Context, quotes []answer.DraftQuote, filter retrieval.Filter) ([]answer.Verdict, error)
}

// Config is what a Bot is made of.
type Config struct {
	BotToken      string
	SigningSecret string // of deliveries over HTTP; empty: there are none
	AppToken      string // of Socket Mode; empty: no websocket
	APIURL        string // Slack's when empty
	PublicURL     string // base of links

	Store    Store
	Answers  Answerer
	Library  Library
	Verifier Verifier
	Open     draft.Opener // of PDFs and documents whose quotations are checked; container.Open when nil
	Log      *slog.Logger
}

const (
	workers     = 64 // tasks at a time: most of them wait for a model
	callTimeout = 30 * time.Second
	rateRetries = 5 // of a call that Slack refuses for its rate; each waits as long as Slack says
)

// Bot is Pullquote in one workspace. It is safe for concurrent use.
type Bot struct {
	Config
	api    *slack.Client // waits and tries again after a rate limit
	quick  *slack.Client // fails after one: a press of a button has three seconds
	limits channelLimits
	self   identity

	plainLinks atomic.Bool // Slack refuses its citation element
	unstreamed atomic.Bool // Slack refuses streams
}

// New makes a Bot. Nothing is asked of Slack before Run.
func New(config Config) (*Bot, error) {
	if config.BotToken == "" {
		return nil, fault.New(fault.Invalid, "there is no token for Slack; set SLACK_BOT_TOKEN to the xoxb- token of the app")
	}
	if config.SigningSecret == "" && config.AppToken == "" {
		return nil, fault.New(fault.Invalid, "Slack cannot deliver anything; set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP")
	}
	return &Bot{
		Config: config,
		// Only rate limits are retried here. A call whose answer was lost may have had its
		// effect; the task finds that out when it is tried again.
		api:   newClient(config, slack.OptionRetry(rateRetries)),
		quick: newClient(config),
	}, nil
}

func newClient(config Config, more ...slack.Option) *slack.Client {
	options := append([]slack.Option{slack.OptionHTTPClient(&http.Client{Timeout: callTimeout}), slack.OptionAppLevelToken(config.AppToken)}, more...)
	if config.APIURL != "" {
		options = append(options, slack.OptionAPIURL(strings.TrimRight(config.APIURL, "/")+"/"))
	}
	return slack.New(config.BotToken, options...)
}

// Run does what is asked for until ctx ends, and listens on a websocket where there
// is an app token.
func (b *Bot) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return b.Store.Work(ctx, workers, b.do) })
	if b.AppToken != "" {
		group.Go(func() error { return b.listen(ctx) })
	}
	return group.Wait()
}

// identity is the bot's own id as a user, asked for once.
type identity struct {
	mu     sync.Mutex
	userID string
}

// userID asks Slack once who the bot is.
func (b *Bot) userID(ctx context.Context) (string, error) {
	b.self.mu.Lock()
	defer b.self.mu.Unlock()
	if b.self.userID == "" {
		test, err := b.api.AuthTestContext(ctx)
		if err != nil {
			return "", err
		}
		b.self.userID = test.UserID
	}
	return b.self.userID, nil
}
