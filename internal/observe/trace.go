package observe

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Exporting makes a provider whose spans are sent to url by OTLP over HTTP; what it depends on
// besides – headers, the name of the service, the sampler – are OpenTelemetry's own
// environment variables. Unless these say otherwise it samples as the caller of a request did,
// and all that nobody decided on. The caller shuts it down.
func Exporting(ctx context.Context, url string, build Build) (*sdktrace.TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(url))
	if err != nil {
		return nil, fmt.Errorf("making the exporter of traces: %w", err)
	}
	service := resource.NewSchemaless(attribute.String("service.name", "pullquote"), attribute.String("service.version", build.Version))
	fromEnvironment, err := resource.New(ctx, resource.WithFromEnv(), resource.WithTelemetrySDK())
	if err != nil {
		return nil, fmt.Errorf("reading OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	merged, err := resource.Merge(service, fromEnvironment)
	if err != nil {
		return nil, fmt.Errorf("naming the service of traces: %w", err)
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(merged)), nil
}

// span is one that can be told to have failed.
type span struct{ trace.Span }

// fail marks a span by the kind of its error.
func (s span) fail(kind string) {
	s.SetStatus(codes.Error, "")
	s.SetAttributes(attribute.String("error.type", kind))
}

// child begins a span below that of a request or a job. Where there is none, or it is not
// sampled, it is none: what the program does for itself, again and again, tells nothing.
func child(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, span) {
	if o := of(ctx); o != nil && o.tracer != nil && trace.SpanFromContext(ctx).IsRecording() {
		ctx, s := o.tracer.Start(ctx, name, trace.WithAttributes(attributes...))
		return ctx, span{s}
	}
	return ctx, span{noop.Span{}}
}

// root begins the span of a request or a job, below that of who caused it where a carrier
// names one.
func (o *Observer) root(ctx context.Context, from propagation.TextMapCarrier, name string, kind trace.SpanKind) (context.Context, span) {
	if o == nil || o.tracer == nil {
		return ctx, span{noop.Span{}}
	}
	ctx, s := o.tracer.Start(propagation.TraceContext{}.Extract(ctx, from), name, trace.WithSpanKind(kind))
	return ctx, span{s}
}

// Traceparent is the span of a context as W3C's header has it; empty where nothing is traced.
func Traceparent(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier["traceparent"]
}

// From is a context whose work was caused by the span of a traceparent, and not by that of ctx.
func From(ctx context.Context, traceparent string) context.Context {
	return propagation.TraceContext{}.Extract(trace.ContextWithSpan(ctx, noop.Span{}), propagation.MapCarrier{"traceparent": traceparent})
}

// QueryTracer makes a span of each statement that is sent for a request or a job; nil where
// nothing is traced. Of a statement it tells its text, in which the values are bound, of an
// error its SQLSTATE.
func QueryTracer(ctx context.Context) pgx.QueryTracer {
	if o := of(ctx); o == nil || o.tracer == nil {
		return nil
	}
	return queryTracer{}
}

type queryTracer struct{}

func (queryTracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	return statement(ctx, data.SQL)
}

func (queryTracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	endStatement(ctx, data.Err)
}

func (queryTracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	ctx, _ = child(ctx, "BATCH", system, attribute.Int("db.operation.batch.size", data.Batch.Len()))
	return ctx
}

func (queryTracer) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (queryTracer) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchEndData) {
	endStatement(ctx, data.Err)
}

func (queryTracer) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceCopyFromStartData) context.Context {
	ctx, _ = child(ctx, "COPY", system, attribute.String("db.collection.name", strings.Join(data.TableName, ".")))
	return ctx
}

func (queryTracer) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceCopyFromEndData) {
	endStatement(ctx, data.Err)
}

var system = attribute.String("db.system.name", "postgresql")

// statement begins the span of a statement, named by its first word.
func statement(ctx context.Context, sql string) context.Context {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx
	}
	ctx, _ = child(ctx, verb(sql), system, attribute.String("db.query.text", sql))
	return ctx
}

// verb is the first word of a statement, behind the comments before it.
func verb(sql string) string {
	for line := range strings.Lines(sql) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "--") {
			return strings.ToUpper(strings.Trim(words[0], "(;"))
		}
	}
	return "QUERY"
}

func endStatement(ctx context.Context, err error) {
	s := span{trace.SpanFromContext(ctx)}
	if err != nil {
		s.fail(sqlState(err))
	}
	s.End()
}

// sqlState is the code of the server's error, or else says that it is none of the server's.
func sqlState(err error) string {
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		return server.Code
	}
	return "client"
}
