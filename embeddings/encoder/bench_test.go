//go:build unix

package encoder_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/encoder/encodertest"
)

// processorTime is what the process has taken of all processors: a measure that
// other jobs on the machine hardly change.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkPassages is how fast passages are embedded: by the clock, and by the
// time of a processor.
func BenchmarkPassages(b *testing.B) {
	texts := passages(b)
	for _, precision := range []encoder.Precision{encoder.Int8, encoder.Float32} {
		b.Run(string(precision), func(b *testing.B) {
			m := openModel(b, precision)
			tokens, err := m.CountTokens(b.Context(), embeddings.Document, texts)
			if err != nil {
				b.Fatal(err)
			}
			start := processorTime()
			for b.Loop() {
				if _, err := m.Embed(b.Context(), embeddings.Document, texts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
			b.ReportMetric(float64(tokens*b.N)/(processorTime()-start).Seconds(), "tokens/cpu-s")
		})
	}
}

// BenchmarkQuery is how long a question waits.
func BenchmarkQuery(b *testing.B) {
	m := openModel(b, encoder.Int8)
	start := processorTime()
	for b.Loop() {
		if _, err := m.Embed(b.Context(), embeddings.Query, []string{"Has the contractor threatened to leave the site of the gate?"}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processorTime()-start).Microseconds())/float64(b.N)/1000, "cpu-ms")
}

// BenchmarkRerank is how long a search waits for a cross-encoder of the shape of
// ms-marco-MiniLM-L6-v2, with random weights, on thirty pairs of some 120 tokens each.
func BenchmarkRerank(b *testing.B) {
	shape := encodertest.MiniLM()
	shape.CrossEncoder = true
	folder := b.TempDir()
	if err := shape.Write(folder); err != nil {
		b.Fatal(err)
	}
	m, err := encoder.Open(os.DirFS(folder), "crossing", encoder.Int8)
	if err != nil {
		b.Fatal(explain(err))
	}
	words := func(from, n int) string {
		var all []string
		for i := range n {
			all = append(all, shape.Word(from+7*i))
		}
		return strings.Join(all, " ")
	}
	passages := make([]string, 30)
	for i := range passages {
		passages[i] = words(100*i, 97+i)
	}
	question, start := words(3, 8), processorTime()
	for b.Loop() {
		if _, err := m.Score(b.Context(), question, passages); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms")
	b.ReportMetric(float64((processorTime()-start).Milliseconds())/float64(b.N), "cpu-ms")
}

// BenchmarkOpen is how long a model takes to load.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		openModel(b, encoder.Int8)
	}
}
