package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings/encoder/encodertest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

const orchard = `{"title": "The Blue Orchard", "date": "2031-04-02", "turns": [
	{"speaker": "Una Marsh", "affiliation": "Bay Gazette", "role": "question", "text": "When do the trees flower?"},
	{"speaker": "Ivo Rook", "role": "answer", "text": "In the second week of May. In a cold year it’s the third."}
]}`

func TestServe(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t))
			s.expect(t, http.StatusOK, "GET", "/healthz", "", `"ok"`)
			s.expect(t, http.StatusOK, "GET", "/readyz", "", `"ready"`)
			s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
			s.expect(t, http.StatusOK, "POST", "/v1/answers", `{"question": "When do the trees flower?"}`, s.url+"/t/")
			s.expect(t, http.StatusOK, "POST", "/v1/verify", `{"text": "Ivo Rook said: “In the second week of May.”"}`, `"exact"`)
			s.expect(t, http.StatusOK, "GET", "/", "", "<html")
			s.pullquote(t, 0, "doctor", "--server", "--addr", strings.TrimPrefix(s.url, "http://"))
			s.stop(t, signal)
		})
	}
}

// TestServeWithBrokenWeights has a server's encoder damaged: it is told at the start, and
// search goes on. One that is removed while its server runs has been read already.
func TestServeWithBrokenWeights(t *testing.T) {
	t.Parallel()
	data, folder := t.TempDir(), t.TempDir()
	if err := encodertest.Tiny().Write(folder); err != nil {
		t.Fatal(err)
	}
	env := []string{"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_DATA_DIR=" + data, "PULLQUOTE_EMBEDDING_MODEL=harbour"}
	finish(t, env, "model", "install", "harbour", "--from", folder)

	whole := startServer(t, env...)
	var added uploaded
	whole.call(t, "POST", "/v1/transcripts?filename=orchard.json", orchard, &added)
	whole.embedded(t, added.ID)
	weights := filepath.Join(data, "models", "harbour", "model.safetensors")
	if err := os.Truncate(weights, 1000); err != nil {
		t.Fatal(err)
	}
	whole.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`, `"semantic_rank":1`)
	whole.stop(t, syscall.SIGTERM)

	broken := startServer(t, env...)
	broken.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`,
		`"notice":"the question could not be embedded (the model harbour cannot be used), so this search went by words alone"`)
	broken.stop(t, syscall.SIGTERM)
	if log := broken.log.String(); strings.Count(log, "a model cannot be loaded; searches go on without it") != 1 || !strings.Contains(log, "cut short") {
		t.Errorf("the log does not tell what is wrong: %s", log)
	}
}

// TestServeRefusesOtherHosts sends what a browser sends after somebody pointed a
// name of theirs at this machine.
func TestServeRefusesOtherHosts(t *testing.T) {
	t.Parallel()
	for _, insecure := range []string{"0", "1"} { // in a container all addresses are listened on, and the host publishes one
		t.Run("insecure "+insecure, func(t *testing.T) {
			s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_PUBLIC_URL=https://quotes.example", "PULLQUOTE_INSECURE_LISTEN="+insecure)
			s.servesOneHost(t)
			for path, want := range map[string]int{"/readyz": http.StatusOK, "/healthz": http.StatusOK, "/v1/transcripts": http.StatusMisdirectedRequest} {
				if got := statusOf(t, strings.TrimPrefix(s.url, "http://"), "GET "+path+" HTTP/1.0\r\n\r\n"); got != want {
					t.Errorf("%s in HTTP/1.0, without a host: status %d, want %d", path, got, want)
				}
			}
			s.stop(t, syscall.SIGTERM)
		})
	}
}

func (s *runningServer) servesOneHost(t *testing.T) {
	t.Helper()
	for _, test := range []struct {
		host        string
		status      int
		contentType string
	}{
		{"quotes.example", http.StatusOK, "application/json"},
		{"evil.example", http.StatusMisdirectedRequest, "application/problem+json"},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/v1/transcripts", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = test.host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var body struct{ Status int }
		err = json.NewDecoder(response.Body).Decode(&body)
		response.Body.Close()
		if err != nil || response.StatusCode != test.status || response.Header.Get("Content-Type") != test.contentType {
			t.Errorf("host %s: status %d, %s (%v), want %d, %s",
				test.host, response.StatusCode, response.Header.Get("Content-Type"), err, test.status, test.contentType)
		}
		if test.status != http.StatusOK && body.Status != test.status {
			t.Errorf("host %s: the problem names status %d, want %d", test.host, body.Status, test.status)
		}
	}
}

// TestServeFinishesWhatRuns stops the server while a file arrives.
func TestServeFinishesWhatRuns(t *testing.T) {
	t.Parallel()
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t))
	body, upload := io.Pipe()
	begun := make(chan struct{})
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: func() { close(begun) }})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/v1/transcripts?filename=orchard.json", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Expect", "100-continue")
	status := make(chan int, 1)
	client := http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	go func() {
		response, err := client.Do(request)
		if err != nil {
			t.Error(err)
			status <- 0
			return
		}
		defer response.Body.Close()
		status <- response.StatusCode
	}()
	<-begun
	if err := s.process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.refuses(t)
	if _, err := io.WriteString(upload, orchard); err != nil {
		t.Fatal(err)
	}
	upload.Close()
	if got := <-status; got != http.StatusCreated {
		t.Errorf("status %d, want %d", got, http.StatusCreated)
	}
	s.wait(t)
}

// TestPrivateClusterIsShared runs two servers and a command on one data
// directory at the same time.
func TestPrivateClusterIsShared(t *testing.T) {
	t.Parallel()
	postgrestest.OneServer(t, privateServer)
	data := filepath.Join(t.TempDir(), "data")
	first := startServer(t, "PULLQUOTE_DATA_DIR="+data)
	second := startServer(t, "PULLQUOTE_DATA_DIR="+data)
	file := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(file, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}
	first.pullquote(t, 0, "ingest", file)
	first.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`, "Ivo Rook")
	first.stop(t, syscall.SIGTERM)
	second.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`, "Ivo Rook")
	second.pullquote(t, 0, "ask", "When do the trees flower?")
	second.stop(t, syscall.SIGTERM)
	if left, _ := filepath.Glob(filepath.Join(data, "postgres", "*", "postmaster.pid")); len(left) > 0 {
		t.Errorf("the database runs on after its last user: %v", left)
	}
}

// runningServer is a `pullquote serve`, a process of its own.
type runningServer struct {
	url     string
	key     string // that is sent; empty: none
	env     []string
	path    string
	process *os.Process
	exited  chan error
	log     *bytes.Buffer // to be read after the exit
}

// startServer starts a server on a free port and returns when it listens.
func startServer(t *testing.T, env ...string) *runningServer {
	t.Helper()
	return startServerAt(t, "127.0.0.1:0", env...)
}

func startServerAt(t *testing.T, addr string, env ...string) *runningServer {
	t.Helper()
	return startProcess(t, "serve", addr, env...)
}

// startProcess starts one that serves: a server, or one that works alone.
func startProcess(t *testing.T, command, addr string, env ...string) *runningServer {
	t.Helper()
	s := &runningServer{path: filepath.Join(program(t), "pullquote"), exited: make(chan error, 1), log: new(bytes.Buffer)}
	s.env = append([]string{"PATH=" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0"}, env...)
	cmd := exec.Command(s.path, command, "--addr", addr)
	cmd.Env, cmd.Stderr = s.env, s.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.process = cmd.Process
	t.Cleanup(func() { cmd.Process.Kill() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	go func() { s.exited <- cmd.Wait() }()
	said, url, listening := strings.Cut(strings.TrimSpace(line), " at ")
	if !listening || !strings.HasPrefix(said, "Pullquote ") {
		<-s.exited
		t.Fatalf("the server did not start: %s", s.log)
	}
	s.url = url
	return s
}

// stop signals the server, which must come to its end in good order.
func (s *runningServer) stop(t *testing.T, signal os.Signal) {
	t.Helper()
	if err := s.process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	s.wait(t)
}

func (s *runningServer) wait(t *testing.T) {
	t.Helper()
	if err := <-s.exited; err != nil {
		t.Errorf("the server ended with %v: %s", err, s.log)
	}
	for line := range strings.Lines(s.log.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("a line of the log is not JSON: %s", line)
		}
	}
}

// refuses returns as soon as the server takes no more connections.
func (s *runningServer) refuses(t *testing.T) {
	t.Helper()
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	for {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", u.Host)
		if err != nil {
			return
		}
		conn.Close()
	}
}

// expect sends a request and looks at the status and for a part of the body.
func (s *runningServer) expect(t *testing.T, status int, method, path, body, part string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if s.key != "" {
		request.Header.Set("Authorization", "Bearer "+s.key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != status || !strings.Contains(string(text), part) {
		t.Errorf("%s %s: status %d, want %d with %q: %s", method, path, response.StatusCode, status, part, text)
	}
}

// pullquote runs another command beside the server.
func (s *runningServer) pullquote(t *testing.T, code int, args ...string) {
	t.Helper()
	s.output(t, code, args...)
}

// output is what another command says beside the server.
func (s *runningServer) output(t *testing.T, code int, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), s.path, args...)
	cmd.Env = s.env
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != code {
		t.Errorf("pullquote %s: %v, want exit code %d: %s", fmt.Sprint(args), err, code, output)
	}
	return string(output)
}
