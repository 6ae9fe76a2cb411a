package retrieval

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// TestSentenceVectorsKeepTheCosine compares the cosines of rounded vectors with those of
// the vectors themselves: vectors of all shapes that embedders give, from those of one
// large coordinate to those of even ones.
func TestSentenceVectorsKeepTheCosine(t *testing.T) {
	const most = 0.005
	for _, tt := range []struct {
		name       string
		dimensions int
		power      float64 // to which the coordinates are raised: the higher, the fewer are large
	}{
		{"even", 384, 0.2}, {"normal", 384, 1}, {"some large", 384, 3}, {"few large", 384, 8},
		{"of fewer dimensions", 128, 1}, {"of many", 1536, 1}, {"of many, few large", 1536, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			worst := 0.0
			for range 500 {
				v, query := randomUnit(r, tt.dimensions, tt.power), randomUnit(r, tt.dimensions, tt.power)
				rounded := NewSentenceVector(sentence.Span{}, v)
				worst = max(worst, math.Abs(dotOf(v, query)-float64(rounded.Dot(query))), math.Abs(1-float64(rounded.Dot(v))))
			}
			if !(worst < most) {
				t.Errorf("a cosine changes by %.4f", worst)
			}
			t.Logf("at most %.5f", worst)
		})
	}
}

// TestSentenceVectorsOfTexts is the same for what the built-in embedder makes of words.
func TestSentenceVectorsOfTexts(t *testing.T) {
	texts := []string{"", "Nobody.", "The harbour will be dredged before the winter.", "We expect a new lamp in April, and until then a buoy marks the reef.", "Who pays for the harbour?"}
	vectors, err := embeddings.NewBuiltin().Embed(t.Context(), embeddings.Document, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		rounded := NewSentenceVector(sentence.Span{}, v)
		for j, query := range vectors {
			if want, got := dotOf(v, query), float64(rounded.Dot(query)); math.Abs(want-got) > 0.005 {
				t.Errorf("%q and %q have the cosine %.4f, rounded %.4f", texts[i], texts[j], want, got)
			}
		}
	}
}

func randomUnit(r *rand.Rand, dimensions int, power float64) []float32 {
	v := make([]float32, dimensions)
	var squares float64
	for i := range v {
		x := r.NormFloat64()
		v[i] = float32(math.Copysign(math.Pow(math.Abs(x), power), x))
		squares += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / math.Sqrt(squares))
	}
	return v
}

func dotOf(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestSentenceVectorsOfWhatIsNoVector(t *testing.T) {
	query := []float32{1, 0}
	for _, tt := range []struct {
		name string
		v    []float32
	}{
		{"zero", []float32{0, 0}},
		{"not a number", []float32{1, float32(math.NaN())}},
		{"infinite", []float32{float32(math.Inf(1)), 1}},
		{"of no dimensions", nil},
		{"of other dimensions than the query", []float32{1, 0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if dot := NewSentenceVector(sentence.Span{}, tt.v).Dot(query); dot != 0 {
				t.Errorf("it is like the query by %v", dot)
			}
		})
	}
}

// TestSpanText holds the spans in bytes of a passage to those in code points of the
// canonical text.
func TestSpanText(t *testing.T) {
	const before = "Jürgen Æ: "
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"sentences", "We café – 🚢 sail. Who doesn’t? Mr. Öz.", []string{"We café – 🚢 sail.", "Who doesn’t?", "Mr. Öz."}},
		{"blanks around them", "  Yes. \n\n No.  ", []string{"Yes.", "No."}},
		{"one without an end", "渡し船は毎朝九時に島の桟橋を出て", []string{"渡し船は毎朝九時に島の桟橋を出て"}},
		{"no words", " ", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := len([]rune(before))
			passages := Passages(&model.Transcript{
				Text: before + tt.text, Turns: []model.Turn{{Text: tt.text, Start: start, End: start + len([]rune(tt.text))}},
			})
			text, spans := passages[0].SpanText()
			if text != tt.text || len(spans) != len(tt.want) {
				t.Fatalf("%q has %d parts, want %d", text, len(spans), len(tt.want))
			}
			for i, s := range spans {
				part := passages[0].Parts[i]
				if text[s.Start:s.End] != tt.want[i] || string([]rune(before + tt.text)[part.Start:part.End]) != tt.want[i] {
					t.Errorf("part %d is %q and %v, want %q", i, text[s.Start:s.End], part, tt.want[i])
				}
			}
		})
	}
}
