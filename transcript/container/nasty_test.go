package container_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// nasty is a file that asks for more time or memory than its size allows, of about n
// bytes before it is packed. Each once took a reader long, or looks as if it would.
type nasty struct {
	name, filename string
	make           func(n int) string
}

func nastyFiles() []nasty {
	files := []nasty{
		{"one line", "a.txt", fill("JANE ROE: ", "a b. ", "")},
		{"colons", "a.txt", fill("", ":", "")},
		{"lines of a colon", "a.txt", fill("", ":\n", "")},
		{"invisible characters", "a.txt", fill("JANE ROE: ", "a\u200b", "")},
		{"comments without an end", "a.md", fill("# A\n\n", "<!--\n", "")},
		{"links without an end", "a.md", fill("# A\n\n", "[](((((((", "")},
		{"brackets within brackets", "a.md", fill("# A\n\n[a]: http://x\n\n", "[", rep("]", 1<<16))},
		{"emphasis without an end", "a.md", fill("# A\n\n", "**a *b\n", "")},
		{"backticks that do not pair", "a.md", numbered("# A\n\n", "`a``b```c%d ", "")},
		{"quotations in quotations", "a.md", fill("# A\n\n", "> ", "")},
		{"line breaks in a paragraph", "a.md", fill("# A\n\n", "a<br>", "")},
		{"a row of bars", "a.md", fill("# A\n\n|a|b|\n|-|-|\n", "|", "")},
		{"bodies with attributes", "a.html", numbered("<html>", "<body a%d=b>", "x")},
		{"elements that do not end", "a.html", fill("<html>", "<b><p>a", "")},
		{"ends of nothing", "a.html", fill("<html>"+rep("<i>", 400*3), "</b>", "a")},
		{"note numbers in note numbers", "a.html", fill("<html>"+rep("<sup>", 400*5), "<i>1</i>", "")},
		{"headings deep in headers", "a.html", fill("<html>"+rep("<header>", 400*8), "<h1>a</h1>", "")},
		{"preserved lines", "a.html", fill("<html><pre>", "a\n", "")},
		{"cells", "a.html", fill("<html><table><tr>", "<td>a", "")},
		{"tables in tables", "a.html", fill("<html>", "<table><tr><td>a", "")},
		{"a style sheet", "a.html", fill("<html><style>", "a{", "</style><p>a")},
		{"cues", "a.vtt", fill("WEBVTT\n\n", "00:01.000 --> 00:02.000\nROE: a\n\n", "")},
		{"lines of a cue", "a.vtt", fill("WEBVTT\n\n00:01.000 --> 00:02.000\n", "a\n", "")},
		{"voices in a line", "a.vtt", fill("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<v Jane>a", "")},
		{"tags that do not end", "a.vtt", fill("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<v ", "")},
		{"dates within a paragraph", "a.xml", fill(`<debate><speech by="#roe"><p>`, `<date>3000</date>`, `</p></speech></debate>`)},
		{"names of one person", "a.xml", fill(`<TEI><teiHeader><person id="a">`, `<forename>a</forename>`, `</person></teiHeader><u who="#a">x</u></TEI>`)},
		{"paragraphs", "a.xml", fill(`<debate><speech by="#roe">`, `<p>a</p>`, `</speech></debate>`)},
		{"attributes", "a.xml", numbered(`<debate><speech by="#roe"`, ` a%d=""`, `>a</speech></debate>`)},
		{"arrays in arrays", "a.json", fill(`{"a":`, `[`, ``)},
		{"objects of one field", "a.json", fill(`[`, `{"a":"b"},`, `{}]`)},
		{"fields of one object", "a.json", numbered(`[{"speaker":"a",`, `"a%d":"Will it hold then?",`, `"text":"a b c"}]`)},
		{"words", "a.json", numbered(`[{"speaker":"Jane","words":[`, `{"word":"a%d"},`, `{"word":"a"}]}]`)},
		{"lines of a text", "a.json", fill(`[{"speaker":"Jane","text":"`, `a\n`, `"}]`)},
		{"columns", "a.csv", fill("speaker,text\n", "a,", "\n")},
		{"lines of a cell", "a.csv", fill("speaker,text\nJane,\"", "a\n", "\"")},
		{"quotation marks that do not pair", "a.csv", fill("speaker,text\n", "Jane,a\"\n", "")},
		{"tags that do not end, in a cell", "a.csv", fill("speaker,text\nJane,", "<a ", "")},
	}
	for _, f := range []nasty{
		{"paragraphs of a word", "", fill("", `<w:p><w:r><w:t>a</w:t></w:r></w:p>`, "")},
		{"line breaks", "", fill(`<w:p><w:r><w:t>a</w:t>`, `<w:br/>`, `</w:r></w:p>`)},
		{"paragraphs in paragraphs", "", fill("", `<w:p><w:r><w:t>a</w:t></w:r>`, "")},
		{"empty cells", "", fill(`<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr>`, `<w:tc/>`, `</w:tr></w:tbl>`)},
		{"tables in tables of a word", "", fill("", rep(`<w:tbl><w:tr><w:tc>`, 2400)+`<w:p/>`+rep(`</w:tc></w:tr></w:tbl>`, 2900), "")},
		{"blanks", "", fill(`<w:p><w:r><w:t>`, " ", `</w:t></w:r></w:p>`)},
	} {
		files = append(files, nasty{f.name, "a.docx", func(n int) string {
			return packed(`<w:document xmlns:w="w"><w:body>` + f.make(n) + `</w:body></w:document>`)
		}})
	}
	return files
}

func rep(s string, n int) string { return strings.Repeat(s, max(1, n/len(s))) }

// fill is a piece, over and over, between a head and a foot.
func fill(head, piece, foot string) func(int) string {
	return func(n int) string { return head + rep(piece, n) + foot }
}

// numbered is fill with a number in each piece.
func numbered(head, piece, foot string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, piece, i)
		}
		return b.String() + foot
	}
}

// packed is a Word document of this text.
func packed(document string) string {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	part, err := archive.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte(document))
	}
	if err = errors.Join(err, archive.Close()); err != nil {
		panic(err)
	}
	return b.String()
}

// Whatever a file asks for, it is unwrapped to lines, or refused in a line. What takes
// time in the square of the size takes minutes here, even in small files.
func TestNastyFiles(t *testing.T) {
	t.Parallel()
	for _, file := range nastyFiles() {
		t.Run(file.name, func(t *testing.T) {
			c, err := container.Open(t.Context(), []byte(file.make(1<<18)), container.Options{Filename: file.filename})
			if err == nil {
				containertest.Check(t, c)
				return
			}
			if known, ok := errors.AsType[*container.Error](err); !ok || strings.Contains(known.Message, "\n") {
				t.Errorf("error of type %T: %v", err, err)
			}
		})
	}
}

// Who leaves ends the reading of a file of any container.
func TestWhoLeavesEndsTheReading(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	leave()
	for _, file := range nastyFiles() {
		if _, err := container.Open(ctx, []byte(file.make(1<<14)), container.Options{Filename: file.filename}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", file.name, err)
		}
	}
}

// BenchmarkNasty compares the time for nasty files of 256 KB and of eight times that:
// times-for-8x is at most about 8 where it grows with the size, and 64 where it grows
// with its square. What takes less than can be measured counts as that. Time is that of the processor,
// so that others at work on the machine do not count.
func BenchmarkNasty(b *testing.B) {
	const size = 1 << 18
	for _, file := range nastyFiles() {
		small, large := []byte(file.make(size)), []byte(file.make(8*size))
		b.Run(strings.ReplaceAll(file.name, " ", "-"), func(b *testing.B) {
			runtime.LockOSThread() // processorTime is that of the thread
			defer runtime.UnlockOSThread()
			var times [2]time.Duration
			for b.Loop() {
				for i, data := range [][]byte{small, large} {
					start := processorTime()
					_, _ = container.Open(b.Context(), data, container.Options{Filename: file.filename})
					times[i] += processorTime() - start
				}
			}
			b.ReportMetric(float64(times[1])/float64(max(times[0], 5*time.Millisecond)), "times-for-8x")
		})
	}
}

// processorTime is the time for which the thread has run.
func processorTime() time.Duration {
	const thread = 1 // RUSAGE_THREAD of Linux
	var used syscall.Rusage
	_ = syscall.Getrusage(thread, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
