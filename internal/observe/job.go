package observe

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// job is a try of a background job while it runs.
type job struct {
	id      int64
	outcome JobOutcome // that its worker told; empty: that of its error
}

type jobKey struct{}

// JobOutcome is how a try of a job ended.
type JobOutcome string

// The outcomes.
const (
	JobDone    JobOutcome = "done"
	JobFailed  JobOutcome = "failed" // and is tried again
	JobGivenUp JobOutcome = "given_up"
	JobPutOff  JobOutcome = "put_off" // had to wait for something, or was stopped with the program
)

// Job begins a try of a job of a kind, caused by the span of a traceparent, if there is one.
// It lasts until end is called.
func Job(ctx context.Context, kind string, id int64, traceparent string) (_ context.Context, end func(JobOutcome)) {
	j := &job{id: id}
	ctx = context.WithValue(ctx, jobKey{}, j)
	o := of(ctx)
	if o == nil {
		return ctx, func(JobOutcome) {}
	}
	begun := time.Now()
	ctx, span := o.root(ctx, propagation.MapCarrier{"traceparent": traceparent}, "job "+kind, trace.SpanKindConsumer)
	span.SetAttributes(attribute.String("messaging.destination.name", kind))
	for _, outcome := range []JobOutcome{JobDone, JobFailed, JobGivenUp} {
		o.metrics.jobs.WithLabelValues(kind, string(outcome)) // a rate needs a first value
	}
	return ctx, func(outcome JobOutcome) {
		if j.outcome != "" {
			outcome = j.outcome
		}
		o.metrics.jobs.WithLabelValues(kind, string(outcome)).Observe(time.Since(begun).Seconds())
		if outcome == JobFailed || outcome == JobGivenUp {
			span.fail(string(outcome))
		}
		span.End()
	}
}

// GaveUp tells of the job of a context that it failed and is not tried again, whatever its
// queue is told.
func GaveUp(ctx context.Context) {
	if j, ok := ctx.Value(jobKey{}).(*job); ok {
		j.outcome = JobGivenUp
	}
}
