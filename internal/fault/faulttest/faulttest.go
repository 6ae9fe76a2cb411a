// Package faulttest shows failures as their two readers are told them: a golden file
// that is held to, and that documents what a client and an operator read.
package faulttest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/golden"
)

// Failure is an error of the program, and what led to it.
type Failure struct {
	When string
	Err  error
}

// inside is what no client is told: an address, a path, a setting, a command of the
// operator's, SQL, and what libraries say.
var inside = regexp.MustCompile(`://|\d+\.\d+\.\d+\.\d+|[A-Z]{2,}_[A-Z]+|(^|[ (:])/\w|\bmake |\bpullquote |SQL|ERROR|\b(dial|wasm|goroutine|EOF)\b`)

// port is that of a test's server.
var port = regexp.MustCompile(`127\.0\.0\.1:\d{2,}`)

// Check holds the failures to a golden file, and what a client is told of them to
// have nothing of the inside.
func Check(t *testing.T, path string, failures []Failure) {
	t.Helper()
	var b strings.Builder
	for _, f := range failures {
		code, client := fault.CodeOf(f.Err), fault.MessageOf(f.Err)
		if f.Err == nil || inside.MatchString(client) {
			t.Errorf("%s: a client is told %q of %v", f.When, client, f.Err)
		}
		fmt.Fprintf(&b, "%s\n", f.When)
		fmt.Fprintf(&b, "    code      %s: status %d, exit code %d\n", code, code.Status(), code.Exit())
		fmt.Fprintf(&b, "    client    %s\n", client)
		fmt.Fprintf(&b, "    operator  %s\n\n", fault.Line(f.Err))
	}
	golden.Check(t, path, []byte(port.ReplaceAllString(b.String(), "127.0.0.1:…")))
}
