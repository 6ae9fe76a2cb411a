package retrieval

import (
	"fmt"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// east and north are two meanings that have nothing in common.
var (
	east  = []float32{1, 0}
	north = []float32{0, 1}
)

// weighing are weights under which only these features count.
func weighing(turn, sentence map[string]float64) *FittedWeights {
	return &FittedWeights{Model: "m", Turn: FeatureWeights{Weights: turn}, Sentence: FeatureWeights{Weights: sentence}}
}

// hitOf is a hit with a sentence of each meaning.
func hitOf(turn int, meanings ...[]float32) (Hit, []SentenceVector) {
	h := Hit{TranscriptID: "t", Turn: turn, Role: model.RoleStatement, Start: 100 * turn}
	var vectors []SentenceVector
	for i, m := range meanings {
		text := fmt.Sprintf("It was %d then. ", i)
		start := h.Start + len(h.Text)
		vectors = append(vectors, NewSentenceVector(sentence.Span{Start: start, End: start + len(text) - 1}, m))
		h.Text += text
	}
	h.Text = h.Text[:len(h.Text)-1]
	h.End = h.Start + len(h.Text)
	return h, vectors
}

// A turn whose sentences mean what is asked comes before one that was ahead by its words, and
// the sentences themselves are its evidence.
func TestEvidenceOrdersByMeaning(t *testing.T) {
	first, firstVectors := hitOf(1, north, north)
	second, secondVectors := hitOf(2, north, east, north)
	q := newWeighedQuery("Where does it rise?", Vector{Model: embeddings.Model{Name: "m"}, Values: east}, nil,
		weighing(map[string]float64{"best sentence": 1}, map[string]float64{"meaning": 1}))
	hits, _ := EvidenceRanking{Turns: 5, Spans: 1}.weigh(q, []Hit{first, second}, map[TurnKey][]SentenceVector{{"t", 1}: firstVectors, {"t", 2}: secondVectors})
	if hits[0].Turn != 2 || hits[0].Score <= hits[1].Score {
		t.Errorf("the order is %d (%g), %d (%g)", hits[0].Turn, hits[0].Score, hits[1].Turn, hits[1].Score)
	}
	if want := []sentence.Span{secondVectors[1].Span}; !slices.Equal(hits[0].EvidenceSpans, want) {
		t.Errorf("the evidence is %v, want %v", hits[0].EvidenceSpans, want)
	}
}

// Turns without vectors, as of a record that was stored before there were any, keep their
// place among themselves, and their sentences are weighed by what is known.
func TestEvidenceWithoutVectors(t *testing.T) {
	first, _ := hitOf(1, north)
	second, _ := hitOf(2, north, north)
	q := newWeighedQuery("How many were there?", Vector{Model: embeddings.Model{Name: "m"}, Values: east}, nil,
		weighing(map[string]float64{"best sentence": 1}, map[string]float64{"number wanted and there": 1, "near the start": 1}))
	hits, _ := EvidenceRanking{Turns: 5, Spans: 3}.weigh(q, []Hit{first, second}, nil)
	if hits[0].Turn != 1 || len(hits[1].Evidence.Sentences) != 2 {
		t.Fatalf("hits %+v", hits)
	}
	if a, b := hits[1].Evidence.Sentences[0].LogOdds, hits[1].Evidence.Sentences[1].LogOdds; !(a > b && b > 1) {
		t.Errorf("log-odds %g and %g: both have a number, and the first is nearer to the start", a, b)
	}
}

// A turn that waits to be embedded is weighed as the average of those that are, so that its
// words decide: it is neither behind all that are embedded nor ahead of them.
func TestEvidenceOfTurnsThatWait(t *testing.T) {
	near, nearVectors := hitOf(1, east, north)
	waits, _ := hitOf(2, north)
	far, farVectors := hitOf(3, north, north)
	vectors := map[TurnKey][]SentenceVector{{"t", 1}: nearVectors, {"t", 3}: farVectors}
	for _, test := range []struct {
		name string
		rank int // by words, of the turn that waits
		want []int
	}{
		{"its words are no better", 3, []int{1, 2, 3}},
		{"its words are much better", 1, []int{2, 1, 3}},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := newWeighedQuery("Where?", Vector{Model: embeddings.Model{Name: "m"}, Values: east}, nil,
				weighing(map[string]float64{"best sentence": 1, "rank by words": 8}, nil))
			three := 3
			near, waits, far := near, waits, far
			near.LexicalRank, waits.LexicalRank, far.LexicalRank = &three, &test.rank, &three
			hits, _ := EvidenceRanking{}.weigh(q, []Hit{near, waits, far}, vectors)
			var got []int
			for _, h := range hits {
				got = append(got, h.Turn)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("the order is %v, want %v", got, test.want)
			}
		})
	}
}

// Every feature has a name, by which its weight is kept.
func TestEvidenceFeaturesHaveNames(t *testing.T) {
	h, vectors := hitOf(1, east, north)
	q := newWeighedQuery("Where?", Vector{Model: embeddings.Model{Name: "m"}, Values: east}, nil, weighing(nil, nil))
	hits, _ := EvidenceRanking{Turns: 1}.weigh(q, []Hit{h}, map[TurnKey][]SentenceVector{{"t", 1}: vectors})
	if got := len(hits[0].Evidence.Features); got != len(TurnFeatureNames) {
		t.Errorf("%d features of turns, %d names", got, len(TurnFeatureNames))
	}
	if got := len(hits[0].Evidence.Sentences[0].Features); got != len(SentenceFeatureNames) {
		t.Errorf("%d features of sentences, %d names", got, len(SentenceFeatureNames))
	}
	for _, names := range [][]string{TurnFeatureNames, OrderFeatureNames, SentenceFeatureNames} {
		if distinct := slices.Compact(slices.Sorted(slices.Values(names))); len(distinct) != len(names) {
			t.Errorf("two features have one name: %q", names)
		}
	}
}

// The program's own table has weights for the features that there are, and is used for the
// model that it was fitted for, for models that nothing was fitted for, and not for the
// built-in embedder.
func TestWeightsOf(t *testing.T) {
	for _, table := range embeddedWeights() {
		for _, set := range []struct {
			weights FeatureWeights
			names   []string
		}{{table.Turn, TurnFeatureNames}, {table.Order, OrderFeatureNames}, {table.Sentence, SentenceFeatureNames}} {
			for name := range set.weights.Weights {
				if !slices.Contains(set.names, name) {
					t.Errorf("the weights for %s have a feature %q that there is not", table.Model, name)
				}
			}
		}
	}
	s := &Searcher{weights: []FittedWeights{{Model: "a"}, {Model: "b"}}}
	for _, c := range []struct {
		model string
		want  string
	}{{"a-1-int8", "a"}, {"b-2-int8", "b"}, {"c", "a"}, {embeddings.NewBuiltin().Model().Name, ""}} {
		got := ""
		if w := s.weightsOf(Vector{Model: embeddings.Model{Name: c.model}, Values: east}); w != nil {
			got = w.Model
		}
		if got != c.want {
			t.Errorf("vectors of %s are weighed by those of %q, want %q", c.model, got, c.want)
		}
	}
	if s.weightsOf(Vector{}) != nil {
		t.Error("without vectors there are no weights")
	}
}

// A model's weights come back as they were named.
func TestFeatureWeights(t *testing.T) {
	m := logistic.Model{Bias: 1, Weights: []float64{2, -3}}
	got := NewFeatureWeights(m, []string{"one", "two"}).Model([]string{"two", "one", "three"})
	if got.Bias != 1 || !slices.Equal(got.Weights, []float64{-3, 2, 0}) {
		t.Errorf("got %+v", got)
	}
}

// Among the candidates are the first of both rankings, and as many more as are wanted.
func TestEvidenceCandidates(t *testing.T) {
	all := []fused{{lexical: 1}, {lexical: 3}, {semantic: 1}, {lexical: 4, semantic: 2}, {lexical: 5}}
	for _, c := range []struct{ limit, want int }{{1, 3}, {4, 4}, {9, 5}} {
		if got := (EvidenceRanking{Lexical: 2, Semantic: 2}).candidates(all, c.limit); len(got) != c.want {
			t.Errorf("%d candidates for a limit of %d, want %d", len(got), c.limit, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for question, want := range map[string]bool{"How many pumps are there?": true, "when was it": true, "What year was that?": true, "Who holds the key?": false} {
		if (ReadForm(question).Kinds&Numbers != 0) != want {
			t.Errorf("%q wants a number: %v", question, !want)
		}
	}
	for text, want := range map[string]bool{"Forty of them.": true, "In March.": true, "It may rise.": false, "412 metres": true} {
		if HasNumber(text) != want {
			t.Errorf("HasNumber(%q) = %v", text, !want)
		}
	}
}
