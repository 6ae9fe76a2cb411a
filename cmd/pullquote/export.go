package main

import (
	"bytes"
	"context"
	"flag"
	"os"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
)

func exportCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	name := flags.String("format", "md", "write this `format`: "+export.FormatList())
	flags.StringVar(name, "f", "md", "short for --format: a `format`")
	style := styleFlag(flags)
	output := flags.String("o", "", "write to this `file` instead of standard output")
	return func(ctx context.Context, ids []string) error {
		if len(ids) == 0 {
			return fault.New(fault.Invalid, "no answer is named; write `pullquote export ID`, with ids of answers or conversations")
		}
		format, err := export.FormatOf(*name)
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
		document, err := export.NewDocument(ctx, s.library, answers, *style)
		if err != nil {
			return err
		}
		return a.export(document, format, *output)
	}
}

func styleFlag(flags *flag.FlagSet) *string {
	return flags.String("style", "chicago", "citation `style` of the notes: "+export.StyleList())
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
		return nil, fault.Wrap(err, fault.NotFound, "there is no answer or conversation %s; `pullquote ask --json` prints the ids of both", id)
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
