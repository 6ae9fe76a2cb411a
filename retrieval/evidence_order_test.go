package retrieval

import (
	"math"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

// ordering are weights by which a turn is as likely as its best sentence means what is asked,
// and the best are put in order by these.
func ordering(order map[string]float64) *FittedWeights {
	w := weighing(map[string]float64{"best sentence": 1}, nil)
	w.Order = FeatureWeights{Weights: order}
	return w
}

// found is a search's hits with what their sentences mean.
type found struct {
	hits    []Hit
	vectors map[TurnKey][]SentenceVector
}

func (f *found) add(turn int, share float64, meanings ...[]float32) {
	h, vectors := hitOf(turn, meanings...)
	h.Evidence.WordShare = share
	f.hits = append(f.hits, h)
	if f.vectors == nil {
		f.vectors = map[TurnKey][]SentenceVector{}
	}
	f.vectors[TurnKey{h.TranscriptID, h.Turn}] = vectors
}

// northeast means a little of what is asked.
var northeast = []float32{0.6, 0.8}

// weigh asks for what lies east.
func (f *found) weigh(e EvidenceRanking, w *FittedWeights, beside *spread) ([]Hit, *spread) {
	q := newWeighedQuery("Where does it rise?", Vector{Model: embeddings.Model{Name: "m"}, Values: east}, nil, w)
	q.beside = beside
	return e.weigh(q, slices.Clone(f.hits), f.vectors)
}

func turnsOf(hits []Hit) (turns []int) {
	for _, h := range hits {
		turns = append(turns, h.Turn)
	}
	return turns
}

// Turn 1 means most by itself, turns 41 to 44 are a run that means a little, and 81 has the
// question's words.
func places() *found {
	var f found
	f.add(1, 0, east)
	for turn := 41; turn <= 44; turn++ {
		f.add(turn, 0.3, northeast)
	}
	f.add(81, 1, north, north, north, north, north, north)
	return &f
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name             string
		order            map[string]float64
		turns            int
		likeliest, first int
		want             []int
	}{
		{"without weights as they are likely", nil, 6, 2, 5, []int{1, 41, 42, 43, 44, 81}},
		{"words are ahead", map[string]float64{"words": 1}, 6, 0, 5, []int{81, 41, 42, 43, 44, 1}},
		{"a run is ahead of one turn", map[string]float64{"place": 1}, 6, 0, 5, []int{44, 43, 42, 41, 1, 81}},
		{"the likeliest turn is among the first nevertheless", map[string]float64{"place": 1}, 6, 1, 3, []int{44, 43, 1, 42, 41, 81}},
		{"so are the two likeliest", map[string]float64{"place": 1}, 6, 2, 3, []int{44, 1, 41, 43, 42, 81}},
		{"one that is among them keeps its rank", map[string]float64{"place": 1}, 6, 1, 5, []int{44, 43, 42, 41, 1, 81}},
		{"with fewer turns than ranks there is nothing to move", map[string]float64{"place": 1}, 6, 2, 9, []int{44, 43, 42, 41, 1, 81}},
		{"only the likeliest are put in order", map[string]float64{"words": 1}, 2, 0, 5, []int{41, 1, 42, 43, 44, 81}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := EvidenceRanking{Turns: c.turns, PlaceReach: 1300, Following: 0.6, Likeliest: c.likeliest, First: c.first}
			hits, _ := places().weigh(e, ordering(c.order), nil)
			if got := turnsOf(hits); !slices.Equal(got, c.want) {
				t.Errorf("the order is %v, want %v", got, c.want)
			}
			for i, h := range hits {
				if h.Score <= 0 || h.Score >= 1 || i > 0 && h.Score > hits[i-1].Score {
					t.Errorf("the score at rank %d is %g, ahead of it %g", i+1, h.Score, hits[max(0, i-1)].Score)
				}
			}
		})
	}
}

// What precedes carries on more than what follows, and both fade with the distance.
func TestAround(t *testing.T) {
	e := EvidenceRanking{PlaceReach: 1000, Following: 0.5}
	all := []place{{TurnKey{"t", 1}, 0, 2}, {TurnKey{"t", 2}, 1000, 1}, {TurnKey{"t", 3}, 2000, 4}, {TurnKey{"u", 1}, 1000, 9}}
	if got, want := e.around(all[1], all), 1+2/math.E+0.5*4/math.E; math.Abs(got-want) > 1e-9 {
		t.Errorf("it means %g with those around it, want %g", got, want)
	}
}

// A narrowed search puts turns in order by what they are among all that the wider one found.
func TestOrderBesideAWiderSearch(t *testing.T) {
	e := EvidenceRanking{Turns: 6, PlaceReach: 1300, Following: 0.6}
	all := places()
	wide, spread := all.weigh(e, ordering(nil), nil)
	narrow := found{hits: []Hit{all.hits[2]}, vectors: all.vectors}
	narrow.hits[0].Evidence.WordShare = 1 // the best of the narrowed search
	hits, _ := narrow.weigh(e, ordering(nil), spread)
	i := slices.IndexFunc(wide, func(h Hit) bool { return h.Turn == hits[0].Turn })
	if got, want := hits[0].Evidence.Order, wide[i].Evidence.Order; !slices.Equal(got, want) {
		t.Errorf("turn %d is put in order by %v, want %v as beside the others", hits[0].Turn, got, want)
	}
}

// A turn that is not embedded yet means as much as the average one: its words decide.
func TestPlacesOfUnembeddedTurns(t *testing.T) {
	f := places()
	delete(f.vectors, TurnKey{"t", 81})
	hits, _ := f.weigh(EvidenceRanking{Turns: 6, PlaceReach: 1, Following: 0.6}, ordering(nil), nil)
	sum, unembedded := 0.0, 0.0
	for _, h := range hits {
		if place := h.Evidence.Order[2]; h.Turn == 81 {
			unembedded = place
		} else {
			sum += place
		}
	}
	if mean := sum / 5; math.Abs(unembedded-mean) > 1e-9 {
		t.Errorf("its place counts %g, want the mean of the others, %g", unembedded, mean)
	}
}
