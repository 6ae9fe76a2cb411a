package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// queryTimeout bounds a search or an answer on the command line.
const queryTimeout = 2 * time.Minute

// searchOutput is what `search --json` prints, the shape of POST /v1/search.
type searchOutput struct {
	Hits       []retrieval.Hit        `json:"hits"`
	DidYouMean []retrieval.Respelling `json:"did_you_mean,omitempty"`
	Notice     string                 `json:"notice,omitempty"`
}

func searchCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	limit := retrieval.DefaultLimit
	flags.Var(numberOf(&limit, 1, retrieval.MaxLimit, "turns", fmt.Sprintf("for %d", limit)), "limit", "the `number` of turns at the most")
	to := declareDocument(flags, "print the turns as a document")
	again := flags.String("again", "", "run the search of this `file` again, which --format json wrote")
	filter := filterFlags(flags)
	return func(ctx context.Context, args []string) error {
		search, err := a.searchOf(args, *again, *filter, limit)
		if err != nil {
			return err
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
		ctx, cancel := context.WithTimeout(ctx, queryTimeout)
		defer cancel()
		result, err := s.searcher.Search(ctx, retrieval.Query{Text: search.Query, Filter: search.Filter, Limit: search.Limit})
		if err != nil {
			return err
		}
		switch {
		case *asJSON:
			err = a.printJSON(searchOutput{append([]retrieval.Hit{}, result.Hits...), result.Reading.DidYouMean, result.Notice()})
		case to.wanted():
			err = a.exportSearch(ctx, s, search, result, format, to)
		default:
			if notice := result.Notice(); notice != "" {
				a.warn("%s%s", notice, s.collectionMeant(ctx, search.Filter.Collection))
			}
			a.printResult(result)
		}
		if err == nil && len(result.Hits) == 0 {
			return errNo
		}
		return err
	}
}

// searchOf is the search that a command line asks for, or names the file of.
func (a *app) searchOf(args []string, again string, filter retrieval.Filter, limit int) (export.Search, error) {
	if again == "" {
		text, err := oneArgument(args, "query")
		return export.Search{Query: text, Filter: filter, Limit: limit}, err
	}
	if len(args) > 0 {
		return export.Search{}, fault.New(fault.Invalid, "--again runs the query of %s; leave out the other", again)
	}
	file, err := a.read(again)
	if err != nil {
		return export.Search{}, named(again, err)
	}
	search, err := export.ReadSearch(file)
	if err != nil {
		return search, named(again, err)
	}
	return search, nil
}

func (a *app) exportSearch(ctx context.Context, s *services, search export.Search, result retrieval.Result, format export.Format, to *documentFlags) error {
	document, err := export.NewDocument(ctx, s.library, []answer.Answer{s.answers.Found(search.Query, result)}, to.style)
	if err != nil {
		return err
	}
	document.Search = &search
	return a.export(document, format, to.output)
}

func (a *app) printResult(result retrieval.Result) {
	if len(result.Hits) == 0 && result.Nothing == "" {
		a.warn("nothing found; try other words, or fewer filters")
	}
	for i, h := range result.Hits {
		text := fmt.Sprintf("%2d. %s\n", i+1, sourceOfHit(h))
		if q := h.Question; q != nil {
			text += fmt.Sprintf("    asked by %s: %s\n", words.InertLine(q.Credit().Name(unnamed)), excerpt(q.Text, 160))
		}
		text += fmt.Sprintf("    %s\n    %s/t/%s#turn-%d\n", excerpt(h.Text, 300), a.config.links(), h.TranscriptID, h.Turn)
		if h.MediaURL != "" {
			text += fmt.Sprintf("    Recording: %s\n", h.MediaURL)
		}
		text += "\n"
		fmt.Fprint(a.stdout, a.wrap(text, "    "))
	}
}

// source is where words come from: who said them, in which role and whether of their own,
// at what event; and why that is uncertain.
func source(c model.Credit, quoting string, title, date transcript.Optional) string {
	who := c.Name(unnamed) + ", " + string(c.Role)
	if quoting != "" {
		who += ", " + quoting
	}
	line := joined(transcript.Optional(who), transcript.Optional(words.Title(string(title))), date)
	if c.Doubt != "" {
		line += " (" + string(c.Doubt) + ")"
	}
	return words.InertLine(line)
}

func sourceOfHit(h retrieval.Hit) string { return source(h.Credit(), h.Quoting(), h.Title, h.Date) }

func sourceOfCitation(c answer.Citation) string {
	return source(c.Credit(), c.Quoting(), c.TranscriptTitle, c.Date)
}

// recordingOf is the line that leads to where a recording has the words of a citation; none
// where there is no recording.
func recordingOf(c answer.Citation) string {
	if c.Heard() == "" {
		return ""
	}
	return fmt.Sprintf("    %s: %s\n", c.Heard(), c.MediaURL)
}
