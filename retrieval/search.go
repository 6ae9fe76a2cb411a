// Package retrieval finds the turns that matter to a question.
//
// A transcript is divided into passages (passages.go), which are indexed twice: by their
// words, with BM25 weights (bm25.go), and by their embedding. A search goes through these
// stages, whose numbers are a Ranking:
//
//   - The question is read by the words of the collection: misspelt words as those of the
//     record (spelling.go).
//   - Query terms: the question's words without stop words (terms.go, pending_query.go),
//     with synonyms, related terms (related.go), the names of speakers (names.go) and,
//     with a model, query expansion (expansion.go).
//   - Candidate generation: both indexes are asked at the same time (index.go).
//   - The candidates by words are ranked with what is said around them (context.go), and
//     diversified (diversification.go).
//   - Fusion of the two rankings by reciprocal rank (fusion.go).
//   - With the vectors of a model, the weighing of evidence: how likely each turn answers
//     (evidence.go), and the order of the likeliest (evidence_order.go).
//   - With a reranker, reranking (rerank.go).
//
// It returns turns, each with the question that it answers, because a passage without its
// speaker and its question invites misattribution. Without the embedder, or when it is
// slower than its time budget, the words alone still answer.
//
// A Library adds transcripts. The database is behind Index and Store, declared here and
// implemented in internal/postgres; package retrievaltest has one in memory.
package retrieval

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
)

const (
	// DefaultLimit is how many hits a search returns, and MaxLimit at the most.
	DefaultLimit = 10
	MaxLimit     = 100
	// MaxQueryRunes bounds a question.
	MaxQueryRunes = 4000
	// maxHistory bounds the earlier questions of a search.
	maxHistory = 50
)

// Searcher answers queries. It is safe for concurrent use.
type Searcher struct {
	index   Index
	queries *queryEmbedder
	ranking Ranking
	context *contextRanker  // of the ranking
	weights []FittedWeights // nil: the program's own
	log     *slog.Logger

	reranker     Reranker // nil: none
	rerankBudget time.Duration
	expander     Expander // nil: none
	expandBudget time.Duration
}

// Option is something that a Searcher can do without.
type Option func(*Searcher)

// WithEmbedders lets a Searcher go on where the record has the vectors of another
// model than its own.
func WithEmbedders(all Embedders) Option {
	return func(s *Searcher) { s.queries.embedders = all }
}

// NewSearcher makes a Searcher from the index and the embedder of its vectors.
func NewSearcher(index Index, embedder embeddings.Embedder, log *slog.Logger, options ...Option) *Searcher {
	s := &Searcher{index: index, queries: newQueryEmbedder(embedder, Only(embedder)), ranking: DefaultRanking(), log: log}
	for _, option := range options {
		option(s)
	}
	s.context = newContextRanker(s.ranking.Context, s.ranking.Place)
	return s
}

// Search finds the turns that matter to the query, best first. A collection
// that does not exist has no hits, and Result.Nothing says so.
func (s *Searcher) Search(ctx context.Context, q Query) (Result, error) {
	q, err := q.validate(ctx)
	if err != nil {
		return Result{}, err
	}
	start := time.Now()
	pending := s.ranking.pendingQuery(q)
	lexemes := pending.lexemes(s.ranking.Terms.ShortestPart)

	var (
		scope                Scope
		vector               Vector
		embedErr             error
		expansion            []Term
		more                 []Lexeme // of the expansion
		group, groupCtx      = errgroup.WithContext(ctx)
		embedTime, scopeTime time.Duration
	)
	// What takes longest is started last, here and in hits: the last goroutine runs at
	// once, the others when another thread has woken up for them.
	group.Go(func() error {
		vector, embedErr = s.queries.embed(groupCtx, q.inContext())
		embedTime = time.Since(start)
		return nil
	})
	group.Go(func() (err error) {
		expansion, more = s.expand(groupCtx, q, pending.terms)
		scope, err = s.index.Scope(groupCtx, q.Filter, append(lexemes, more...))
		scopeTime = time.Since(start)
		return err
	})
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	terms := s.ranking.Terms.weigh(pending.terms, scope)
	read, err := s.read(ctx, q, terms, scope)
	if err != nil {
		return Result{}, err
	}
	if read.Text != q.Text {
		q.Text, q.History = read.Text, read.History
		pending = s.ranking.pendingQuery(q)
		if read.respelled() {
			if scope, err = s.index.Scope(ctx, q.Filter, append(pending.lexemes(s.ranking.Terms.ShortestPart), more...)); err != nil {
				return Result{}, err
			}
			vector, embedErr = s.queries.embed(ctx, q.Text)
		}
		terms = s.ranking.Terms.weigh(pending.terms, scope)
	}
	vector, degraded := s.fit(ctx, q, scope, vector, embedErr)
	result := Result{
		Reading: read,
		Terms:   terms, UnknownWeight: InverseDocumentFrequency(0, scope.Passages),
		Degraded: degraded, Timings: Timings{EmbedMS: Milliseconds(embedTime)},
	}
	if result.Nothing = scope.Nothing(); result.Nothing != "" {
		return result, nil
	}
	retrieve := time.Now()
	searched := slices.Concat(result.Terms, s.ranking.Terms.weigh(expansion, scope))
	weighed := newWeighedQuery(q.Text, vector, result.Terms, s.weightsOf(vector))
	if q.Beside != nil {
		weighed.beside = q.Beside.spread
	}
	hits, spread, err := s.hits(ctx, scope, s.ranking.weighted(searched, pending.names, scope), weighed, q.Without, s.depth(q.Limit))
	result.Timings.RetrieveMS = Milliseconds(scopeTime + time.Since(retrieve))
	if err != nil {
		return result, err
	}
	rerank := time.Now()
	result.spread = spread
	if slices.ContainsFunc(hits, func(h Hit) bool { return len(h.Evidence.Sentences) > 0 }) {
		result.Fitted = weighed.weights
	}
	result.Hits, degraded = s.rerank(ctx, q, hits, result.Terms)
	result.Timings.RerankMS = Milliseconds(time.Since(rerank))
	result.Degraded = also(result.Degraded, degraded)
	result.Language = languageNotice(q.Text, result.Terms, result.Hits, scope.Model)
	for i := range result.Hits {
		result.Hits[i].tell()
	}
	return result, nil
}

// hits runs both halves of the search at the same time and reads the best turns, but for those
// left out.
func (s *Searcher) hits(ctx context.Context, scope Scope, terms []WeightedLexeme, q weighedQuery, without []TurnKey, limit int) (hits []Hit, spread *spread, err error) {
	var lexical, semantic []Candidate
	var ranking time.Duration // without the reading of turns
	group, groupCtx := errgroup.WithContext(ctx)
	if wanted := limit * s.ranking.Candidates.SemanticPerHit; len(q.vector.Values) > 0 && wanted > 0 {
		group.Go(func() (err error) {
			ctx, end := observe.Start(groupCtx, observe.Vectors)
			defer end()
			semantic, err = s.index.Semantic(ctx, scope, q.vector, max(wanted, s.ranking.Evidence.Semantic))
			semantic = bestOfTurns(semantic)
			return err
		})
	}
	if len(terms) > 0 {
		group.Go(func() (err error) {
			lexical, ranking, err = s.lexical(groupCtx, scope, terms)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	begun := time.Now()
	leftOut := func(c Candidate) bool { return slices.Contains(without, c.TurnKey) }
	lexical, semantic = slices.DeleteFunc(lexical, leftOut), slices.DeleteFunc(semantic, leftOut)
	evidence := s.ranking.Evidence
	byMeaning := len(semantic) > 0 && evidence.Semantic > 0 && q.weights != nil && !scope.Model.Builtin()
	depth := limit
	if byMeaning {
		depth = len(lexical) + len(semantic)
	}
	turns := s.ranking.Fusion.fuse(lexical, semantic, scope.Model, depth)
	if byMeaning {
		turns = evidence.candidates(turns, limit)
	}
	keys := make([]TurnKey, len(turns))
	for i, t := range turns {
		keys[i] = t.TurnKey
	}
	ranking += time.Since(begun)
	hits, vectors, err := s.readHits(ctx, scope, keys, byMeaning)
	if err != nil {
		return nil, nil, err
	}
	begun = time.Now()
	for i := range hits {
		if key, ok := hits[i].QuestionKey(); ok && slices.Contains(without, key) {
			hits[i].Question = nil
		}
	}
	byKey, most := map[TurnKey]fused{}, bestScore(lexical)
	for _, t := range turns {
		byKey[t.TurnKey] = t
	}
	for i := range hits {
		t := byKey[TurnKey{hits[i].TranscriptID, hits[i].Turn}]
		hits[i].Score, hits[i].LexicalRank, hits[i].SemanticRank = t.score, rank(t.lexical), rank(t.semantic)
		if t.lexical > 0 && most > 0 {
			hits[i].Evidence.WordShare = lexical[t.lexical-1].Score / most
		}
	}
	if len(vectors) > 0 {
		hits, spread = evidence.weigh(q, hits, vectors)
	}
	observe.Took(ctx, observe.Ranking, ranking+time.Since(begun))
	return hits[:min(len(hits), limit)], spread, nil
}

// lexical finds the turns that are ranked best by words. Where a filter leaves out turns
// of a transcript, those between two candidates may be of others than it asks for. It tells
// how long the ranking took.
func (s *Searcher) lexical(ctx context.Context, scope Scope, terms []WeightedLexeme) ([]Candidate, time.Duration, error) {
	candidates := s.ranking.Candidates
	searching, end := observe.Start(ctx, observe.Words)
	query := LexicalQuery{Terms: terms, Among: candidates.among(terms, scope), Limit: candidates.Lexical, Apart: true}
	if !scope.Narrow {
		query.Likely = candidates.Likely(query)
	}
	found, err := s.index.Lexical(searching, scope, query)
	end()
	if err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	found, asked := mergeEvidence(found, terms)
	ranked := s.context.rank(found, asked, scope.Filter.Speaker == "" && scope.Filter.Role == "")
	best := s.ranking.Diversification.diversify(bestOfTurns(ranked))
	return best, time.Since(begun), nil
}

// fit is the question's vector if there is one that fits the scope. What goes wrong
// costs the semantic half of the search only, and is told in words.
func (s *Searcher) fit(ctx context.Context, q Query, scope Scope, vector Vector, err error) (Vector, string) {
	vector, err = s.queries.fit(ctx, q.inContext(), scope, vector, err)
	if err == nil {
		return vector, ""
	}
	if !errors.Is(err, context.Canceled) {
		s.log.WarnContext(ctx, "search goes on by words alone", fault.Attr(err))
	}
	return Vector{}, withoutVectors(err)
}

func (q Query) validate(ctx context.Context) (Query, error) {
	var err error
	if q.Filter, err = q.Filter.Validate(ctx); err != nil {
		return q, err
	}
	q.Text = strings.TrimSpace(q.Text)
	switch {
	case q.Text == "":
		return q, fault.New(fault.Invalid, "the question is empty; write what you want to find")
	case len([]rune(q.Text)) > MaxQueryRunes:
		return q, fault.New(fault.TooLarge, "the question is longer than %d characters; shorten it", MaxQueryRunes)
	case len(q.History) > maxHistory:
		return q, fault.New(fault.TooLarge, "the history has more than %d questions; send the latest", maxHistory)
	case slices.ContainsFunc(q.History, func(h string) bool { return len([]rune(h)) > MaxQueryRunes }):
		return q, fault.New(fault.TooLarge, "a question of the history is longer than %d characters; shorten it", MaxQueryRunes)
	case q.Limit < 0 || q.Limit > MaxLimit:
		return q, fault.New(fault.Invalid, "limit %d is out of range; use 1 to %d", q.Limit, MaxLimit)
	case q.Limit == 0:
		q.Limit = DefaultLimit
	}
	return q, nil
}

// also joins what is told of two parts of a search.
func also(told, more string) string {
	if told == "" || more == "" {
		return told + more
	}
	return told + "; " + more
}

func rank(r int) *int {
	if r == 0 {
		return nil
	}
	return &r
}
