package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
)

// A draft of sixty quotations, in the forms in which editors set them, has the same verdicts
// in whatever format it comes.
func TestVerifySixtyQuotations(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/drafts/sixty_quotations.txtar")
	if err != nil {
		t.Fatal(err)
	}
	config := newConfig(t)
	var markdown string
	var want []expectation
	for _, f := range archive.Files {
		switch {
		case strings.HasSuffix(f.Name, ".json"):
			add(t, config, f.Name, f.Data)
		case f.Name == "verdicts":
			want = expectations(string(f.Data))
		default:
			markdown = string(f.Data)
		}
	}
	handler := New(config)
	written := drafttest.Read(markdown)
	for _, format := range []struct {
		name, contentType string
		file              []byte
	}{
		{"markdown", "text/markdown", []byte(markdown)},
		{"text", "text/plain", written.Text()},
		{"html", "text/html", written.HTML()},
		{"docx", docxType, written.DOCX(t)},
		{"pdf", "application/pdf", written.PDF(t, drafttest.Book)},
	} {
		t.Run(format.name, func(t *testing.T) {
			verdicts := verdictsOf(t, handler, format.contentType, format.file)
			t.Run("none is missing and none too many", func(t *testing.T) {
				if len(verdicts) != len(want) {
					t.Errorf("%d quotations, want %d", len(verdicts), len(want))
				}
			})
			for i, e := range want {
				t.Run(fmt.Sprintf("%02d %s", i+1, e.form), func(t *testing.T) {
					i := slices.IndexFunc(verdicts, func(v answer.Verdict) bool { return strings.Contains(lettersOf(v.Quote), lettersOf(e.words)) })
					if i < 0 {
						t.Fatalf("“%s” is not found", e.words)
					}
					e.check(t, verdicts[i])
					verdicts = slices.Delete(verdicts, i, i+1)
				})
			}
			for _, v := range verdicts {
				t.Logf("left over, line %d: %q", v.Line, v.Quote)
			}
		})
	}
}

// expectation is what becomes of a quotation.
type expectation struct {
	statuses []string
	speaker  string // of those that hold
	words    string // by which it is found
	form     string
}

func expectations(list string) (all []expectation) {
	for line := range strings.Lines(list) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) == 3 { // without a speaker
			f = []string{strings.TrimSuffix(f[0], " |"), "", strings.TrimPrefix(f[1], "| "), f[2]}
		}
		all = append(all, expectation{strings.Split(f[0], ","), f[1], f[2], f[3]})
	}
	return all
}

func (e expectation) check(t *testing.T, v answer.Verdict) {
	got := string(v.Status)
	if v.Status == answer.StatusExact || v.Status == answer.StatusNormalized {
		got = "holds"
	}
	speaker := ""
	if v.Citation != nil {
		speaker = string(v.Citation.Speaker)
		if got == "holds" && v.Citation.ReadAloud {
			got += " aloud"
		}
	}
	if !slices.Contains(e.statuses, got) || e.speaker != "" && speaker != e.speaker {
		t.Errorf("%q, line %d, is %s by %q (%s), want %s by %q", v.Quote, v.Line, got, speaker, v.Note, e.statuses, e.speaker)
	}
}

// lettersOf is a text without all but its letters and digits, ligatures as letters.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(text))
}

// verdictsOf are the verdicts on a draft, each of which says where in the text its words stand.
func verdictsOf(t *testing.T, handler http.Handler, contentType string, file []byte) []answer.Verdict {
	t.Helper()
	recorded := verifyFile(t, handler, contentType, file)
	var response verifyResponse
	unmarshal(t, recorded.Body.String(), &response)
	if recorded.Code != http.StatusOK {
		t.Fatalf("status %d: %s", recorded.Code, recorded.Body)
	}
	text := []rune(response.Text)
	var verdicts []answer.Verdict
	for _, v := range response.Quotes {
		if v.Start == nil || !strings.Contains(lettersOf(string(text[*v.Start:*v.End])), lettersOf(v.Quote)) {
			t.Errorf("“%s” does not stand in the text where its verdict says: %v", v.Quote, v.Start)
		}
		verdicts = append(verdicts, v.Verdict)
	}
	return verdicts
}
