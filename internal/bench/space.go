package bench

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// DefaultDimensions is how many coordinates a vector of the corpus has: those of small encoders.
const DefaultDimensions = 384

const (
	// latent is how many dimensions the vectors really vary in: those of a model
	// have many more coordinates than degrees of freedom.
	latent = 24
	spread = 0.7  // of a topic's vectors around its centre, in the latent space
	noise  = 0.15 // in every coordinate, of the length of the latent part
)

// space is the vector space of a model that never was: the vectors of a topic lie
// around its centre.
type space struct {
	centres [][latent]float32
	basis   [][latent]float32 // the coordinates of the latent space
}

func newSpace(seed uint64, dimensions int) space {
	r := rand.New(rand.NewPCG(seed, 1<<48))
	return space{centres: normal(r, topicCount), basis: normal(r, dimensions)}
}

func normal(r *rand.Rand, n int) [][latent]float32 {
	rows := make([][latent]float32, n)
	for i := range rows {
		for j := range rows[i] {
			rows[i][j] = float32(r.NormFloat64())
		}
	}
	return rows
}

// Model is that of the vectors.
func (c *Corpus) Model() embeddings.Model {
	return embeddings.Model{Name: "made up", Dimensions: len(c.space.basis)}
}

// vector is a unit vector of the topic.
func (s space) vector(r *rand.Rand, topic int) []float32 {
	point := s.centres[topic]
	for i := range point {
		point[i] += spread * float32(r.NormFloat64())
	}
	v := make([]float32, len(s.basis))
	var squares float64
	for i := range v {
		x := noise * latent * float32(r.Float64()-0.5)
		for j, b := range s.basis[i] {
			x += b * point[j]
		}
		v[i] = x
		squares += float64(x) * float64(x)
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(squares))
	}
	return v
}

// embedder knows the vectors of some questions. It takes no time, so that what is
// measured is the search.
type embedder struct {
	model   embeddings.Model
	vectors map[string][]float32
}

func (e embedder) Model() embeddings.Model { return e.model }

func (e embedder) Embed(_ context.Context, _ embeddings.Kind, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if vectors[i] = e.vectors[text]; vectors[i] == nil {
			return nil, fault.New(fault.Unavailable, "nobody knows what %q means", text)
		}
	}
	return vectors, nil
}
