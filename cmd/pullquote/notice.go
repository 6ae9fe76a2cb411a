package main

import (
	"context"
	"fmt"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

// installEncoder is how to have a record searched by meaning that is not.
const installEncoder = "run pullquote model install " + defaultModel + ", then pullquote reindex"

// notices tell what a search lacks as the program is set up. What the record has may
// change while a server runs, so it is asked each time.
type notices struct {
	store      *postgres.Store
	configured embeddings.Model
	chosen     bool // that PULLQUOTE_EMBEDDING_MODEL says so
}

// wordsOnly tells that, and why, a search goes by words alone; empty where it does not,
// and where that is what the user has chosen.
func (n notices) wordsOnly(serving embeddings.Model) string {
	switch {
	case serving.Name != "" && !serving.Builtin():
		return ""
	case !n.configured.Builtin() && serving.Name != "":
		return fmt.Sprintf("The record is searched by its words alone until it is embedded by %s: run pullquote reindex.", n.configured.Name)
	case n.configured.Builtin() && !n.chosen:
		return "No encoder is installed, so the record is searched by its words alone, not by what they mean: " + installEncoder + "."
	}
	return ""
}

// ready asks the store, and notes what a search lacks.
func (n notices) ready(ctx context.Context) (note string, err error) {
	if err := n.store.Writable(ctx); err != nil {
		return "", err
	}
	serving, err := n.store.Serving(ctx)
	if err != nil {
		return "", err
	}
	name := modelfiles.NameWithin(serving.Name)
	switch note = n.wordsOnly(serving); {
	case note != "" || serving.Name == "" || serving.Name == n.configured.Name:
		return note, nil
	case n.configured.Builtin() && !n.chosen && name != "":
		return fmt.Sprintf("The record is embedded by %s, which is not installed any more, so it is searched by its words alone: run pullquote model install %s.", serving.Name, name), nil
	}
	return fmt.Sprintf("The vectors of %s serve until all of the record has those of %s: run pullquote reindex.", serving.Name, n.configured.Name), nil
}

// ofAnswer is what the first answer of a conversation says of it.
func (n notices) ofAnswer(ctx context.Context) string {
	serving, err := n.store.Serving(ctx)
	if err != nil {
		return "" // then there is no answer either
	}
	return n.wordsOnly(serving)
}

// sayLacks logs once, at the start of a server, what its searches lack.
func (a *app) sayLacks(ctx context.Context, s *services) {
	if note, err := s.ready(ctx); err == nil && note != "" {
		a.log.Warn(note)
	} else if err != nil {
		a.log.Warn("the record cannot be asked yet", fault.Attr(err))
	}
}
