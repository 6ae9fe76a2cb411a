package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/isolated"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/localpg"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/rerank"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// app is a command's view of the program: the outside and the configuration.
type app struct {
	environment
	config config
	log    *slog.Logger
	hints  *hints // of a command that tells in words what went wrong

	described *postgres.Description // of the database, once the doctor has seen it

	isolated *isolated.Reader // of files of anybody; see reader

	encodersLock sync.Mutex
	encoders     map[string]*encoder.Lazy // the installed models that are in use, by name
}

func (a *app) configure(flags *flag.FlagSet) (err error) {
	if err := a.config.resolve(flags, a.getenv); err != nil {
		return err
	}
	a.log, err = logger(a.stderr, a.config.logLevel)
	return err
}

// sayOnce keeps warnings out of the log of a command that tells its user the
// same in words, but for their hints; but who debugs reads them.
func (a *app) sayOnce() {
	if !a.log.Enabled(context.Background(), slog.LevelDebug) {
		a.hints = &hints{Handler: slog.NewJSONHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelError})}
		a.log = slog.New(a.hints)
	}
}

// services is the program, wired.
type services struct {
	store    *postgres.Store     // the operator's
	embedder embeddings.Embedder // the configured one
	reranker retrieval.Reranker  // likewise; nil: none
	library  *retrieval.Library
	searcher *retrieval.Searcher
	answers  *answer.Service
	verifier *answer.Verifier
	tuned    func(tuning, ...retrieval.Option) (*retrieval.Searcher, *answer.Service) // as searcher and answers, by other numbers
	ready    func(context.Context) (note string, err error)
	close    func()
}

// open starts or finds the database and wires the services on it. The caller
// calls close.
func (a *app) open(ctx context.Context) (*services, error) {
	return a.openAs(ctx, func(s *postgres.Store) *postgres.Store { return s })
}

// openGuarded is open for those who serve others: a context without a grant sees nothing.
func (a *app) openGuarded(ctx context.Context) (*services, error) {
	return a.openAs(ctx, (*postgres.Store).Guarded)
}

// openAs is open with services that see the store as they are to.
func (a *app) openAs(ctx context.Context, see func(*postgres.Store) *postgres.Store) (*services, error) {
	embedder, err := a.embedder()
	if err != nil {
		return nil, err
	}
	reranker, err := a.reranker()
	if err != nil {
		return nil, err
	}
	url, leave, err := a.database(ctx)
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(ctx, url, embedder)
	if err != nil {
		leave()
		return nil, err
	}
	chat, err := a.chatModel(store)
	if err != nil {
		store.Close()
		leave()
		return nil, err
	}
	options := a.searchOptions(reranker, chat)
	seen := see(store)
	lacks := notices{store: store, configured: embedder.Model(), chosen: a.config.embeddingModel != ""}
	tuned := func(t tuning, more ...retrieval.Option) (*retrieval.Searcher, *answer.Service) {
		if a.config.answerTimeout > 0 { // of which a sixth is for all but the model
			t.evidence.Model.Answer = a.config.answerTime() * 5 / 6
		}
		all := slices.Concat(options, []retrieval.Option{retrieval.WithRanking(t.ranking)}, more)
		searcher := retrieval.NewSearcher(seen, embedder, a.log, all...)
		return searcher, answer.NewService(searcher, seen, modelOf(chat), a.config.links(), a.log, answer.WithEvidence(t.evidence)).WithNotice(lacks.ofAnswer)
	}
	searcher, answers := tuned(defaultTuning())
	return &services{
		store:    store,
		embedder: embedder,
		reranker: reranker,
		library:  retrieval.NewLibrary(seen, embedder).With(a.embedderOf),
		searcher: searcher,
		answers:  answers,
		verifier: answer.NewVerifier(seen, a.config.links(), a.log),
		tuned:    tuned,
		ready:    lacks.ready,
		close:    func() { store.Close(); leave() },
	}, nil
}

// searchOptions is what a search has beyond the record.
func (a *app) searchOptions(reranker retrieval.Reranker, chat *llm.Client) []retrieval.Option {
	options := []retrieval.Option{retrieval.WithEmbedders(a.embedderOf)}
	if reranker != nil {
		options = append(options, retrieval.WithReranker(reranker, retrieval.DefaultRerankBudget))
	}
	if a.config.expandQuestions {
		options = append(options, retrieval.WithExpander(chat, retrieval.DefaultExpandBudget))
	}
	return options
}

// reranker is the configured reranker, behind its URL or run in the program; nil when
// there is none.
func (a *app) reranker() (retrieval.Reranker, error) {
	switch c := a.config; {
	case c.rerankURL != "":
		return rerank.New(rerank.Config{URL: c.rerankURL, APIKey: c.rerankKey, Model: c.rerankModel})
	case c.rerankModel != "":
		return a.crossEncoder(c.rerankModel)
	}
	return nil, nil
}

// database is the configured database, or the private one of the data directory.
func (a *app) database(ctx context.Context) (url string, leave func(), err error) {
	if a.config.databaseURL != "" {
		return a.config.databaseURL, func() {}, nil
	}
	if a.config.dataDir == "" {
		return "", nil, fault.New(fault.Invalid, "there is no home directory to keep the data in; set PULLQUOTE_DATA_DIR or DATABASE_URL")
	}
	cluster, err := localpg.Open(ctx, a.config.dataDir, a.log)
	if err != nil {
		return "", nil, err
	}
	keeping, stop := context.WithCancel(context.WithoutCancel(ctx))
	kept := make(chan struct{})
	go func() { defer close(kept); cluster.Keep(keeping) }()
	return cluster.URL(), func() {
		stop()
		<-kept
		if err := cluster.Close(); err != nil {
			a.log.Error("the private database did not stop", fault.Attr(err))
		}
	}, nil
}

// chatModel is the configured model, whose tokens are counted in the store; nil when answers
// are made without one.
func (a *app) chatModel(store *postgres.Store) (*llm.Client, error) {
	if a.config.chatModel == "" {
		return nil, nil
	}
	return a.chatClient(access.NewTokens(store, a.log))
}

// modelOf is a client as answers take it: an interface with a nil in it is not nil.
func modelOf(client *llm.Client) answer.Model {
	if client == nil {
		return nil
	}
	return client
}

func (a *app) chatClient(meter llm.Meter) (*llm.Client, error) {
	c := a.config
	return llm.New(llm.Config{
		Slots: llm.NewSlots(cmp.Or(c.modelCalls, modelCalls)), Meter: meter,
		BaseURL: c.openAIBaseURL, APIKey: c.openAIKey, Model: c.chatModel, PromptTokens: c.contextTokens, Log: a.log,
		Timeouts: llm.Timeouts{FirstToken: cmp.Or(time.Duration(c.chatTimeout)*time.Second, firstTokenTimeout)},
	})
}

// embedder is the configured embedder.
func (a *app) embedder() (embeddings.Embedder, error) {
	c := a.config
	if c.embeddingModel == builtinModel {
		return embeddings.NewBuiltin(), nil
	}
	names := []string{c.embeddingModel}
	if c.embeddingModel == "" {
		names = modelfiles.Defaults()
	}
	for _, name := range names {
		if m, err := a.installedEmbedder(name); m != nil || err != nil {
			return m, err
		}
	}
	if c.embeddingModel == "" {
		return embeddings.NewBuiltin(), nil
	}
	switch known := modelfiles.IsKnown(c.embeddingModel); {
	case a.embeddingServerSet():
	case known:
		return nil, fault.New(fault.Invalid, "the model %s is not installed; pullquote model install %s brings it", c.embeddingModel, c.embeddingModel)
	default:
		return nil, fault.New(fault.Invalid, "the model %s is not installed, and no server is set that could have it; pullquote model list shows what there is, and PULLQUOTE_EMBEDDING_BASE_URL sets a server", c.embeddingModel)
	}
	return a.embeddingServer(c.embeddingModel, c.embeddingDimensions, embeddings.Prefixes{Query: c.queryPrefix, Document: c.documentPrefix})
}

// embedderOf is the embedder of a model that may not be the configured one: the
// server may have the other one, too.
func (a *app) embedderOf(m embeddings.Model) (embeddings.Embedder, error) {
	configured, err := a.embedder()
	if err != nil || configured.Model().Name == m.Name {
		return configured, err
	}
	if builtin := embeddings.NewBuiltin(); builtin.Model() == m {
		return builtin, nil
	}
	if m, err := a.installedOf(m); m != nil || err != nil {
		return m, err
	}
	name, documentPrefix := embeddings.ParseName(m.Name)
	if installable := modelfiles.NameWithin(name); installable != "" && !a.embeddingServerSet() {
		return nil, fault.New(fault.Unavailable, "the record is embedded by %s, which is not installed any more", m.Name).
			WithHint("run pullquote model install %s, or pullquote reindex", installable)
	}
	if !a.embeddingServerSet() || strings.HasPrefix(name, builtinModel) {
		return nil, fault.New(fault.Unavailable, "the record is embedded by %s, for which there is no server", m.Name).
			WithHint("set PULLQUOTE_EMBEDDING_MODEL to it, or run pullquote reindex")
	}
	return a.embeddingServer(name, 0, embeddings.Prefixes{Query: embeddings.PrefixesOf(name).Query, Document: documentPrefix})
}

// embeddingServerSet reports whether there is a server that may have embedding models.
func (a *app) embeddingServerSet() bool {
	return a.config.embeddingBaseURL != "" || a.config.embeddingKey != ""
}

func (a *app) embeddingServer(model string, dimensions int, prefixes embeddings.Prefixes) (*embeddings.OpenAI, error) {
	return embeddings.NewOpenAI(embeddings.OpenAIConfig{
		BaseURL: a.config.embeddingBaseURL, APIKey: a.config.embeddingKey, Model: model, Dimensions: dimensions,
		Prefixes: prefixes, Log: a.log,
	})
}

// modelCalls is how many questions are put to the chat model at the same time, unless the
// configuration says otherwise: more than a few people ask at once, and fewer than a hosted
// model refuses or a local one has run out of memory for.
const modelCalls = 32

// firstTokenTimeout is how long a model may load and read its prompt, unless the
// configuration says otherwise: one on a machine without a graphics card takes most of it.
const firstTokenTimeout = time.Minute

// resolveTimeout is how long an embedding server may take to load its model.
const resolveTimeout = time.Minute

// openStore opens the record. The embedding server is asked for its model's
// dimensions; when it does not answer, or an installed model is damaged, the record may
// have vectors already: then a search can still go by words.
func (a *app) openStore(ctx context.Context, url string, e embeddings.Embedder) (*postgres.Store, error) {
	model, unresolved := resolve(ctx, e)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	store, err := postgres.OpenWith(ctx, url, model, a.log, postgres.Options{ReadURLs: a.config.readURLs(), Tracer: observe.QueryTracer(ctx)})
	switch {
	case unresolved != nil && errors.Is(err, postgres.ErrNoModel):
		return nil, unresolved
	case err != nil:
		return nil, err
	case unresolved != nil:
		a.log.Warn("there is no embedding model; searches go by words alone", fault.Attr(unresolved))
	}
	return store, nil
}

// resolver is an embedder that may have to find out its dimensions, or why it has none.
type resolver interface {
	Resolve(context.Context) (embeddings.Model, error)
}

// resolve is the embedder's model with its dimensions, if they can be known.
func resolve(ctx context.Context, e embeddings.Embedder) (embeddings.Model, error) {
	unresolved, ok := e.(resolver)
	if !ok {
		return e.Model(), nil
	}
	ctx, cancel := context.WithTimeout(ctx, resolveTimeout)
	defer cancel()
	_, err := unresolved.Resolve(ctx)
	return e.Model(), err
}

// filterFlags declares the filters as flags.
func filterFlags(flags *flag.FlagSet) *retrieval.Filter {
	f := new(retrieval.Filter)
	flags.StringVar(&f.Collection, "collection", retrieval.DefaultCollection, "only this collection, by `name`")
	flags.StringVar(&f.Transcript, "transcript", "", "only this transcript, by `id`")
	flags.StringVar(&f.Speaker, "speaker", "", "only this speaker, under all their names: a `name`, a part of it, or an id")
	flags.StringVar((*string)(&f.Role), "role", "", "only turns of this `role`: question, answer, statement, moderator or narration")
	flags.StringVar(&f.From, "from", "", "only events on or after this `date`, such as 2026-01-31")
	flags.StringVar(&f.To, "to", "", "only events on or before this `date`")
	return f
}

// oneArgument joins the arguments to the one text that a command takes.
func oneArgument(args []string, what string) (string, error) {
	text := strings.TrimSpace(strings.Join(args, " "))
	if text == "" {
		return "", fault.New(fault.Invalid, "the %s is missing; write it after the command, in quotation marks", what)
	}
	return text, nil
}

func noArguments(args []string) error {
	if len(args) > 0 {
		return fault.New(fault.Invalid, "%q is one argument too many; leave it out", args[0])
	}
	return nil
}

func (a *app) printJSON(v any) error {
	text, err := jsonOf(v, "", "  ")
	if err == nil {
		fmt.Fprintf(a.stdout, "%s\n", text)
	}
	return err
}

// warn tells the user something that is no error, on one line.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintf(a.stderr, "pullquote: %s\n", words.InertLine(fmt.Sprintf(format, args...)))
}
