package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Pages of the origins that are configured may use the API, preflights included; those of others
// get no leave, and are told by what setting they would.
func TestCORS(t *testing.T) {
	t.Parallel()
	const tools, evil = "https://tools.example", "https://evil.example"
	preflight := http.Header{"Access-Control-Request-Method": {"PATCH"}, "Access-Control-Request-Headers": {"content-type,x-client"}}
	crossSite := http.Header{"Sec-Fetch-Site": {"cross-site"}, "Content-Type": {"application/json"}}
	for _, test := range []struct {
		name           string
		origins        []string
		method, origin string
		header         http.Header
		status         int
		leave          bool // the browser lets the page read it
		detail         string
	}{
		{"a page of ours reads", nil, "GET", "", nil, 200, false, ""},
		{"nobody is let in", nil, "GET", tools, nil, 200, false, ""},
		{"a preflight where nobody is let in", nil, "OPTIONS", tools, preflight, 403, false, "PULLQUOTE_CORS_ORIGINS=" + tools},
		{"a page that is let in reads", []string{tools}, "GET", tools, nil, 200, true, ""},
		{"its preflight", []string{tools}, "OPTIONS", tools, preflight, 204, true, ""},
		{"it writes", []string{tools}, "POST", tools, crossSite, 422, true, "the body is empty"},
		{"another page reads", []string{tools}, "GET", evil, nil, 200, false, ""},
		{"its preflight", []string{tools}, "OPTIONS", evil, preflight, 403, false, "PULLQUOTE_CORS_ORIGINS=" + evil},
		{"it writes", []string{tools}, "POST", evil, crossSite, 403, false, "PULLQUOTE_CORS_ORIGINS=" + evil},
		{"another port is another origin", []string{tools}, "OPTIONS", tools + ":8443", preflight, 403, false, "tools.example:8443"},
		{"a name that begins alike", []string{tools}, "OPTIONS", tools + ".evil.example", preflight, 403, false, "evil.example"},
		{"a file", []string{tools}, "OPTIONS", "null", preflight, 403, false, "another site"},
		{"OPTIONS that are no preflight", []string{tools}, "OPTIONS", tools, nil, 405, true, "OPTIONS does not work"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), test.method, "/v1/mentions", nil)
			if test.method == "GET" {
				r.URL.Path = "/healthz"
			}
			for name, values := range test.header {
				r.Header[name] = values
			}
			if test.origin != "" {
				r.Header.Set("Origin", test.origin)
			}
			recorded := httptest.NewRecorder()
			New(Config{CORSOrigins: test.origins, Log: testLog(t)}).ServeHTTP(recorded, r)
			header := recorded.Header()
			if recorded.Code != test.status || !strings.Contains(recorded.Body.String(), test.detail) {
				t.Errorf("answered with %d, %s; want %d, %q", recorded.Code, recorded.Body, test.status, test.detail)
			}
			leave := header.Get("Access-Control-Allow-Origin")
			if leave != "" && leave != test.origin || (leave != "") != test.leave || header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("the browser gets %v", header)
			}
			if varies := strings.Contains(header.Get("Vary"), "Origin"); varies != (test.origins != nil) {
				t.Errorf("the response varies by %q", header.Get("Vary"))
			}
			if test.status == 204 && (header.Get("Access-Control-Allow-Headers") != "content-type,x-client" || !strings.Contains(header.Get("Access-Control-Allow-Methods"), "PATCH")) {
				t.Errorf("the preflight is answered with %v", header)
			}
		})
	}
}
