package bench

import (
	"context"
	"net/url"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// Recall is which part of the exact ten best turns a search finds, by words and
// by vectors.
type Recall struct {
	Name     string  `json:"name"`
	Lexical  float64 `json:"lexical"`
	Semantic float64 `json:"semantic"`
}

const (
	recallQuestions = 40
	// recallTime bounds one kind of search for one filter, of which leastRecalls
	// are made at least: an exact one reads all.
	recallTime   = 4 * time.Second
	leastRecalls = 5
	best         = 10
)

// exactIndex ranks exactly: every passage that has a word of the question, every
// vector. Its store must not use the vector index, see exactURL.
type exactIndex struct{ *postgres.Store }

func (e exactIndex) Lexical(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	q.Among, q.Likely = nil, retrieval.LikelyPassages{}
	for _, t := range q.Terms {
		q.Among = append(q.Among, t.Lexeme)
	}
	return e.Store.Lexical(ctx, scope, q)
}

// exactURL forbids plain index scans, the only way to use an HNSW index.
func exactURL(database string) (string, error) {
	u, err := url.Parse(database)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("enable_indexscan", "off")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// silent is an embedder that does not answer: what is left is search by words.
type silent struct{ embeddings.Embedder }

func (s silent) Embed(context.Context, embeddings.Kind, []string) ([][]float32, error) {
	return nil, context.DeadlineExceeded
}

// finder is a search by words or by vectors, as the program does it and exactly.
type finder struct {
	fast, exact *retrieval.Searcher
	text        func(number int) string
	questions   int
}

// recall compares the ten best turns of questions.
func (f finder) recall(ctx context.Context, filter retrieval.Filter) (float64, error) {
	found, wanted := 0, 0
	deadline := time.Now().Add(recallTime)
	for n := range min(f.questions, recallQuestions) {
		if n >= leastRecalls && time.Now().After(deadline) {
			break
		}
		query := retrieval.Query{Text: f.text(n), Filter: filter, Limit: best, AsTyped: true}
		exact, err := f.exact.Search(ctx, query)
		if err != nil {
			return 0, err
		}
		fast, err := f.fast.Search(ctx, query)
		if err != nil {
			return 0, err
		}
		wanted += len(exact.Hits)
		found += common(exact.Hits, fast.Hits)
	}
	if wanted == 0 {
		return 1, nil // there was nothing to find
	}
	return float64(found) / float64(wanted), nil
}

// common is how many of the hits are among the others.
func common(hits, others []retrieval.Hit) int {
	there := map[retrieval.TurnKey]bool{}
	for _, h := range others {
		there[retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}] = true
	}
	n := 0
	for _, h := range hits {
		if there[retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}] {
			n++
		}
	}
	return n
}
