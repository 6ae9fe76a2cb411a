package mcpserver

import (
	"context"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

type searchArguments struct {
	Query string `json:"query" jsonschema:"What to look for: words, a name, or a question."`
	Limit int    `json:"limit,omitempty" jsonschema:"Results at the most, from 1 to 100; 10 without it."`
	retrieval.Filter
}

// searchResults begin with what ChatGPT's connectors expect.
type searchResults struct {
	Results    []searchResult         `json:"results"`
	DidYouMean []retrieval.Respelling `json:"did_you_mean,omitempty" jsonschema:"Words of the query that the record does not have, and those it has instead."`
	Notice     string                 `json:"notice,omitempty" jsonschema:"What the user should know of this search."`
}

// searchResult is a turn, or the words that answer in a long one.
type searchResult struct {
	ID    string `json:"id" jsonschema:"The turn's id, for fetch."`
	Title string `json:"title" jsonschema:"The byline: who speaks, in which role, at which event and when."`
	URL   string `json:"url" jsonschema:"The turn on Pullquote's page, for people."`
	Text  string `json:"text" jsonschema:"Words of the turn: all of them, or of a long turn the sentences that matter most."`
}

func (s *Server) search(ctx context.Context, in searchArguments, _ func(string)) (searchResults, error) {
	result, err := s.Searcher.Search(ctx, retrieval.Query{Text: in.Query, Filter: in.Filter, Limit: in.Limit})
	if err != nil {
		return searchResults{}, err
	}
	return searchResults{s.results(in.Query, result), result.Reading.DidYouMean, result.Notice()}, nil
}

// results shows what a search found, in its order.
func (s *Server) results(query string, found retrieval.Result) []searchResult {
	results := []searchResult{}
	for i, c := range s.Answers.Found(query, found).Citations {
		results = append(results, searchResult{turnID(c.TranscriptID, c.Turn), byline(c), c.URL, excerpt(c, found.Hits[i].EvidenceSpans)})
	}
	return results
}

// maxExcerpt is how long words of a turn are at the most in a list of results, in code
// points, unless a single sentence is longer: some 250 words.
const maxExcerpt = 1_500

// excerpt is a turn that was cited whole, or whole sentences of it, from where the
// evidence begins.
func excerpt(c answer.Citation, evidence []sentence.Span) string {
	turn := []rune(c.Quote)
	if len(turn) <= maxExcerpt {
		return c.Quote
	}
	from := 0
	if len(evidence) > 0 {
		from = evidence[0].Start - c.Start
	}
	start, end := -1, 0
	for _, s := range sentence.Split(c.Quote) {
		switch {
		case s.End <= from:
			continue
		case start < 0:
			start = s.Start
		case s.End-start > maxExcerpt:
			return string(turn[start:end])
		}
		end = s.End
	}
	return string(turn[max(start, 0):end])
}
