package tables_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// variant writes a conversation down as a table.
type variant struct {
	name   string
	comma  rune
	header string // divided by bars; empty for a table without
	row    func(s containertest.Speech) []string
	exact  int64 // milliseconds to which its times are exact
	open   bool  // it does not say when somebody ends
}

func person(who int) any { return []string{"Jane Roe", "John Poe", "Lene Aas", "Karl Moe"}[who] }

func nameOf(s containertest.Speech) string { return fmt.Sprint(person(s.Who)) }

// clock is a time with so many digits behind the seconds.
func clock(ms int64, digits int) string {
	at := fmt.Sprintf("%d:%02d:%02d.%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
	return strings.TrimSuffix(at[:len(at)-3+digits], ".")
}

func seconds(ms int64) string { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }
func whole(ms int64) string   { return fmt.Sprint(ms) }

// from makes rows of times, name and words.
func from(start, end func(int64) string) func(containertest.Speech) []string {
	return func(s containertest.Speech) []string {
		return []string{start(s.Start()), end(s.End()), nameOf(s), s.Text()}
	}
}

func variants() []variant {
	clock3 := func(ms int64) string { return clock(ms, 3) }
	clock0 := func(ms int64) string { return clock(ms, 0) }
	frames := func(ms int64) string { return "0" + clock(ms, 0) + ":12" }
	span := func(mark string) func(containertest.Speech) []string {
		return func(s containertest.Speech) []string {
			return []string{clock3(s.Start()) + mark + clock3(s.End()), nameOf(s), s.Text()}
		}
	}
	return []variant{
		{"clocks", ',', "Start Time|End Time|Speaker|Text", from(clock3, clock3), 1, false},
		{"seconds", ',', "start|end|speaker|text", from(seconds, seconds), 1, false},
		{"milliseconds", '\t', "start|end|speaker|text", from(whole, whole), 1, false},
		{"milliseconds in the names", ',', "start_ms|end_ms|speaker_name|transcript", from(whole, whole), 1, false},
		{"units in brackets", ';', "Start (s)|End (s)|Speaker|Transcript", from(seconds, seconds), 1, false},
		{"Adobe Premiere Pro", ',', "Start Time|End Time|Speaker Name|Text", from(frames, frames), 1000, false},
		{"spans", ',', "Time|Speaker|Text", span(" - "), 1, false},
		{"spans with a dash", '\t', "Timespan|Speaker|Content", span("–"), 1, false},
		{"spans with an arrow", ',', "timestamp|speaker|utterance", span(" --> "), 1, false},
		{"spans without a header", '\t', "", span(" - "), 1, false},
		{"starts alone", '\t', "Timespan|Speaker|Content", func(s containertest.Speech) []string {
			return []string{clock0(s.Start()), nameOf(s), s.Text()}
		}, 1000, true},
		{"German", ';', "Zeit|Sprecher|Text", func(s containertest.Speech) []string {
			return []string{clock0(s.Start()), nameOf(s), s.Text()}
		}, 1000, true},
		{"the speaker first", ',', "Speaker|Start|Text", func(s containertest.Speech) []string {
			return []string{nameOf(s), clock0(s.Start()), s.Text()}
		}, 1000, true},
		{"a table of an unknown make", ',', "No|Person speaking|Began|Words said", func(s containertest.Speech) []string {
			return []string{"1", nameOf(s), clock0(s.Start()), s.Text()}
		}, 1000, true},
	}
}

// Whatever table a conversation stands in, its turns come out with their words to the letter, under
// the names of who speaks, and when they are said.
func TestEveryTableGivesTheSameTurns(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.name, func(t *testing.T) {
			for seed := range uint64(30) {
				all := containertest.Converse(seed)
				if len(all) < 6 && (v.header == "" || strings.HasPrefix(v.header, "No|")) { // too few rows to show by what they hold
					continue
				}
				data := writeTable(t, v, all)
				c, err := container.Open(t.Context(), data, container.Options{Filename: "a.csv"})
				if err != nil {
					t.Fatalf("seed %d: %v\n%s", seed, err, data)
				}
				containertest.Check(t, c)
				if got, want := turns(c, v), wanted(all, v); got != want {
					t.Fatalf("seed %d: got\n%s\nwant\n%s\nof\n%s", seed, got, want, data)
				}
			}
		})
	}
}

func writeTable(t *testing.T, v variant, all []containertest.Speech) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = v.comma, true
	if v.header != "" {
		_ = w.Write(strings.Split(v.header, "|"))
	}
	for _, s := range all {
		_ = w.Write(v.row(s))
	}
	if w.Flush(); w.Error() != nil {
		t.Fatal(w.Error())
	}
	return b.Bytes()
}

// turns renders turns with their times as exact as the table has them.
func turns(c *container.Content, v variant) string {
	var b strings.Builder
	for _, l := range c.Lines {
		end := "open"
		if l.EndMS != nil {
			end = fmt.Sprint(*l.EndMS / v.exact)
		}
		if l.Voice == nil {
			l.Voice = &container.Voice{Label: "nobody"}
		}
		fmt.Fprintf(&b, "%s %d-%s: %s\n", l.Voice.Label, *l.StartMS/v.exact, end, l.Text)
	}
	return b.String()
}

func wanted(all []containertest.Speech, v variant) string {
	var b strings.Builder
	for _, s := range all {
		end := "open"
		if !v.open {
			end = fmt.Sprint(s.End() / v.exact)
		}
		fmt.Fprintf(&b, "%s %d-%s: %s\n", nameOf(s), s.Start()/v.exact, end, s.Text())
	}
	return b.String()
}
