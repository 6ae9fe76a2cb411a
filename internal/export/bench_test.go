package export

import (
	"fmt"
	"io"
	"testing"

	"github.com/pullquote/pullquote/answer"
)

// BenchmarkExport writes an answer with 50 citations of five transcripts; in the
// second case each third is in another script.
func BenchmarkExport(b *testing.B) {
	for _, script := range []struct {
		name   string
		quotes []string
	}{
		{"latin", []string{"We will dredge the north channel before the autumn storms, and nobody will be asked to pay for it twice."}},
		{"scripts", []string{"We will dredge the north channel before the autumn storms.", "مرحبا بالعالم، قالت السيدة.", "港は安全です。"}},
	} {
		d := &Document{Answers: []answer.Answer{longAnswer(50, script.quotes)}, Style: Styles()[0]}
		for _, f := range Formats() {
			b.Run(script.name+"/"+f.Name, func(b *testing.B) {
				for b.Loop() {
					if err := f.Write(io.Discard, d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func longAnswer(citations int, quotes []string) answer.Answer {
	a := answer.Answer{Question: "What is said of the north channel?", Mode: answer.ModeExtractive, Answerable: true}
	for i := range citations {
		quote := quotes[i%len(quotes)]
		a.Text += fmt.Sprintf("Jane Roe answered: “%s” [%d]\n\n", quote, i+1)
		id := fmt.Sprintf("0192a000-0000-7000-8000-%012d", i%5)
		a.Citations = append(a.Citations, answer.Citation{
			Number: i + 1, Quote: quote, Status: answer.StatusExact, TranscriptID: id, TranscriptTitle: "Press briefing on the north channel",
			Date: "2011-10-18", Place: "Port Roe", Version: 1, SHA256: fmt.Sprintf("%064x", i%5), Turn: i, Speaker: "Jane Roe",
			Role: "statement", Start: 100 * i, End: 100*i + len([]rune(quote)), URL: fmt.Sprintf("https://quotes.example/t/%s?start=%d#turn-%d", id, 100*i, i),
		})
	}
	for i := range a.Citations {
		place(a.Text, &a.Citations[i])
	}
	return a
}
