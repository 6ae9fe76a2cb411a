package transcript

import (
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What has words before colons, or asks questions, is not yet a transcript.
func TestDocumentationIsNoTranscript(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"a licence", "Files: *\nCopyright: 2031 Jane Roe\nLicense: GPL-2\n\nFiles: quay/*\nCopyright: 2031 John Poe\nLicense: MIT"},
		{"a manual", strings.Repeat("Caveat: the gauge is read once an hour, and the gauge of the pier is read by hand.\n\nSynopsis: gauge [-v] FILE\n\nThe caveat holds for every gauge of the harbour, and for each of the boards that are listed in the table below.\n\n", 6)},
		{"questions to nobody", strings.Repeat("What is a gauge?\n\nA gauge is a board with marks on it. It stands in the water and shows how high the water is.\n\n", 9)},
		{"a list", strings.Repeat("- How do you read a gauge?\n- I read it from the pier, where we keep a glass.\n\n", 9)},
		{"lines with times", strings.Repeat("10:03:07 Do you see the gauge? I do.\n\n10:03:09 It is where we left it, and I see it well.\n\n", 2) + "How high is it?\n\nYou tell me."},
		{"a roster", "Crew\n\nJane Roe: Monday, Tuesday\nJohn Poe: Friday, Sunday\nJane Roe: 555-0142\nJohn Poe: 555-0143"},
		{"the steps of a manual", "Gauge\n\nWARNING: Close the gate first.\nSTEP 1: Open the glass.\nSTEP 2: Read the gauge.\nCAUTION: The pier is wet."},
		{"a log of changes", "commit 4f2\nAuthor: Jane Roe <jane@pier.example>\nDate:   Tue Mar 4 10:02 2031\n\n    gauge: read it twice\n\ncommit 88a\nAuthor: John Poe <john@pier.example>\n\n    gate: paint it"},
		{"a contract", "PIER LEASE\n\nThe rent is due in May.\n\nLANDLORD: Harbour Board\n\nTENANT: Gauge Works Ltd."},
		{"an obituary", "Jane Roe, 1941-2031\n\nJane Roe, who read the gauge, died on Tuesday.\n\nWhat did she leave?\n\nA gauge.\n\nServices: Friday at ten.\nFlowers: none, please."},
		{"lines with signs", strings.Repeat("◯위원장 나파도 Do you see the gauge?\n◯이한결 위원 I see it where you left it.\n", 4)},
		{"names before full stops", strings.Repeat("Poe J. P. Do you see the gauge?\n\nPresiding. I see it where you left it.\n\n", 4)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := Parse(t.Context(), []byte(tt.text), Options{Filename: "gauge.md"}); err == nil && got.Format != "timed" {
				t.Errorf("read as %s, with %d turns, the first %q", got.Format, len(got.Turns), got.Turns[0].Text)
			}
		})
	}
}

// Hardly any of the texts that come with Go is taken for a transcript.
func TestTextsOfGoAreNoTranscripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(build.Default.GOROOT, "*.md"))
	for _, pattern := range []string{"doc/*", "src/*/*/README.md", "src/cmd/*/*/*/README.md", "src/*/*/*/*.md", "src/*/*.txt", "LICENSE", "PATENTS"} {
		more, _ := filepath.Glob(filepath.Join(build.Default.GOROOT, pattern))
		files = append(files, more...)
	}
	if err != nil || len(files) == 0 {
		t.Fatal("the texts of Go are not there")
	}
	var taken []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if _, err := Parse(t.Context(), data, Options{Filename: file}); err == nil {
			taken = append(taken, file)
		}
	}
	if slices.Sort(taken); 10*len(taken) > len(files) {
		t.Errorf("%d of %d files were taken for transcripts: %q", len(taken), len(files), taken)
	}
}

// A log has times and words before colons, and a program wrote it.
func TestLogIsNoTranscript(t *testing.T) {
	levels := []string{"INFO", "WARN", "INFO", "ERROR", "DEBUG", "INFO"}
	for _, form := range []string{
		"2031-06-01 10:00:0%[1]d %[2]s: we lit the lamp for you\n", "%[2]s: we lit the lamp for you\n", "10:00:0%[1]d %[2]s: the lamp is lit\n",
		"10:00:0%[1]d %[2]s the lamp is lit\n", "2031-06-01T10:00:0%[1]dZ [main] %[2]s: the lamp is lit\n", "%[2]s lamp.go:1%[1]d: the lamp is lit\n",
		"[2031-06-01 10:00:0%[1]d] [%[2]s] lamp: it is lit\n", "%[2]s: 2031-06-01 10:00:0%[1]d: it is lit\n",
	} {
		var log strings.Builder
		for i, level := range levels {
			fmt.Fprintf(&log, form, i, level)
		}
		if got, err := Parse(t.Context(), []byte(log.String()), Options{Filename: "lamp.txt"}); err == nil {
			t.Errorf("%s is read as %s, with %d turns, the first %q", form, got.Format, len(got.Turns), got.Turns[0].Text)
		}
	}
	const talk = "JANE ROE: Is it lit?\n\nJOHN POE: It is.\n\nINFO: The doors close at nine.\n\nJANE ROE: Good.\n"
	if got, err := Parse(t.Context(), []byte(talk), Options{}); err != nil || len(got.Turns) != 4 {
		t.Errorf("a talk with a word before a colon: %+v (%v)", got, err)
	}
}
