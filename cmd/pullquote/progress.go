package main

import (
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pullquote/pullquote/internal/words"
)

// progress is a bar on a terminal, and elsewhere a line of the log now and then. It is safe for
// concurrent use.
type progress struct {
	mu          sync.Mutex
	terminal    io.Writer // discards where there is none
	log         *slog.Logger
	now         func() time.Time
	told        time.Time // when the last line was logged, or the work began
	total, done int
}

// progressInterval is between two lines of the log: who waits sees that it goes on, and a day
// of work has no more lines than can be read.
const progressInterval = 10 * time.Second

func (a *app) newProgress(total int) *progress {
	p := &progress{terminal: io.Discard, log: slog.New(slog.DiscardHandler), now: time.Now, total: max(1, total)}
	switch {
	case total < 2:
	case isTerminal(a.stderr):
		p.terminal = a.stderr
	default:
		p.log = a.log
	}
	p.told = p.now()
	return p
}

// show shows that the next of a kind is under way.
func (p *progress) show(kind, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(p.done, p.total, kind)
	p.draw(p.done, p.done+1, excerpt(words.Escaped(filepath.Base(name)), 40))
	p.done++
}

// at shows how many of a kind are done.
func (p *progress) at(done int, kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(done, p.total, kind)
	p.draw(done, done, kind)
}

// of shows how many of a kind are done out of a new total.
func (p *progress) of(done, total int, kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = max(1, total)
	p.tell(done, p.total, kind)
	p.draw(done, done, kind)
}

// step shows how far one of several steps is.
func (p *progress) step(what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell(done, total, what)
	fmt.Fprintf(p.terminal, "\r\033[K%s, %d of %d", what, done, total)
}

// tell logs how far the work is, unless it was told a moment ago.
func (p *progress) tell(done, total int, what string) {
	if now := p.now(); now.Sub(p.told) >= progressInterval {
		p.told = now
		p.log.Info("progress", "of", what, "done", done, "total", total)
	}
}

func (p *progress) draw(done, number int, what string) {
	const width = 30
	filled := min(width, width*done/p.total)
	fmt.Fprintf(p.terminal, "\r\033[K[%s%s] %d/%d %s",
		strings.Repeat("█", filled), strings.Repeat("·", width-filled), number, p.total, what)
}

// clear makes room for other lines.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprint(p.terminal, "\r\033[K")
}
