package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// slashCommand is what a line of a chat that begins with a slash asks for.
type slashCommand struct {
	name, argument, summary string
	run                     func(c *chat, ctx context.Context, argument string) error
}

func slashCommands() []slashCommand {
	return []slashCommand{
		{"/sources", "", "show where each quotation of the last answer stands", (*chat).sources},
		{"/export", "FILE", "write the conversation to a file, whose ending tells the format", (*chat).exportTo},
		{"/new", "", "begin a new conversation", (*chat).anew},
		{"/help", "", "show this list", (*chat).help},
		{"/quit", "", "end", (*chat).quit},
	}
}

// obey does what a command asks for.
func (c *chat) obey(ctx context.Context, text string) error {
	name, argument, _ := strings.Cut(text, " ")
	argument = strings.TrimSpace(argument)
	var names []string
	for _, command := range slashCommands() {
		switch {
		case command.name != name:
			names = append(names, command.name)
		case (argument != "") != (command.argument != ""):
			return fault.New(fault.Invalid, "write %s", command.usage())
		default:
			return command.run(c, ctx, argument)
		}
	}
	return fault.New(fault.Invalid, "there is no command %s; %s/help lists them", name, didYouMean("", name, names))
}

func (c slashCommand) usage() string { return words.OneLine(c.name + " " + c.argument) }

// sources shows the quotations of the last answer, with the questions that they answer.
func (c *chat) sources(ctx context.Context, _ string) error {
	answers, err := c.answered(ctx)
	if err != nil {
		return err
	}
	last := answers[len(answers)-1]
	if len(last.Citations) == 0 {
		return fault.New(fault.NotFound, "the last answer quotes nothing")
	}
	for _, cited := range last.Citations {
		if cited.Redacted {
			fmt.Fprintf(c.stdout, "[%d] %s\n\n", cited.Number, cited.RedactedReason)
			continue
		}
		text := fmt.Sprintf("[%d] %s\n", cited.Number, sourceOfCitation(cited))
		if q := cited.Question; q != nil {
			text += fmt.Sprintf("    asked by %s: %s\n", words.InertLine(q.Credit().Name(unnamed)), words.InertLine(q.Text))
		}
		text += fmt.Sprintf("    “%s”\n    %s\n%s\n", words.InertLine(cited.Quote), cited.URL, recordingOf(cited))
		fmt.Fprint(c.stdout, c.wrap(text, "    "))
	}
	return nil
}

// exportTo writes the conversation to a file.
func (c *chat) exportTo(ctx context.Context, file string) error {
	to := documentFlags{output: file}
	format, err := to.formatFor(c.stdout)
	if err != nil {
		return err
	}
	answers, err := c.answered(ctx)
	if err != nil {
		return err
	}
	document, err := export.NewDocument(ctx, c.services.library, answers, "")
	if err != nil {
		return err
	}
	if err = c.export(document, format, file); err == nil {
		c.prompt("written to " + words.Escaped(file) + "\n")
	}
	return err
}

func (c *chat) anew(context.Context, string) error {
	c.conversation = ""
	return nil
}

func (c *chat) help(context.Context, string) error {
	for _, command := range slashCommands() {
		fmt.Fprintf(c.stderr, "  %-14s %s\n", command.usage(), command.summary)
	}
	return nil
}

func (c *chat) quit(context.Context, string) error {
	c.over = true
	return nil
}
