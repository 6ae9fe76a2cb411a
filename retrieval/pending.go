package retrieval

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/pause"
)

// A transcript is stored before it is embedded, so that whoever adds it does not wait for
// an encoder or a server: words find it at once, meaning when it has its vectors. What is
// still to be embedded is what lacks vectors in the store. Nothing else knows of it, and so
// nothing is lost where the program ends.

// Pending is what of the record waits to be embedded by the model that serves.
type Pending interface {
	// Waiting counts its passages.
	Waiting(ctx context.Context) (passages int, err error)
	// Take takes the newest transcript of which passages wait and that nobody else has
	// taken; nil where there is none, or where the model does not serve any more. With
	// sentences passages wait until their sentences have vectors, too. A process that ends
	// gives up what it has taken.
	Take(ctx context.Context, m embeddings.Model, sentences bool) (Taken, error)
}

// Taken is the backlog of one transcript, which nobody else embeds meanwhile.
type Taken interface {
	Backlog
	// Release lets others take the transcript. If none of its passages is missing any more,
	// it waits no longer.
	Release(ctx context.Context) error
}

const (
	// pendingPage is how many passages are embedded before the newest transcript is looked
	// for again: some seconds of an encoder, and a few requests to a server.
	pendingPage = 1024
	// crowded is how many passages wait at the most before the next transcript is taken, and
	// crowdedWait how long that waits for them: who adds many files adds them as fast as
	// they are embedded, and not all of them hours before they are found by meaning.
	crowded     = 512
	crowdedWait = 30 * time.Second
	// lookAgain is how often transcripts are looked for that other processes have left.
	lookAgain = 10 * time.Second
	// whileOthers is how long to wait for what other processes are embedding.
	whileOthers = 200 * time.Millisecond
	// After a failure the embedder is left alone for firstRest, then for twice as long each
	// time, up to longestRest.
	firstRest   = time.Second
	longestRest = time.Minute
)

// Waiting counts the passages that wait to be embedded.
func (l *Library) Waiting(ctx context.Context) (passages int, err error) {
	return l.store.Waiting(ctx)
}

// EmbedPending embeds what waits, until nothing does; what other processes are embedding
// is waited for. progress, unless it is nil, is told after each batch how many passages
// have been embedded.
func (l *Library) EmbedPending(ctx context.Context, progress func(embedded int)) error {
	embedded := 0
	for {
		found, err := l.embedSome(ctx, func(passages int) {
			if embedded += passages; progress != nil {
				progress(embedded)
			}
		})
		if err != nil {
			return err
		}
		if found {
			continue
		}
		waiting, err := l.store.Waiting(ctx)
		if err != nil || waiting == 0 {
			return err
		}
		if err := pause.For(ctx, whileOthers); err != nil {
			return err
		}
	}
}

// KeepEmbedding embeds what waits and what is added, until the context ends.
func (l *Library) KeepEmbedding(ctx context.Context, log *slog.Logger) {
	defer l.queue.staff(false)
	rest := time.Duration(0) // after the last failure; 0: there was none
	for {
		joined := l.queue.mark()
		found, err := l.embedSome(ctx, l.queue.leave)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			if rest == 0 {
				log.WarnContext(ctx, "new transcripts are found by words alone until they are embedded, which is tried again", fault.Attr(err))
			}
			l.queue.staff(false)
			rest = cmp.Or(min(2*rest, longestRest), firstRest)
			_ = pause.For(ctx, rest) // whose error is that of ctx
			continue
		case rest > 0:
			rest = 0
			log.InfoContext(ctx, "transcripts are embedded again")
		}
		l.queue.staff(true)
		if !found {
			l.queue.settle(joined)
			await(ctx, joined, lookAgain)
		}
	}
}

// embedSome embeds some of what waits; found is false where there is nothing to do.
func (l *Library) embedSome(ctx context.Context, progress func(passages int)) (found bool, err error) {
	model, err := l.store.Serving(ctx)
	if err != nil || model.Name == "" {
		return false, err
	}
	embedder, err := l.passages.of(model)
	if err != nil {
		return false, err
	}
	if has := embedder.Model().Dimensions; has != 0 && has != model.Dimensions {
		return false, fault.New(fault.Unavailable, "%s has vectors of %d dimensions now, and the record of %d", model.Name, has, model.Dimensions).
			WithHint("run pullquote reindex")
	}
	taken, err := l.store.Take(ctx, model, givesSentences(embedder))
	if err != nil || taken == nil {
		return false, err
	}
	defer func() { err = cmp.Or(err, taken.Release(context.WithoutCancel(ctx))) }()
	page, err := taken.Next(ctx, pendingPage)
	if err != nil || len(page) == 0 {
		return true, err
	}
	embedding, end := observe.Start(ctx, observe.Passages)
	err = backfill{taken, embedder, progress}.embed(embedding, page)
	end()
	if err != nil && model.Name != l.passages.configured.Model().Name {
		return true, formerFailed(model, err)
	}
	return true, err
}

// queue is what this process has added and not embedded yet. It is there to be waited
// for; what is to be done stands in the store.
type queue struct {
	mu      sync.Mutex
	staffed bool          // there is somebody who embeds
	waiting int           // passages
	changed chan struct{} // is closed, and made anew, when any of these changes
}

func newQueue() *queue { return &queue{changed: make(chan struct{})} }

// set changes the queue, with its lock.
func (q *queue) set(staffed bool, waiting int) {
	if staffed == q.staffed && waiting == q.waiting {
		return
	}
	q.staffed, q.waiting = staffed, waiting
	close(q.changed)
	q.changed = make(chan struct{})
}

func (q *queue) staff(is bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.set(is, q.waiting)
}

func (q *queue) join(passages int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.set(q.staffed, q.waiting+passages)
}

func (q *queue) leave(passages int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.set(q.staffed, max(0, q.waiting-passages))
}

// mark is closed with the next change.
func (q *queue) mark() <-chan struct{} {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.changed
}

// settle empties the queue unless it has changed since the mark: what others have embedded
// waits no longer.
func (q *queue) settle(mark <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.changed == mark {
		q.set(q.staffed, 0)
	}
}

// room waits until few are in the queue, or nobody embeds, or the time is over.
func (q *queue) room(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, crowdedWait)
	defer cancel()
	for {
		q.mu.Lock()
		free, changed := !q.staffed || q.waiting < crowded, q.changed
		q.mu.Unlock()
		if free || ctx.Err() != nil {
			return
		}
		await(ctx, changed, crowdedWait)
	}
}

// await waits for a mark, no longer than the time and the context.
func await(ctx context.Context, mark <-chan struct{}, longest time.Duration) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-mark:
	case <-timer.C:
	case <-ctx.Done():
	}
}
