package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript"
)

// maxFile bounds what is read of a file, in bytes.
const maxFile = 100 << 20

// standardInput is the path that stands for it.
const standardInput = "-"

func parseCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an object for one file, an array for several")
	explain := flags.Bool("explain", false, "print how each file was read instead: which format and why, what stands in no turn, what is doubtful")
	options := readingFlags(flags)
	return func(ctx context.Context, paths []string) error {
		if len(paths) == 0 {
			return fault.New(fault.Invalid, "no file is named; write `pullquote parse FILE`")
		}
		if *explain {
			return a.explain(ctx, paths, *options, *asJSON)
		}
		defer debug.SetGCPercent(debug.SetGCPercent(parseGarbage))
		transcripts, err := a.parseAll(ctx, paths, *options)
		if err != nil {
			return err
		}
		switch {
		case *asJSON && len(transcripts) == 1:
			return a.printTranscriptJSON(transcripts[0])
		case *asJSON:
			return a.printJSON(transcripts)
		}
		for i, t := range transcripts {
			a.printTranscript(paths[i], t)
		}
		return nil
	}
}

// readingFlags declares how a file is to be read.
func readingFlags(flags *flag.FlagSet) *transcript.Options {
	o := new(transcript.Options)
	flags.StringVar(&o.Format, "format", "", "read as this `format`: "+strings.Join(transcript.Formats(), ", ")+" (default recognised)")
	flags.StringVar(&o.Title, "title", "", "`title`, where the document's own is not wanted")
	flags.StringVar(&o.Date, "date", "", "`date` of the event, such as 2026-01-31, where the document's own is not wanted")
	flags.StringVar(&o.Place, "place", "", "`place` of the event, where the document's own is not wanted")
	flags.StringVar(&o.Media, "media", "", "`link` to the recording, https://..., where the document's own is not wanted")
	return o
}

// parseGarbage is the garbage that may be in memory while files are parsed, in
// percent of what is in use. With the usual 100, a large file takes more than
// eight times its size.
const parseGarbage = 40

func (a *app) parseAll(ctx context.Context, paths []string, o transcript.Options) ([]*transcript.Transcript, error) {
	transcripts := make([]*transcript.Transcript, len(paths))
	for i, path := range paths {
		data, err := a.read(path)
		if err != nil {
			return nil, named(path, err)
		}
		o.Filename = filename(path)
		if transcripts[i], err = transcript.Parse(ctx, data, o); err != nil {
			return nil, named(path, err)
		}
	}
	return transcripts, nil
}

// read reads a file, or standard input, up to maxFile.
func (a *app) read(path string) ([]byte, error) {
	in := a.stdin
	if path != standardInput {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "it cannot be opened (%s); check the path", cause(err))
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > maxFile {
			return nil, errTooLarge()
		}
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	switch {
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "it cannot be read (%s); name a file that can", cause(err))
	case len(data) > maxFile:
		return nil, errTooLarge()
	}
	return data, nil
}

func errTooLarge() error {
	return fault.New(fault.TooLarge, "it is larger than %d MB; split it", maxFile>>20)
}

// filename is what a path tells of a document's format; standard input has none.
func filename(path string) string {
	if path == standardInput {
		return ""
	}
	return filepath.Base(path)
}

// named puts the file's name before an error.
func named(path string, err error) error {
	if path == standardInput {
		path = "standard input"
	}
	return fault.Wrap(err, fault.CodeOf(err), "%s: %s", words.Escaped(path), fault.MessageOf(err))
}

// cause is the last and plainest part of an error of the operating system.
func cause(err error) string {
	parts := strings.Split(err.Error(), ": ")
	return parts[len(parts)-1]
}

func (a *app) printTranscript(path string, t *transcript.Transcript) {
	heading := words.Escaped(path)
	if about := joined(t.Title, t.Date, t.Place); about != "" {
		heading = words.InertLine(about)
	}
	fmt.Fprintf(a.stdout, "%s\n%d turns, format %s\n\n", heading, len(t.Turns), t.Format)
	for _, turn := range t.Turns {
		fmt.Fprintf(a.stdout, "%4d  %-9s  %s\n      %s\n", turn.Index, turn.Role, words.InertLine(speakerOf(turn)), excerpt(turn.Text, 100))
	}
	fmt.Fprintln(a.stdout)
	a.warnOf(path, t.Warnings)
}

// speakerOf is who speaks a turn, whether they quote and, where it is uncertain, why.
func speakerOf(turn transcript.Turn) string {
	name := turn.Credit().Name(unnamed)
	if quoting := turn.Quoting(); quoting != "" {
		name += ", " + quoting
	}
	if turn.Doubt != "" {
		name += " (" + string(turn.Doubt) + ")"
	}
	return name
}

// warnOf tells the doubts in the reading of a file.
func (a *app) warnOf(path string, warnings []string) {
	for _, w := range warnings {
		a.warn("%s: %s", words.Escaped(path), w)
	}
}
