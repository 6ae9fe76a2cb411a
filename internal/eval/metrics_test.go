package eval

import (
	"math"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// The harbour briefing: turns 2 and 5 answer, turn 2 with characters 100 to 150.
var harbour = gold{
	spans: []span{
		{retrieval.TurnKey{TranscriptID: "harbour", Turn: 2}, sentence.Span{Start: 100, End: 150}},
		{retrieval.TurnKey{TranscriptID: "harbour", Turn: 5}, sentence.Span{Start: 300, End: 400}},
	},
	turns: map[retrieval.TurnKey]bool{{TranscriptID: "harbour", Turn: 2}: true, {TranscriptID: "harbour", Turn: 5}: true},
}

func TestHits(t *testing.T) {
	t.Parallel()
	ideal := 1 + 1/math.Log2(3)
	for _, test := range []struct {
		name  string
		turns []int // of the harbour briefing, as they are ranked
		want  Scores
	}{
		{"perfect", []int{5, 2, 7}, Scores{NDCG10: 1, Recall10: 1, Success1: 1, Success5: 1, MRR: 1}},
		{"second and third", []int{9, 2, 5}, Scores{NDCG10: (1/math.Log2(3) + 0.5) / ideal, Recall10: 1, Success1: 0, Success5: 1, MRR: 0.5}},
		{"one of two, at rank 7", []int{1, 3, 4, 6, 7, 8, 5}, Scores{NDCG10: (1.0 / 3) / ideal, Recall10: 0.5, Success1: 0, Success5: 0, MRR: 1.0 / 7}},
		{"rank 11 is too late", []int{0, 1, 3, 4, 6, 7, 8, 9, 10, 11, 2}, Scores{NDCG10: 0, Recall10: 0, Success1: 0, Success5: 0, MRR: 0}},
		{"nothing found", nil, Scores{NDCG10: 0, Recall10: 0, Success1: 0, Success5: 0, MRR: 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var hits []retrieval.Hit
			for _, turn := range test.turns {
				hits = append(hits, retrieval.Hit{TranscriptID: "harbour", Turn: turn})
			}
			got := Scores{}
			got.scoreHits(harbour, hits)
			compareScores(t, got, test.want)
		})
	}
}

func TestPrompts(t *testing.T) {
	t.Parallel()
	place := func(turn, start, end int) answer.Place {
		return answer.Place{TurnKey: retrieval.TurnKey{TranscriptID: "harbour", Turn: turn}, Span: sentence.Span{Start: start, End: end}}
	}
	for _, test := range []struct {
		name         string
		small, large []answer.Place
		want         Scores
	}{
		{"all words", []answer.Place{place(2, 90, 150)}, []answer.Place{place(5, 300, 400), place(7, 0, 9)}, Scores{PromptTurn1800: 1, PromptWords1800: 1, PromptTurn3400: 1, PromptWords3400: 1}},
		{"some words, and others", []answer.Place{place(2, 120, 180)}, []answer.Place{place(4, 100, 150)}, Scores{PromptTurn1800: 1, PromptWords1800: 0, PromptTurn3400: 0, PromptWords3400: 0}},
		{"nothing", nil, nil, Scores{PromptTurn1800: 0, PromptWords1800: 0, PromptTurn3400: 0, PromptWords3400: 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Scores{}
			got.scorePrompts(harbour, [][]answer.Place{test.small, test.large})
			compareScores(t, got, test.want)
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	roe := answer.Citation{TranscriptID: "harbour", Turn: 2, Start: 120, End: 180, Speaker: "Jane Roe", Role: "answer", Quote: "the gate is late"}
	beside := answer.Citation{TranscriptID: "harbour", Turn: 2, Start: 150, End: 180, Speaker: "Jane Roe", Role: "answer", Quote: "so I was told"}
	asker := answer.Citation{TranscriptID: "harbour", Turn: 4, Start: 250, End: 280, Speaker: "John Poe", Role: "question", Quote: "is the gate a failure"}
	for _, test := range []struct {
		name      string
		c         Case
		g         gold
		citations []answer.Citation
		want      Scores
	}{
		{
			"half of the places, and a citation too many", Case{Speaker: "Jane Roe"}, harbour, []answer.Citation{roe, asker},
			Scores{CitationPrecision: 0.5, CitationRecall: 0.5, SpeakerAccuracy: 1, Abstention: 1},
		},
		{
			"the right turn but other words", Case{Speaker: "Jane Roe", Role: "answer"}, harbour, []answer.Citation{beside},
			Scores{CitationPrecision: 0, CitationRecall: 0, SpeakerAccuracy: 1, Abstention: 1},
		},
		{
			"the right person in another role", Case{Speaker: "Jane Roe", Role: "question"}, harbour, []answer.Citation{roe},
			Scores{CitationPrecision: 1, CitationRecall: 0.5, SpeakerAccuracy: 0, Abstention: 1},
		},
		{"declined, and should not have been", Case{Speaker: "Jane Roe"}, harbour, nil, Scores{CitationRecall: 0, Abstention: 0}},
		{"declined as it should be", Case{Unanswerable: true}, gold{}, nil, Scores{Abstention: 1}},
		{"answered, and should not have been", Case{Kind: "unanswerable"}, gold{}, []answer.Citation{asker}, Scores{Abstention: 0}},
		{"nothing is known of the question", Case{}, gold{}, []answer.Citation{asker}, Scores{}},
		{"words that are his own", Case{MustNot: [][2]string{{"Jane Roe", "a failure"}}}, gold{}, []answer.Citation{asker}, Scores{Restraint: 1}},
		{"words that must not be shown", Case{MustNot: [][2]string{{"John Poe", "a failure"}}}, gold{}, []answer.Citation{roe, asker}, Scores{Restraint: 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Scores{}
			got.scoreAnswer(test.c, test.g, &answer.Answer{Answerable: len(test.citations) > 0, Citations: test.citations})
			compareScores(t, got, test.want)
		})
	}
}

func compareScores(t *testing.T, got, want Scores) {
	t.Helper()
	for _, metric := range Metrics {
		g, measured := got[metric]
		w, wanted := want[metric]
		if measured != wanted || math.Abs(g-w) > 1e-12 {
			t.Errorf("%s is %v (measured: %v), want %v (%v)", metric, g, measured, w, wanted)
		}
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	values := []float64{40, 10, 30, 20}
	for p, want := range map[float64]float64{0: 10, 0.25: 10, 0.5: 20, 0.51: 30, 0.95: 40, 1: 40} {
		if got := percentile(values, p); got != want {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
	if got := percentile(nil, 0.5); got != 0 {
		t.Errorf("the percentile of nothing is %v", got)
	}
}
