package main

import (
	"context"
	"runtime"
	"strings"
	"time"

	"go.opentelemetry.io/otel"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
)

// flushTimeout is what the last spans have at the end: a collector that does not answer must
// not keep a server from stopping.
const flushTimeout = 2 * time.Second

// observe makes what a server is observed by. The caller calls flush at its end, which sends
// the last spans.
func (a *app) observe(ctx context.Context) (o *observe.Observer, flush func(), err error) {
	build := observe.Build{Version: releaseOf(version, buildInfo()), Revision: revision(), GoVersion: runtime.Version()}
	url := a.config.otlpTracesEndpoint
	if base := a.config.otlpEndpoint; url == "" && base != "" {
		url = strings.TrimRight(base, "/") + "/v1/traces"
	}
	if url == "" {
		return observe.New(build, nil), func() {}, nil
	}
	provider, err := observe.Exporting(ctx, url, build)
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "traces cannot be sent (%s); check the variables that begin with OTEL_", err)
	}
	// OpenTelemetry tells of failures where nobody waits for them.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { a.log.Warn("traces are lost", fault.Attr(err)) }))
	return observe.New(build, provider), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
		defer cancel()
		_ = provider.Shutdown(ctx) // which the error handler has told
	}, nil
}

// revision is the commit that the program was built from, where that is known.
func revision() string {
	if info := buildInfo(); info != nil {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}

// watch has each scrape look at what a server stands on.
func (a *app) watch(o *observe.Observer, s *services) {
	o.Watch(observe.Watched{Pool: s.store.Pool().Stat, Queues: s.store.Queues, Replicas: s.store.Replicas, Pending: s.library.Waiting, Encoder: a.passes})
}

// passes sums up what waits for the models that run in the program, and what runs.
func (a *app) passes() (waiting, running int) {
	a.encodersLock.Lock()
	defer a.encodersLock.Unlock()
	for _, m := range a.encoders {
		w, r := m.Passes()
		waiting, running = waiting+w, running+r
	}
	return waiting, running
}
