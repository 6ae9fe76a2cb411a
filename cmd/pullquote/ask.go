package main

import (
	"context"
	"flag"
	"fmt"

	"github.com/pullquote/pullquote/answer"
)

func askCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print the whole answer as JSON")
	conversation := flags.String("conversation", "", "go on with this conversation, by `id`")
	mode := flags.String("mode", string(answer.ModeAuto), "the `mode` of writing: auto, llm or extractive")
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		text, err := oneArgument(args, "question")
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		result, err := s.answers.Answer(ctx, answer.Request{
			Question: text, ConversationID: *conversation, Filter: *filter, Mode: answer.Mode(*mode),
		}, nil)
		if err != nil {
			return err
		}
		if *asJSON {
			err = a.printJSON(result)
		} else {
			a.printAnswer(result)
		}
		if err == nil && !result.Answerable {
			return errNo
		}
		return err
	}
}

// printAnswer prints the prose, then where each quotation stands.
func (a *app) printAnswer(result *answer.Answer) {
	if result.Notice != "" {
		a.warn("%s", result.Notice)
	}
	fmt.Fprintf(a.stdout, "%s\n", result.Text)
	if len(result.Citations) > 0 {
		fmt.Fprintln(a.stdout)
	}
	for _, c := range result.Citations {
		fmt.Fprintf(a.stdout, "[%d] %s\n    %s\n", c.Number, source(c.Speaker, c.Affiliation, c.Role, c.TranscriptTitle, c.Date), c.URL)
	}
	if len(result.Nearest) > 0 {
		fmt.Fprintln(a.stdout, "\nThe nearest turns:")
	}
	for _, h := range result.Nearest {
		fmt.Fprintf(a.stdout, "  - %s\n    %s\n", source(h.Speaker, h.Affiliation, h.Role, h.Title, h.Date), excerpt(h.Text, 160))
	}
	fmt.Fprintf(a.stdout, "\nTo go on: pullquote ask --conversation %s \"…\"\n", result.ConversationID)
}
