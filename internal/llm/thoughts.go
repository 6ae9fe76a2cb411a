package llm

import (
	"errors"
	"strings"
)

const (
	opened = "<think>"
	closed = "</think>"
	blanks = " \t\r\n"
)

// errUnmarked says that thoughts ended which nothing had begun: some servers let the
// opening mark be lost with the prompt.
var errUnmarked = errors.New("thoughts came as a part of the reply")

// thoughts drops the reasoning that a model writes before its reply, from <think> to
// </think>, and the blanks after it. The stream may be cut anywhere, within the marks
// too.
type thoughts struct {
	stage stage
	held  string // what may still be a part of a mark; in the reply, its end
}

type stage int

const (
	beginning stage = iota // nothing but blanks, or a part of <think>, so far
	thinking
	leaving // the blanks after </think>
	replying
)

// pass returns what of the reply is certain with the next piece.
func (t *thoughts) pass(piece string) (string, error) {
	if t.stage == replying {
		return t.reply(piece)
	}
	t.held += piece
	if t.stage == beginning {
		start := strings.TrimLeft(t.held, blanks)
		switch {
		case strings.HasPrefix(start, opened):
			t.stage, t.held = thinking, start[len(opened):]
		case strings.HasPrefix(opened, start):
			return "", nil
		default:
			return t.begin(t.held)
		}
	}
	if t.stage == thinking {
		_, after, found := strings.Cut(t.held, closed)
		if !found {
			t.held = beforeClosed(t.held)
			return "", nil
		}
		t.stage, t.held = leaving, after
	}
	t.held = strings.TrimLeft(t.held, blanks)
	if t.held == "" {
		return "", nil
	}
	return t.begin(t.held)
}

// begin is the first piece of the reply itself.
func (t *thoughts) begin(piece string) (string, error) {
	t.stage, t.held = replying, ""
	return t.reply(piece)
}

func (t *thoughts) reply(piece string) (string, error) {
	seen := t.held + piece
	if strings.Contains(seen, closed) {
		return "", errUnmarked
	}
	t.held = beforeClosed(seen)
	return piece, nil
}

// beforeClosed is the end of a text that may be the beginning of </think>.
func beforeClosed(text string) string { return text[max(0, len(text)-len(closed)+1):] }

// rest is what was held back of a reply that is over.
func (t *thoughts) rest() string {
	if t.stage != beginning || strings.Trim(t.held, blanks) == "" {
		return ""
	}
	return t.held
}
