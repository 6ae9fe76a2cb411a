package openaihttp

import (
	"bufio"
	"bytes"
	"io"
)

// events is an event stream reduced to its data lines, a blank line after each. A
// last line without its end is left out: it was cut.
type events struct {
	body  io.Closer
	lines *bufio.Reader
	line  []byte // what is left of the current one
}

func newEvents(body io.ReadCloser, limit int64) *events {
	return &events{body: body, lines: bufio.NewReader(&bounded{body, limit})}
}

func (e *events) Read(p []byte) (int, error) {
	for len(e.line) == 0 {
		line, err := e.lines.ReadBytes('\n')
		if err != nil {
			return 0, err
		}
		if bytes.HasPrefix(line, []byte("data:")) {
			e.line = append(line, '\n')
		}
	}
	n := copy(p, e.line)
	e.line = e.line[n:]
	return n, nil
}

func (e *events) Close() error { return e.body.Close() }
