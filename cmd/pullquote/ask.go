package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
)

func askCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print the whole answer as JSON")
	to := declareDocument(flags, "print the answer as a document")
	conversation := flags.String("conversation", "", "go on with this conversation, by `id`")
	mode := modeFlag(flags)
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		text, err := oneArgument(args, "question")
		if err != nil {
			return err
		}
		format, err := to.formatFor(a.stdout)
		if err != nil {
			return err
		}
		a.sayOnce()
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
		switch {
		case *asJSON:
			err = a.printJSON(result)
		case to.wanted():
			var document *export.Document
			if document, err = export.NewDocument(ctx, s.library, []answer.Answer{*result}, to.style); err == nil {
				err = a.export(document, format, to.output)
			}
		default:
			if !result.Answerable && result.Notice != "" {
				result.Notice += s.collectionMeant(ctx, filter.Collection)
			}
			a.printAnswer(result)
		}
		if err == nil && !result.Answerable {
			return errNo
		}
		return err
	}
}

func modeFlag(flags *flag.FlagSet) *string {
	return flags.String("mode", string(answer.ModeAuto), "the `mode` of writing: auto, llm or extractive")
}

// printAnswer prints the prose, then where each quotation stands.
func (a *app) printAnswer(result *answer.Answer) {
	a.warnOfAnswer(result)
	a.printText(result)
	a.printSources(result)
	fmt.Fprintf(a.stdout, "\nTo go on: pullquote ask --conversation %s \"…\"\n", result.ConversationID)
}

// printText prints the prose.
func (a *app) printText(result *answer.Answer) {
	fmt.Fprintln(a.stdout, a.wrap(styled(result.Text, 0, result.Citations, colored(a.stdout, a.getenv)), ""))
}

// printSources prints where each quotation stands, or what comes nearest to the
// question when there is no answer.
func (a *app) printSources(result *answer.Answer) {
	if len(result.Citations) > 0 {
		fmt.Fprintln(a.stdout)
	}
	for _, c := range result.Citations {
		if c.Redacted {
			fmt.Fprintf(a.stdout, "[%d] %s\n", c.Number, c.RedactedReason)
			continue
		}
		fmt.Fprintf(a.stdout, "%s\n    %s\n%s", a.wrap(fmt.Sprintf("[%d] %s", c.Number, sourceOfCitation(c)), "    "), c.URL, recordingOf(c))
	}
	if len(result.Nearest) > 0 {
		fmt.Fprintln(a.stdout, "\nThe nearest turns:")
	}
	for _, h := range result.Nearest {
		fmt.Fprintln(a.stdout, a.wrap("  - "+sourceOfHit(h)+"\n    "+excerpt(h.Text, 160), "    "))
	}
}

// warnOfAnswer tells what the reader should know of how an answer was made.
func (a *app) warnOfAnswer(result *answer.Answer) {
	if result.Notice != "" {
		a.warn("%s%s", result.Notice, a.hints.take())
	}
	if len(result.Withheld) > 0 {
		a.warn("%s", withheldWords(result.Withheld))
	}
}

// withheldWords counts the statements that are not shown, by their reasons.
func withheldWords(withheld []answer.Withheld) string {
	counts := map[answer.Reason]int{}
	var reasons []answer.Reason
	for _, w := range withheld {
		if counts[w.Reason]++; counts[w.Reason] == 1 {
			reasons = append(reasons, w.Reason)
		}
	}
	parts := make([]string, len(reasons))
	for i, r := range reasons {
		parts[i] = fmt.Sprintf("%d %s", counts[r], r)
	}
	what := "1 statement of the model's was"
	if len(withheld) > 1 {
		what = fmt.Sprintf("%d statements of the model's were", len(withheld))
	}
	return what + " withheld: " + strings.Join(parts, ", ")
}
