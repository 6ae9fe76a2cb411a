package api

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// A file comes back byte for byte, and never as something that a browser would run or
// show.
func TestOriginals(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(newConfig(t)))
	page := []byte("\xef\xbb\xbf<title>Lamp</title><script>alert(1)</script>\r\n<p><b>Jane Roe:</b> Is it lit?</p>\r\n<p><b>John Poe:</b> It is.</p>\r\n<p><b>Jane Roe:</b> Since when?</p>\r\n<p><b>John Poe:</b> Since May.</p>")
	text := []byte("Jane Roe: Is it lit?\r\n\r\nJohn Poe: It is – \xf0\x9f\x9a\xa2.\r\n\r\nJane Roe: Since when?\r\n\r\nJohn Poe: Since May.\r\n")
	for _, tt := range []struct {
		name, filename, contentType string
		data                        []byte
		wantType, wantDisposition   string
	}{
		{"a page", "lamp.html", "text/html; charset=utf-8", page, "application/octet-stream", `attachment; filename=lamp.html`},
		{"a text", "../../the lamp.txt", "text/plain", text, "text/plain", `attachment; filename="the lamp.txt"`},
		{"a name of another script", `C:\Users\roe\Фонарь"` + "\u202e.txt", "image/svg+xml", append(text, "\n\nJane Roe: Good."...), "application/octet-stream", `attachment; filename*=utf-8''%D0%A4%D0%BE%D0%BD%D0%B0%D1%80%D1%8C%25E2%2580%25AE.txt`},
		{"no name", "", "nonsense", append(text, "\n\nJane Roe: Thank you."...), "application/octet-stream", "attachment; filename=transcript-"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/transcripts?filename="+url.QueryEscape(tt.filename), bytes.NewReader(tt.data))
			r.Header.Set("Content-Type", tt.contentType)
			added := httptest.NewRecorder()
			handler.ServeHTTP(added, r)
			if added.Code != http.StatusCreated {
				t.Fatalf("%d %s", added.Code, added.Body)
			}
			original := get(t, handler, added.Header().Get("Location")+"/original")
			header := original.Header()
			if original.Code != http.StatusOK || !bytes.Equal(original.Body.Bytes(), tt.data) {
				t.Errorf("status %d, %q", original.Code, original.Body)
			}
			if got := header.Get("Content-Type"); got != tt.wantType || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("Content-Type %q; want %q and nosniff", got, tt.wantType)
			}
			got := header.Get("Content-Disposition")
			if tt.filename == "" && len(got) > len(tt.wantDisposition) {
				got = got[:len(tt.wantDisposition)]
			}
			if got != tt.wantDisposition {
				t.Errorf("Content-Disposition %q; want %q", got, tt.wantDisposition)
			}
		})
	}
}
