package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

func chatCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	conversation := flags.String("conversation", "", "go on with this conversation, by `id`")
	mode := modeFlag(flags)
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		if _, err := filter.Validate(ctx); err != nil {
			return err
		}
		a.sayOnce()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		if *conversation != "" {
			if _, err := s.answers.Conversation(ctx, *conversation); err != nil {
				return err
			}
		}
		c := chat{app: a, services: s, filter: *filter, mode: answer.Mode(*mode), conversation: *conversation}
		err = c.run(ctx)
		if c.conversation != "" {
			c.prompt("To go on: pullquote chat --conversation " + c.conversation + "\n")
		}
		return err
	}
}

// chat is a conversation in the terminal.
type chat struct {
	*app
	services     *services
	filter       retrieval.Filter
	mode         answer.Mode
	conversation string // empty until a question begins one
	over         bool
}

// run answers the lines of standard input until it, or the conversation, ends.
// What goes wrong with one question does not keep from the next.
func (c *chat) run(ctx context.Context) error {
	lines, err := c.lines()
	if err != nil {
		return err
	}
	c.prompt("Ask a question. /help lists what else there is, /quit ends.\n")
	for !c.over && !c.unread() {
		text, err := lines.next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			c.prompt("\n")
			return nil
		case err != nil:
			return err
		}
		if err := c.take(ctx, strings.TrimSpace(text)); err != nil {
			return err
		}
	}
	return nil
}

// unread reports whether nobody reads the answers any more.
func (c *chat) unread() bool {
	r, ok := c.stdout.(*results)
	return ok && r.err != nil
}

// lines are edited where a person types them.
func (c *chat) lines() (lines, error) {
	const prompt = "> "
	in, out := terminalOf(c.stdin), terminalOf(c.stderr)
	if in != nil && out != nil && c.getenv("TERM") != "dumb" {
		return editLines(in, out, prompt, newHistory(c.config.dataDir))
	}
	l := readLines(c.stdin)
	read := l.read
	l.read = func() (string, error) {
		c.prompt(prompt)
		return read()
	}
	return l, nil
}

// take does what a line asks for.
func (c *chat) take(ctx context.Context, text string) error {
	switch {
	case text == "":
	case strings.HasPrefix(text, "/"):
		if err := c.obey(ctx, text); err != nil {
			c.warn("%s", fault.Line(err))
		}
	default:
		c.ask(ctx, text)
	}
	return ctx.Err()
}

// answered are the answers of the conversation.
func (c *chat) answered(ctx context.Context) ([]answer.Answer, error) {
	if c.conversation == "" {
		return nil, fault.New(fault.NotFound, "there is no answer yet; ask a question first")
	}
	return c.services.answersOf(ctx, c.conversation)
}

// prompt tells a person at a terminal that it is their turn; standard output has
// the answers only.
func (c *chat) prompt(text string) {
	if isTerminal(c.stdin) {
		fmt.Fprint(c.stderr, text)
	}
}

// ask answers a question, or says why it cannot.
func (c *chat) ask(ctx context.Context, question string) {
	told := &told{to: wrapper{to: c.stdout, width: c.width()}, colored: colored(c.stdout, c.getenv)}
	var result *answer.Answer
	err := c.interrupts.during(ctx, func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		result, err = c.services.answers.Answer(ctx, answer.Request{
			Question: question, ConversationID: c.conversation, Filter: c.filter, Mode: c.mode,
		}, told.hear)
		return err
	})
	told.to.flush()
	if err != nil && told.text.Len() > 0 {
		fmt.Fprintln(c.stdout) // what was told of the answer ends here
	}
	switch {
	case err == nil:
		c.conversation = result.ConversationID
		c.finish(result, told.text.String())
	case ctx.Err() != nil: // the chat itself ends
	case errors.Is(err, context.Canceled):
		c.warn("stopped; ask again, or another question")
	default:
		c.warn("%s", fault.Line(err))
	}
}

// finish completes an answer of which a text has been told: all of it, unless
// the model broke off and another answer took its place.
func (c *chat) finish(result *answer.Answer, told string) {
	if told != result.Text {
		if told != "" {
			fmt.Fprint(c.stdout, " …\n\n")
		}
		c.printText(result)
	} else {
		fmt.Fprintln(c.stdout)
	}
	c.printSources(result)
	fmt.Fprintln(c.stdout)
	c.warnOfAnswer(result)
}

// told writes the text of an answer as it comes, and keeps it.
type told struct {
	to        wrapper
	colored   bool
	text      strings.Builder
	citations []answer.Citation // which come before the text that has them
}

func (t *told) hear(e answer.Event) error {
	switch e := e.(type) {
	case answer.Cited:
		t.citations = append(t.citations, e.Citation)
	case answer.Delta:
		from := utf8.RuneCountInString(t.text.String())
		t.text.WriteString(e.Text)
		t.to.print(styled(e.Text, from, t.citations, t.colored))
	}
	return nil
}
