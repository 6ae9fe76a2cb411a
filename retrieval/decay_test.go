package retrieval

import (
	"math"
	"testing"
)

func TestDecay(t *testing.T) {
	left := newDecay(1300)
	for _, distance := range []int{0, 1, 1300, 4095, 4096, 100_000} {
		want := math.Exp(-float64(distance) / 1300)
		if got := left.over(distance); math.Abs(got-want) > 1e-12*want {
			t.Errorf("over %d code points %g is left, want %g", distance, got, want)
		}
	}
}
