package api

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// document is a Word document of one paragraph.
func document(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	part, err := archive.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` +
		text + `</w:t></w:r></w:p></w:body></w:document>`))
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verifyFile(t *testing.T, handler http.Handler, contentType string, file []byte) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/verify", bytes.NewReader(file))
	r.Header.Set("Content-Type", contentType)
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, r)
	return recorded
}

func TestVerifyWordDocument(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := New(config)
	recorded := verifyFile(t, handler, docxType, document(t, "“The old one reached eleven.” Odile Marchetti was precise."))
	var response verifyResponse
	unmarshal(t, recorded.Body.String(), &response)
	if recorded.Code != http.StatusOK || len(response.Quotes) != 1 || response.Quotes[0].Status != answer.StatusExact {
		t.Errorf("status %d: %s", recorded.Code, recorded.Body)
	}
	p := problemIn(t, verifyFile(t, handler, docxType, []byte("PK\x03\x04 and no more")))
	if p.Code != fault.Invalid || !strings.Contains(p.Detail, "ends early") {
		t.Errorf("problem %+v", p)
	}
}

func TestVerifyTooMuch(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.MaxUpload = 1 << 20
	handler := newDescribed(t, New(config))
	for name, test := range map[string]struct{ text, says string }{
		"a file that is too large": {strings.Repeat("The lamp burns. ", 1<<17), "larger than 1 MiB"},
		"too many quotations":      {strings.Repeat("“The lamp burns all night,” she said.\n\n", 2001), "more than 2000"},
	} {
		t.Run(name, func(t *testing.T) {
			p := problemIn(t, verifyFile(t, handler, "text/plain", []byte(test.text)))
			if p.Code != fault.TooLarge || !strings.Contains(p.Detail, test.says) {
				t.Errorf("problem %+v; want %q", p, test.says)
			}
		})
	}
}
