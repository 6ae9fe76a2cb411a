package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// screen is a terminal with a person before it, for tests.
type screen struct {
	*os.File          // what the program has
	person   *os.File // what the person types into and reads
	shown    bytes.Buffer
}

func newScreen(t *testing.T, columns uint16) *screen {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("there are no terminals here: %v", err)
	}
	unlock, number := 0, 0
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, unlock); err != nil {
		t.Fatal(err)
	}
	if number, err = unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN); err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(terminal.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close(); person.Close() })
	return &screen{File: terminal, person: person}
}

// waitFor reads what is shown until a text is.
func (s *screen) waitFor(t *testing.T, text string) string {
	t.Helper()
	s.person.SetReadDeadline(time.Now().Add(time.Minute))
	buffer := make([]byte, 4096)
	for !strings.Contains(s.shown.String(), text) {
		n, err := s.person.Read(buffer)
		if s.shown.Write(buffer[:n]); err != nil {
			t.Fatalf("%v before %q came: %q", err, text, s.shown.String())
		}
	}
	return s.shown.String()
}

func (s *screen) types(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(s.person, text); err != nil {
		t.Fatal(err)
	}
}

// orchardAt is the environment of a program at a terminal, whose record has the orchard.
func orchardAt(t *testing.T, s *screen, settings map[string]string) environment {
	t.Helper()
	env := map[string]string{
		"DATABASE_URL": postgrestest.Migrated(t), "PULLQUOTE_DATA_DIR": t.TempDir(), "PULLQUOTE_EMBEDDING_MODEL": "builtin",
	}
	for name, value := range settings {
		env[name] = value
	}
	e := environment{getenv: func(name string) string { return env[name] }, stdin: strings.NewReader(orchard), stdout: io.Discard, stderr: io.Discard}
	if code := run(t.Context(), []string{"ingest", "-"}, e); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	e.stdin, e.stdout, e.stderr = s, s.File, s.File
	return e
}

// TestAtATerminal asks on a narrow terminal: lines are as wide as it is, and the record's
// words are bold where they may be.
func TestAtATerminal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings map[string]string
		bold     bool
	}{
		"in colours":     {nil, true},
		"NO_COLOR":       {map[string]string{"NO_COLOR": "1"}, false},
		"a dumb one":     {map[string]string{"TERM": "dumb"}, false},
		"COLUMNS is set": {map[string]string{"COLUMNS": "30"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScreen(t, 40)
			env := orchardAt(t, s, test.settings)
			done := make(chan int, 1)
			go func() { done <- run(t.Context(), []string{"ask", "When do the trees flower?"}, env) }()
			shown := s.waitFor(t, "To go on:")
			if code := <-done; code != 0 {
				t.Errorf("exit code %d", code)
			}
			if bold := strings.Contains(shown, "\033[1m"); bold != test.bold {
				t.Errorf("bold: %v, want %v", bold, test.bold)
			}
			width := 40
			if test.settings["COLUMNS"] != "" {
				width = 30
			}
			prose, _, _ := strings.Cut(strings.NewReplacer("\033[1m", "", "\033[22m", "", "\r", "").Replace(shown), "\n    http")
			for line := range strings.Lines(prose) {
				if len([]rune(strings.TrimSpace(line))) > width {
					t.Errorf("a line is wider than %d columns: %q", width, line)
				}
			}
			if strings.Count(prose, "\n") < 4 || !strings.Contains(strings.Join(strings.Fields(prose), " "), "In the second week of May.") {
				t.Errorf("shown is %q", shown)
			}
		})
	}
}

// TestNoDocumentAtATerminal has nothing but text written to one.
func TestNoDocumentAtATerminal(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 80)
	var errs bytes.Buffer
	env := environment{getenv: func(string) string { return "" }, stdout: s.File, stderr: &errs}
	code := run(t.Context(), []string{"export", "--format", "docx", "01900000-0000-7000-8000-000000000001"}, env)
	if want := "pullquote: a terminal cannot show docx; write it to a file with -o FILE.docx\n"; code != 2 || errs.String() != want {
		t.Errorf("exit code %d, %q; want 2, %q", code, errs.String(), want)
	}
}

// TestChatEdited types a chat at a terminal, with slips and the keys that mend them, and
// finds the questions again in the next chat.
func TestChatEdited(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 60)
	env := orchardAt(t, s, nil)
	env.stdin = s.File
	const left, up, home, deleteLine = "\033[D", "\033[A", "\001", "\025"
	for _, typed := range [][]string{
		{"What is this" + deleteLine + "hen do the trees flower" + home + "W\005?\r"},
		{up + "\r"},
		{up + left + left + "\r", "/quit\r"},
	} {
		s.shown.Reset()
		done := make(chan int, 1)
		go func() { done <- run(t.Context(), []string{"chat"}, env) }()
		s.waitFor(t, "> ")
		s.types(t, typed[0])
		shown := s.waitFor(t, "#turn-1\r\n\r\n> ") // the next prompt
		if prose := strings.Join(strings.Fields(strings.NewReplacer("\033[1m", "", "\033[22m", "").Replace(shown)), " "); !strings.Contains(prose, "In the second week of May.") {
			t.Errorf("%q is answered by %q", typed, shown)
		}
		end := "\004" // Control-D
		if len(typed) > 1 {
			end = typed[1]
		}
		s.types(t, end)
		s.waitFor(t, "To go on: pullquote chat --conversation ")
		if code := <-done; code != 0 {
			t.Errorf("exit code %d", code)
		}
	}
	file := filepath.Join(env.getenv("PULLQUOTE_DATA_DIR"), "chat-history")
	text, err := os.ReadFile(file)
	if want := "When do the trees flower?\n/quit\n"; err != nil || string(text) != want {
		t.Errorf("the history is %q, want %q (%v)", text, want, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the history: %v, %v", info.Mode(), err)
	}
}
