package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/api/docs"
	"github.com/pullquote/pullquote/retrieval"
)

// The page of the documentation has every route, with a command to try it, and no
// script but the one that takes files on every page.
func TestDocs(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(Config{Log: testLog(t)}))
	page := get(t, handler, "/docs").Body.String()
	for _, r := range docsRoutes(t) {
		for _, want := range []string{`id="` + r.OperationID + `"`, "<b>" + r.Method + "</b> <code>" + r.Path + "</code>", "curl "} {
			if !strings.Contains(page, want) {
				t.Errorf("%s %s: the page has no %s", r.Method, r.Path, want)
			}
		}
	}
	const upload = `<script type="module" src="./upload.js"></script>`
	if strings.Count(page, "<script") != 1 || !strings.Contains(page, upload) || strings.Contains(page, "ZgotmplZ") {
		t.Error("the page has another script, or something that the template refused")
	}
}

func docsRoutes(t *testing.T) []docs.Route {
	t.Helper()
	routes, err := docs.Routes(descriptionFile(t), docsBase)
	if err != nil || len(routes) == 0 {
		t.Fatalf("%d routes: %v", len(routes), err)
	}
	return routes
}

// Every command of the documentation does on a server what the description says: a shell runs it
// as it is shown, but for the ids, and the response is held to its schema.
func TestDocsCommands(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("the commands of the documentation are not tried: curl is not installed")
		}
		t.Skip("the commands of the documentation are not tried: curl is not installed")
	}
	var reads []docs.Route
	for _, r := range docsRoutes(t) {
		if strings.HasPrefix(r.Path, "/signin/openid") {
			continue // a browser's, which need a provider: TestOpenID
		}
		if r.Method == "GET" {
			reads = append(reads, r)
			continue
		}
		t.Run(r.OperationID, func(t *testing.T) { // each on a record of its own
			t.Parallel()
			newDocsServer(t).try(t, r)
		})
	}
	t.Run("reads", func(t *testing.T) {
		t.Parallel()
		server := newDocsServer(t)
		for _, r := range reads {
			server.try(t, r)
		}
	})
}

// docsServer has what the examples are about.
type docsServer struct {
	*httptest.Server
	ids    *strings.Replacer // of the examples, by those that were given out
	status atomic.Int32      // of the last response
}

// statusTeller tells the status of a response before the client can have read it.
type statusTeller struct {
	http.ResponseWriter
	status *atomic.Int32
}

func (w statusTeller) WriteHeader(status int) {
	w.status.Store(int32(status))
	w.ResponseWriter.WriteHeader(status)
}

func newDocsServer(t *testing.T) *docsServer {
	config, _ := newMCP(t)
	s := &docsServer{}
	handler := newDescribed(t, New(config))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(statusTeller{w, &s.status}, r)
	}))
	t.Cleanup(s.Close)
	s.ids = strings.NewReplacer(append(addExamples(t, config), docsBase, s.URL)...)
	return s
}

// addExamples stores what the examples of the description are about, and returns their ids and
// names, each followed by that which was given out.
func addExamples(t *testing.T, config Config) (ids []string) {
	t.Helper()
	doc := loadDescription(t)
	sample := doc.Paths.Find("/v1/transcripts").Post.RequestBody.Value.Content["application/json"].Example
	file, err := json.Marshal(sample)
	if err != nil {
		t.Fatal(err)
	}
	stored := add(t, config, "", file)
	if _, _, err = config.Library.Add(t.Context(), retrieval.AddRequest{Data: file, Collection: "harbours"}); err != nil {
		t.Fatal(err)
	}
	a, err := config.Answers.Answer(t.Context(), answer.Request{Question: "Why is the gate late?"}, nil)
	if err != nil || !a.Answerable {
		t.Fatalf("the example's question is answered with %+v: %v", a, err)
	}
	speakers, err := config.Library.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: retrieval.DefaultCollection, Name: "Brandt", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	of := func(kind string) string { return doc.Components.Parameters[kind].Value.Example.(string) }
	return []string{
		of("TranscriptID"), stored.ID, of("AnswerID"), a.ID, of("ConversationID"), a.ConversationID, of("SpeakerID"), speakers.Speakers[0].ID,
		"all-MiniLM-L6-v2", config.Embedder.Model().Name,
	}
}

// try runs the command of a route.
func (s *docsServer) try(t *testing.T, r docs.Route) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s.status.Store(0)
	command := exec.CommandContext(ctx, "sh", "-c", s.ids.Replace(r.Curl))
	command.Dir = t.TempDir()
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if status := s.status.Load(); err != nil || status < 200 || status > 299 {
		t.Errorf("%s %s was answered with %d (%v): %s%s\n%s", r.Method, r.Path, status, err, output, &stderr, r.Curl)
	}
}
