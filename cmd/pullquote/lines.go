package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/pullquote/pullquote/internal/fault"
)

// maxLine is longer than any question, in bytes.
const maxLine = 1 << 20

// lines are the lines that a chat is told.
type lines struct {
	read func() (string, error) // the next one, io.EOF at the end
	// leave gives the terminal back as it was.
	leave func()
}

// next is the next line. What waits for a line at a terminal cannot be called off; it
// ends with the program.
func (l lines) next(ctx context.Context) (text string, err error) {
	read := make(chan struct{})
	go func() {
		text, err = l.read()
		close(read)
	}()
	select {
	case <-ctx.Done():
		l.leave()
		return "", io.EOF
	case <-read:
		return text, err
	}
}

// readLines are the lines of a stream.
func readLines(in io.Reader) lines {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	read := func() (string, error) {
		if scanner.Scan() {
			return scanner.Text(), nil
		}
		switch err := scanner.Err(); {
		case err == nil:
			return "", io.EOF
		case errors.Is(err, bufio.ErrTooLong):
			return "", fault.Wrap(err, fault.TooLarge, "a line is longer than any question; ask in fewer words")
		default:
			return "", fault.Wrap(err, fault.Invalid, "standard input cannot be read (%s); ask with pullquote ask", cause(err))
		}
	}
	return lines{read, func() {}}
}

// editLines are lines that a person types at a terminal, with the keys of a shell and its
// history. It prompts by itself, apart from the answers. The terminal is the editor's only
// while a line is typed: an answer can be interrupted.
func editLines(in, out *os.File, prompt string, past *history) (lines, error) {
	state, err := term.GetState(int(in.Fd()))
	if err != nil {
		return lines{}, fault.Wrap(err, fault.Invalid, "the terminal cannot be used (%s); ask with pullquote ask", cause(err))
	}
	leave := func() { term.Restore(int(in.Fd()), state) }
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, prompt)
	editor.History = past
	read := func() (string, error) {
		if _, err := term.MakeRaw(int(in.Fd())); err != nil {
			return "", fault.Wrap(err, fault.Invalid, "the terminal cannot be used (%s); ask with pullquote ask", cause(err))
		}
		defer leave()
		if width, height, err := term.GetSize(int(out.Fd())); err == nil && width > 0 {
			editor.SetSize(width, height)
		}
		text, err := editor.ReadLine()
		if errors.Is(err, term.ErrPasteIndicator) {
			err = nil
		}
		return text, err
	}
	return lines{read, leave}, nil
}

// history is what was typed into earlier chats, in a file of the data directory that only
// its owner reads. It is for convenience: where it cannot be kept, chats go on without.
type history struct {
	file  string // empty: it is not kept
	lines []string
}

// historyFile is its name there.
const historyFile = "chat-history"

// maxHistory is how many lines are kept.
const maxHistory = 500

func newHistory(dataDir string) *history {
	if dataDir == "" || os.MkdirAll(dataDir, 0o700) != nil {
		return new(history)
	}
	h := &history{file: filepath.Join(dataDir, historyFile)}
	if text, err := os.ReadFile(h.file); err == nil {
		h.lines = strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
	}
	if surplus := len(h.lines) - maxHistory; surplus > 0 {
		h.lines = slices.Clone(h.lines[surplus:])
		os.WriteFile(h.file, []byte(strings.Join(h.lines, "\n")+"\n"), 0o600)
	}
	return h
}

// Add implements term.History.
func (h *history) Add(text string) {
	if text = strings.TrimSpace(text); text == "" || len(h.lines) > 0 && h.At(0) == text {
		return
	}
	h.lines = append(h.lines, text)
	if file, err := os.OpenFile(h.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
		defer file.Close()
		io.WriteString(file, text+"\n")
	}
}

// Len implements term.History.
func (h *history) Len() int { return len(h.lines) }

// At implements term.History: the newest is 0.
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }
