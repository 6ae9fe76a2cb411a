package mcpserver

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
)

// FuzzMessages has a client write anything. Every line that comes back is a message of JSON-RPC,
// no error is the server's own, and the server ends once what it was asked is answered.
func FuzzMessages(f *testing.F) {
	config, _ := newConfig(f)
	const (
		hello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}` + "\n" +
			`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n"
		search = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"harbour"}}}` + "\n"
	)
	calls := []string{search}
	for _, params := range []string{
		`{"name":"fetch","arguments":{"id":"00000000-0000-7000-8000-000000000000/turns/1"}}`, `{"name":"ask","arguments":{"question":"Who pays?"}}`,
		`{"name":"verify_quotes","arguments":{"text":"“It holds for nine winters.”"}}`, `{"name":"list_transcripts","arguments":{"limit":1}}`,
	} {
		calls = append(calls, `{"jsonrpc":"2.0","id":"x","method":"tools/call","params":`+params+"}\n")
	}
	for _, uri := range []string{"pullquote://transcripts/00000000-0000-7000-8000-000000000000/turns/1", `pullquote://transcripts/\u0000`, "pullquote://%ff"} {
		calls = append(calls, `{"jsonrpc":"2.0","id":2,"method":"resources/read","params":{"uri":"`+uri+`"}}`+"\n")
	}
	for _, call := range calls {
		for _, kin := range []string{
			call, call + call, call[:len(call)/2], "\ufeff" + call, strings.Replace(call, `"id":2,`, "", 1), strings.Replace(call, `"id":2`, `"id":1e999`, 1),
			strings.Replace(call, `:{"`, `:{"x":1,"`, 2), strings.Replace(call, `"params":{`, `"params":[{`, 1), strings.ReplaceAll(call, `:"`, `:"\u0000`),
			strings.ReplaceAll(call, `":"`, "\":\"\xff"), "[" + strings.TrimSpace(call) + "]\n",
			strings.TrimSpace(call) + strings.TrimSpace(call) + "\n", call + `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}` + "\n",
		} {
			f.Add([]byte(hello + kin))
		}
	}
	f.Add([]byte(search))
	f.Add([]byte(hello + strings.Repeat(`{"params":`, 10_000)))
	f.Add([]byte(hello + strings.Repeat(`[`, 10_000) + "\n"))
	f.Add([]byte(hello + `{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"cursor":"AAAA"}}` + "\n"))
	f.Add([]byte(hello + `{"jsonrpc":"2.0","id":3,"method":"resources/list","params":{"cursor":null}}` + "\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out, log bytes.Buffer
		config.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError}))
		// What cannot be read ends the connection: its error is for the operator.
		_ = New(config).Run(t.Context(), bytes.NewReader(in), &out)
		said := out.String()
		cancelled := bytes.Contains(in, []byte("cancel")) // whose answer nobody reads
		if log.Len() > 0 || !cancelled && strings.Contains(said, fault.MessageOf(io.ErrUnexpectedEOF)) {
			t.Errorf("the server failed: %s\n%s", said, &log)
		}
		for line := range strings.Lines(said) {
			type message struct {
				Version string `json:"jsonrpc"`
			}
			messages, one := []message{}, message{}
			if json.Unmarshal([]byte(line), &one) == nil {
				messages = append(messages, one)
			} else if err := json.Unmarshal([]byte(line), &messages); err != nil {
				t.Errorf("not a message: %s", line)
			}
			for _, m := range messages {
				if m.Version != "2.0" {
					t.Errorf("not a message: %s", line)
				}
			}
		}
	})
}
