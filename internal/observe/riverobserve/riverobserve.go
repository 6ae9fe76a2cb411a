// Package riverobserve observes the jobs of River's queues: River calls it around each job
// that is made and each try. The span for which a job is made travels in its metadata.
package riverobserve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/pullquote/pullquote/internal/observe"
)

// New is for river.Config.Middleware, of clients that make jobs and of those that work.
func New() rivertype.Middleware { return &middleware{} }

type middleware struct{ river.MiddlewareDefaults }

var (
	_ rivertype.JobInsertMiddleware = (*middleware)(nil)
	_ rivertype.WorkerMiddleware    = (*middleware)(nil)
)

// traceparent is the key of a job's metadata, as W3C calls the header.
const traceparent = "traceparent"

// InsertMany implements rivertype.JobInsertMiddleware.
func (*middleware) InsertMany(ctx context.Context, jobs []*rivertype.JobInsertParams, insert func(context.Context) ([]*rivertype.JobInsertResult, error)) ([]*rivertype.JobInsertResult, error) {
	if cause := observe.Traceparent(ctx); cause != "" {
		for _, j := range jobs {
			metadata := map[string]json.RawMessage{}
			if len(j.Metadata) > 0 {
				if err := json.Unmarshal(j.Metadata, &metadata); err != nil {
					return nil, fmt.Errorf("reading the metadata of a job: %w", err)
				}
			}
			metadata[traceparent], _ = json.Marshal(cause) // a string: it always encodes
			var err error
			if j.Metadata, err = json.Marshal(metadata); err != nil {
				return nil, fmt.Errorf("writing the metadata of a job: %w", err)
			}
		}
	}
	return insert(ctx)
}

// Work implements rivertype.WorkerMiddleware.
func (*middleware) Work(ctx context.Context, j *rivertype.JobRow, work func(context.Context) error) error {
	var metadata struct {
		Traceparent string `json:"traceparent"`
	}
	_ = json.Unmarshal(j.Metadata, &metadata) // without one the job begins a trace of its own
	ctx, end := observe.Job(ctx, j.Kind, j.ID, metadata.Traceparent)
	outcome := observe.JobFailed // also where work panics
	defer func() { end(outcome) }()
	err := work(ctx)
	outcome = outcomeOf(err)
	return err
}

func outcomeOf(err error) observe.JobOutcome {
	var snoozed *rivertype.JobSnoozeError
	var cancelled *rivertype.JobCancelError
	switch {
	case err == nil:
		return observe.JobDone
	case errors.As(err, &snoozed), errors.Is(err, context.Canceled):
		return observe.JobPutOff
	case errors.As(err, &cancelled):
		return observe.JobGivenUp
	}
	return observe.JobFailed
}
