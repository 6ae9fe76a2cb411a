package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
)

// documentFlags say as what a document is written, and where.
type documentFlags struct{ format, output, style string }

func declareDocument(flags *flag.FlagSet, usage string) *documentFlags {
	d := new(documentFlags)
	flags.StringVar(&d.format, "format", "", usage+" of this `format`: "+export.FormatList())
	flags.StringVar(&d.format, "f", "", "short for --format: a `format`")
	flags.StringVar(&d.output, "o", "", "write the document to this `file`, whose ending tells the format")
	flags.StringVar(&d.style, "style", "chicago", "citation `style` of the notes: "+export.StyleList())
	return d
}

// wanted reports whether there is to be a document.
func (d *documentFlags) wanted() bool { return d.format+d.output != "" }

// formatFor is the format that is written, if it can be written there.
func (d *documentFlags) formatFor(stdout io.Writer) (export.Format, error) {
	format, known := export.FormatOfFile(d.output)
	switch {
	case d.format != "":
		var err error
		if format, err = export.FormatOf(d.format); err != nil {
			return format, err
		}
	case d.output != "" && !known:
		return format, fault.New(fault.Invalid, "the ending of %s is that of no format; say which it is with --format: %s", d.output, export.FormatList())
	case !known:
		return export.FormatOf("md")
	}
	if format.Binary() && d.output == "" && isTerminal(stdout) {
		return format, fault.New(fault.Invalid, "a terminal cannot show %s; write it to a file with -o FILE%s", format.Name, format.Extension)
	}
	return format, nil
}

func exportCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	to := declareDocument(flags, "write a document")
	return func(ctx context.Context, ids []string) error {
		if len(ids) == 0 {
			return fault.New(fault.Invalid, "no answer is named; write `pullquote export ID`, with ids of answers or conversations")
		}
		format, err := to.formatFor(a.stdout)
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		var answers []answer.Answer
		for _, id := range ids {
			found, err := s.answersOf(ctx, id)
			if err != nil {
				return err
			}
			answers = append(answers, found...)
		}
		document, err := export.NewDocument(ctx, s.library, answers, to.style)
		if err != nil {
			return err
		}
		return a.export(document, format, to.output)
	}
}

// answersOf are the answer by an id, or those of the conversation by it.
func (s *services) answersOf(ctx context.Context, id string) ([]answer.Answer, error) {
	found, err := s.answers.Get(ctx, id)
	if err == nil {
		return []answer.Answer{*found}, nil
	}
	if fault.CodeOf(err) != fault.NotFound {
		return nil, err
	}
	c, err := s.answers.Conversation(ctx, id)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return nil, fault.Wrap(err, fault.NotFound, "there is no answer or conversation %s; `pullquote answers list` shows their ids", id)
	case err == nil && len(c.Answers) == 0:
		return nil, fault.New(fault.NotFound, "the conversation %s has no answers yet; ask a question first", id)
	case err != nil:
		return nil, err
	}
	return c.Answers, nil
}

// export writes a document to a file, whole or not at all, or to standard output.
func (a *app) export(document *export.Document, format export.Format, output string) error {
	var file bytes.Buffer
	if err := format.Write(&file, document); err != nil {
		return err
	}
	if output == "" {
		a.stdout.Write(file.Bytes())
		return nil
	}
	if err := os.WriteFile(output, file.Bytes(), 0o644); err != nil {
		return fault.Wrap(err, fault.Invalid, "%s cannot be written (%s); name another file", output, cause(err))
	}
	return nil
}
