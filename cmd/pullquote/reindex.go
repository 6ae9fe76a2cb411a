package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

const (
	// drainTime is how long a search may go on that began before the model changed.
	drainTime = 5 * time.Second
	// largeJob is how many passages are embedded by a server without asking.
	largeJob = 10_000
)

// reindexed is the outcome as JSON.
type reindexed struct {
	Model      string `json:"model"`
	Dimensions int    `json:"dimensions"`
	retrieval.Reindexed
}

func reindexCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	yes := flags.Bool("yes", false, "do not ask before a large job")
	keep := flags.Bool("keep", false, "keep the old vectors, to change back without embedding again")
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		r := reindexing{app: a, yes: *yes, keep: *keep}
		done, err := r.run(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			return a.printJSON(done)
		}
		fmt.Fprintf(a.stdout, "%s (%d dimensions) serves: %d passages embedded, %d old vectors removed\n",
			done.Model, done.Dimensions, done.Embedded, done.Removed)
		return nil
	}
}

// reindexing is one run of the command.
type reindexing struct {
	*app
	yes, keep bool
}

func (r reindexing) run(ctx context.Context) (reindexed, error) {
	embedder, err := r.embedder()
	if err != nil {
		return reindexed{}, err
	}
	url, leave, err := r.database(ctx)
	if err != nil {
		return reindexed{}, err
	}
	defer leave()
	model, err := resolve(ctx, embedder)
	if err != nil {
		return reindexed{}, err
	}
	store, err := r.openStore(ctx, url, embedder)
	if err != nil {
		return reindexed{}, err
	}
	defer store.Close()
	session, err := store.Reindex(ctx, model)
	if err != nil {
		return reindexed{}, err
	}
	defer session.Close(ctx)
	done, err := r.embed(ctx, &retrieval.Reindexer{Store: session, Embedder: embedder, Drain: drainTime, Keep: r.keep})
	return reindexed{model.Name, model.Dimensions, done}, err
}

// embed tells what is to come, asks if it is much, and does it.
func (r reindexing) embed(ctx context.Context, work *retrieval.Reindexer) (retrieval.Reindexed, error) {
	estimate, err := work.Estimate(ctx)
	if err != nil {
		return retrieval.Reindexed{}, err
	}
	if server, ok := work.Embedder.(*embeddings.OpenAI); ok && estimate.Passages > 0 {
		r.warn("%s", describeEstimate(estimate, server))
		if err := r.confirm(ctx, estimate); err != nil {
			return retrieval.Reindexed{}, err
		}
	}
	progress := newProgress(r.stderr, estimate.Sampled+estimate.Passages)
	work.Progress = func(embedded int) { progress.at(embedded, "passages") }
	done, err := work.Run(ctx)
	progress.clear()
	return done, err
}

func describeEstimate(e retrieval.Estimate, server *embeddings.OpenAI) string {
	return fmt.Sprintf("%d passages are to be embedded: about %s tokens in %d requests to %s, in less than %s",
		e.Passages, rounded(e.Tokens), e.Requests, server.Server(), e.Longest.Round(time.Second)+time.Second)
}

// rounded is a number in two digits, for it is only about so much.
func rounded(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f million", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d thousand", (n+500)/1000)
	}
	return fmt.Sprint(n)
}

// confirm asks the person at the terminal whether to begin a large job. Nobody is
// asked elsewhere.
func (r reindexing) confirm(ctx context.Context, e retrieval.Estimate) error {
	if r.yes || e.Passages < largeJob || !isTerminal(r.stdin) || !isTerminal(r.stderr) {
		return nil
	}
	fmt.Fprint(r.stderr, "Begin? [y/N] ")
	answered := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(r.stdin).ReadString('\n') // without an answer it is no
		answered <- line
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case line := <-answered:
		if answer := strings.ToLower(strings.TrimSpace(line)); answer == "y" || answer == "yes" {
			return nil
		}
		return fault.New(fault.Invalid, "nothing was changed; repeat with --yes to begin without being asked")
	}
}
