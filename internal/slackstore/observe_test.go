package slackstore_test

import (
	"context"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/slackbot"
)

// Each task is done within the trace of its own delivery, also one that waited for another of
// its thread, for which that one has made the job.
func TestTasksKeepTheirTraces(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	exporter := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(exporter))
	observed := observe.New(observe.Build{}, provider).In(t.Context())

	first := question("When do the trees flower?")
	second := question("And in a cold year?")
	second.Thread = first.Thread
	delivered := map[string]string{} // traceparents by tasks
	for _, task := range []slackbot.Task{first, second} {
		ctx, span := provider.Tracer("slack").Start(observed, "delivery")
		if received, err := s.Receive(ctx, task); err != nil || !received {
			t.Fatalf("%t %v", received, err)
		}
		delivered[task.ID] = observe.Traceparent(ctx)
		span.End()
	}
	ctx, stop := context.WithCancel(observed)
	defer stop()
	var mu sync.Mutex
	done := map[string]string{}
	err := s.Work(ctx, 2, func(ctx context.Context, task slackbot.Task, _ slackbot.Attempt) error {
		mu.Lock()
		defer mu.Unlock()
		done[task.ID] = observe.Traceparent(ctx)
		if len(done) == 2 {
			stop()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	const traceID = len("00-") + 32
	for _, task := range []slackbot.Task{first, second} {
		if got, want := done[task.ID], delivered[task.ID]; len(got) < traceID || got[:traceID] != want[:traceID] || got == want {
			t.Errorf("%q was delivered in %s and done in %s", task.Text, want, got)
		}
	}
}
