// Package observe tells whoever runs the program how it does: by metrics in Prometheus' form,
// by OpenTelemetry traces, and by the id of a request in each line of its log.
//
// An Observer travels in the context, from the server to whatever works for a request or a
// job, which calls one function of this package: Start for a stage, Model for a call of a
// model, Answered for an answer. Where a context has no Observer, as on the command line, they
// do nothing.
//
// Nothing here takes words. Stages, routes, reasons and outcomes are of closed lists, a model
// is named by the configuration, and a statement in SQL has its values bound: so no transcript,
// question, answer or key can get into a metric or a span, and the series are few. An error is
// told by its kind alone, since its message may quote what it is about.
package observe

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"
)

// Observer keeps the metrics of a process, and makes its spans. It is safe for concurrent use.
type Observer struct {
	registry *prometheus.Registry
	metrics  *metrics
	tracer   trace.Tracer // nil: nothing is traced
}

// Build says which program runs.
type Build struct{ Version, Revision, GoVersion string }

// New makes an Observer. With a provider its spans go there; nil: there are none.
func New(build Build, provider trace.TracerProvider) *Observer {
	o := &Observer{registry: prometheus.NewRegistry()}
	o.metrics = newMetrics(o.registry, build)
	if provider != nil {
		o.tracer = provider.Tracer("github.com/pullquote/pullquote", trace.WithInstrumentationVersion(build.Version))
	}
	return o
}

type observerKey struct{}

// In is a context that the Observer observes.
func (o *Observer) In(ctx context.Context) context.Context {
	return context.WithValue(ctx, observerKey{}, o)
}

// of is the Observer of a context; nil where there is none.
func of(ctx context.Context) *Observer {
	o, _ := ctx.Value(observerKey{}).(*Observer)
	return o
}

// mostScrapes is how many scrapes are answered at a time: one has Prometheus, and another a
// person who looks.
const mostScrapes = 2

// Handler is /metrics.
func (o *Observer) Handler() http.Handler {
	return promhttp.HandlerFor(o.registry, promhttp.HandlerOpts{MaxRequestsInFlight: mostScrapes})
}

// Stage is a part of the work for a request.
type Stage uint8

// The stages.
const (
	Embedding    Stage = iota // of a question
	Words                     // the search for them
	Vectors                   // the search by them
	Ranking                   // fusion, evidence and what is ranked in context
	Reranking                 // by a cross-encoder
	ModelCall                 // see Model
	Verification              // of what a model wrote
	Draft                     // the verification of one
	Passages                  // the embedding of some that have been stored
	stages
)

// names are those of the stages, in metrics and spans.
var names = [stages]string{
	"embedding", "words", "vectors", "ranking", "reranking", "model", "verification", "draft", "passages",
}

func (s Stage) String() string { return names[s] }

func nothing() {}

// Start begins a stage, which lasts until end is called.
func Start(ctx context.Context, s Stage) (_ context.Context, end func()) {
	o := of(ctx)
	if o == nil {
		return ctx, nothing
	}
	begun := time.Now()
	ctx, span := child(ctx, s.String())
	return ctx, func() {
		o.metrics.stages[s].Observe(time.Since(begun).Seconds())
		span.End()
	}
}

// Took tells how long a stage took that is done in pieces.
func Took(ctx context.Context, s Stage, d time.Duration) {
	if o := of(ctx); o != nil {
		o.metrics.stages[s].Observe(d.Seconds())
	}
}
