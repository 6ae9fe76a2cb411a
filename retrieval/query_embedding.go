package retrieval

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
)

// Embedders finds the embedder of a model's vectors: after a change of model the
// record is searched by the old vectors until all of it has new ones. Its error says
// what to do where there is none.
type Embedders func(embeddings.Model) (embeddings.Embedder, error)

// Only is the Embedders of a program that has one embedder.
func Only(e embeddings.Embedder) Embedders {
	return func(m embeddings.Model) (embeddings.Embedder, error) {
		if m.Name != e.Model().Name {
			return nil, fault.New(fault.Unavailable, "the record is embedded by %s and no longer by %s", m.Name, e.Model().Name).WithHint("run pullquote reindex")
		}
		return e, nil
	}
}

// queryEmbedder embeds questions by the model that serves.
type queryEmbedder struct {
	embedders Embedders
	last      atomic.Pointer[embeddings.Embedder] // the one that served last
}

func newQueryEmbedder(configured embeddings.Embedder, all Embedders) *queryEmbedder {
	q := &queryEmbedder{embedders: all}
	q.last.Store(&configured)
	return q
}

// embed embeds the question within its time budget, by the model that served last:
// which one serves now is being asked at the same time. What goes wrong costs the
// semantic half of the search only.
func (q *queryEmbedder) embed(ctx context.Context, text string) (Vector, error) {
	return embedWith(ctx, *q.last.Load(), text)
}

// fit is the vector if it is of the scope's model, or else one that is.
func (q *queryEmbedder) fit(ctx context.Context, text string, scope Scope, vector Vector, err error) (Vector, error) {
	last := *q.last.Load()
	switch {
	case scope.Empty() || vector.Model == scope.Model:
		return vector, err
	case scope.Model.Name == "":
		return Vector{}, err
	case vector.Model.Name == scope.Model.Name:
		return Vector{}, fault.New(fault.Unavailable, "%s has vectors of %d dimensions now, and the record of %d",
			scope.Model.Name, vector.Model.Dimensions, scope.Model.Dimensions).WithHint("run pullquote reindex")
	case err != nil && last.Model().Name == scope.Model.Name:
		return Vector{}, err
	}
	embedder, err := q.embedders(scope.Model)
	if err != nil {
		return Vector{}, err
	}
	if vector, err = embedWith(ctx, embedder, text); err != nil {
		return Vector{}, formerFailed(scope.Model, err)
	}
	if vector.Model != scope.Model {
		return Vector{}, fault.New(fault.Unavailable, "the record is embedded by %s, which cannot be asked any more", scope.Model.Name).WithHint("run pullquote reindex")
	}
	q.last.Store(&embedder)
	return vector, nil
}

// formerFailed explains the failure of a model that is no longer the configured one:
// its settings are not to be mended.
func formerFailed(m embeddings.Model, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, errSlow) {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "the record is embedded by %s, which fails: %s", m.Name, fault.MessageOf(err)).
		WithHint("run pullquote reindex to change to the configured model")
}

// errSlow says that a question's embedding did not come within its budget.
var errSlow error = fault.New(fault.Unavailable, "the question's embedding did not come in time")

// errLoading says that a model was not loaded in time.
var errLoading error = fault.New(fault.Unavailable, "the model is still being loaded")

// loader is a model that runs in the program and is loaded once, before it is used.
type loader interface{ Load(context.Context) error }

func embedWith(ctx context.Context, e embeddings.Embedder, text string) (Vector, error) {
	if l, ok := e.(loader); ok {
		if err := loaded(ctx, l); err != nil {
			return Vector{}, err
		}
	}
	ctx, end := observe.Start(ctx, observe.Embedding)
	defer end()
	ctx, cancel := context.WithTimeoutCause(ctx, embedBudget, errSlow)
	defer cancel()
	vectors, err := e.Embed(ctx, embeddings.Query, []string{text})
	switch {
	case err == nil:
		model := e.Model()
		model.Dimensions = len(vectors[0])
		return Vector{Model: model, Values: vectors[0]}, nil
	case errors.Is(context.Cause(ctx), errSlow):
		return Vector{}, errSlow
	}
	return Vector{}, err
}

// loaded waits until a model is loaded, which is not the question's doing.
func loaded(ctx context.Context, l loader) error {
	ctx, cancel := context.WithTimeoutCause(ctx, loadBudget, errLoading)
	defer cancel()
	if err := l.Load(ctx); err == nil || !errors.Is(context.Cause(ctx), errLoading) {
		return err
	}
	return errLoading
}

// withoutVectors tells whoever asked that a search goes without them.
func withoutVectors(err error) string {
	why := err.Error()
	if !errors.Is(err, errSlow) {
		why = "the question could not be embedded (" + fault.MessageOf(err) + ")"
	}
	return why + ", so this search went by words alone"
}

const (
	// embedBudget is how long a search waits for the embedding of the question.
	embedBudget = 500 * time.Millisecond
	// loadBudget is how long the first search waits for a model that runs in the program:
	// half a gigabyte of weights, the largest in use, comes from a slow disk in that time.
	loadBudget = 5 * time.Second
)
