package retrieval

import (
	"context"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// Backlog are passages that have no vector of a model yet, or none of their sentences
// where the model gives them.
type Backlog interface {
	// Next are up to limit of them, after those that it returned before; none at the
	// end, and then from the beginning again.
	Next(ctx context.Context, limit int) ([]StoredPassage, error)
	// Put stores the embeddings of passages, where these are still there, in place of
	// those that they have. It may be called concurrently.
	Put(ctx context.Context, passages []StoredPassage, embedded []Embedding) error
	// GiveUp keeps that the model cannot embed a passage, and why: it is of the backlog no
	// more, and found by its words.
	GiveUp(ctx context.Context, p StoredPassage, reason string) error
}

// StoredPassage is a passage with its place in the store.
type StoredPassage struct {
	CollectionID, TranscriptID string
	Passage
}

// backfill embeds the passages of a backlog.
type backfill struct {
	Backlog
	embedder embeddings.Embedder
	// progress is told of each batch how many passages it had, by one goroutine at a time
	// for each call of embed.
	progress func(passages int)
}

// embed embeds passages and stores each batch as it comes. Where the embedder refuses
// some of them, they are halved until those that it does not take are known.
func (b backfill) embed(ctx context.Context, passages []StoredPassage) error {
	left, err := b.attempt(ctx, passages)
	switch {
	case err == nil:
		return nil
	case len(left) == 0 || !b.refused(ctx, err):
		return embeddingFailed(err)
	case len(left) == 1:
		if err := b.GiveUp(ctx, left[0], fault.MessageOf(err)); err != nil {
			return err
		}
		b.progress(1)
		return nil
	}
	half := len(left) / 2
	if err := b.embed(ctx, left[:half]); err != nil {
		return err
	}
	return b.embed(ctx, left[half:])
}

// attempt returns the passages that were not embedded.
func (b backfill) attempt(ctx context.Context, passages []StoredPassage) (left []StoredPassage, err error) {
	inputs := make([]input, len(passages))
	for i, p := range passages {
		inputs[i] = inputOf(p.Passage, b.embedder)
	}
	stored := make([]bool, len(passages))
	err = embedInputs(ctx, b.embedder, inputs, func(from int, batch []Embedding) error {
		of := passages[from : from+len(batch)]
		for i, p := range of {
			batch[i] = batch[i].moved(p.Start)
		}
		if err := b.Put(ctx, of, batch); err != nil {
			return err
		}
		for i := range batch {
			stored[from+i] = true
		}
		b.progress(len(batch))
		return nil
	})
	for i, p := range passages {
		if !stored[i] {
			left = append(left, p)
		}
	}
	return left, err
}

// refused reports whether it was the texts that could not be embedded. An embedder that
// does not take the plainest text either has another trouble.
func (b backfill) refused(ctx context.Context, err error) bool {
	if ctx.Err() != nil || fault.CodeOf(err) != fault.Invalid {
		return false
	}
	_, err = b.embedder.Embed(ctx, embeddings.Document, []string{"Yes."})
	return err == nil
}
