package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestChatInterrupted interrupts an answer, and asks on.
func TestChatInterrupted(t *testing.T) {
	t.Parallel()
	asked := make(chan bool, 1)
	server := llmtest.New(t, llmtest.InTurn(func(llmtest.Request) llmtest.Reply {
		asked <- true
		return llmtest.Stream(llmtest.Hang())
	}, llmtest.Literal("Rook said: [s1]"), llmtest.Literal("Rook said: [s1]")))
	c := startChat(t, server)
	c.say(t, "Is it the second week of May?")
	<-asked
	c.interrupt(t)
	c.waitFor(t, &c.stderr, "pullquote: stopped; ask again, or another question\n")
	server.Wait() // the model is not kept at it

	c.say(t, "Is it the second week of May?")
	c.waitFor(t, &c.stdout, "Ivo Rook said")
	c.say(t, "/quit")
	if err := c.command.Wait(); err != nil {
		t.Errorf("the chat ended with %v", err)
	}
}

// runningChat is a chat as a process of its own.
type runningChat struct {
	command        *exec.Cmd
	stdin          io.Writer
	stdout, stderr stream
}

// stream is what a process has written so far.
type stream struct {
	from io.Reader
	text strings.Builder
}

func startChat(t *testing.T, server *llmtest.Server) *runningChat {
	t.Helper()
	file := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(file, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "DATABASE_URL="+postgrestest.Migrated(t), "OPENAI_BASE_URL="+server.URL, "PULLQUOTE_CHAT_MODEL=scripted", "GORACE=atexit_sleep_ms=0")
	pullquote := func(args ...string) *exec.Cmd {
		command := exec.CommandContext(t.Context(), filepath.Join(program(t), "pullquote"), args...)
		command.Env = env
		return command
	}
	if output, err := pullquote("ingest", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	c := &runningChat{command: pullquote("chat")}
	var err error
	if c.stdin, err = c.command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if c.stdout.from, err = c.command.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if c.stderr.from, err = c.command.StderrPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *runningChat) say(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(c.stdin, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

func (c *runningChat) interrupt(t *testing.T) {
	t.Helper()
	if err := c.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}

// waitFor reads until the text has come.
func (c *runningChat) waitFor(t *testing.T, s *stream, text string) {
	t.Helper()
	buffer := make([]byte, 4096)
	for !strings.Contains(s.text.String(), text) {
		n, err := s.from.Read(buffer)
		s.text.Write(buffer[:n])
		if err != nil {
			t.Fatalf("%v before %q came: %q", err, text, s.text.String())
		}
	}
}

// TestChatUnread asks three questions, of which the answer to the first is not read: a chat
// behind which the pipe has ended asks no more.
func TestChatUnread(t *testing.T) {
	t.Parallel()
	env := map[string]string{"DATABASE_URL": postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL": "builtin"}
	reader, closed := io.Pipe()
	reader.CloseWithError(syscall.EPIPE)
	var list bytes.Buffer
	for _, step := range []struct {
		args  string
		stdin string
		to    io.Writer
	}{
		{"ingest -", orchard, io.Discard},
		{"chat", strings.Repeat("Is it the second week of May?\n", 3), closed},
		{"answers list", "", &list},
	} {
		code := run(t.Context(), strings.Fields(step.args), environment{
			getenv: func(name string) string { return env[name] }, stdin: strings.NewReader(step.stdin), stdout: step.to, stderr: t.Output(),
		})
		if code != 0 {
			t.Fatalf("%s: exit code %d", step.args, code)
		}
	}
	if answers := strings.Count(list.String(), "\n"); answers != 1 {
		t.Errorf("there are %d answers", answers)
	}
}

// TestChatReplacesWhatWasTold has the model break off after a statement that has
// been told already: the answer that takes its place is told whole.
func TestChatReplacesWhatWasTold(t *testing.T) {
	t.Parallel()
	server := llmtest.New(t, llmtest.Always(llmtest.Stream(
		llmtest.Content("Rook said: [s1]. And "), llmtest.Content("later "), llmtest.Content("on: [s1]"), llmtest.Cut())))
	file := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(file, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"DATABASE_URL": postgrestest.Migrated(t), "OPENAI_BASE_URL": server.URL, "PULLQUOTE_CHAT_MODEL": "scripted"}
	var out, errs bytes.Buffer
	for _, args := range [][]string{{"ingest", file}, {"chat"}} {
		out.Reset()
		code := run(t.Context(), args, environment{
			getenv: func(name string) string { return env[name] }, stdin: strings.NewReader("Is it the second week of May?"), stdout: &out, stderr: &errs,
		})
		if code != 0 {
			t.Fatalf("%v: exit code %d: %s", args, code, &errs)
		}
	}
	if !strings.HasPrefix(out.String(), "Asked by Una Marsh (Bay Gazette), Ivo Rook said") || !strings.Contains(out.String(), " …\n\n") || strings.Count(out.String(), "[1] Ivo Rook") != 1 {
		t.Errorf("the chat says %q", out.String())
	}
	if !strings.Contains(errs.String(), "so this one is made of the record's sentences alone. (the model is \"scripted\" at ") {
		t.Errorf("the replacement is not told: %q", errs.String())
	}
}
