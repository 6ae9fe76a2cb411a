// Package isolated reads files in processes of their own, so that no file can take the
// memory or the time of the server that it was sent to.
//
// A small file may make any reader work hard: a PDF of 2 kB can ask for gigabytes. So a
// Reader runs the program once more for each file, with the file on its standard input and
// what was read, as JSON, on its standard output. The kernel bounds that process's memory, it
// is given up after a time, and it is killed, with all that it started, as soon as nobody
// waits for it any more. It has no part of the environment that could be a secret.
//
// What unpacks to no more than it has, and is small, is read by the server itself: there a
// process would take longer than the reading.
package isolated

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	// memoryLimit is what the process of a file may take. A transcript of 100 MB, the largest
	// that is taken, needs half of it, and a PDF its engine's 512 MB.
	memoryLimit = 1536 << 20
	// timeLimit is how long it may take: a PDF may take two minutes, and its lines some more.
	timeLimit = 3 * time.Minute
	// waitLimit is how long a file waits for a place: while somebody may still look on.
	waitLimit = 20 * time.Second
	// smallFile is how large a file may be that is read by the server itself, in bytes: a
	// hundred pages, which take about the 100 ms in which a process starts. The time and the
	// memory that they take grow with their size alone, whatever stands in them.
	smallFile = 256 << 10
)

// Command is the argument by which the program is told to be the process of a file.
const Command = "read-isolated"

// Reader reads files of others. It is safe for concurrent use.
type Reader struct {
	places   chan struct{} // a semaphore: the processes that may run at the same time
	patience time.Duration // how long a file waits for one
	cache    string        // a folder for the compiled PDF engine; empty: the user's
}

// New makes a Reader, which runs as many processes at a time as there are processors. The
// engine for PDFs, which takes seconds to compile, is kept in the cache folder; where that is
// empty, in the user's.
func New(cache string) *Reader {
	return &Reader{make(chan struct{}, runtime.GOMAXPROCS(0)), waitLimit, cache}
}

// request is what the process of a file is asked; the bytes of the file follow it.
type request struct {
	Parse *transcript.Options // read the transcript, or
	Open  *container.Options  // open the container
	Size  int                 // of the file, in bytes
}

// response is what it answers.
type response struct {
	Transcript *model.Transcript
	Content    *container.Content
	Error      *container.Error
}

// do reads the file that a request is for.
func (r request) do(ctx context.Context, file []byte) (response, error) {
	var answer response
	var err error
	if r.Parse != nil {
		answer.Transcript, err = transcript.Parse(ctx, file, *r.Parse)
	} else {
		answer.Content, err = container.Open(ctx, file, *r.Open)
	}
	if refused, ok := errors.AsType[*container.Error](err); ok {
		return response{Error: refused}, nil
	}
	return answer, err
}

// Parse is transcript.Parse.
func (r *Reader) Parse(ctx context.Context, file []byte, o transcript.Options) (*model.Transcript, error) {
	answer, err := r.read(ctx, request{Parse: &o}, file)
	if answer.Transcript != nil {
		answer.Transcript.CarryQuotations() // which JSON leaves out
	}
	return answer.Transcript, err
}

// Open is container.Open.
func (r *Reader) Open(ctx context.Context, file []byte, o container.Options) (*container.Content, error) {
	answer, err := r.read(ctx, request{Open: &o}, file)
	return answer.Content, err
}

func (r *Reader) read(ctx context.Context, asked request, file []byte) (answer response, err error) {
	if len(file) <= smallFile && !packed(file) {
		answer, err = asked.do(ctx, file)
	} else {
		answer, err = r.run(ctx, asked, file)
	}
	if err == nil && answer.Error != nil {
		err = answer.Error
	}
	return answer, err
}

// packed reports whether a file may hold more than it has bytes: a PDF, whose header may stand
// behind other lines, an archive, an old Office document.
func packed(file []byte) bool {
	head := file[:min(len(file), 1024)]
	return bytes.Contains(head, []byte("%PDF-")) || bytes.HasPrefix(head, []byte("PK")) || bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0"))
}

// run has a process do what is asked.
func (r *Reader) run(ctx context.Context, asked request, file []byte) (answer response, err error) {
	leave, err := r.enter(ctx)
	if err != nil {
		return answer, err
	}
	defer leave()
	limited, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	p, err := r.start(limited)
	if err != nil {
		return answer, err
	}
	asked.Size = len(file)
	sent := make(chan error, 1)
	go func() { sent <- p.send(asked, file) }()
	told := json.NewDecoder(p.stdout).Decode(&answer)
	ended := p.end()
	<-sent // a process that ends without having read all says why
	switch {
	case told == nil:
		return answer, nil
	case ctx.Err() != nil:
		return response{}, ctx.Err()
	case limited.Err() != nil:
		return response{}, tooLarge("time")
	case p.outOfMemory():
		return response{}, tooLarge("memory")
	}
	return response{}, fmt.Errorf("the process that read a file failed: %w: %s", errors.Join(ended, told), p.said())
}

func tooLarge(what string) error {
	return fault.New(fault.TooLarge, "reading this file takes more %s than a file may; divide it, or save its text and give that", what)
}

// enter waits for a place.
func (r *Reader) enter(ctx context.Context) (leave func(), err error) {
	waited := time.NewTimer(r.patience)
	defer waited.Stop()
	select {
	case r.places <- struct{}{}:
		return func() { <-r.places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-waited.C:
		return nil, fault.New(fault.Unavailable, "too many files are being read at the moment; send this one again a little later").WithRetry(waitLimit)
	}
}

// process reads one file.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.Reader
	stderr *head
}

// start runs the program once more. It is what runs now, also where its file has been
// replaced by another version since.
func (r *Reader) start(ctx context.Context) (*process, error) {
	self, err := program()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, Command)
	cmd.Args[0] = "pullquote"
	cmd.Env = r.environment()
	cmd.WaitDelay = time.Second
	setApart(cmd)
	p := &process{cmd: cmd, stderr: new(head)}
	cmd.Stderr = p.stderr
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if p.stdout, err = cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "no process can be started to read the file; try again later").
			WithHint("the program runs itself once more for each file: %v", err)
	}
	return p, nil
}

// environment is what the process needs of the environment: no keys, and no passwords. Its
// collector works the harder the nearer it comes to its limit.
func (r *Reader) environment() []string {
	env := []string{"GOTRACEBACK=none", fmt.Sprintf("GOMEMLIMIT=%d", memoryLimit/2)}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "TMPDIR", "GOCOVERDIR"} {
		if value, ok := os.LookupEnv(name); ok && (name != "XDG_CACHE_HOME" || r.cache == "") {
			env = append(env, name+"="+value)
		}
	}
	if r.cache != "" {
		env = append(env, "XDG_CACHE_HOME="+r.cache)
	}
	return env
}

// send gives the process the file. Its standard input stays open: where that ends, this
// process has, and nobody waits any more.
func (p *process) send(asked request, file []byte) error {
	if err := json.NewEncoder(p.stdin).Encode(asked); err != nil {
		return err
	}
	_, err := p.stdin.Write(file)
	return err
}

// end lets the process end, and waits for it.
func (p *process) end() error {
	_ = p.stdin.Close()
	_, _ = io.Copy(io.Discard, p.stdout)
	return p.cmd.Wait()
}

// outOfMemory reports whether the process has met its limit, or the kernel that of the machine.
func (p *process) outOfMemory() bool {
	said := p.said()
	return strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate memory") || killed(p.cmd.ProcessState)
}

func (p *process) said() string {
	first, _, _ := strings.Cut(strings.TrimSpace(string(p.stderr.text)), "\n")
	return first
}

// head keeps the beginning of what is written to it.
type head struct{ text []byte }

func (h *head) Write(b []byte) (int, error) {
	const most = 4 << 10
	h.text = append(h.text, b[:min(len(b), most-len(h.text))]...)
	return len(b), nil
}
