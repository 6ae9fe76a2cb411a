package retrieval

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// runTime is how long files are collected for one transaction: long enough that
// what has to be done once for it hardly counts, short enough that little is lost
// when it breaks off.
const runTime = 5 * time.Second

// AddAll adds files as Add does, many in a transaction, which is several times
// faster. They are asked for while those before are stored; a file that comes with
// an error has that outcome. Outcomes come in the order of the files, each when it
// is certain.
func (l *Library) AddAll(ctx context.Context, files iter.Seq2[AddRequest, error]) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		ctx := access.WithEmbargoed(ctx) // a file is known although it is embargoed
		next, stop := iter.Pull2(files)
		defer stop()
		load := &load{Library: l, next: next}
		for !load.ended {
			for _, o := range load.run(ctx) {
				if !yield(o) {
					return
				}
			}
		}
	}
}

// load is an AddAll.
type load struct {
	*Library
	next  func() (AddRequest, error, bool)
	held  *PreparedTranscript // has been read, and waits for the next run
	ended bool
}

// run is a number of files that are stored in one transaction.
type run struct {
	*load
	began    time.Time
	over     bool
	names    map[string]bool // of the files that are not stored yet
	outcomes []Outcome
	pending  []int // those of the outcomes that are not certain
	// namesakes are those of them that have the embargo of another file of their name.
	namesakes map[int]bool
	// present are the files that are there, by their outcomes: what is said of them anew is
	// told when the transaction is over.
	present map[int]AddRequest
}

// run adds as many files as there is time for.
func (l *load) run(ctx context.Context) []Outcome {
	r := &run{load: l, began: time.Now(), names: map[string]bool{}, namesakes: map[int]bool{}, present: map[int]AddRequest{}}
	if first := r.ready(ctx); first != nil { // or those that were left are there already, or cannot be read
		stored, err := r.save(ctx, first)
		for i, at := range r.pending {
			if err != nil {
				r.outcomes[at].Err = err
			} else {
				r.outcomes[at] = stored[i]
				if o := &r.outcomes[at]; o.Created && r.namesakes[at] {
					o.Stored = o.Stored.warned(namesakeEmbargoed)
				}
			}
		}
	}
	for at, req := range r.present {
		o := &r.outcomes[at]
		o.Stored, o.Edited, o.Err = r.restateAll(ctx, o.Stored, req)
	}
	return r.outcomes
}

// save stores a transcript and those that follow it. A model that has changed since
// the first was embedded cannot change again before they are stored.
func (r *run) save(ctx context.Context, first *PreparedTranscript) ([]Outcome, error) {
	transcripts := func(yield func(PreparedTranscript) bool) {
		for d := first; d != nil && yield(*d); {
			d = r.ready(ctx)
		}
	}
	stored, err := r.store.SaveAll(ctx, first.Collection, first.Model, transcripts)
	if !errors.Is(err, ErrModelChanged) {
		return stored, err
	}
	if err := r.passages.embed(ctx, first); err != nil {
		return nil, err
	}
	return r.store.SaveAll(ctx, first.Collection, first.Model, transcripts)
}

// ready is the next one to be stored; nil when the run is over.
func (r *run) ready(ctx context.Context) *PreparedTranscript {
	for !r.over && time.Since(r.began) < runTime {
		d := r.following(ctx)
		switch {
		case d == nil:
		case r.names[d.Filename]: // it may be a new version of a file of this run
			r.held, r.over = d, true
		case r.complete(ctx, d):
			return d
		}
	}
	return nil
}

// following is the next file, read; nil if there is nothing in it to be stored.
func (r *run) following(ctx context.Context) *PreparedTranscript {
	if d := r.held; d != nil {
		r.held = nil
		return d
	}
	req, err, more := r.next()
	if !more {
		r.ended, r.over = true, true
		return nil
	}
	var d PreparedTranscript
	var o Outcome
	found := false
	if err == nil {
		req.Embargo, err = ParseEmbargo(string(req.Embargo))
	}
	if err == nil {
		d, o.Stored, found, err = r.read(ctx, req)
	}
	if err == nil && !found {
		return &d
	}
	if err == nil {
		req.Data = nil
		r.present[len(r.outcomes)] = req
	}
	r.certain(o.Stored, err)
	return nil
}

// complete reports whether a transcript is ready to be stored in this run. One that
// replaces another is stored alone.
func (r *run) complete(ctx context.Context, d *PreparedTranscript) bool {
	err := r.succeed(ctx, d)
	if err == nil && d.Replaces != "" && len(r.pending) > 0 {
		r.held, r.over = d, true
		return false
	}
	if err == nil {
		err = r.passages.embed(ctx, d)
	}
	if err != nil {
		r.certain(StoredTranscript{}, err)
		return false
	}
	r.names[d.Filename] = d.Filename != ""
	r.namesakes[len(r.outcomes)] = d.Namesake
	r.pending = append(r.pending, len(r.outcomes))
	r.outcomes = append(r.outcomes, Outcome{})
	r.over = d.Replaces != ""
	return true
}

// certain adds an outcome. A dependency that failed ends the run, so that it is
// known at once.
func (r *run) certain(stored StoredTranscript, err error) {
	r.outcomes = append(r.outcomes, Outcome{Stored: stored, Err: err})
	r.over = err != nil && fault.CodeOf(err).Exit() == fault.ExitDependency
}
