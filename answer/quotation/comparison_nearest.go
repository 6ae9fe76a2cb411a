package quotation

import (
	"cmp"
	"slices"
	"sync"

	"github.com/pullquote/pullquote/retrieval"
)

// closeness is how near a passage comes to a quotation.
type closeness struct {
	passage
	edits  int            // words to change, to add or to take away
	length int            // words of the quotation; 0 when there is no passage
	shared func() float64 // share of the quotation's content words that the passage has
}

// similar reports whether at least a share of the words agrees, and several do.
func (c *comparison) similar(n closeness, share float64) bool {
	enough := n.edits == 0 || n.length-n.edits >= c.SimilarWords
	return n.length > 0 && enough && float64(n.edits) <= (1-share)*float64(n.length) && n.shared() >= share
}

// slight reports whether so little is altered that nothing else has happened.
func (c *comparison) slight(n closeness) bool {
	return n.edits <= max(1, int(c.SlightShare*float64(n.length))) && c.similar(n, c.AlteredShare)
}

// nearest finds the passage with the fewest edits. A passage by another than the
// claimed speaker counts as one edit more.
func (c *comparison) nearest() closeness {
	quote := c.quote[:min(c.AlignedWords, len(c.quote))]
	best, cells := closeness{}, c.AlignedCells
	turns, common := c.byCommonWords(quote)
	different := countDifferent(quote)
	for _, t := range turns {
		if cells -= len(quote) * len(c.turns[t]); cells < 0 {
			break
		}
		if least := different - common[t]; best.length > 0 && least+c.penalty(t) >= best.edits+c.penalty(best.turn) {
			continue // each word that it lacks is an edit
		}
		first, last, edits := align(quote, c.turns[t])
		if first < last && (best.length == 0 || edits+c.penalty(t) < best.edits+c.penalty(best.turn)) {
			best = closeness{passage: passage{t, first, last}, edits: edits, length: len(quote)}
		}
	}
	if best.length > 0 {
		best.edits += len(c.quote) - best.length
		best.length = len(c.quote)
		best.shared = sync.OnceValue(func() float64 {
			return sharedContent(c.text, c.prepared[best.turn].slice(c.match(best.passage).Span))
		})
	}
	return best
}

// penalty is added to the edits of a passage by another than the claimed speaker, so
// that of two equally near the claimed speaker's is shown.
func (c *comparison) penalty(turn int) int {
	if c.claimed[turn] {
		return 0
	}
	return 1
}

// countDifferent counts the different words; those in no turn are one.
func countDifferent(words []word) int {
	seen := map[int32]bool{}
	for _, w := range words {
		seen[w.id] = true
	}
	return len(seen)
}

// byCommonWords are the turns that have most of the different words, in that order, and how many
// every turn has.
func (c *comparison) byCommonWords(words []word) (turns, common []int) {
	common = c.commonWords(words)
	for t, n := range common {
		if n > 0 {
			turns = append(turns, t)
		}
	}
	slices.SortStableFunc(turns, func(a, b int) int {
		return cmp.Or(cmp.Compare(common[b], common[a]), cmp.Compare(c.penalty(a), c.penalty(b)))
	})
	return turns[:min(c.AlignedTurns, len(turns))], common
}

// commonWords counts for each turn the different words that it has of those given.
func (c *comparison) commonWords(words []word) []int {
	wanted := make([]bool, len(c.ids))
	for _, w := range words {
		if w.id >= 0 {
			wanted[w.id] = true
		}
	}
	common := make([]int, len(c.turns))
	seenIn := make([]int, len(c.ids)) // 1 + the last turn that has the word
	for t, turn := range c.turns {
		for _, w := range turn {
			if wanted[w.id] && seenIn[w.id] != t+1 {
				seenIn[w.id] = t + 1
				common[t]++
			}
		}
	}
	return common
}

// cell is the least number of edits with which words of a turn, from first on, become
// the beginning of a quotation.
type cell struct{ edits, first int32 }

// align finds the run of a turn that becomes the quotation with the fewest words
// changed, added or taken away: approximate string matching by dynamic programming
// (Sellers, 1980). Of equals it is the one whose length is nearest to the quotation's.
func align(quote, turn []word) (first, last, edits int) {
	above, row := make([]cell, len(turn)+1), make([]cell, len(turn)+1)
	for j := range above {
		above[j] = cell{0, int32(j)}
	}
	for i, w := range quote {
		row[0] = cell{int32(i + 1), 0}
		for j, v := range turn {
			best := above[j]
			if w.id != v.id {
				best.edits++
			}
			if c := above[j+1]; c.edits+1 < best.edits {
				best = cell{c.edits + 1, c.first}
			}
			if c := row[j]; c.edits+1 < best.edits {
				best = cell{c.edits + 1, c.first}
			}
			row[j+1] = best
		}
		above, row = row, above
	}
	last = fewestEdits(above, len(quote))
	return int(above[last].first), last, int(above[last].edits)
}

// fewestEdits is where the best run ends, of those that end at each word of a turn.
func fewestEdits(ends []cell, length int) (best int) {
	excess := func(j int) int { return abs(j - int(ends[j].first) - length) }
	for j := range ends {
		if d := ends[j].edits - ends[best].edits; d < 0 || d == 0 && excess(j) < excess(best) {
			best = j
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// sharedContent is the share of a quotation's content words that a passage has in
// any form.
func sharedContent(quote, passage string) float64 {
	words, others := contentWords(quote), contentWords(passage)
	if len(words) == 0 {
		return 1 // then all of its words count alike
	}
	shared := 0
	for _, w := range words {
		if _, has := slices.BinarySearch(others, w); has {
			shared++
		}
	}
	return float64(shared) / float64(len(words))
}

// contentWords are the stems of a text without its stop words, sorted, each once.
func contentWords(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(retrieval.Words(text))))
}
