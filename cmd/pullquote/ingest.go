package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// ingested is the outcome for one file.
type ingested struct {
	Path       string            `json:"path"`
	Status     string            `json:"status"` // stored, present or failed
	Transcript *retrieval.Record `json:"transcript,omitempty"`
	Error      string            `json:"error,omitempty"`
}

func ingestCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an array with the outcome for each file")
	collection := flags.String("collection", retrieval.DefaultCollection, "the collection to add to")
	options := parseFlagsOf(flags)
	return func(ctx context.Context, args []string) error {
		paths, err := expand(args)
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		outcomes, err := a.ingest(ctx, s.library, paths, *collection, *options)
		if *asJSON {
			return errors.Join(err, a.printJSON(outcomes))
		}
		a.printOutcomes(outcomes)
		return err
	}
}

// ingest adds the files one by one. A file that cannot be read does not keep
// the others out; a dependency that fails ends the work.
func (a *app) ingest(ctx context.Context, library *retrieval.Library, paths []string, collection string, o transcript.Options) ([]ingested, error) {
	progress := newProgress(a, len(paths))
	defer progress.clear()
	outcomes := []ingested{}
	failed := 0
	for _, path := range paths {
		progress.step(path)
		outcome, err := a.ingestFile(ctx, library, path, collection, o)
		outcomes = append(outcomes, outcome)
		progress.clear()
		if err != nil && (len(paths) == 1 || ctx.Err() != nil || fault.CodeOf(err).Exit() == fault.ExitDependency) {
			return outcomes, err
		}
		if err != nil {
			failed++
			fmt.Fprintf(a.stderr, "pullquote: %s\n", fault.MessageOf(err))
		}
	}
	if failed > 0 {
		return outcomes, fault.New(fault.Invalid, "%d of %d files were not stored; the others were", failed, len(paths))
	}
	return outcomes, nil
}

func (a *app) ingestFile(ctx context.Context, library *retrieval.Library, path, collection string, o transcript.Options) (ingested, error) {
	outcome := ingested{Path: path, Status: "failed"}
	data, err := a.readFile(path)
	if err == nil {
		if path != "-" {
			o.Filename = filepath.Base(path)
		}
		var record retrieval.Record
		var created bool
		record, created, err = library.Add(ctx, retrieval.AddRequest{Data: data, Collection: collection, Options: o})
		if err == nil {
			outcome.Transcript, outcome.Status = &record, "present"
			if created {
				outcome.Status = "stored"
			}
			return outcome, nil
		}
	}
	err = named(path, err)
	outcome.Error = fault.MessageOf(err)
	return outcome, err
}

func (a *app) printOutcomes(outcomes []ingested) {
	for _, o := range outcomes {
		if r := o.Transcript; r != nil {
			fmt.Fprintf(a.stdout, "%-7s  %s  %s (%d turns)\n", o.Status, r.ID, o.Path, r.TurnCount)
			for _, w := range r.Warnings {
				fmt.Fprintf(a.stderr, "pullquote: %s: %s\n", o.Path, w)
			}
		}
	}
}

// expand lists the files that the paths name; folders give all that is in them,
// but what is hidden.
func expand(args []string) ([]string, error) {
	var paths []string
	for _, arg := range args {
		if arg == "-" {
			paths = append(paths, arg)
			continue
		}
		err := filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case path != arg && strings.HasPrefix(entry.Name(), "."):
				if entry.IsDir() {
					return fs.SkipDir
				}
			case entry.Type().IsRegular() || path == arg && !entry.IsDir():
				paths = append(paths, path)
			}
			return nil
		})
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.New(fault.Invalid, "%s: there is no such file or folder", arg)
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "%s: it cannot be read (%s)", arg, cause(err))
		}
	}
	if len(paths) == 0 {
		return nil, fault.New(fault.Invalid, "there is no file to ingest; name files or folders, or - for standard input")
	}
	return paths, nil
}

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	app         *app
	total, done int
	terminal    bool
}

func newProgress(a *app, total int) *progress {
	f, ok := a.stderr.(*os.File)
	return &progress{app: a, total: total, terminal: ok && total > 1 && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) step(path string) {
	p.done++
	if !p.terminal {
		return
	}
	const width = 30
	filled := width * p.done / p.total
	fmt.Fprintf(p.app.stderr, "\r\033[K[%s%s] %d/%d %s", strings.Repeat("█", filled), strings.Repeat("·", width-filled), p.done, p.total, excerpt(filepath.Base(path), 40))
}

func (p *progress) clear() {
	if p.terminal {
		fmt.Fprint(p.app.stderr, "\r\033[K")
	}
}
