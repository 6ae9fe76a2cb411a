package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
)

// drainTime is how long a search may go on that began before the model changed.
const drainTime = 5 * time.Second

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
	_, sentences := embedder.(embeddings.SpanEmbedder)
	session, err := store.Reindex(ctx, model, sentences)
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
	if err := r.announce(ctx, work.Embedder, estimate, r.yes); err != nil {
		return retrieval.Reindexed{}, err
	}
	progress := r.newProgress(estimate.Sampled + estimate.Passages)
	work.Progress = func(embedded int) { progress.at(embedded, "passages") }
	done, err := work.Run(ctx)
	progress.clear()
	return done, err
}
