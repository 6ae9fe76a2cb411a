package api

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func get(t *testing.T, handler http.Handler, target string) *httptest.ResponseRecorder {
	t.Helper()
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil))
	return recorded
}

var markPattern = regexp.MustCompile(`(?s)<mark>(.*?)</mark>`)

// marks are the marked words of a page, a mark to a paragraph.
func marks(page string) []string {
	var marked []string
	for _, m := range markPattern.FindAllStringSubmatch(page, -1) {
		marked = append(marked, html.UnescapeString(m[1]))
	}
	return marked
}

// The page marks exactly the span that it is asked for, counted in code points.
func TestTranscriptPageMarksTheQuotation(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	text, err := config.Library.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	handler := newDescribed(t, New(config))
	for name, quote := range map[string]string{
		"a sentence":                        "The new lamp reaches nineteen nautical miles.",
		"words beyond the basic plane":      "sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands",
		"behind words beyond it":            "stands beside it.",
		"words that look like markup":       "<script>alert('lamp')</script> into a log book & means",
		"over the end of a paragraph":       "The old one reached eleven.\n\nOn the chart",
		"over several paragraphs":           "eleven.\n\nOn the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it.\n\nNobody",
		"the first words of the transcript": "How",
		"the last words of the transcript":  "pays the rest.",
	} {
		t.Run(name, func(t *testing.T) {
			before, _, found := strings.Cut(text, quote)
			if !found {
				t.Fatalf("the transcript has no %q", quote)
			}
			start := utf8.RuneCountInString(before)
			page := get(t, handler, fmt.Sprintf("/t/%s?start=%d&end=%d", stored.ID, start, start+utf8.RuneCountInString(quote)))
			if got := strings.Join(marks(page.Body.String()), "\n\n"); got != quote {
				t.Errorf("marked %q; want %q", got, quote)
			}
		})
	}
}

// A link that is old or cut short still leads to its transcript.
func TestTranscriptPageWithoutAQuotation(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	for _, query := range []string{"", "?start=4", "?start=four&end=9", "?start=9&end=4", "?start=4&end=4", "?start=-4&end=9",
		"?start=4&end=1000000", "?start=4&end=99999999999999999999", "?start=%zz&end=9"} {
		page := get(t, handler, "/t/"+stored.ID+query)
		if page.Code != http.StatusOK || len(marks(page.Body.String())) > 0 {
			t.Errorf("%q: status %d, marks %q", query, page.Code, marks(page.Body.String()))
		}
	}
}

// The words of a record enter the page as words.
func TestTranscriptPageOfAnOldVersion(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	old := addLighthouse(t, config)
	current := add(t, config, "lighthouse.json", []byte(strings.Replace(lighthouse(t), "nineteen", "twenty", 1)))
	handler := newDescribed(t, New(config))
	link := fmt.Sprintf(`<a href="%s">read the newest version</a>`, current.ID)
	if page := get(t, handler, "/t/"+old.ID).Body.String(); !strings.Contains(page, link) || !strings.Contains(page, "nineteen") {
		t.Errorf("the old version does not lead to the newest:\n%s", page)
	}
	if page := get(t, handler, "/t/"+current.ID).Body.String(); strings.Contains(page, "replaced since") {
		t.Errorf("the newest version is said to be replaced:\n%s", page)
	}
}

func TestTranscriptPageEscapes(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	page := get(t, newDescribed(t, New(config)), "/t/"+stored.ID).Body.String()
	for _, markup := range []string{"<script>alert", "<draft>"} {
		if strings.Contains(page, markup) {
			t.Errorf("the page has the markup %s", markup)
		}
		if !strings.Contains(page, html.EscapeString(markup)) {
			t.Errorf("the page has lost the words %s", markup)
		}
	}
	for _, anchor := range []string{`id="turn-0"`, `id="turn-3"`, `href="#turn-2"`} {
		if !strings.Contains(page, anchor) {
			t.Errorf("the page has no %s", anchor)
		}
	}
}

var linkPattern = regexp.MustCompile(`(?:href|src)="(?:\.\./|\./)?([a-z]+\.[a-z]+)"`)

// Every file that the pages load is served, and served again only when it has changed.
func TestFilesOfThePage(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(Config{Log: testLog(t)}))
	var links [][]string
	for _, path := range []string{"/", "/verify", "/mentions"} {
		page := get(t, handler, path)
		if page.Code != http.StatusOK {
			t.Fatalf("%s has status %d", path, page.Code)
		}
		loaded := linkPattern.FindAllStringSubmatch(page.Body.String(), -1)
		if len(loaded) < 3 {
			t.Fatalf("%s loads %q; want its script, style and icon", path, loaded)
		}
		links = append(links, loaded...)
	}
	for _, link := range links {
		first := get(t, handler, "/"+link[1])
		if first.Code != http.StatusOK || first.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: status %d, Cache-Control %q", link[1], first.Code, first.Header().Get("Cache-Control"))
		}
		again := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+link[1], nil)
		again.Header.Set("If-None-Match", first.Header().Get("ETag"))
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, again)
		if recorded.Code != http.StatusNotModified {
			t.Errorf("%s, unchanged: status %d", link[1], recorded.Code)
		}
	}
}

// What a page loads is compressed for whoever takes that, and is the same. Its type is the
// program's word, whatever the system has to say of a file's name: browsers run no script of another.
func TestCompressedFilesOfThePage(t *testing.T) {
	t.Parallel()
	if err := mime.AddExtensionType(".js", "text/plain"); err != nil {
		t.Fatal(err)
	}
	handler := New(Config{Log: testLog(t)})
	const html = "text/html; charset=utf-8"
	for name, mediaType := range map[string]string{
		"/": html, "/docs": html, "/style.css": "text/css; charset=utf-8", "/app.js": "text/javascript; charset=utf-8",
		"/icon.svg": "image/svg+xml", "/openapi.json": "application/json",
	} {
		plain := get(t, handler, name)
		if got := plain.Header().Get("Content-Type"); got != mediaType {
			t.Errorf("%s is %s, want %s", name, got, mediaType)
		}
		for accepts, compressed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "deflate, GZIP": true, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "x-gzip": false} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, name, nil)
			r.Header.Set("Accept-Encoding", accepts)
			got := httptest.NewRecorder()
			handler.ServeHTTP(got, r)
			if (got.Header().Get("Content-Encoding") == "gzip") != compressed || got.Header().Get("Vary") != "Accept-Encoding" || got.Header().Get("Content-Type") != plain.Header().Get("Content-Type") {
				t.Errorf("%s for %q: %v", name, accepts, got.Header())
			}
			if (got.Header().Get("ETag") == plain.Header().Get("ETag")) == compressed {
				t.Errorf("%s for %q has the tag %s, and uncompressed %s", name, accepts, got.Header().Get("ETag"), plain.Header().Get("ETag"))
			}
			body := got.Body.Bytes()
			if compressed {
				reader, err := gzip.NewReader(got.Body)
				if err != nil {
					t.Fatal(err)
				}
				if body, err = io.ReadAll(reader); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(body, plain.Body.Bytes()) {
				t.Errorf("%s for %q is another file", name, accepts)
			}
		}
	}
}
