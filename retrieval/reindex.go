package retrieval

import (
	"context"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/pause"
)

// Reindexing is one re-embedding of the record by another model, which nobody else
// does at the same time. What it has done stays done, however it ends.
type Reindexing interface {
	Backlog
	Changeover
	// Missing counts the passages of the backlog, and the code points of their words.
	Missing(ctx context.Context) (passages int, runes int64, err error)
}

// Changeover lets the model serve when nothing is missing.
type Changeover interface {
	// Index makes the index of the vectors, if it is not there.
	Index(ctx context.Context) error
	// Switch lets the model serve unless a passage is missing. changed says that it
	// did not serve before.
	Switch(ctx context.Context) (serves, changed bool, err error)
	// Clean removes the vectors of all other models.
	Clean(ctx context.Context) (removed int, err error)
}

// Estimate is what there is to embed.
type Estimate struct {
	Sampled  int   // passages that have been embedded to tell
	Passages int   // without a vector of the model
	Tokens   int64 // about
	Requests int   // about
	Longest  time.Duration
}

// Reindexer embeds the whole record by a model, beside the vectors that serve, and
// lets the model serve when none is missing. What is added to the record meanwhile
// is embedded too.
type Reindexer struct {
	Store    Reindexing
	Embedder embeddings.Embedder
	// Drain is how long after the switch the old vectors are kept, for searches that
	// began before it; Keep keeps them for good.
	Drain time.Duration
	Keep  bool
	// Progress, unless it is nil, is told after each batch how many passages have
	// been embedded in all, by one goroutine at a time.
	Progress func(embedded int)

	mu       sync.Mutex
	embedded int
}

// Reindexed is what a Reindexer has done.
type Reindexed struct {
	Embedded int `json:"embedded"` // passages
	Removed  int `json:"removed"`  // vectors of other models
}

const (
	reindexPage  = 2048 // passages that are read at a time
	reindexPages = 2    // that are embedded at a time

	// samplePassages are enough to tell how much a passage is, and how long it takes.
	samplePassages = 64
	// requestPassages are assumed in a request, and runesPerToken in a token.
	requestPassages = 256
	runesPerToken   = 4
)

// Estimate embeds a few passages, which is not done again, and tells by them what
// the others will take: no longer than at the pace of the first request.
func (r *Reindexer) Estimate(ctx context.Context) (Estimate, error) {
	passages, runes, err := r.Store.Missing(ctx)
	if err != nil || passages == 0 {
		return Estimate{}, err
	}
	sample, err := r.Store.Next(ctx, samplePassages)
	if err != nil || len(sample) == 0 {
		return Estimate{}, err
	}
	start := time.Now()
	if err := r.embed(ctx, sample); err != nil {
		return Estimate{}, err
	}
	took := time.Since(start)
	var words, texts int64 // of the sample, without and with the context
	for _, p := range sample {
		words += int64(p.End - p.Start)
		texts += int64(utf8.RuneCountInString(inputOf(p.Passage, r.Embedder).text))
	}
	rest := max(0, passages-len(sample))
	return Estimate{
		Sampled:  len(sample),
		Passages: rest,
		Tokens:   max(0, runes-words) * texts / max(1, words) / runesPerToken,
		Requests: (rest + requestPassages - 1) / requestPassages,
		Longest:  took * time.Duration(rest) / time.Duration(len(sample)),
	}, nil
}

// Run does the work. It may be repeated: what was embedded is not embedded again.
func (r *Reindexer) Run(ctx context.Context) (Reindexed, error) {
	changed, err := r.switchOver(ctx)
	done := Reindexed{Embedded: r.embedded}
	if err != nil || r.Keep {
		return done, err
	}
	if changed {
		if err := pause.For(ctx, r.Drain); err != nil {
			return done, err
		}
	}
	done.Removed, err = r.Store.Clean(ctx)
	return done, err
}

// switchOver embeds until nothing is missing and the model serves.
func (r *Reindexer) switchOver(ctx context.Context) (changed bool, err error) {
	for serves := false; !serves; {
		if err := r.embedMissing(ctx); err != nil {
			return false, err
		}
		if err := r.Store.Index(ctx); err != nil {
			return false, err
		}
		if serves, changed, err = r.Store.Switch(ctx); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// embedMissing goes through the record until it finds nothing to embed.
func (r *Reindexer) embedMissing(ctx context.Context) error {
	for found := true; found; {
		var err error
		if found, err = r.pass(ctx); err != nil {
			return err
		}
	}
	return nil
}

// pass goes through the record once, and says whether there was something.
func (r *Reindexer) pass(ctx context.Context) (found bool, err error) {
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(reindexPages)
	for {
		page, err := r.Store.Next(groupCtx, reindexPage)
		if err != nil || len(page) == 0 {
			if failed := group.Wait(); failed != nil { // which is why there is no page
				return found, failed
			}
			return found, err
		}
		found = true
		group.Go(func() error { return r.embed(groupCtx, page) })
	}
}

// embed embeds passages, and tells of each batch.
func (r *Reindexer) embed(ctx context.Context, passages []StoredPassage) error {
	return backfill{r.Store, r.Embedder, func(passages int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.embedded += passages
		if r.Progress != nil {
			r.Progress(r.embedded)
		}
	}}.embed(ctx, passages)
}
