package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/pullquote/pullquote/internal/bench"
)

const limit = 10

// figures are what one store did.
type figures struct {
	stored, settled time.Duration
	queries         []time.Duration
	found, wanted   int
}

func (f *figures) median() time.Duration {
	slices.Sort(f.queries)
	return f.queries[len(f.queries)/2]
}

func (f *figures) recall() float64 { return float64(f.found) / float64(f.wanted) }

// passage is one of the corpus, for exact search.
type passage struct {
	text   string
	vector []float32
}

// compare has both stores take turns at each transcript and at each question.
func compare(ctx context.Context, out io.Writer, corpus *bench.Corpus, questions int, stores ...store) error {
	results := make([]figures, len(stores))
	var all []passage
	for d := range corpus.Transcripts() {
		for i, s := range stores {
			start := time.Now()
			if err := s.add(ctx, d); err != nil {
				return err
			}
			results[i].stored += time.Since(start)
		}
		for i, p := range d.Passages {
			all = append(all, passage{p.Text, d.Vectors[i]})
		}
	}
	for i, s := range stores {
		start := time.Now()
		if err := s.settle(ctx); err != nil {
			return err
		}
		results[i].settled = time.Since(start)
	}
	for _, q := range corpus.Questions(questions) {
		exact := nearest(all, q.Vector)
		for i, s := range stores {
			start := time.Now()
			texts, err := s.nearest(ctx, q, limit)
			if err != nil {
				return err
			}
			results[i].queries = append(results[i].queries, time.Since(start))
			results[i].wanted += len(exact)
			for _, text := range exact {
				if slices.Contains(texts, text) {
					results[i].found++
				}
			}
		}
	}
	return report(out, len(all), results[0], results[1])
}

// nearest are the texts of the passages nearest to a vector, exactly.
func nearest(all []passage, query []float32) []string {
	type scored struct {
		text  string
		score float32
	}
	list := make([]scored, len(all))
	for i, p := range all {
		list[i].text = p.text
		for j, x := range p.vector {
			list[i].score += x * query[j]
		}
	}
	slices.SortFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var texts []string
	for _, s := range list[:min(limit, len(list))] {
		texts = append(texts, s.text)
	}
	return texts
}

func report(out io.Writer, passages int, ours, theirs figures) error {
	seconds := func(f figures) float64 { return (f.stored + f.settled).Seconds() }
	_, err := fmt.Fprintf(out, `%d passages             Pullquote  langchaingo  ratio
stored and indexed, s   %10.1f  %11.1f  %5.1f
nearest ten, p50 ms     %10.2f  %11.2f  %5.1f
recall@10               %10.3f  %11.3f  %5.2f
`, passages, seconds(ours), seconds(theirs), seconds(theirs)/seconds(ours),
		ms(ours.median()), ms(theirs.median()), ms(theirs.median())/ms(ours.median()),
		ours.recall(), theirs.recall(), theirs.recall()/ours.recall())
	return err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
