package llm

import (
	"context"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// Meter counts the tokens of calls.
type Meter interface {
	// Take counts the tokens that a call may take, before it is made; used tells afterwards how
	// many it took. With an error, which has a code of internal/fault, the call is not made.
	Take(ctx context.Context, tokens int) (used func(tokens int), err error)
}

const (
	// patience is how long a call waits for its turn: half of what a person waits for an
	// answer to begin.
	patience = 10 * time.Second
	// busyRetry is when a reply that runs will have ended, most likely.
	busyRetry = 10 * time.Second
)

// Slots bound the calls that run at the same time, of all clients that share them. Those
// beyond wait for their turn, and are refused after a while (answer.ErrBusy); what runs is
// never ended for others.
type Slots struct {
	taken    chan struct{}
	patience time.Duration
}

// NewSlots makes room for so many calls.
func NewSlots(calls int) *Slots { return &Slots{make(chan struct{}, calls), patience} }

// take waits for a slot until it is one's turn.
func (s *Slots) take(ctx context.Context) (release func(), err error) {
	release = func() { <-s.taken }
	select {
	case s.taken <- struct{}{}:
		return release, nil
	default:
	}
	timer := time.NewTimer(s.patience)
	defer timer.Stop()
	select {
	case s.taken <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, fault.Wrap(answer.ErrBusy, fault.Unavailable, "the model has as many questions to answer as it may at once; try again in a moment").
			WithHint("%d calls run: PULLQUOTE_MODEL_CALLS allows more", cap(s.taken)).WithRetry(busyRetry)
	}
}

// begin waits for a slot, and counts what a call may take; end frees and corrects that.
func (c *Client) begin(ctx context.Context, p answer.Prompt) (end func(used int), err error) {
	release, used := func() {}, func(int) {}
	if c.slots != nil {
		if release, err = c.slots.take(ctx); err != nil {
			return nil, err
		}
	}
	if c.meter != nil {
		most := p.Tokens() + p.MaxTokens
		if quirk(c.learned.Load())&roomToThink != 0 {
			most += thinkingTokens
		}
		if used, err = c.meter.Take(ctx, most); err != nil {
			release()
			return nil, err
		}
	}
	return func(tokens int) { used(tokens); release() }, nil
}

// bytesPerToken is about what a token has of a reply; of most languages but English fewer, so
// that rather too many tokens are counted.
const bytesPerToken = 3

// tokensOf is what a call took, as the server tells it or as it is estimated. A call that was
// refused took nothing; one that nobody waited for any more may have been read.
func tokensOf(ctx context.Context, p answer.Prompt, told answer.Usage, l *listener, err error) int {
	switch {
	case told.TotalTokens > 0:
		return told.TotalTokens
	case err != nil && !l.heard && ctx.Err() == nil:
		return 0
	}
	return p.Tokens() + l.bytes/bytesPerToken
}
