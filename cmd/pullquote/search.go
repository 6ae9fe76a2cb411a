package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// queryTimeout bounds a search or an answer on the command line.
const queryTimeout = 2 * time.Minute

// searchOutput is what `search --json` prints, the shape of POST /v1/search.
type searchOutput struct {
	Hits   []retrieval.Hit `json:"hits"`
	Notice string          `json:"notice,omitempty"`
}

func searchCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	limit := flags.Int("limit", retrieval.DefaultLimit, "how many turns at the most")
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		text, err := oneArgument(args, "query")
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
		result, err := s.searcher.Search(ctx, retrieval.Query{Text: text, Filter: *filter, Limit: *limit})
		if err != nil {
			return err
		}
		if err := a.printHits(result, *asJSON); err != nil {
			return err
		}
		if len(result.Hits) == 0 {
			return errNo
		}
		return nil
	}
}

func (a *app) printHits(result retrieval.Result, asJSON bool) error {
	if asJSON {
		return a.printJSON(searchOutput{append([]retrieval.Hit{}, result.Hits...), result.Degraded})
	}
	if result.Degraded != "" {
		fmt.Fprintf(a.stderr, "pullquote: %s\n", result.Degraded)
	}
	if len(result.Hits) == 0 {
		fmt.Fprintln(a.stdout, "Nothing found.")
	}
	for i, h := range result.Hits {
		fmt.Fprintf(a.stdout, "%2d. %s, %s%s\n", i+1, speakerLine(h.Speaker, h.Affiliation), h.Role, place(h.Title, h.Date))
		if h.Question != nil {
			fmt.Fprintf(a.stdout, "    asked by %s: %s\n", speakerLine(h.Question.Speaker, h.Question.Affiliation), excerpt(h.Question.Text, 160))
		}
		fmt.Fprintf(a.stdout, "    %s\n    %s/t/%s#turn-%d\n\n", excerpt(h.Text, 300), a.config.publicURL, h.TranscriptID, h.Turn)
	}
	return nil
}

// place is the title and date of a transcript, to follow a name.
func place(title, date transcript.Optional) string {
	text := ""
	for _, s := range []transcript.Optional{title, date} {
		if s != "" {
			text += " · " + string(s)
		}
	}
	return text
}
