package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// maxLine is longer than any question, in bytes.
const maxLine = 1 << 20

func chatCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	conversation := flags.String("conversation", "", "go on with this conversation, by `id`")
	mode := modeFlag(flags)
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		if _, err := filter.Validate(); err != nil {
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
		c := chat{app: a, answers: s.answers, filter: *filter, mode: answer.Mode(*mode), conversation: *conversation}
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
	answers      *answer.Service
	filter       retrieval.Filter
	mode         answer.Mode
	conversation string // empty until a question begins one
}

// run answers the lines of standard input until it, or the conversation, ends.
// What goes wrong with one question does not keep from the next.
func (c *chat) run(ctx context.Context) error {
	lines := readLines(ctx, c.stdin)
	c.prompt("Ask a question. /new begins a new conversation, /quit ends.\n")
	for {
		c.prompt("> ")
		select {
		case <-ctx.Done():
			c.prompt("\n")
			return nil
		case l := <-lines:
			if l.err == io.EOF {
				c.prompt("\n")
				return nil
			}
			if l.err != nil {
				return l.err
			}
			if over, err := c.take(ctx, strings.TrimSpace(l.text)); over || err != nil {
				return err
			}
		}
	}
}

// take does what a line asks for. It reports whether the chat is over.
func (c *chat) take(ctx context.Context, text string) (over bool, err error) {
	switch {
	case text == "":
	case text == "/quit":
		return true, nil
	case text == "/new":
		c.conversation = ""
	case strings.HasPrefix(text, "/"):
		c.warn("there is no command %s; /new begins a new conversation, /quit ends", words.InertLine(text))
	default:
		c.ask(ctx, text)
	}
	if _, err := c.stdout.Write(nil); err != nil {
		return true, nil // nobody reads the answers any more, which results tells
	}
	return false, ctx.Err()
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
	told := &told{to: c.stdout, colored: colored(c.stdout, c.getenv)}
	var result *answer.Answer
	err := c.interrupts.during(ctx, func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		result, err = c.answers.Answer(ctx, answer.Request{
			Question: question, ConversationID: c.conversation, Filter: c.filter, Mode: c.mode,
		}, told.hear)
		return err
	})
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
		fmt.Fprint(c.stdout, styled(result.Text, 0, result.Citations, colored(c.stdout, c.getenv)))
	}
	fmt.Fprintln(c.stdout)
	c.printSources(result)
	fmt.Fprintln(c.stdout)
	c.warnOfAnswer(result)
}

// told writes the text of an answer as it comes, and keeps it.
type told struct {
	to        io.Writer
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
		_, err := io.WriteString(t.to, styled(e.Text, from, t.citations, t.colored))
		return err
	}
	return nil
}

// line is a line of input, or why there are no more.
type line struct {
	text string
	err  error // io.EOF at the end
}

// readLines reads lines when they are asked for. What waits for a line at a
// terminal cannot be called off; it ends with the program.
func readLines(ctx context.Context, in io.Reader) <-chan line {
	lines := make(chan line)
	send := func(l line) bool {
		select {
		case lines <- l:
			return true
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		scanner := bufio.NewScanner(in)
		scanner.Buffer(nil, maxLine)
		for scanner.Scan() {
			if !send(line{text: scanner.Text()}) {
				return
			}
		}
		err := scanner.Err()
		switch {
		case err == nil:
			err = io.EOF
		case errors.Is(err, bufio.ErrTooLong):
			err = fault.Wrap(err, fault.TooLarge, "a line is longer than any question; ask in fewer words")
		default:
			err = fault.Wrap(err, fault.Invalid, "standard input cannot be read (%s); ask with pullquote ask", cause(err))
		}
		send(line{err: err})
	}()
	return lines
}
