package retrieval

import "math"

// decay is a table of what is left of evidence, by distance in code points, as long as
// most distances are. A search looks up thousands, and to compute an exponential takes ten
// times as long.
type decay []float64

// newDecay fades to 1/e over reach. At distance 0 all is left.
func newDecay(reach float64) decay {
	left := make(decay, 4096)
	left[0] = 1
	for distance := 1; distance < len(left); distance++ {
		left[distance] = math.Exp(-float64(distance) / reach)
	}
	return left
}

func (d decay) over(distance int) float64 {
	farthest, left := len(d)-1, 1.0
	for ; distance > farthest; distance -= farthest {
		left *= d[farthest]
	}
	return left * d[distance]
}

// fading is what is left of evidence across each candidate, and across the gap ahead of
// it: nothing ahead of the first of a transcript.
type fading struct{ length, gap []float64 }

func newFading(inRecord []Candidate, left decay) fading {
	f := fading{make([]float64, len(inRecord)), make([]float64, len(inRecord))}
	for i, here := range inRecord {
		f.length[i] = left.over(here.End - here.Start)
		if i > 0 && inRecord[i-1].TranscriptID == here.TranscriptID {
			f.gap[i] = left.over(max(here.Start-inRecord[i-1].End, 0))
		}
	}
	return f
}
