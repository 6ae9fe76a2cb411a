package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// passagesAt are candidates written TURN@START:WEIGHTS, each 50 code points long,
// whose score is the sum of their terms' weights.
func passagesAt(list string) []Candidate {
	var candidates []Candidate
	for i, f := range strings.Fields(list) {
		c := Candidate{Passage: i}
		place, weights, _ := strings.Cut(f, ":")
		fmt.Sscanf(place, "%d@%d", &c.Turn, &c.Start)
		c.End = c.Start + 50
		for w := range strings.SplitSeq(weights, ",") {
			var weight float32
			fmt.Sscan(w, &weight)
			c.Weights = append(c.Weights, weight)
			c.Score += float64(weight)
		}
		candidates = append(candidates, c)
	}
	return candidates
}

// inContext ranks candidates by the default ranking.
func inContext(inRecord []Candidate, terms []WeightedLexeme, between bool) []Candidate {
	r := DefaultRanking()
	return newContextRanker(r.Context, r.Place).rank(inRecord, terms, between)
}

func TestInContext(t *testing.T) {
	terms := []WeightedLexeme{{InContext: 1}, {InContext: 1}}
	tests := []struct {
		name, candidates, want string
		between                bool
	}{
		{"a passage among others of the topic is ahead of a lonely one", "0@0:1,0 500@50000:1,0 501@50100:1,0", "501 500 0", false},
		{"a place where all terms meet is ahead of one where a single term abounds",
			"0@0:1,0 1@100:1,0 2@200:1,0 500@50000:1,0 501@50100:0,1 502@50200:1,0", "502 501 500 2 1 0", false},
		{"what came before counts more than what follows", "1@0:1,0 2@100:1,0", "2 1", false},
		{"far away is no context", "1@0:1,0 2@1000000:1,0", "1 2", false},
		{"a turn between two is found by their context", "1@0:1,0 3@200:1,0", "3 1 2", true},
		{"not where turns are left out by a filter", "1@0:1,0 3@200:1,0", "3 1", false},
		{"nor where many lie between", "1@0:1,0 90@200:1,0", "90 1", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range inContext(passagesAt(tt.candidates), terms, tt.between) {
				got = append(got, fmt.Sprint(c.Turn))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("ranked %v, want %s", got, tt.want)
			}
		})
	}
}

func TestInContextOfSpeakers(t *testing.T) {
	const talk = "0@0:1,0 1@100:0,1 40@1500:1,0" // of the topic, by the speaker, and of the topic a page later
	speaker := func(speaker bool) float64 {
		ranked := inContext(passagesAt(talk), []WeightedLexeme{{InContext: 1}, {InContext: 1, Speaker: speaker}}, false)
		return ranked[slices.IndexFunc(ranked, func(c Candidate) bool { return c.Turn == 40 })].Score
	}
	if named, topic := speaker(true), speaker(false); named >= topic {
		t.Errorf("a page after the speaker a turn scores %v, after a word of the topic %v: who speaks must not carry on as far", named, topic)
	}
}

// TestInContextOfPlaces weighs a place where two rare words meet against a lonely passage
// that has one of them.
func TestInContextOfPlaces(t *testing.T) {
	lead := func(length int, rarity float32) float64 {
		candidates := passagesAt("1@0:1,0 2@5000:0,1 50@90000:1,0")
		for i := range candidates {
			candidates[i].End = candidates[i].Start + length
		}
		ranked := inContext(candidates, []WeightedLexeme{{InContext: 1, InPlace: rarity}, {InContext: 1, InPlace: rarity}}, false)
		score := map[int]float64{}
		for _, c := range ranked {
			score[c.Turn] = c.Score
		}
		return score[2] / score[50]
	}
	if short, none := lead(50, 3), lead(50, 0); short == none {
		t.Errorf("among short passages the place has no say: %v", short)
	}
	if long, none := lead(4000, 3), lead(4000, 0); long != none {
		t.Errorf("among long passages, which say by themselves what they are about, the place makes of %v %v", none, long)
	}
}

func TestInContextOfTranscripts(t *testing.T) {
	candidates := passagesAt("1@0:1,0 2@100:0,1")
	candidates[0].TranscriptID, candidates[1].TranscriptID = "a", "b"
	alone := inContext(slices.Clone(candidates[:1]), make([]WeightedLexeme, 2), true)
	for _, c := range inContext(candidates, make([]WeightedLexeme, 2), true) {
		if c.Turn == 1 && c.Score != alone[0].Score {
			t.Errorf("beside another transcript the score is %v, alone %v", c.Score, alone[0].Score)
		}
	}
}
