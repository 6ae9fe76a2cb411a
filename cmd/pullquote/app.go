package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// app is a command's view of the program: the outside and the configuration.
type app struct {
	environment
	config config
	log    *slog.Logger
}

func (a *app) configure() (err error) {
	if err := a.config.resolve(a.getenv); err != nil {
		return err
	}
	a.log, err = logger(a.stderr, a.config.logLevel)
	return err
}

// services is the program, wired.
type services struct {
	store    *postgres.Store
	library  *retrieval.Library
	searcher *retrieval.Searcher
	answers  *answer.Service
	close    func()
}

// open starts or finds the database and wires the services on it. The caller
// calls close.
func (a *app) open(ctx context.Context) (*services, error) {
	embedder, err := a.embedder()
	if err != nil {
		return nil, err
	}
	url, leave, err := a.database(ctx)
	if err != nil {
		return nil, err
	}
	store, err := postgres.Open(ctx, url, embedder.Model(), a.log)
	if err != nil {
		leave()
		return nil, err
	}
	searcher := retrieval.NewSearcher(store, embedder, a.log)
	return &services{
		store:    store,
		library:  retrieval.NewLibrary(store, embedder),
		searcher: searcher,
		answers:  answer.NewService(searcher, store, a.config.publicURL, a.log),
		close:    func() { store.Close(); leave() },
	}, nil
}

// database is the configured database, or the private one of the data directory.
func (a *app) database(ctx context.Context) (url string, leave func(), err error) {
	if a.config.databaseURL != "" {
		return a.config.databaseURL, func() {}, nil
	}
	cluster, err := postgres.OpenCluster(ctx, a.config.dataDir, a.log)
	if err != nil {
		return "", nil, err
	}
	return cluster.URL(), func() {
		if err := cluster.Close(); err != nil {
			a.log.Error("the private database did not stop", "error", err)
		}
	}, nil
}

func (a *app) embedder() (embeddings.Embedder, error) {
	c := a.config
	if c.embeddingModel == builtinModel {
		return embeddings.NewBuiltin(), nil
	}
	return embeddings.NewOpenAI(embeddings.OpenAIConfig{
		BaseURL: c.embeddingBaseURL, APIKey: c.embeddingKey, Model: c.embeddingModel, Dimensions: c.embeddingDimensions,
	})
}

// filterFlags declares the filters as flags.
func filterFlags(flags *flag.FlagSet) *retrieval.Filter {
	f := new(retrieval.Filter)
	flags.StringVar(&f.Collection, "collection", "", "search this collection (default default)")
	flags.StringVar(&f.Transcript, "transcript", "", "only this transcript, by id")
	flags.StringVar(&f.Speaker, "speaker", "", "only this speaker: a name or a part of it")
	flags.Func("role", "only turns of this role: question, answer, statement, moderator or narration", func(s string) error {
		f.Role = transcript.Role(s)
		return nil
	})
	flags.StringVar(&f.From, "from", "", "only events on or after this date, such as 2026-01-31")
	flags.StringVar(&f.To, "to", "", "only events on or before this date")
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
		return fault.New(fault.Invalid, "%q is one argument too many", args[0])
	}
	return nil
}

func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}
