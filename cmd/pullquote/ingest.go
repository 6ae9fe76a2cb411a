package main

import (
	"context"
	"flag"
	"fmt"
	"iter"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

func ingestCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an array with the outcome for each file")
	dryRun := flags.Bool("dry-run", false, "store nothing, and show what would be stored; needs no database")
	collection := flags.String("collection", retrieval.DefaultCollection, "the collection to add to, by `name`")
	replaces := flags.String("replaces", "", "the file is a new version of this transcript, by `id` (default found out by the file's name and sentences)")
	embargo := flags.String("embargo", "", "show nobody what is stored before a `time`: 2026-01-31, 2026-01-31T18:00:00Z or for-good")
	yes := flags.Bool("yes", false, "do not ask before a server embeds many files")
	options := readingFlags(flags)
	return func(ctx context.Context, args []string) error {
		found, err := find(args)
		if err != nil {
			return err
		}
		if *replaces != "" && len(found.files) > 1 {
			return fault.New(fault.Invalid, "%d files cannot all replace the transcript %s; name one", len(found.files), *replaces)
		}
		until, err := retrieval.ParseEmbargo(*embargo)
		if err != nil {
			return err
		}
		request := retrieval.AddRequest{Collection: *collection, Replaces: *replaces, Embargo: until, Options: *options}
		i := ingestion{app: a, found: found, request: request, quiet: *asJSON}
		if *dryRun {
			err = i.rehearse(ctx)
		} else {
			err = i.store(ctx, *yes)
		}
		if *asJSON && i.began {
			if err := a.printJSON(i.passedOver()); err != nil {
				return err
			}
		}
		return err
	}
}

// ingestion is one run of the command.
type ingestion struct {
	*app
	found
	request  retrieval.AddRequest // for each file
	quiet    bool                 // the outcomes are not printed as they come
	began    bool                 // there are outcomes to be shown
	failed   int                  // files that were not stored, and should have been
	outcomes []ingested
}

// store adds the files to the record.
func (i *ingestion) store(ctx context.Context, yes bool) error {
	s, err := i.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := i.announce(ctx, s.embedder, estimateFiles(i.paths()), yes); err != nil {
		return err
	}
	i.began = true
	if err := i.add(ctx, s.library); err != nil {
		return err
	}
	if err := i.embedPending(ctx, s.library); err != nil {
		return err
	}
	for _, o := range i.outcomes {
		if o.Transcript != nil {
			o.Transcript.Pending = 0
		}
	}
	if err := s.store.Settle(ctx); err != nil {
		return err
	}
	return i.finish()
}

// add adds the files. One that cannot be read does not keep the others out; a
// dependency that fails ends the work.
func (i *ingestion) add(ctx context.Context, library *retrieval.Library) error {
	progress := i.newProgress(len(i.files))
	done := 0
	for outcome := range library.AddAll(ctx, i.requests(progress)) {
		file := i.files[done]
		done++
		progress.clear()
		if outcome.Err != nil {
			if err := i.refused(ctx, file, outcome.Err); err != nil {
				return err
			}
			continue
		}
		i.stored(file.path, outcome)
	}
	return nil
}

// requests reads the files, each when it is asked for.
func (i *ingestion) requests(progress *progress) iter.Seq2[retrieval.AddRequest, error] {
	return func(yield func(retrieval.AddRequest, error) bool) {
		for _, file := range i.files {
			progress.show("files", file.path)
			request := i.request
			var err error
			request.Data, err = i.read(file.path)
			request.Filename = filename(file.path)
			if !yield(request, err) {
				return
			}
		}
	}
}

// stored keeps, and prints, the outcome for a file that is in the record.
func (i *ingestion) stored(path string, outcome retrieval.Outcome) {
	status := statusPresent
	switch {
	case outcome.Created && outcome.Stored.Version > 1:
		status = statusReplaced
	case outcome.Created:
		status = statusStored
	case outcome.Edited:
		status = statusEdited
	}
	r := outcome.Stored
	i.outcomes = append(i.outcomes, ingested{Path: path, Status: status, Transcript: &r})
	if !i.quiet {
		fmt.Fprintf(i.stdout, "%-8s  %s  %s (%s)\n", status, r.ID, words.Escaped(path), counted(r.TurnCount, "turn"))
		i.warnOf(path, r.Warnings)
	}
}

// refused keeps the outcome for a file that is not in the record. What a folder has
// besides transcripts is skipped; of anything else a line tells. An error ends the work.
func (i *ingestion) refused(ctx context.Context, file foundFile, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	reason, mendable := reasonOf(err)
	err = named(file.path, err)
	o := ingested{Path: file.path, Status: statusFailed, Reason: reason, Error: fault.Line(err)}
	if file.inFolder && !mendable {
		o.Status = statusSkipped
		i.outcomes = append(i.outcomes, o)
		return nil
	}
	i.outcomes = append(i.outcomes, o)
	if len(i.files) == 1 || fault.CodeOf(err).Exit() == fault.ExitDependency {
		return err
	}
	i.failed++
	i.warn("%s", fault.Line(err))
	return nil
}

// finish tells what became of a folder's files, and whether all is well.
func (i *ingestion) finish() error {
	if i.folders && !i.quiet {
		i.summarise()
	}
	switch none := i.count(statusFailed) + i.count(statusSkipped); {
	case i.failed > 0:
		return fault.New(fault.Invalid, "%d of %d files were not stored; mend them and repeat", i.failed, len(i.files))
	case none == len(i.files):
		return errNoTranscript()
	}
	return nil
}
