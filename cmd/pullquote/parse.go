package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
)

// maxFile bounds what is read of a file.
const maxFile = 100 << 20

func parseCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an object for one file, an array for several")
	options := parseFlagsOf(flags)
	return func(_ context.Context, args []string) error {
		if len(args) == 0 {
			return fault.New(fault.Invalid, "no file is named; write `pullquote parse FILE`")
		}
		transcripts := make([]*transcript.Transcript, len(args))
		for i, path := range args {
			t, err := a.parse(path, *options)
			if err != nil {
				return named(path, err)
			}
			transcripts[i] = t
		}
		if *asJSON && len(transcripts) == 1 {
			return a.printJSON(transcripts[0])
		}
		if *asJSON {
			return a.printJSON(transcripts)
		}
		for _, t := range transcripts {
			a.printTranscript(t)
		}
		return nil
	}
}

// parseFlagsOf declares how a file is to be read.
func parseFlagsOf(flags *flag.FlagSet) *transcript.Options {
	o := new(transcript.Options)
	flags.StringVar(&o.Format, "format", "", "read as this format: "+strings.Join(transcript.Formats(), ", ")+" (default recognised)")
	flags.StringVar(&o.Title, "title", "", "title, where the document's own is not wanted")
	flags.StringVar(&o.Date, "date", "", "date of the event, such as 2026-01-31")
	return o
}

func (a *app) parse(path string, o transcript.Options) (*transcript.Transcript, error) {
	data, err := a.readFile(path)
	if err != nil {
		return nil, err
	}
	o.Filename = filepath.Base(path)
	return transcript.Parse(data, o)
}

// readFile reads a file, or standard input for "-", up to maxFile.
func (a *app) readFile(path string) ([]byte, error) {
	in := a.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "it cannot be opened (%s); check the path", cause(err))
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "it cannot be read (%s)", cause(err))
	}
	if len(data) > maxFile {
		return nil, fault.New(fault.TooLarge, "it is larger than %d MB; split it", maxFile>>20)
	}
	return data, nil
}

// named puts the file's name before an error.
func named(path string, err error) error {
	return fault.Wrap(err, fault.CodeOf(err), "%s: %s", path, fault.MessageOf(err))
}

// cause is the last and plainest part of an error of the file system.
func cause(err error) string {
	parts := strings.Split(err.Error(), ": ")
	return parts[len(parts)-1]
}

func (a *app) printTranscript(t *transcript.Transcript) {
	heading := []string{}
	for _, s := range []transcript.Optional{t.Title, t.Date, t.Place} {
		if s != "" {
			heading = append(heading, string(s))
		}
	}
	fmt.Fprintf(a.stdout, "%s\n%d turns, format %s\n\n", strings.Join(heading, " · "), len(t.Turns), t.Format)
	for _, turn := range t.Turns {
		fmt.Fprintf(a.stdout, "%4d  %-9s  %s\n      %s\n", turn.Index, turn.Role, speakerLine(turn.Speaker, turn.Affiliation), excerpt(turn.Text, 100))
	}
	for _, w := range t.Warnings {
		fmt.Fprintf(a.stdout, "\nwarning: %s\n", w)
	}
	fmt.Fprintln(a.stdout)
}

func speakerLine(name, affiliation transcript.Optional) string {
	switch {
	case name == "":
		return "(not named)"
	case affiliation != "":
		return fmt.Sprintf("%s (%s)", name, affiliation)
	}
	return string(name)
}

// excerpt is the beginning of a text on one line, n characters at the most.
func excerpt(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
