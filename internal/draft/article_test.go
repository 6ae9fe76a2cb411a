package draft_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// testdata/article.md is an article about the sample transcripts. Of its thirty-one
// quotations fourteen are spoiled, as testdata/article.verdicts says. They are
// found, and judged alike, in whatever format it is saved.
func TestArticle(t *testing.T) {
	article, err := os.ReadFile("testdata/article.md")
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := os.ReadFile("testdata/article.verdicts")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(verdicts)), "\n")
	verifier := answer.NewVerifier(sampleRecord(t), "http://pullquote.test", slog.New(slog.NewTextHandler(t.Output(), nil)))
	written := drafttest.Read(string(article))
	for name, file := range map[string][]byte{
		"article.md":   article,
		"article.txt":  straightened(written.Text()),
		"article.html": written.HTML(),
		"article.docx": written.DOCX(t),
		"article.pdf":  written.PDF(t, drafttest.Book),
	} {
		t.Run(name, func(t *testing.T) {
			read, err := draft.Read(file, draft.Source{Filename: name})
			if err != nil {
				t.Fatal(err)
			}
			verdicts, err := verifier.VerifyAll(t.Context(), read.Quotes, retrieval.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			if len(verdicts) != len(want) {
				t.Fatalf("%d quotations, want %d", len(verdicts), len(want))
			}
			for i, v := range verdicts {
				status := string(v.Status)
				if v.Holds() {
					status = "holds"
				}
				got := fmt.Sprintf("%s | %s | ", status, v.ClaimedSpeaker)
				if !strings.HasPrefix(want[i], got) {
					t.Errorf("line %d: %q\n is %s\nwant %s", v.Line, v.Quote, got, want[i])
				}
			}
		})
	}
}

// sampleRecord are the project's sample transcripts.
func sampleRecord(t testing.TB) *retrievaltest.Memory {
	t.Helper()
	record := new(retrievaltest.Memory)
	library := retrieval.NewLibrary(record, embeddings.NewBuiltin())
	paths, err := filepath.Glob("../../samples/*-*.*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: data, Options: transcript.Options{Filename: path}}); err != nil {
			t.Fatal(err)
		}
	}
	return record
}

// straightened has straight marks, as plain text is typed.
func straightened(text []byte) []byte {
	return []byte(strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(string(text)))
}

func run(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails to write
	return `<w:r><w:t xml:space="preserve">` + b.String() + "</w:t></w:r>"
}

func body(paragraphs string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		paragraphs + "</w:body></w:document>"
}
