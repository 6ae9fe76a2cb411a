package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/clock"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// unit is how many seconds a bare number of a time column counts, where its name does not say so.
// A fraction is of seconds. Whole numbers may be either, and what is said in the time between them
// tells which: people say two or three words in a second.
func (s *speech) unit() float64 {
	if s.start == nil {
		return 1
	}
	if own := unitOfPath(s.start); own > 0 {
		return own
	}
	bytes, spoken, first, latest := 0, 0.0, -1.0, 0.0
	for _, e := range s.elements {
		start, isTime := bareTime(e, s.start)
		if !isTime {
			continue
		}
		if start.fraction {
			return 1
		}
		end, ends := bareTime(e, s.end)
		if ends && end.fraction {
			return 1
		}
		words := len(wordsOf(e, s.words))
		if ends && end.count > start.count {
			spoken += end.count - start.count
		}
		if first < 0 {
			first = start.count
		}
		bytes, latest = bytes+words, max(latest, start.count)
	}
	if spoken == 0 {
		spoken = latest - first
	}
	if spoken > mostAByte*float64(bytes) {
		return .001
	}
	return 1
}

// mostAByte is how much time a byte takes at most, if it counts in seconds. People say about 15
// bytes a second: one in .067 seconds, or 67 milliseconds. Between the two, by their ratios, is 2.1.
const mostAByte = 2.1

// bareNumber is a time without a unit.
type bareNumber struct {
	count    float64
	fraction bool
}

func bareTime(e *tree.Node, path []string) (bareNumber, bool) {
	n := e.At(path...)
	if path == nil || n == nil || n.Kind >= tree.Object {
		return bareNumber{}, false
	}
	t, ok := clock.Read(n.Text)
	return bareNumber{t.Count, strings.ContainsAny(n.Text, ".,")}, ok && t.Bare
}

// unitOfPath is the unit that the name of a column says; 0 if it says none.
func unitOfPath(path []string) float64 {
	key := recognition.FoldKey(path[len(path)-1])
	for _, names := range []map[string]bool{startNames, endNames, durationNames} {
		if unit, _ := unitOf(names, key); unit > 0 {
			return unit
		}
	}
	return 0
}
