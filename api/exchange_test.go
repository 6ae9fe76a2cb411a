package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
)

// Each file of testdata is a conversation with the server: requests as they are
// sent, and the responses they get. {id1}, {id2}, … are the ids in order of
// their first appearance in a response. What differs from run to run is blanked.
func TestExchanges(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no exchanges in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			runExchanges(t, newDescribed(t, New(newConfig(t))), golden.Open(t, path))
		})
	}
}

func runExchanges(t *testing.T, handler http.Handler, archive golden.Archive) {
	var ids ids
	for i := 0; i+1 < len(archive.Files); i += 2 {
		request, response := archive.Files[i], archive.Files[i+1].Name
		if !strings.HasPrefix(request.Name, "request: ") || response != "response" {
			t.Fatalf("%q and %q are not a request and its response", request.Name, response)
		}
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, parseRequest(t, ids.expand(string(request.Data))))
		archive.Check(t, i+1, "response", blank(ids.collapse(formatResponse(t, recorded))))
	}
}

// parseRequest reads a method and target, headers, an empty line and a body.
func parseRequest(t *testing.T, text string) *http.Request {
	t.Helper()
	line, rest, _ := strings.Cut(text, "\n")
	method, target, found := strings.Cut(line, " ")
	if !found {
		t.Fatalf("request line %q", line)
	}
	reader := textproto.NewReader(bufio.NewReader(strings.NewReader(rest)))
	header, err := reader.ReadMIMEHeader()
	if err != nil && err != io.EOF {
		t.Fatalf("headers of %q: %v", line, err)
	}
	body, err := io.ReadAll(reader.R)
	if err != nil {
		t.Fatal(err)
	}
	if header.Get("Content-Type") != "" && strings.HasPrefix(header.Get("Content-Type"), "multipart/") {
		body = bytes.ReplaceAll(body, []byte("\n"), []byte("\r\n"))
	}
	r := httptest.NewRequestWithContext(t.Context(), method, target, bytes.NewReader(body))
	r.Header = http.Header(header)
	return r
}

// formatResponse writes the status, the headers that matter and the body, JSON
// with a field on each line.
func formatResponse(t *testing.T, r *httptest.ResponseRecorder) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s\n", r.Code, http.StatusText(r.Code))
	for _, name := range []string{"Content-Type", "Location", "Allow"} {
		if value := r.Header().Get(name); value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	body := r.Body.Bytes()
	if strings.HasSuffix(r.Header().Get("Content-Type"), "json") {
		var indented bytes.Buffer
		if err := json.Indent(&indented, body, "", "  "); err != nil {
			t.Fatalf("body %q: %v", body, err)
		}
		body = indented.Bytes()
	}
	if len(body) > 0 {
		fmt.Fprintf(&b, "\n%s\n", bytes.TrimSpace(body))
	}
	return b.String()
}

// ids are the ids that were given out, in order.
type ids []string

var uuidPattern = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)

func (ids *ids) collapse(response string) string {
	return uuidPattern.ReplaceAllStringFunc(response, func(id string) string {
		if strings.HasPrefix(id, "00000000") { // stands in the request
			return id
		}
		for i, known := range *ids {
			if id == known {
				return fmt.Sprintf("{id%d}", i+1)
			}
		}
		*ids = append(*ids, id)
		return fmt.Sprintf("{id%d}", len(*ids))
	})
}

func (ids ids) expand(request string) string {
	for i, id := range ids {
		request = strings.ReplaceAll(request, fmt.Sprintf("{id%d}", i+1), id)
	}
	return request
}

var (
	times = regexp.MustCompile(`"(created|created_at|updated_at)":( ?)("[^"]+"|[1-9]\d*)`)
	// Figures that another ranking, or another machine, would change.
	figures = regexp.MustCompile(`"(score|lexical_rank|semantic_rank|rewrite|embed|retrieve|generate|verify)": [^,\n]+`)
	// The total of these stands last among them; that of a count does not.
	totals = regexp.MustCompile(`"total": [^,\n]+\n`)
	named  = regexp.MustCompile(`,\s*"request_id":\s*"[A-Z0-9]+"`) // of problems; TestRequestIDs has it
)

func blank(response string) string {
	response = times.ReplaceAllString(response, `"$1":$2"…"`)
	response = named.ReplaceAllString(response, "")
	return totals.ReplaceAllString(figures.ReplaceAllString(response, `"$1": …`), "\"total\": …\n")
}
