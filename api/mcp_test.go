package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pullquote/pullquote/internal/mcpserver"
)

// newMCP is the API of a record with a transcript, with the server of the protocol.
func newMCP(t *testing.T) (config Config, id string) {
	config = newConfig(t)
	config.MCP = mcpserver.New(mcpserver.Config{
		Library: config.Library, Searcher: config.Searcher, Answers: config.Answers, Verifier: config.Verifier,
		PublicURL: "https://quotes.example", Version: "v1", Log: config.Log,
	}).Handler()
	return config, addLighthouse(t, config).ID
}

// TestMCPClient has the SDK's own client search, fetch and ask over HTTP.
func TestMCPClient(t *testing.T) {
	t.Parallel()
	config, id := newMCP(t)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: server.URL + "/mcp"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"search", map[string]any{"query": "How far does the new lamp reach?"}, `"id":"` + id + `/turns/1","title":"Odile Marchetti (Coastal Lights & Signals), answer`},
		{"fetch", map[string]any{"id": id + "/turns/3"}, "The fishing harbours pay a third"},
		{"ask", map[string]any{"question": "How far does the new lamp at Gull Rock reach?"}, `"quote":"The new lamp reaches nineteen nautical miles.`},
		{"verify_quotes", map[string]any{"text": "Marchetti said: “The old one reached eleven.”"}, `"status":"exact"`},
		{"list_transcripts", nil, id},
	} {
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil || result.IsError {
			t.Fatalf("%s: %v, %v", test.tool, err, result)
		}
		if text := result.Content[0].(*mcp.TextContent).Text; !strings.Contains(text, test.want) {
			t.Errorf("%s: %s, want %s in it", test.tool, text, test.want)
		}
	}
	if r, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "pullquote://transcripts/" + id}); err != nil || !strings.Contains(r.Contents[0].Text, "> The new lamp reaches") {
		t.Errorf("the transcript as a resource: %v, %v", r, err)
	}
}

const (
	searchCall  = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":{"query":"lamp"}}}`
	newestCall  = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":{"query":"lamp"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`
	newestCalls = "Mcp-Method: tools/call, Mcp-Name: search, Mcp-Protocol-Version: 2026-07-28"
)

// TestMCPRequests sends what clients of every age send, and what no client should.
func TestMCPRequests(t *testing.T) {
	t.Parallel()
	config, id := newMCP(t)
	handler := newDescribed(t, New(config))
	hello := func(version string) string {
		return `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"` + version + `","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`
	}
	for _, test := range []struct {
		name, method, headers, body string
		status                      int
		want                        string
	}{
		{"a hello of 2024", "POST", "", hello("2024-11-05"), 200, `"protocolVersion":"2024-11-05"`},
		{"a hello of March 2025", "POST", "", hello("2025-03-26"), 200, `"protocolVersion":"2025-03-26"`},
		{"a hello of June 2025", "POST", "", hello("2025-06-18"), 200, `"protocolVersion":"2025-06-18"`},
		{"a hello of November 2025", "POST", "", hello("2025-11-25"), 200, `"protocolVersion":"2025-11-25"`},
		{"a hello of a version to come", "POST", "", hello("2099-01-01"), 200, `"protocolVersion":"2025-11-25"`},
		{"a call without a version", "POST", "", searchCall, 200, id},
		{"a call of 2025, in a session that another process may have begun", "POST", "Mcp-Protocol-Version: 2025-06-18, Mcp-Session-Id: elsewhere", searchCall, 200, id},
		{"a call of 2026", "POST", newestCalls, newestCall, 200, id},
		{"a call whose headers say another tool", "POST", strings.Replace(newestCalls, "search", "fetch", 1), newestCall, 400, "-32020"},
		{"a version that never was", "POST", "Mcp-Protocol-Version: 2001-01-01", searchCall, 400, "Unsupported protocol version"},
		{"a notification", "POST", "", `{"jsonrpc":"2.0","method":"notifications/initialized"}`, 202, ""},
		{"a page of another site", "POST", "Origin: https://evil.example, Sec-Fetch-Site: cross-site", searchCall, 403, "a page of another site"},
		{"an old browser at another site", "POST", "Origin: https://evil.example", searchCall, 403, "a page of another site"},
		{"a page of ours", "POST", "Origin: http://example.com, Sec-Fetch-Site: same-origin", searchCall, 200, id},
		{"a form", "POST", "Content-Type: application/x-www-form-urlencoded", "query=lamp", 415, "application/json"},
		{"no event stream accepted", "POST", "Accept: application/json", searchCall, 400, "text/event-stream"},
		{"broken JSON", "POST", "", `{"jsonrpc":`, 400, "malformed"},
		{"nothing", "POST", "", "", 400, ""},
		{"too much", "POST", "", `"` + strings.Repeat("x", maxJSON) + `"`, 413, "the message is larger than"},
		{"a stream of the server's own", "GET", "", "", 405, "use POST"},
		{"the end of a session", "DELETE", "", "", 405, "use POST"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), test.method, "/mcp", strings.NewReader(test.body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			for header := range strings.SplitSeq(test.headers, ", ") {
				if name, value, ok := strings.Cut(header, ": "); ok {
					r.Header.Set(name, value)
				}
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			body, _ := io.ReadAll(w.Body)
			if w.Code != test.status || !strings.Contains(string(body), test.want) {
				t.Errorf("%d %s, want %d and %q in it", w.Code, body, test.status, test.want)
			}
			if w.Header().Get("Mcp-Session-Id") != "" {
				t.Errorf("a session begins: %v", w.Header())
			}
			if test.status == http.StatusOK && w.Header().Get("X-Accel-Buffering") != "no" {
				t.Errorf("a proxy may hold the stream back: %v", w.Header())
			}
		})
	}
}
