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
	limit := flags.Int("limit", retrieval.DefaultLimit, "the `number` of turns at the most")
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
		if *asJSON {
			err = a.printJSON(searchOutput{append([]retrieval.Hit{}, result.Hits...), result.Degraded})
		} else {
			a.printResult(result)
		}
		if err == nil && len(result.Hits) == 0 {
			return errNo
		}
		return err
	}
}

func (a *app) printResult(result retrieval.Result) {
	if result.Degraded != "" {
		a.warn("%s", result.Degraded)
	}
	if len(result.Hits) == 0 {
		a.warn("nothing found; try other words, or fewer filters")
	}
	for i, h := range result.Hits {
		fmt.Fprintf(a.stdout, "%2d. %s\n", i+1, source(h.Speaker, h.Affiliation, h.Role, h.Title, h.Date))
		if q := h.Question; q != nil {
			fmt.Fprintf(a.stdout, "    asked by %s: %s\n", person(q.Speaker, q.Affiliation), excerpt(q.Text, 160))
		}
		fmt.Fprintf(a.stdout, "    %s\n    %s/t/%s#turn-%d\n\n", excerpt(h.Text, 300), a.config.links(), h.TranscriptID, h.Turn)
	}
}

// source is where words come from: who said them, in which role, at what event.
func source(speaker, affiliation transcript.Optional, role transcript.Role, title, date transcript.Optional) string {
	return joined(transcript.Optional(person(speaker, affiliation)+", "+string(role)), title, date)
}
