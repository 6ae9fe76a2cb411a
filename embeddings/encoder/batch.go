package encoder

import (
	"cmp"
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batchTokens is how many tokens a pass takes, if no single window is longer:
// enough that reading the weights is little beside multiplying by them, and few
// enough that rows stay near the processor.
const batchTokens = 256

// passRows is how many tokens a pass has room for.
func (m *Model) passRows() int { return max(batchTokens, m.window) }

// run takes all windows through the model, as many at a time as there are
// processors, and calls done with each and the rows of its tokens.
func (m *Model) run(ctx context.Context, windows []*window, done func(w *window, rows []float32)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cap(m.passes))
	for _, batch := range m.batches(windows) {
		g.Go(func() error {
			p, err := m.acquire(ctx)
			if err != nil {
				return err
			}
			defer func() { m.passes <- p }()
			if err := m.forward(ctx, p, batch); err != nil {
				return err
			}
			for _, w := range batch {
				done(w, p.hidden[w.row*m.config.Hidden:])
			}
			return nil
		})
	}
	return g.Wait()
}

// acquire waits for one of the model's passes. There are as many as processors,
// which bounds the memory of however many callers.
func (m *Model) acquire(ctx context.Context) (*pass, error) {
	m.waiting.Add(1)
	defer m.waiting.Add(-1)
	select {
	case p := <-m.passes:
		if p == nil {
			p = m.newPass()
		}
		return p, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// batches divides windows into such as a pass takes, the longest first, so that the
// processors end at about the same time. Short ones have passes of their own.
func (m *Model) batches(windows []*window) [][]*window {
	windows = slices.SortedFunc(slices.Values(windows), func(a, b *window) int {
		return cmp.Compare(len(b.tokens), len(a.tokens))
	})
	total := 0
	for _, w := range windows {
		total += len(w.tokens)
	}
	limit := min(batchTokens, total/cap(m.passes)+1)
	var batches [][]*window
	tokens := 0
	for i, from := 0, 0; i < len(windows); i++ {
		tokens += len(windows[i].tokens)
		if i+1 == len(windows) || tokens+len(windows[i+1].tokens) > limit || windows[i].short() != windows[i+1].short() {
			batches = append(batches, windows[from:i+1])
			from, tokens = i+1, 0
		}
	}
	return batches
}

// each calls the function with the numbers below n, several at a time.
func each(ctx context.Context, n int, do func(i int)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			do(i)
			return nil
		})
	}
	return g.Wait()
}
