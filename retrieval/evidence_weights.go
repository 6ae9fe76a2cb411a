package retrieval

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/pullquote/pullquote/internal/logistic"
)

// fittedWeights is the table that `pullquote eval fit` prints. Nothing in it is set by
// hand; doc/EVALUATION.md says what it was fitted on, and what it reaches on what it was
// not.
//
//go:embed evidence_weights.json
var fittedWeights []byte

// FittedWeights are the weights of evidence for the vectors of one model.
type FittedWeights struct {
	Model    string         `json:"model"` // what the model's name begins with
	Turn     FeatureWeights `json:"turn"`
	Order    FeatureWeights `json:"order"`
	Sentence FeatureWeights `json:"sentence"`
	AnswerWeights
	Others AnswerWeights `json:"others"` // where the vectors are of a model that nothing was fitted for
}

// AnswerWeights tell of an answer how likely it is right, and whether to give it.
type AnswerWeights struct {
	Answer FeatureWeights `json:"answer"` // that what is quoted answers
	Record FeatureWeights `json:"record"` // that the record answers, whatever is quoted
}

// FeatureWeights are a logistic.Model with the names of its features.
type FeatureWeights struct {
	Bias    float64            `json:"bias"`
	Weights map[string]float64 `json:"weights"`
}

// NewFeatureWeights names the features of a model.
func NewFeatureWeights(m logistic.Model, names []string) FeatureWeights {
	f := FeatureWeights{Bias: rounded(m.Bias), Weights: map[string]float64{}}
	for i, name := range names {
		f.Weights[name] = rounded(m.Weights[i])
	}
	return f
}

// rounded keeps as many decimals as can matter: features are around 1.
func rounded(weight float64) float64 { return math.Round(weight*1e4) / 1e4 }

// Model has the weights in the order of names; a feature without one counts nothing.
func (f FeatureWeights) Model(names []string) logistic.Model {
	m := logistic.Model{Bias: f.Bias, Weights: make([]float64, len(names))}
	for i, name := range names {
		m.Weights[i] = f.Weights[name]
	}
	return m
}

var embeddedWeights = sync.OnceValue(func() []FittedWeights {
	var tables []FittedWeights
	decoder := json.NewDecoder(bytes.NewReader(fittedWeights))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&tables); err != nil {
		panic(fmt.Sprintf("evidence_weights.json: %v", err))
	}
	return tables
})

// WithWeights has evidence weighed by other tables than the program's own.
func WithWeights(tables []FittedWeights) Option {
	return func(s *Searcher) { s.weights = tables }
}

// weightsOf are those fitted for a vector's model; nil where there are none. Cosines are
// weighed by how they are spread, so that a model that nothing was fitted for is served by
// the first table of another.
func (s *Searcher) weightsOf(v Vector) *FittedWeights {
	tables := s.weights
	if tables == nil {
		tables = embeddedWeights()
	}
	if len(v.Values) == 0 || v.Model.Builtin() {
		return nil // words alone are weighed by whoever reads the hits
	}
	for i := range tables {
		if strings.HasPrefix(v.Model.Name, tables[i].Model) {
			return &tables[i]
		}
	}
	if len(tables) == 0 {
		return nil
	}
	other := tables[0]
	other.AnswerWeights = other.Others
	return &other
}
