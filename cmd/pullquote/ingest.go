package main

import (
	"context"
	"flag"
	"fmt"
	"iter"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// ingested is the outcome for one file.
type ingested struct {
	Path       string                      `json:"path"`
	Status     string                      `json:"status"` // stored, replaced (a former version), present or failed
	Transcript *retrieval.StoredTranscript `json:"transcript,omitempty"`
	Error      string                      `json:"error,omitempty"`
}

func ingestCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an array with the outcome for each file")
	collection := flags.String("collection", retrieval.DefaultCollection, "the collection to add to, by `name`")
	replaces := flags.String("replaces", "", "the file is a new version of this transcript, by `id` (default found out by the file's name and sentences)")
	yes := flags.Bool("yes", false, "do not ask before a server embeds many files")
	options := readingFlags(flags)
	return func(ctx context.Context, args []string) error {
		found, err := find(args)
		if err != nil {
			return err
		}
		if *replaces != "" && len(found.paths) > 1 {
			return fault.New(fault.Invalid, "%d files cannot all replace the transcript %s; name one", len(found.paths), *replaces)
		}
		if found.passedOver > 0 {
			a.warn("passed over %d files that are not called like transcripts; name a file itself to have it tried", found.passedOver)
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		if err := a.announce(ctx, s.embedder, estimateFiles(found.paths), *yes); err != nil {
			return err
		}
		request := retrieval.AddRequest{Collection: *collection, Replaces: *replaces, Options: *options}
		i := ingestion{app: a, library: s.library, request: request, quiet: *asJSON}
		err = i.run(ctx, found.paths)
		if err == nil {
			err = s.store.Settle(ctx)
		}
		if *asJSON {
			if err := a.printJSON(i.outcomes); err != nil {
				return err
			}
		}
		return err
	}
}

// ingestion is one run of the command.
type ingestion struct {
	*app
	library  *retrieval.Library
	request  retrieval.AddRequest // for each file
	quiet    bool                 // the outcomes are not printed as they come
	outcomes []ingested
}

// run adds the files. One that cannot be read does not keep the others out; a
// dependency that fails ends the work.
func (i *ingestion) run(ctx context.Context, paths []string) error {
	progress := newProgress(i.stderr, len(paths))
	failed, done := 0, 0
	for outcome := range i.library.AddAll(ctx, i.requests(paths, progress)) {
		path, err := paths[done], outcome.Err
		done++
		progress.clear()
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			err = named(path, err)
		}
		i.note(path, outcome.Stored, outcome.Created, err)
		switch {
		case err == nil:
		case len(paths) == 1 || fault.CodeOf(err).Exit() == fault.ExitDependency:
			return err
		default:
			failed++
			i.warn("%s", fault.Line(err))
		}
	}
	if failed > 0 {
		return fault.New(fault.Invalid, "%d of %d files were not stored; mend them and repeat", failed, len(paths))
	}
	return nil
}

// requests reads the files, each when it is asked for.
func (i *ingestion) requests(paths []string, progress *progress) iter.Seq2[retrieval.AddRequest, error] {
	return func(yield func(retrieval.AddRequest, error) bool) {
		for _, path := range paths {
			progress.show(path)
			request := i.request
			var err error
			request.Data, err = i.read(path)
			request.Filename = filename(path)
			if !yield(request, err) {
				return
			}
		}
	}
}

// note keeps, and prints, the outcome for a file.
func (i *ingestion) note(path string, stored retrieval.StoredTranscript, created bool, err error) {
	if err != nil {
		i.outcomes = append(i.outcomes, ingested{Path: path, Status: "failed", Error: fault.Line(err)})
		return
	}
	status := "present"
	switch {
	case created && stored.Version > 1:
		status = "replaced"
	case created:
		status = "stored"
	}
	i.outcomes = append(i.outcomes, ingested{Path: path, Status: status, Transcript: &stored})
	if !i.quiet {
		fmt.Fprintf(i.stdout, "%-8s  %s  %s (%d turns)\n", status, stored.ID, path, stored.TurnCount)
		i.warnOf(path, stored.Warnings)
	}
}
