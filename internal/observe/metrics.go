package observe

import (
	"context"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.opentelemetry.io/otel/attribute"
)

var (
	// stageBuckets are seconds: a search by words takes a millisecond, a model on a slow machine
	// a minute.
	stageBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
	// longBuckets are of requests and jobs, which the limit of an answer ends after two minutes.
	longBuckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120}
)

// metrics are what is counted as it happens; Watch has what is looked up.
type metrics struct {
	stages        [stages]prometheus.Observer
	requests      *prometheus.HistogramVec
	inFlight      prometheus.Gauge
	tokens        *prometheus.CounterVec
	modelFailures *prometheus.CounterVec
	answers       *prometheus.CounterVec
	replaced      *prometheus.CounterVec
	withheld      *prometheus.CounterVec
	citations     prometheus.Counter
	doubtful      prometheus.Counter
	ingested      *prometheus.CounterVec
	jobs          *prometheus.HistogramVec
}

func newMetrics(registry *prometheus.Registry, build Build) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return register(registry, prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels))
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return register(registry, prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels))
	}
	m := &metrics{
		requests: histogram("pullquote_http_request_duration_seconds", "Time until a response is complete, by route and status.", longBuckets, "method", "route", "status"),
		inFlight: register(registry, prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pullquote_http_requests_in_flight", Help: "Requests that are being answered."})),
		tokens:        counter("pullquote_model_tokens_total", "Tokens that the chat model read (in) and wrote (out).", "model", "direction"),
		modelFailures: counter("pullquote_model_failures_total", "Calls of the chat model without a complete reply, after all attempts.", "model"),
		answers:       counter("pullquote_answers_total", "Answers, by who chose the quotations (llm, extractive) and whether the record answers (answered, declined).", "mode", "outcome"),
		replaced:      counter("pullquote_answers_replaced_total", "Answers made without the model because it failed, or all that it wrote was withheld.", "reason"),
		withheld:      counter("pullquote_statements_withheld_total", "Statements of the model that are not shown as it wrote them, by reason; of a claim the quotations are shown, with other words before them.", "reason"),
		citations:     counter("pullquote_citations_total", "Quotations in answers.").WithLabelValues(),
		doubtful:      counter("pullquote_citations_doubtful_total", "Quotations in answers of which it is uncertain who speaks.").WithLabelValues(),
		ingested:      counter("pullquote_ingested_files_total", "Files that were sent to be stored, by what became of them.", "outcome"),
		jobs:          histogram("pullquote_job_duration_seconds", "Time of one try of a job, by its outcome.", longBuckets, "kind", "outcome"),
	}
	durations := histogram("pullquote_stage_duration_seconds", "Time of a stage of the work.", stageBuckets, "stage")
	for s := range m.stages {
		m.stages[s] = durations.WithLabelValues(names[s])
	}
	// What can be known beforehand is there from the start: a rate needs a first value.
	for _, mode := range []string{"llm", "extractive"} {
		for _, outcome := range []string{answered, declined} {
			m.answers.WithLabelValues(mode, outcome)
		}
	}
	for _, reason := range []ReplacedBecause{ModelFailed, AllWithheld} {
		m.replaced.WithLabelValues(string(reason))
	}
	for _, outcome := range []Ingest{Stored, Replaced, Present, Refused, Failed} {
		m.ingested.WithLabelValues(string(outcome))
	}
	register(registry, prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "pullquote_build_info", Help: "Which program runs; always 1."}, []string{"version", "revision", "goversion"})).
		WithLabelValues(build.Version, build.Revision, build.GoVersion).Set(1)
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func register[C prometheus.Collector](registry *prometheus.Registry, c C) C {
	registry.MustRegister(c)
	return c
}

const (
	answered = "answered"
	declined = "declined"
)

// Model begins a call of a chat model, whose name is the configuration's. It lasts until end
// is called, with the tokens that its server tells, and whether the reply is incomplete.
func Model(ctx context.Context, name string) (_ context.Context, end func(in, out int, failed bool)) {
	o := of(ctx)
	if o == nil {
		return ctx, func(int, int, bool) {}
	}
	begun := time.Now()
	ctx, span := child(ctx, "model", attribute.String("gen_ai.request.model", name))
	return ctx, func(in, out int, failed bool) {
		o.metrics.stages[ModelCall].Observe(time.Since(begun).Seconds())
		failures := o.metrics.modelFailures.WithLabelValues(name)
		if failed {
			failures.Inc()
			span.fail("incomplete")
		}
		o.metrics.countTokens(name, in, out)
		span.SetAttributes(attribute.Int("gen_ai.usage.input_tokens", in), attribute.Int("gen_ai.usage.output_tokens", out))
		span.End()
	}
}

// Tokens counts those of a call whose server told none, as they are estimated.
func Tokens(ctx context.Context, model string, in, out int) {
	if o := of(ctx); o != nil {
		o.metrics.countTokens(model, in, out)
	}
}

func (m *metrics) countTokens(model string, in, out int) {
	m.tokens.WithLabelValues(model, "in").Add(float64(in))
	m.tokens.WithLabelValues(model, "out").Add(float64(out))
}

// Answer is what is counted of an answer.
type Answer struct {
	Mode                string
	Answerable          bool
	Citations, Doubtful int
	Withheld            []string // reasons
}

// Answered counts an answer.
func Answered(ctx context.Context, a Answer) {
	o := of(ctx)
	if o == nil {
		return
	}
	outcome := declined
	if a.Answerable {
		outcome = answered
	}
	o.metrics.answers.WithLabelValues(a.Mode, outcome).Inc()
	o.metrics.citations.Add(float64(a.Citations))
	o.metrics.doubtful.Add(float64(a.Doubtful))
	for _, reason := range a.Withheld {
		o.metrics.withheld.WithLabelValues(reason).Inc()
	}
}

// ReplacedBecause is why an answer is made without the model that there is.
type ReplacedBecause string

// The reasons.
const (
	ModelFailed ReplacedBecause = "failed"
	AllWithheld ReplacedBecause = "withheld"
)

// AnswerReplaced counts an answer that the program makes in the model's stead.
func AnswerReplaced(ctx context.Context, reason ReplacedBecause) {
	if o := of(ctx); o != nil {
		o.metrics.replaced.WithLabelValues(string(reason)).Inc()
	}
}

// Ingest is what became of a file.
type Ingest string

// The outcomes.
const (
	Stored   Ingest = "stored"
	Replaced Ingest = "replaced" // a former version
	Present  Ingest = "present"  // there already
	Refused  Ingest = "refused"  // not a transcript, too large, not asked for rightly
	Failed   Ingest = "failed"   // for the program's own reasons, or its database's
)

// Ingested counts a file.
func Ingested(ctx context.Context, outcome Ingest) {
	if o := of(ctx); o != nil {
		o.metrics.ingested.WithLabelValues(string(outcome)).Inc()
	}
}

func (m *metrics) request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}
