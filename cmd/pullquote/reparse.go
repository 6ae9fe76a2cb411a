package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// reparsed is the outcome for one transcript.
type reparsed struct {
	ID         string                      `json:"id"`
	Status     string                      `json:"status"` // changed, present (nothing is different), without (its file) or failed
	Transcript *retrieval.StoredTranscript `json:"transcript,omitempty"`
	Error      string                      `json:"error,omitempty"`
}

// reparsedAll is what `reparse --json` prints.
type reparsedAll struct {
	Read    int        `json:"read"`    // again
	Changed int        `json:"changed"` // of those
	Without int        `json:"without"` // a file to be read again
	Failed  int        `json:"failed"`
	Results []reparsed `json:"results"`
}

func reparseCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: the counts, and the outcome for each transcript")
	collection := flags.String("collection", retrieval.DefaultCollection, "without ids: all transcripts of this collection, by `name`")
	return func(ctx context.Context, ids []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		ctx = access.WithEmbargoed(ctx) // what is embargoed is read again, too
		if len(ids) == 0 {
			a.warnOfNowhere(ctx, s, *collection)
			if ids, err = allOf(ctx, s.library, *collection); err != nil {
				return err
			}
		}
		r := reparsing{app: a, library: s.library, quiet: *asJSON, reparsedAll: reparsedAll{Results: []reparsed{}}}
		if err = r.run(ctx, ids); err == nil {
			err = a.embedPending(ctx, s.library)
		}
		if err == nil {
			err = s.store.Settle(ctx)
		}
		if *asJSON {
			if err := a.printJSON(r.reparsedAll); err != nil {
				return err
			}
		}
		if err == nil && r.Failed > 0 {
			err = fault.New(fault.Invalid, "%d of %d transcripts could not be read again, and are as they were", r.Failed, len(ids))
		}
		return err
	}
}

// allOf are the ids of a collection's transcripts, before any has a new version.
func allOf(ctx context.Context, library *retrieval.Library, collection string) (ids []string, err error) {
	all, err := pages(func(cursor string) ([]retrieval.StoredTranscript, string, error) {
		page, err := library.List(ctx, retrieval.ListQuery{Collection: collection, Cursor: cursor, Limit: retrieval.MaxPage})
		return page.Transcripts, page.NextCursor, err
	})
	for _, stored := range all {
		ids = append(ids, stored.ID)
	}
	return ids, err
}

// reparsing is one run of the command.
type reparsing struct {
	*app
	library *retrieval.Library
	quiet   bool // the outcomes are not printed as they come
	reparsedAll
}

// run reads the transcripts again, one after the other. One that cannot be read does not
// keep the others from it; a dependency that fails ends the work.
func (r *reparsing) run(ctx context.Context, ids []string) error {
	progress := r.newProgress(len(ids))
	for i, id := range ids {
		progress.at(i, "transcripts")
		stored, changed, err := r.library.Reparse(ctx, id)
		progress.clear()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && (len(ids) == 1 || fault.CodeOf(err).Exit() == fault.ExitDependency):
			return err
		}
		r.note(id, stored, changed, err)
	}
	if !r.quiet {
		fmt.Fprintf(r.stdout, "%d read again, %d changed, %d without their file\n", r.Read, r.Changed, r.Without)
	}
	return nil
}

// note counts, and prints, the outcome for a transcript.
func (r *reparsing) note(id string, stored retrieval.StoredTranscript, changed bool, err error) {
	outcome := reparsed{ID: id, Status: "present", Transcript: &stored}
	switch {
	case err != nil && fault.CodeOf(err) == fault.NotFound && stored.ID == id && !stored.HasOriginal:
		r.Without++
		outcome = reparsed{ID: id, Status: "without"}
	case err != nil:
		r.Failed++
		outcome = reparsed{ID: id, Status: "failed", Error: fault.Line(err)}
		r.warn("%s: %s", id, fault.Line(err))
	default:
		r.Read++
	}
	if changed {
		r.Changed++
		outcome.Status = "changed"
	}
	r.Results = append(r.Results, outcome)
	if r.quiet || !changed {
		return
	}
	fmt.Fprintf(r.stdout, "changed   %s  %s (version %d, %s)\n", stored.ID, words.InertLine(string(cmp.Or(stored.Called(), "(no title)"))), stored.Version, counted(stored.TurnCount, "turn"))
	r.warnOf(stored.ID, stored.Warnings)
}
