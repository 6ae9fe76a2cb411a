package answer

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// retrieve searches for the question, and once more for each person whose words
// it wants, so that the turns of others cannot crowd theirs out.
func (s *Service) retrieve(ctx context.Context, q *question, req Request, history []string) (retrieval.Result, error) {
	var err error
	if q.binding, err = s.bind(ctx, q.called, req.Filter); err != nil {
		return retrieval.Result{}, err
	}
	query := retrieval.Query{Text: q.text, History: history, Filter: req.Filter, Limit: s.evidence.Search.Hits, AsTyped: true, Without: req.Without}
	if q.Asking && query.Filter.Role == "" {
		query.Filter.Role = model.RoleQuestion
	}
	result, err := s.searcher.Search(ctx, query)
	if err != nil {
		return result, err
	}
	q.settle(result)
	q.mention(speakersOf(result.Hits))
	all := result
	query.Beside = &all
	for _, person := range q.persons {
		for _, name := range person.names {
			query.Filter.Speaker = name
			if err := s.retrieveMore(ctx, query, &result); err != nil {
				return result, err
			}
		}
	}
	result.Hits = distinctTurns(result.Hits)
	if s.model != nil { // which may credit by a name that several have
		q.namesakes, err = namesakes(ctx, s.searcher, req.Filter, speakersOf(result.Hits)...)
	}
	return result, err
}

// retrieveMore adds the hits of another query to a result.
func (s *Service) retrieveMore(ctx context.Context, query retrieval.Query, result *retrieval.Result) error {
	more, err := s.searcher.Search(ctx, query)
	if err != nil {
		return err
	}
	result.Timings.EmbedMS += more.Timings.EmbedMS
	result.Timings.RetrieveMS += more.Timings.RetrieveMS
	result.Hits = append(result.Hits, more.Hits...)
	return nil
}

// speakersOf are the names of those who speak in hits or in the questions that they
// answer, sorted, each once.
func speakersOf(hits []retrieval.Hit) []string {
	var names []string
	for _, h := range hits {
		if h.Speaker != "" {
			names = append(names, string(h.Speaker))
		}
		if h.Question != nil && h.Question.Speaker != "" {
			names = append(names, string(h.Question.Speaker))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// transcriptsOf are the ids of the transcripts of hits, each once.
func transcriptsOf(hits []retrieval.Hit) []string {
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.TranscriptID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// turnOf names the turn of a hit.
func turnOf(h retrieval.Hit) retrieval.TurnKey {
	return retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}
}

// distinctTurns are hits without repetitions of a turn.
func distinctTurns(hits []retrieval.Hit) []retrieval.Hit {
	seen := map[retrieval.TurnKey]bool{}
	return slices.DeleteFunc(hits, func(h retrieval.Hit) bool {
		key := turnOf(h)
		defer func() { seen[key] = true }()
		return seen[key]
	})
}
