package access

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// The most that limits can be. The clock of the database counts microseconds, of which
// requests at MaxRate have sixty each. A model that writes ten thousand tokens a second would
// take three years for MaxBudget, and sums of such numbers fit where they are kept.
const (
	MaxRate   = 1_000_000
	MaxBudget = 1_000_000_000_000
)

// Limits are what a key may take at the most. The zero value has none.
type Limits struct {
	Rate   int    // requests a minute, of which all may come at once; 0: as many as it likes
	Budget Budget // of the chat model
}

// Budget is how many tokens of the chat model may be used in each period: what is sent to it
// and what it replies. The zero value is no budget.
type Budget struct {
	Tokens int64  `json:"tokens"`
	Period Period `json:"period"`
}

// Period is a day or a month of the calendar, in UTC.
type Period string

// The periods of budgets.
const (
	Day   Period = "day"
	Month Period = "month"
)

// cycle is the period in which the tokens of a key are counted.
func (b Budget) cycle() Period {
	if b.Period == "" {
		return Month
	}
	return b.Period
}

// Begin is the first moment of the period that has a time.
func (p Period) Begin(at time.Time) time.Time {
	year, month, day := at.UTC().Date()
	if p == Month {
		day = 1
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// next is the first moment of the period after it.
func (p Period) next(at time.Time) time.Time {
	if p == Month {
		return p.Begin(at).AddDate(0, 1, 0)
	}
	return p.Begin(at).AddDate(0, 0, 1)
}

// String tells limits in a few words.
func (l Limits) String() string {
	rate, budget := "no rate", "no budget"
	if l.Rate > 0 {
		rate = fmt.Sprintf("%d requests a minute", l.Rate)
	}
	if l.Budget.Tokens > 0 {
		budget = fmt.Sprintf("%s tokens a %s", Thousands(l.Budget.Tokens), l.Budget.Period)
	}
	return rate + ", " + budget
}

func (l Limits) check() error {
	if l.Rate < 0 || l.Rate > MaxRate {
		return fault.New(fault.Invalid, "a rate of %d requests a minute is none; give 1 to %s, or leave it out", l.Rate, Thousands(MaxRate))
	}
	if l.Budget == (Budget{}) {
		return nil
	}
	return l.Budget.Check()
}

// Check is "invalid" for what is no budget, also for the zero value.
func (b Budget) Check() error {
	if b.Tokens < 1 || b.Tokens > MaxBudget || b.Period != Day && b.Period != Month {
		return fault.New(fault.Invalid, "the budget is none; write how many tokens of the chat model in which time: 200000/day, 5000000/month")
	}
	return nil
}

// Allow counts a request of a grant: "rate_limited", with when to come back, if its key has
// sent too many. Those who act without a key are not counted. A database that takes no
// changes counts nothing, and reading goes on.
func (k *Keys) Allow(ctx context.Context, g Grant) error {
	if g.Limits.Rate == 0 {
		return nil
	}
	wait, err := k.store.CountRequest(ctx, g.Holder, g.Limits.Rate)
	switch {
	case err != nil:
		k.log.Debug("a request of a key is not counted", "key", g.Holder, fault.Attr(err))
		return nil
	case wait > 0:
		return fault.New(fault.RateLimited, "this key may send %d requests a minute, and has sent more; wait as long as Retry-After says", g.Limits.Rate).WithRetry(wait)
	}
	return nil
}

// TokenStore counts the tokens of the chat model that keys use. Several servers count in one.
type TokenStore interface {
	// TakeTokens adds tokens to those of a key's period, unless these are limit already; 0: no
	// limit.
	TakeTokens(ctx context.Context, keyID string, begins time.Time, tokens, limit int64) (taken bool, err error)
	// ReturnTokens takes some of them back; fewer than none adds what was used beyond them.
	ReturnTokens(ctx context.Context, keyID string, begins time.Time, tokens int64) error
}

// Tokens keeps the budgets of keys.
type Tokens struct {
	store TokenStore
	log   *slog.Logger
	now   func() time.Time
}

// NewTokens makes a Tokens.
func NewTokens(store TokenStore, log *slog.Logger) *Tokens { return &Tokens{store, log, time.Now} }

// returnTimeout bounds the counting after a call, whose asker may have left.
const returnTimeout = 5 * time.Second

// Take counts the tokens that a call to the chat model may take, before it is made; used
// tells how many it took. The call is made as long as the budget of the context's key is
// not used up, so that a budget is exceeded by one call at most, however many come at once.
// After that it is "budget_spent". What a crash cuts off counts with all that it might have taken.
func (t *Tokens) Take(ctx context.Context, tokens int) (used func(tokens int), err error) {
	g, ok := Of(ctx)
	if !ok || g.Holder == OperatorName || g.Holder == SlackName {
		return func(int) {}, nil
	}
	b := g.Limits.Budget
	begins := b.cycle().Begin(t.now())
	taken, err := t.store.TakeTokens(ctx, g.Holder, begins, int64(tokens), b.Tokens)
	if err != nil {
		return nil, err
	}
	if !taken {
		renewed := b.Period.next(t.now())
		return nil, fault.New(fault.BudgetSpent, "this key's budget of %s tokens a %s for the chat model is used up; it is renewed on %s UTC",
			Thousands(b.Tokens), b.Period, renewed.Format("2 January 2006 at 15:04")).WithRetry(renewed.Sub(t.now()))
	}
	return func(used int) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), returnTimeout)
		defer cancel()
		if err := t.store.ReturnTokens(ctx, g.Holder, begins, int64(tokens-used)); err != nil {
			t.log.Warn("the tokens that a call used are not known; those that it might have used count", "key", g.Holder, fault.Attr(err))
		}
	}, nil
}

// Thousands writes a number with commas.
func Thousands(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
