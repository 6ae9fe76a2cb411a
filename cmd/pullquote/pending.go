package main

import (
	"context"

	"github.com/pullquote/pullquote/retrieval"
)

// embedPending embeds what a command has stored, with what others have left.
func (a *app) embedPending(ctx context.Context, library *retrieval.Library) error {
	waiting, err := library.Waiting(ctx)
	if err != nil || waiting == 0 {
		return err
	}
	progress := a.newProgress(waiting)
	err = library.EmbedPending(ctx, func(embedded int) { progress.at(embedded, "passages embedded") })
	progress.clear()
	if err != nil && ctx.Err() == nil {
		a.warn("all is stored and found by its words; what is not embedded yet, pullquote serve or any ingest embeds once that works")
	}
	return err
}

// keepEmbedding embeds what is uploaded until the context ends; then the channel is closed.
func (a *app) keepEmbedding(ctx context.Context, library *retrieval.Library) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		library.KeepEmbedding(ctx, a.log)
	}()
	return done
}
