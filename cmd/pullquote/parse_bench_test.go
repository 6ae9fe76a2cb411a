package main

import (
	"bufio"
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
//
// The system counts the memory of whoever starts a process as the process's own,
// so nothing large may be held here.
func BenchmarkParse(b *testing.B) {
	pullquote := filepath.Join(program(b), "pullquote")
	for _, kind := range largeFiles() {
		b.Run(kind.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), kind.name)
			size := writeLarge(b, path, kind.write)
			b.SetBytes(int64(size))
			peak := 0.0
			for b.Loop() {
				parse := exec.Command(pullquote, "parse", "--json", path)
				parse.Env = append(os.Environ(), "GOMAXPROCS=1")
				if err := parse.Run(); err != nil {
					b.Fatal(err)
				}
				peak = max(peak, peakMemory(parse))
			}
			b.ReportMetric(peak, "peak-MB")
			b.ReportMetric(peak/(8*float64(size)/megabyte+50), "of-promised")
		})
	}
}

const megabyte = 1e6

// peakMemory is the most memory that a process that has ended held, in MB.
func peakMemory(c *exec.Cmd) float64 {
	return float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) * 1024 / megabyte
}

const largeFile = 25 * megabyte // bytes

// largeWriter counts the bytes of a large file.
type largeWriter struct {
	*bufio.Writer
	size int
}

func (w *largeWriter) printf(format string, args ...any) {
	n, _ := fmt.Fprintf(w.Writer, format, args...) // Flush has the error
	w.size += n
}

// writeLarge makes a file and says how large it is, in bytes.
func writeLarge(b *testing.B, path string, write func(*largeWriter)) int {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := &largeWriter{Writer: bufio.NewWriter(f)}
	write(w)
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return w.size
}

// largeKind is a kind of file, of which write makes about 25 MB.
type largeKind struct {
	name  string
	write func(*largeWriter)
}

// largeFiles are files in which two people talk for weeks.
func largeFiles() []largeKind {
	return []largeKind{
		{"briefing.txt", exchanges("Storm Barrier Update\n\nJohn Poe, Harbour Master\nOctober 4, 2016\n\n", "QUESTION: %s\n\nMR. POE: %s\n\n", "")},
		{"court.txt", courtPages},
		{"interview.txt", exchanges("Harbour Weekly Q&A: John Poe\n\nBy Jane Roe | 10/04/16\n\n", "%s\n\n%s\n\n", "")},
		{"captions.vtt", captions},
		{"page.html", exchanges("<!DOCTYPE html><html><head><title>Storm Barrier Update</title></head><body><article>\n",
			"<p><b>QUESTION:</b> %s</p>\n<p><b>MR. POE:</b> %s</p>\n", "</article></body></html>\n")},
		{"debate.xml", exchanges("<publicwhip>\n",
			"<speech speakername=\"Jane Roe\"><p>%s</p></speech>\n<speech speakername=\"John Poe\"><p>%s</p></speech>\n", "</publicwhip>\n")},
		{"minutes.md", exchanges("# Storm Barrier Update\n\n", "**Jane Roe:** %s\n\n**John Poe:** %s\n\n", "")},
		{"segments.json", exchanges(`[{"speaker":"Jane Roe","text":"Welcome."}`,
			",\n{\"speaker\":\"Jane Roe\",\"text\":\"%s\"},\n{\"speaker\":\"John Poe\",\"text\":\"%s\"}", "]\n")},
		{"table.csv", exchanges("speaker,words\n", "Jane Roe,\"%s\"\nJohn Poe,\"%s\"\n", "")},
	}
}

// exchanges are questions and answers, of which form has the places, between a
// head and a foot.
func exchanges(head, form, foot string) func(*largeWriter) {
	return func(w *largeWriter) {
		w.printf("%s", head)
		for n := 0; w.size < largeFile; n++ {
			w.printf(form, question(n), reply(n))
		}
		w.printf("%s", foot)
	}
}

// courtPages are the pages of a court reporter: numbered lines of a few words,
// under a running head with the page's number.
func courtPages(w *largeWriter) {
	const linesOfPage, columns = 25, 52
	line := 0
	print := func(text string) {
		if line%linesOfPage == 0 {
			w.printf("\f                  Harbour Board of Inquiry            %d\n\n", line/linesOfPage+1)
		}
		line++
		w.printf("%2d   %s\n", (line-1)%linesOfPage+1, text)
	}
	for n := 0; w.size < largeFile; n++ {
		for _, said := range []string{"     MS. ROE:  " + question(n), "     MR. POE:  " + reply(n)} {
			for len(said) > columns {
				cut := strings.LastIndexByte(said[:columns], ' ')
				print(said[:cut])
				said = said[cut+1:]
			}
			print(said)
		}
	}
}

// captions are cues of four seconds, each with a piece of what is said.
func captions(w *largeWriter) {
	stamp := func(s int) string { return fmt.Sprintf("%02d:%02d:%02d.000", s/3600, s/60%60, s%60) }
	w.printf("WEBVTT\n\n")
	second := 0
	for n := 0; w.size < largeFile; n++ {
		for i, said := range []string{question(n), reply(n)} {
			for piece := range strings.SplitAfterSeq(said, ", ") {
				w.printf("%s --> %s\n<v %s>%s\n\n", stamp(second), stamp(second+4), []string{"Jane Roe", "John Poe"}[i], strings.TrimSpace(piece))
				second += 4
			}
		}
	}
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
