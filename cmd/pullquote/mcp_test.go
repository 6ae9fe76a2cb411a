package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pullquote/pullquote/internal/npmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// withOrchard is the environment of a record with a transcript, whose id is returned.
func withOrchard(t *testing.T) (env []string) {
	t.Helper()
	env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "GORACE=atexit_sleep_ms=0", "PULLQUOTE_EMBEDDING_MODEL=builtin", "DATABASE_URL=" + postgrestest.Migrated(t)}
	path := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(path, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}
	finish(t, env, "ingest", path)
	return env
}

// TestMCP has the SDK's own client start the program, as assistants do. What is logged, all
// of it here, leaves the protocol alone.
func TestMCP(t *testing.T) {
	t.Parallel()
	cmd := pullquoteProcess(t.Context(), t, append(withOrchard(t), "LOG_LEVEL=debug"), "mcp")
	var log bytes.Buffer
	cmd.Stderr = &log
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if server := session.InitializeResult().ServerInfo; server.Name != "pullquote" || server.Version != version {
		t.Errorf("the server is %+v", server)
	}
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "When do the trees flower?"}})
	if err != nil || result.IsError || !strings.Contains(result.Content[0].(*mcp.TextContent).Text, "“In the second week of May.") {
		t.Errorf("ask: %v, %v", result, err)
	}
	refused, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "fetch", Arguments: map[string]any{"id": "nowhere"}})
	if err != nil || !refused.IsError {
		t.Errorf("fetch nowhere: %v, %v", refused, err)
	}
	if err := session.Close(); err != nil {
		t.Errorf("the program, when its input ends: %v", err)
	}
	if !strings.Contains(log.String(), `"of":"fetch"`) {
		t.Errorf("the log does not tell what was refused: %s", &log)
	}
}

// TestMCPEnds ends the program by a signal, as assistants do that do not wait.
func TestMCPEnds(t *testing.T) {
	t.Parallel()
	cmd := pullquoteProcess(t.Context(), t, withOrchard(t), "mcp")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`)
	if _, err := stdout.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
}

// TestMCPHosts sends messages to /mcp under the names of this machine, of the public URL
// and of a page elsewhere that points its own name at this machine.
func TestMCPHosts(t *testing.T) {
	t.Parallel()
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin", "PULLQUOTE_PUBLIC_URL=https://quotes.example")
	const hello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`
	for host, status := range map[string]int{"localhost": http.StatusOK, "quotes.example": http.StatusOK, "evil.example": http.StatusMisdirectedRequest} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/mcp", strings.NewReader(hello))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/json, text/event-stream")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != status {
			t.Errorf("host %s: status %d, want %d", host, response.StatusCode, status)
		}
	}
	s.stop(t, syscall.SIGTERM)
}

// TestMCPClients has the official TypeScript clients, that of the newest protocol and the
// one before, do what assistants do, over both transports.
func TestMCPClients(t *testing.T) {
	t.Parallel()
	folder := npmtest.Install(t, "testdata/mcp")
	env := withOrchard(t)
	server := startServer(t, env...)
	program := filepath.Join(program(t), "pullquote")
	script, err := filepath.Abs("testdata/mcp/client.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, client := range []string{"initialize", "newest"} {
		for _, target := range []string{program, server.url + "/mcp"} {
			cmd := exec.CommandContext(t.Context(), "node", script, client, target, "When do the trees flower?")
			cmd.Dir, cmd.Env = folder, env
			var errs bytes.Buffer
			cmd.Stderr = &errs
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("%s at %s: %v: %s", client, target, err, &errs)
				continue
			}
			checkMCPClient(t, client+" at "+target, out)
		}
	}
	server.stop(t, syscall.SIGTERM)
}

// toolResult is what client.mjs got of a tool.
type toolResult[T any] struct {
	Structured, Text T
	Error            string
}

func checkMCPClient(t *testing.T, client string, out []byte) {
	t.Helper()
	type turn struct{ ID, Title, Text string }
	var got struct {
		Tools    []string
		ReadOnly bool
		Search   toolResult[struct{ Results []turn }]
		Fetch    toolResult[turn]
		Ask      toolResult[struct {
			Citations []struct{ Quote, Byline string }
		}]
		Verify    toolResult[struct{ Quotes []struct{ Status string } }]  `json:"verify_quotes"`
		List      toolResult[struct{ Transcripts []struct{ ID string } }] `json:"list_transcripts"`
		Refused   toolResult[any]
		Templates []string
		Resources []string
		Turn      turn
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%s: %v: %s", client, err, out)
	}
	const words, byline = "In the second week of May. In a cold year it’s the third.", "Ivo Rook, answer, The Blue Orchard, 2031-04-02"
	id := got.List.Text.Transcripts[0].ID
	want := turn{id + "/turns/1", byline, words}
	for what, holds := range map[string]bool{
		"tools":         slices.Equal(got.Tools, []string{"ask", "fetch", "list_transcripts", "search", "verify_quotes"}) && got.ReadOnly,
		"search":        got.Search.Text.Results[0] == want && got.Search.Structured.Results[0] == want,
		"fetch":         got.Fetch.Text == want && got.Fetch.Structured == want,
		"ask":           len(got.Ask.Text.Citations) > 0 && strings.Contains(words, got.Ask.Text.Citations[0].Quote) && got.Ask.Text.Citations[0].Byline == byline,
		"verify_quotes": len(got.Verify.Text.Quotes) == 1 && got.Verify.Text.Quotes[0].Status == "exact",
		"an error":      strings.Contains(got.Refused.Error, `role "singer" is unknown; the roles are`),
		"templates":     slices.Contains(got.Templates, "pullquote://transcripts/{id}/turns/{n}"),
		"resources":     slices.Equal(got.Resources, []string{"pullquote://transcripts/" + id}),
		"a turn":        got.Turn == want,
	} {
		if !holds {
			t.Errorf("%s: %s is not as it should be: %s", client, what, out)
		}
	}
}
