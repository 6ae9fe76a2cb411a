//go:build !race

package isolated

import (
	"testing"

	"github.com/pullquote/pullquote/transcript"
)

// A file for which the kernel gives no more memory is refused in words.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	p, err := New("").start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.send(request{Parse: &transcript.Options{}, Size: 2 * memoryLimit}, nil); err != nil {
		t.Fatal(err)
	}
	if err := p.end(); err == nil || !p.outOfMemory() {
		t.Errorf("the process ended with %v and said %q", err, p.said())
	}
}
