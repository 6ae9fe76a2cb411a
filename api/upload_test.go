package api

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// unsized hides the length of a body, so that it is sent in chunks.
type unsized struct{ io.Reader }

func form(t *testing.T, file []byte) (body io.Reader, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "lamp.txt")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(file)
	w.Close()
	return &b, w.FormDataContentType()
}

// A file that is too large is refused over a real connection, where the client
// that sends all of it before it listens still reads why.
func TestUploadTooLarge(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.MaxUpload = 1 << 20
	server := httptest.NewServer(New(config))
	defer server.Close()
	server.Client().Transport.(*http.Transport).ExpectContinueTimeout = time.Minute // of the client that asks

	line := bytes.Repeat([]byte("a"), 50_000_000) // one line
	short := line[:5_000_000]
	formBody, formType := form(t, short)
	for name, test := range map[string]struct {
		body        io.Reader
		contentType string
		expect      string
	}{
		"with its length":          {bytes.NewReader(line), "text/plain", ""},
		"in chunks":                {unsized{bytes.NewReader(short)}, "text/plain", ""},
		"in a form":                {formBody, formType, ""},
		"asking before it is sent": {bytes.NewReader(line), "text/plain", "100-continue"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v1/transcripts", test.body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", test.contentType)
			if test.expect != "" {
				r.Header.Set("Expect", test.expect)
			}
			response, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			if response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "larger than 1 MiB") {
				t.Errorf("%s: %s", response.Status, body)
			}
		})
	}
	wantEmpty(t, config)
}

// A form may be much larger than the fields in it, also when its client asks before
// it is sent.
func TestUploadOfALargeForm(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("title", "The Long Watch")
	w.WriteField("place", "Gull Rock")
	part, err := w.CreateFormFile("file", "watch.txt")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(bytes.Repeat([]byte("MS. MARCHETTI: The lamp burns.\n\nMR. CASTELLAN: All night.\n\n"), 500))
	w.Close()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/transcripts", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Expect", "100-continue")
	recorded := httptest.NewRecorder()
	newDescribed(t, New(newConfig(t))).ServeHTTP(recorded, r)
	if recorded.Code != http.StatusCreated || !strings.Contains(recorded.Body.String(), `"title":"The Long Watch","date":null,"place":"Gull Rock"`) {
		t.Errorf("status %d: %s", recorded.Code, recorded.Body)
	}
}

// What is no text gets its status, and nothing of it is stored.
func TestUploadOfSomethingElse(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	handler := newDescribed(t, New(config))
	for name, test := range map[string]struct {
		data   string
		status int
		detail string
	}{
		"half a PDF":         {"%PDF-1.7\n\xe2\xe3\xcf\xd3", http.StatusUnprocessableEntity, "PDF"},
		"binary data":        {"MR. RENWICK: \x00\x01\x02", http.StatusUnsupportedMediaType, "NUL"},
		"invalid UTF-8":      {"MR. RENWICK: caf\xe9, caf\xc3\xa9.", http.StatusUnprocessableEntity, "UTF-8"},
		"a picture":          {"\x89PNG\r\n", http.StatusUnsupportedMediaType, "a picture"},
		"white space":        {" \n\t\n", http.StatusUnprocessableEntity, "empty"},
		"JSON of other kind": {`{"penguins": 3}`, http.StatusUnprocessableEntity, ""},
	} {
		t.Run(name, func(t *testing.T) {
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/transcripts", strings.NewReader(test.data)))
			if p := problemIn(t, recorded); p.Status != test.status || !strings.Contains(p.Detail, test.detail) {
				t.Errorf("problem %+v; want %d and %q", p, test.status, test.detail)
			}
		})
	}
	wantEmpty(t, config)
}

// A file of any container is read, whatever its Content-Type.
func TestUploadOfDocuments(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(newConfig(t)))
	for name, test := range map[string]struct {
		contentType string
		file        []byte
	}{
		"a web page":               {"text/html", []byte("<!DOCTYPE html><p><b>MS. MARCHETTI:</b> The lamp burns.<p>MR. CASTELLAN: All night.")},
		"a Word document":          {docxType, document(t, "MS. MARCHETTI: The lamp burns. It always did.")},
		"one that does not say so": {"application/octet-stream", document(t, "MS. MARCHETTI: The lamp burns at night.")},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/transcripts", bytes.NewReader(test.file))
			r.Header.Set("Content-Type", test.contentType)
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			if recorded.Code != http.StatusCreated {
				t.Errorf("status %d: %s", recorded.Code, recorded.Body)
			}
		})
	}
}

func wantEmpty(t *testing.T, config Config) {
	t.Helper()
	page, err := config.Library.List(t.Context(), retrieval.ListQuery{Collection: retrieval.DefaultCollection, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Transcripts) > 0 {
		t.Errorf("stored all the same: %+v", page.Transcripts)
	}
}

func TestJSONTooLarge(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(Config{Log: testLog(t)}))
	for _, path := range []string{"/v1/search", "/v1/answers", "/v1/verify"} {
		recorded := post(t, handler, path, `{"query": "`+strings.Repeat("a", maxJSON)+`"}`)
		if p := problemIn(t, recorded); p.Code != fault.TooLarge || !strings.Contains(p.Detail, "1 MiB") {
			t.Errorf("%s: problem %+v", path, p)
		}
	}
}

func TestJSONThatIsNotUTF8(t *testing.T) {
	t.Parallel()
	recorded := post(t, newDescribed(t, New(Config{Log: testLog(t)})), "/v1/search", "{\"query\": \"caf\xe9\"}")
	if p := problemIn(t, recorded); p.Code != fault.Invalid || !strings.Contains(p.Detail, "UTF-8") {
		t.Errorf("problem %+v", p)
	}
}
