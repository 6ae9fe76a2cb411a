package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	collectortrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"go.yaml.in/yaml/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// Words that stand in nothing but a transcript, a question, a draft, a model's reply and a key.
const (
	inTranscript = "Zanzibrit"
	inQuestion   = "quenchwort"
	inDraft      = "fablewick"
	inReply      = "gorsemuddle"
	modelKey     = "sk-thimblerigged"
)

var quarry = `{"title": "The ` + inTranscript + ` Quarry", "date": "2031-05-06", "turns": [
	{"speaker": "Una Marsh", "role": "question", "text": "When does the quarry close?"},
	{"speaker": "Ivo ` + inTranscript + `", "role": "answer", "text": "The quarry closes in the second week of May. In a cold year it closes in the third."}
]}`

// observed is a server of which everything is told: its log, its metrics, its spans.
type observed struct {
	*runningServer
	slack     *slacktest.Server
	collector *collector
	keys      []string
}

// startObserved starts a server with keys, a model that lies and breaks on demand, Slack and a collector of traces.
func startObserved(t *testing.T) *observed {
	o := &observed{slack: slacktest.New(t), collector: newCollector(t)}
	model := llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		switch {
		case strings.Contains(r.User, "a lie"):
			return llmtest.Say("Ivo Rook said “The " + inReply + " never closes at all.” ")
		case strings.Contains(r.User, "a refusal"):
			return llmtest.Refuse(http.StatusBadRequest, "invalid_prompt", "this cannot be read: "+r.User)
		}
		return llmtest.Honest()(r)
	}, llmtest.WithKey(modelKey), llmtest.WithModels("scripted"))
	env := []string{
		"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL=" + model.URL, "OPENAI_API_KEY=" + modelKey, "PULLQUOTE_CHAT_MODEL=scripted",
		"SLACK_BOT_TOKEN=" + slacktest.BotToken, "SLACK_SIGNING_SECRET=" + slacktest.SigningSecret, "SLACK_API_URL=" + o.slack.APIURL(),
		"OTEL_EXPORTER_OTLP_ENDPOINT=" + o.collector.URL, "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=test",
	}
	for _, scopes := range []string{"read,write,admin", "read,write"} {
		var made struct{ Key string }
		if err := json.Unmarshal([]byte(finish(t, env, "keys", "create", "--name", "k", "--scopes", scopes, "--collections", "*", "--json")), &made); err != nil {
			t.Fatal(err)
		}
		o.keys = append(o.keys, made.Key)
	}
	o.runningServer = startServer(t, env...)
	o.key = o.keys[0]
	o.slack.Install(o.url)
	return o
}

// use does of everything something.
func (o *observed) use(t *testing.T) {
	t.Helper()
	ask := func(question string) string { return fmt.Sprintf(`{"question": %q}`, question) }
	o.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename="+inTranscript+".json", quarry, inTranscript)
	o.expect(t, http.StatusOK, "POST", "/v1/transcripts?filename="+inTranscript+".json", quarry, inTranscript)
	o.expect(t, http.StatusUnprocessableEntity, "POST", "/v1/transcripts?filename=x.json", `{"turns": "`+inTranscript+`"}`, "request_id")
	o.expect(t, http.StatusOK, "POST", "/v1/answers", ask("When does the quarry close?"), `"mode":"llm"`)
	o.expect(t, http.StatusOK, "POST", "/v1/answers", ask("When does the quarry close? Tell a lie"), `"fabricated"`)
	o.expect(t, http.StatusOK, "POST", "/v1/answers", ask("When does the quarry close, as "+inQuestion+"? With a refusal"), `"extractive"`)
	o.expect(t, http.StatusOK, "POST", "/v1/answers", ask("Who painted the "+inQuestion+" of the ferry?"), `"answerable":false`)
	o.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "`+inQuestion+` quarry"}`, inTranscript)
	o.expect(t, http.StatusUnprocessableEntity, "POST", "/v1/search", `{"query": "`+inQuestion+`", "limit": 1000}`, "request_id")
	o.expect(t, http.StatusUnprocessableEntity, "POST", "/v1/search", `{"query": "`+inQuestion+`", "`+inQuestion+`": 1}`, "request_id")
	o.expect(t, http.StatusOK, "POST", "/v1/verify", `{"text": "Ivo Rook said: “The `+inDraft+` closes in the second week of May.”"}`, `"altered"`)
	o.expect(t, http.StatusOK, "GET", "/v1/transcripts?words="+inQuestion, "", "transcripts")
	o.expect(t, http.StatusNotFound, "GET", "/v1/answers/01900000-0000-7000-8000-000000000004", "", "request_id")
	o.key = "pq_" + inQuestion + "wrong"
	o.expect(t, http.StatusUnauthorized, "GET", "/v1/transcripts", "", "request_id")
	o.key = o.keys[0]
	o.askInSlack(t)
}

// askInSlack asks, and asks again in the same thread, and waits for both answers.
func (o *observed) askInSlack(t *testing.T) {
	t.Helper()
	const channel = "C012345678"
	o.slack.AddChannel(slacktest.Channel{ID: channel, Name: "quarries", Kind: slacktest.Public, Members: []string{slacktest.BotUser, slacktest.Jane}})
	m := o.slack.Say(channel, slacktest.Jane, "<@"+slacktest.BotUser+"> When does the "+inQuestion+" quarry close?", "")
	if ack := o.slack.Deliver(o.slack.MentionEvent(m)); !ack.OK() {
		t.Fatalf("Slack's delivery is answered %+v", ack)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := o.slack.Await(ctx, func() bool {
		answers := o.slack.Answers(channel, m.TS)
		return len(answers) > 0 && !answers[0].Streaming && strings.Contains(string(answers[0].Blocks), "pullquote.helpful")
	}); err != nil {
		t.Fatalf("Slack has no answer: %v", err)
	}
}

// get is the body of a page that the server must show.
func (o *observed) get(t *testing.T, path string, header http.Header) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header.Clone()
	request.Header.Set("Authorization", "Bearer "+o.key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s (%v)", path, response.StatusCode, body, err)
	}
	return string(body)
}

// A server that is used tells what it did, by metrics, spans and log lines, and none of these
// has a word of a transcript, a question, a draft or a reply, or a key.
func TestObserved(t *testing.T) {
	t.Parallel()
	o := startObserved(t)
	o.use(t)
	const cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	o.get(t, "/v1/questions", http.Header{"Traceparent": {cause}})
	o.key = o.keys[1]
	o.expect(t, http.StatusForbidden, "GET", "/metrics", "", "needs the scope admin")
	o.key = o.keys[0]
	metrics := ""
	for jobDone := `slack_task",outcome="done"} 1`; !strings.Contains(metrics, jobDone); { // it is done some moments after its reply
		metrics = o.get(t, "/metrics", http.Header{})
	}
	o.stop(t, syscall.SIGTERM)

	t.Run("metrics", func(t *testing.T) { checkMetrics(t, metrics) })
	t.Run("dashboard and alerts", func(t *testing.T) { checkShown(t, metrics) })
	t.Run("spans", func(t *testing.T) { o.collector.check(t, cause) })
	t.Run("log", func(t *testing.T) { checkLog(t, o.log.String()) })
	for what, text := range map[string]string{"the log": o.log.String(), "the metrics": metrics, "the spans": o.collector.text()} {
		for _, secret := range append([]string{inTranscript, inQuestion, inDraft, inReply, modelKey, slacktest.BotToken, "second week", "quarry close"}, o.keys...) {
			if i := strings.Index(strings.ToLower(text), strings.ToLower(secret)); i >= 0 {
				t.Errorf("%s have %q: …%s…", what, secret, text[max(0, i-300):min(len(text), i+100)])
			}
		}
	}
}

// checkMetrics holds the metrics to Prometheus' conventions and to what was done.
func checkMetrics(t *testing.T, metrics string) {
	problems, err := promlint.New(strings.NewReader(metrics)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("promlint: %v %v", problems, err)
	}
	for _, want := range []string{
		`pullquote_answers_total{mode="llm",outcome="answered"} 2`,
		`pullquote_answers_total{mode="extractive",outcome="declined"} 3`,
		`pullquote_answers_replaced_total{reason="failed"} 1`,
		`pullquote_answers_replaced_total{reason="withheld"} 1`,
		`pullquote_statements_withheld_total{reason="fabricated"} 1`,
		`pullquote_ingested_files_total{outcome="stored"} 1`,
		`pullquote_ingested_files_total{outcome="present"} 1`,
		`pullquote_ingested_files_total{outcome="refused"} 1`,
		`pullquote_model_failures_total{model="scripted"} 1`,
		`pullquote_model_tokens_total{direction="in",model="scripted"} `,
		`pullquote_http_request_duration_seconds_count{method="POST",route="/v1/search",status="422"} 2`,
		`pullquote_http_request_duration_seconds_count{method="GET",route="/v1/answers/{id}",status="404"} 1`,
		`pullquote_http_request_duration_seconds_count{method="POST",route="/slack/",status="200"} 1`,
		`pullquote_job_duration_seconds_count{kind="slack_task",outcome="done"} 1`,
		`pullquote_jobs{queue="slack",state="available"} 0`,
		`pullquote_db_up 1`,
		`pullquote_passages_pending 0`,
	} {
		if !strings.Contains(metrics, "\n"+want) {
			t.Errorf("the metrics have no %s", want)
		}
	}
	for _, stage := range []string{"embedding", "words", "vectors", "ranking", "model", "verification", "draft"} {
		if count := regexp.MustCompile(`pullquote_stage_duration_seconds_count\{stage="` + stage + `"\} [1-9]`); !count.MatchString(metrics) {
			t.Errorf("the stage %s was not measured", stage)
		}
	}
	if t.Failed() {
		t.Log(metrics)
	}
}

// checkShown holds that the dashboard and the alerts name metrics that there are.
func checkShown(t *testing.T, metrics string) {
	for _, path := range []string{"../../doc/grafana-dashboard.json", "../../doc/prometheus-alerts.yml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var parsed map[string]any
		if err := yaml.Unmarshal(text, &parsed); err != nil { // as which JSON passes
			t.Errorf("%s: %v", path, err)
		}
		names := regexp.MustCompile(`\b(pullquote|go|process)_[a-z_]+`).FindAllString(string(text), -1)
		if len(names) < 5 {
			t.Errorf("%s names %d metrics", filepath.Base(path), len(names))
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			if !regexp.MustCompile(`(?m)^` + name + `[{ ]`).MatchString(metrics) {
				t.Errorf("%s shows %s, which there is not", filepath.Base(path), name)
			}
		}
	}
}

// checkLog holds that what is logged of a request has its id.
func checkLog(t *testing.T, log string) {
	requests := 0
	for line := range strings.Lines(log) {
		var l struct {
			Msg       string
			Path      string
			RequestID string `json:"request_id"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("%v: %s", err, line)
		}
		if l.Msg == "request" || l.Msg == "the model gave no reply" {
			requests++
			if l.RequestID == "" {
				t.Errorf("of which request is this? %s", line)
			}
		}
	}
	if requests < 10 {
		t.Errorf("%d requests are logged:\n%s", requests, log)
	}
}

// collector takes spans by OTLP over HTTP, as a real one does.
type collector struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*tracepb.ResourceSpans
}

func newCollector(t *testing.T) *collector {
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var export collectortrace.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &export)
		}
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%s of %s: %v", r.URL, r.Header.Get("Content-Type"), err)
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.spans = append(c.spans, export.ResourceSpans...)
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *collector) all() (spans []*tracepb.Span) {
	for _, resource := range c.spans {
		for _, scope := range resource.ScopeSpans {
			spans = append(spans, scope.Spans...)
		}
	}
	return spans
}

// text is all that was sent, with names and attributes in it.
func (c *collector) text() string {
	var b bytes.Buffer
	for _, resource := range c.spans {
		b.WriteString(protojson.Format(resource))
	}
	return b.String()
}

// check holds the spans to what was done: who is below whom.
func (c *collector) check(t *testing.T, cause string) {
	byID := map[string]*tracepb.Span{}
	for _, s := range c.all() {
		byID[string(s.SpanId)] = s
	}
	// path is the names from the root down.
	path := func(s *tracepb.Span) string {
		names := []string{s.Name}
		for p := byID[string(s.ParentSpanId)]; p != nil; p = byID[string(p.ParentSpanId)] {
			names = append(names, p.Name)
		}
		slices.Reverse(names)
		return strings.Join(names, " > ")
	}
	var paths []string
	for _, s := range c.all() {
		paths = append(paths, path(s))
		if s.Name == "GET /v1/questions" {
			got := fmt.Sprintf("00-%s-%s-01", hex.EncodeToString(s.TraceId), hex.EncodeToString(s.ParentSpanId))
			if got != cause || s.Kind != tracepb.Span_SPAN_KIND_SERVER {
				t.Errorf("the request of %s is of %s, kind %s", cause, got, s.Kind)
			}
		}
	}
	slices.Sort(paths)
	for _, want := range []string{
		"POST /v1/answers > words > ",
		"POST /v1/answers > vectors > ",
		"POST /v1/answers > embedding",
		"POST /v1/answers > model",
		"GET /v1/transcripts > ",
		"POST /v1/transcripts > ",
		"POST /v1/verify > draft > ",
		"POST /slack/ > job slack_task > words > ",
		"POST /slack/ > job slack_task > model",
	} {
		if !slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(p, want) }) {
			t.Errorf("there is no span %s among\n%s", want, strings.Join(slices.Compact(paths), "\n"))
		}
	}
	if slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(p, "GET /metrics") }) {
		t.Error("scrapes are traced")
	}
	if !strings.Contains(c.text(), "deployment.environment.name") {
		t.Error("OTEL_RESOURCE_ATTRIBUTES does not hold")
	}
}

// A collector that is away costs the spans and a line of the log, and no request.
func TestCollectorAway(t *testing.T) {
	t.Parallel()
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1")
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	s.expect(t, http.StatusOK, "POST", "/v1/answers", `{"question": "When do the trees flower?"}`, `"answerable":true`)
	s.expect(t, http.StatusOK, "GET", "/metrics", "", "pullquote_db_up 1")
	s.stop(t, syscall.SIGTERM)
	if log := s.log.String(); !strings.Contains(log, "traces are lost") || strings.Contains(log, "flower") {
		t.Errorf("the log is %s", log)
	}
}

// Who scrapes has a token in a file, which opens the metrics and nothing else, also of a process
// that only works, and also while the database is away: then they say so.
func TestMetricsByTheirToken(t *testing.T) {
	t.Parallel()
	const token = "0123456789abcdef0123456789abcdef"
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	proxy := postgrestest.NewProxy(t, postgrestest.Migrated(t))
	env := []string{"DATABASE_URL=" + proxy.URL, "PULLQUOTE_EMBEDDING_MODEL=builtin", "PULLQUOTE_METRICS_TOKEN_FILE=" + file}
	finish(t, env, "keys", "create", "--name", "desk", "--scopes", "read", "--collections", "*")
	s, worker := startServer(t, env...), startProcess(t, "work", "127.0.0.1:0", env...)
	for _, scraped := range []*runningServer{s, worker} {
		scraped.expect(t, http.StatusUnauthorized, "GET", "/metrics", "", "a key is needed")
		scraped.key = token
		scraped.expect(t, http.StatusOK, "GET", "/metrics", "", "pullquote_db_up 1")
	}
	s.expect(t, http.StatusUnauthorized, "GET", "/v1/transcripts", "", "the key is none")
	proxy.Refuse("57P03", "the database system is shutting down")
	s.expect(t, http.StatusOK, "GET", "/metrics", "", "pullquote_db_up 0")
	proxy.Pass()
	worker.stop(t, syscall.SIGTERM)
	s.stop(t, syscall.SIGTERM)
	if log := s.log.String() + worker.log.String(); strings.Contains(log, token) {
		t.Errorf("the log has the token: %s", log)
	}
}
