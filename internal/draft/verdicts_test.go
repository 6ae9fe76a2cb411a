package draft_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// testdata/verdicts/hearing.txtar has a transcript, and drafts about it, a line a case, each draft followed by
// what becomes of its quotations: the status, the speaker, the words and the note. In a line that is
// spoiled one must fail or have a note; in the others none must fail.
func TestVerdicts(t *testing.T) {
	archive := golden.Open(t, "testdata/verdicts/hearing.txtar")
	record := new(retrievaltest.Memory)
	request := retrieval.AddRequest{Data: archive.Files[0].Data, Options: transcript.Options{Filename: archive.Files[0].Name}}
	if _, _, err := retrieval.NewLibrary(record, embeddings.NewBuiltin()).Add(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	verifier := answer.NewVerifier(record, "http://pullquote.test", slog.New(slog.NewTextHandler(t.Output(), nil)))
	for i := 1; i < len(archive.Files); i += 2 {
		file := archive.Files[i]
		t.Run(file.Name, func(t *testing.T) {
			read, err := draft.Read(file.Data, draft.Source{Filename: file.Name})
			if err != nil {
				t.Fatal(err)
			}
			verdicts, err := verifier.VerifyAll(t.Context(), read.Quotes, retrieval.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			spoiled, told := strings.HasPrefix(file.Name, "spoiled"), map[int]bool{}
			var b strings.Builder
			for _, v := range verdicts {
				fmt.Fprintf(&b, "%d | %s | %s | %s | %s\n", v.Line, v.Status, v.ClaimedSpeaker, v.Quote, v.Note)
				told[v.Line] = told[v.Line] || v.Fails() || v.Note != ""
				if !spoiled && v.Fails() {
					t.Errorf("line %d: %q is %s", v.Line, v.Quote, v.Status)
				}
			}
			for n, line := range strings.Split(string(file.Data), "\n") {
				if spoiled && line != "" && !told[n+1] {
					t.Errorf("line %d passes: %s", n+1, line)
				}
			}
			if read.Short > 0 {
				fmt.Fprintf(&b, "%d short\n", read.Short)
			}
			archive.Check(t, i+1, file.Name+" verdicts", b.String())
		})
	}
}
