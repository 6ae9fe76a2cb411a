package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkParse runs `pullquote parse --json` on a large file of each kind, as a
// process with one core. Besides the throughput it reports the most memory that
// the process held, and that as a share of what is promised: eight times the
// file and 50 MB.
func BenchmarkParse(b *testing.B) {
	pullquote := filepath.Join(program(b), "pullquote")
	for _, kind := range largeFiles() {
		b.Run(kind.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), kind.name)
			text := kind.text()
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			peak := 0.0
			for b.Loop() {
				parse := exec.Command(pullquote, "parse", "--json", path)
				parse.Env = append(os.Environ(), "GOMAXPROCS=1")
				if out, err := parse.Output(); err != nil || len(out) < len(text)/2 {
					b.Fatalf("%d bytes were printed, error %v", len(out), err)
				}
				peak = max(peak, peakMemory(parse))
			}
			b.ReportMetric(peak, "peak-MB")
			b.ReportMetric(peak/(8*float64(len(text))/megabyte+50), "of-promised")
		})
	}
}

const megabyte = 1e6

// peakMemory is the most memory that a process that has ended held, in MB.
func peakMemory(c *exec.Cmd) float64 {
	return float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) * 1024 / megabyte
}

const largeFile = 25 * megabyte // bytes

// largeFiles are files of about 25 MB in which two people talk for weeks.
func largeFiles() []struct {
	name string
	text func() string
} {
	return []struct {
		name string
		text func() string
	}{
		{"briefing.txt", func() string {
			return grow("Storm Barrier Update\n\nJohn Poe, Harbour Master\nOctober 4, 2016\n\n", "QUESTION: %s\n\nMR. POE: %s\n\n", "")
		}},
		{"court.txt", courtPages},
		{"interview.txt", func() string {
			return grow("Harbour Weekly Q&A: John Poe\n\nBy Jane Roe | 10/04/16\n\n", "%s\n\n%s\n\n", "")
		}},
		{"captions.vtt", captions},
		{"page.html", func() string {
			return grow("<!DOCTYPE html><html><head><title>Storm Barrier Update</title></head><body><article>\n",
				"<p><b>QUESTION:</b> %s</p>\n<p><b>MR. POE:</b> %s</p>\n", "</article></body></html>\n")
		}},
		{"minutes.md", func() string {
			return grow("# Storm Barrier Update\n\n", "**Jane Roe:** %s\n\n**John Poe:** %s\n\n", "")
		}},
		{"segments.json", func() string {
			return grow(`[{"speaker":"Jane Roe","text":"Welcome."}`, ",\n{\"speaker\":\"Jane Roe\",\"text\":\"%s\"},\n{\"speaker\":\"John Poe\",\"text\":\"%s\"}", "]\n")
		}},
		{"table.csv", func() string {
			return grow("speaker,words\n", "Jane Roe,\"%s\"\nJohn Poe,\"%s\"\n", "")
		}},
	}
}

// grow writes exchanges, of which form has the places of the question and the
// answer, between a head and a foot.
func grow(head, form, foot string) string {
	var b strings.Builder
	b.WriteString(head)
	for n := 0; b.Len() < largeFile; n++ {
		fmt.Fprintf(&b, form, question(n), reply(n))
	}
	return b.String() + foot
}

var (
	places = strings.Fields("barrier harbour lock quay gate pier tunnel bridge lighthouse basin ferry dredger")
	doings = strings.Fields("holds sinks leaks closes opens settles moves rusts floats stands")
	times  = []string{"in every storm", "since the winter", "at high water", "for forty years", "whenever it freezes", "as the council was told", "by my own count"}
)

func pick(from []string, n int) string { return from[n%len(from)] }

func question(n int) string {
	return fmt.Sprintf("Thank you. What do you say to those who find that the %s %s %s, and to whom will the bill of %d crowns go?",
		pick(places, n), pick(doings, n/2), pick(times, n/3), n)
}

func reply(n int) string {
	var b strings.Builder
	for i := range 3 + n%9 {
		fmt.Fprintf(&b, "The %s %s %s, which Ms. Roe has on file as number %d, and I would not say otherwise. ",
			pick(places, n+i), pick(doings, n/3+i), pick(times, n+2*i), n+i)
	}
	return strings.TrimSpace(b.String())
}

// courtPages are the pages of a court reporter: numbered lines of a few words,
// under a running head with the page's number.
func courtPages() string {
	const linesOfPage, columns = 25, 52
	var b strings.Builder
	line := 0
	write := func(text string) {
		if line%linesOfPage == 0 {
			fmt.Fprintf(&b, "\f                  Harbour Board of Inquiry            %d\n\n", line/linesOfPage+1)
		}
		line++
		fmt.Fprintf(&b, "%2d   %s\n", (line-1)%linesOfPage+1, text)
	}
	for n := 0; b.Len() < largeFile; n++ {
		for _, said := range []string{"     MS. ROE:  " + question(n), "     MR. POE:  " + reply(n)} {
			for len(said) > columns {
				cut := strings.LastIndexByte(said[:columns], ' ')
				write(said[:cut])
				said = said[cut+1:]
			}
			write(said)
		}
	}
	return b.String()
}

// captions are cues of four seconds, each with a piece of what is said.
func captions() string {
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	second := 0
	stamp := func(s int) string { return fmt.Sprintf("%02d:%02d:%02d.000", s/3600, s/60%60, s%60) }
	for n := 0; b.Len() < largeFile; n++ {
		for i, said := range []string{question(n), reply(n)} {
			for piece := range strings.SplitAfterSeq(said, ", ") {
				fmt.Fprintf(&b, "%s --> %s\n<v %s>%s\n\n", stamp(second), stamp(second+4), []string{"Jane Roe", "John Poe"}[i], strings.TrimSpace(piece))
				second += 4
			}
		}
	}
	return b.String()
}
