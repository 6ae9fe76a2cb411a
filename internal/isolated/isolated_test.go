package isolated

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/container"
)

// TestMain runs the tests, or, as the program would, the process of a file.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "pullquote" {
		os.Exit(m.Run())
	}
	if err := Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// docx is a Word document whose body is this.
func docx(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	part, err := archive.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte(`<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`))
	}
	if err = errors.Join(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const large = 2 * smallFile // bytes of a text that another process reads

// What a process of its own reads of a file is what this one would, to the last field.
func TestReadsTheSame(t *testing.T) {
	t.Parallel()
	r := New("")
	cues := func(turns int) (b bytes.Buffer) {
		b.WriteString("WEBVTT\n\n")
		for i := range turns {
			fmt.Fprintf(&b, "%02d:%02d.000 --> %02d:%02d.500\n<v Ada Marchetti>She wrote: “The lamp\nburns all night.\n\n", i/60%60, i%60, i/60%60, i%60)
		}
		return b
	}
	captions := cues(3500)
	for name, test := range map[string]struct {
		file    []byte
		options transcript.Options
	}{
		"a Word document": {docx(t, `<w:p><w:r><w:t>MS. MARCHETTI: The lamp burns.</w:t></w:r></w:p><w:p><w:r><w:t>MR. CASTELLAN: All night?</w:t></w:r></w:p>`), transcript.Options{Title: "The Lamp"}},
		"a large text":    {[]byte(strings.Repeat("MS. MARCHETTI: She wrote: “The lamp burns.\n\nMR. CASTELLAN: All night?\n\n", large/70)), transcript.Options{Filename: "lamp.txt", Date: "2031-05-04"}},
		"captions":        {captions.Bytes(), transcript.Options{Filename: "lamp.vtt"}},
		"a damaged PDF":   {[]byte("%PDF-1.7\n\xe2\xe3\xcf\xd3"), transcript.Options{}},
		"no document":     {[]byte("PK\x03\x04nothing"), transcript.Options{}},
		"a wrong date":    {docx(t, ""), transcript.Options{Date: "yesterday"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, wrong := transcript.Parse(t.Context(), test.file, test.options)
			got, err := r.Parse(t.Context(), test.file, test.options)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("it is read otherwise: %.2000s\nwant %.2000s", fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
			}
			sameError(t, err, wrong)
			opened, wrong := container.Open(t.Context(), test.file, container.Options{Filename: test.options.Filename, NoteReferences: true})
			content, err := r.Open(t.Context(), test.file, container.Options{Filename: test.options.Filename, NoteReferences: true})
			if !reflect.DeepEqual(content, opened) {
				t.Errorf("it is opened otherwise: %.2000s\nwant %.2000s", fmt.Sprintf("%+v", content), fmt.Sprintf("%+v", opened))
			}
			sameError(t, err, wrong)
		})
	}
}

func sameError(t *testing.T, got, want error) {
	t.Helper()
	if fault.CodeOf(got) != fault.CodeOf(want) || fault.MessageOf(got) != fault.MessageOf(want) {
		t.Errorf("the error is %v, want %v", got, want)
	}
}

// Who leaves ends the process that reads, and leaves its place to others.
func TestWhoLeavesEndsTheProcess(t *testing.T) {
	t.Parallel()
	r := New("")
	r.places = make(chan struct{}, 1)
	ctx, leave := context.WithCancel(t.Context())
	p, err := r.start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	leave()
	if err := p.cmd.Wait(); err == nil {
		t.Error("the process ended by itself")
	}
	ctx, leave = context.WithTimeout(t.Context(), 50*time.Millisecond) // before it has even started
	defer leave()
	if _, err := r.Parse(ctx, bytes.Repeat([]byte("MS. MARCHETTI: The lamp burns.\n\n"), 1<<20), transcript.Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
	if len(r.places) > 0 {
		t.Error("its place is still taken")
	}
}

// The process ends when the one does that waits for it, however that ends.
func TestAProcessThatNobodyWaitsForEnds(t *testing.T) {
	t.Parallel()
	p, err := New("").start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	file := bytes.Repeat([]byte("MS. MARCHETTI: The lamp burns.\n\n"), 2<<20) // takes seconds
	if err := p.send(request{Parse: &transcript.Options{}, Size: len(file)}, file); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	p.stdin.Close()
	if err := p.cmd.Wait(); err == nil || time.Since(began) > 2*time.Second {
		t.Errorf("it ended after %s, with %v", time.Since(began), err)
	}
}

// Where too many files are read already, the next one is told when to come again.
func TestPlacesAreBounded(t *testing.T) {
	t.Parallel()
	r := &Reader{places: make(chan struct{}, 1), patience: 10 * time.Millisecond}
	r.places <- struct{}{}
	_, err := r.Parse(t.Context(), docx(t, ""), transcript.Options{})
	if fault.CodeOf(err) != fault.Unavailable || fault.RetryOf(err) == 0 {
		t.Errorf("the error is %v", err)
	}
}

func BenchmarkProcess(b *testing.B) {
	file := docx(b, `<w:p><w:r><w:t>MS. MARCHETTI: The lamp burns.</w:t></w:r></w:p>`)
	r := New("")
	for b.Loop() {
		if _, err := r.Parse(b.Context(), file, transcript.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
