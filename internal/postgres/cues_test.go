package postgres

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
)

func TestPackedCues(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		var cues model.Cues
		var last model.Cue
		for range n {
			last.At += random.IntN(1_000)
			last.StartMS += random.Int64N(1 << random.IntN(40))
			last.EndMS = last.StartMS + random.Int64N(10_000)
			cues = append(cues, last)
		}
		if got := unpackCues(packedCues(cues)); !reflect.DeepEqual(got, cues) {
			t.Fatalf("%v became %v", cues, got)
		}
	}
}

// What cannot be cues, in a row that somebody else wrote, is read to its end.
func TestPackedNoCues(t *testing.T) {
	for _, packed := range [][]byte{{0x80}, {1, 0xff}, {1, 2}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2}} {
		if got := unpackCues(packed); len(got) > 1 {
			t.Errorf("%x became %v", packed, got)
		}
	}
}
