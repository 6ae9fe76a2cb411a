package postgres_test

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

// servers are two stores of one database, and the grant of a key with limits.
func servers(t *testing.T, limits access.Limits) (stores [2]*postgres.Store, g access.Grant) {
	t.Helper()
	var url string
	stores[0], url = openStore(t)
	other, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	stores[1] = other
	keys := access.NewKeys(stores[0], slog.New(slog.DiscardHandler))
	_, secret, err := keys.Create(t.Context(), access.Request{Name: "desk", Scopes: access.Scopes(), Collections: []string{"*"}, Limits: limits})
	if err == nil {
		g, err = access.NewKeys(other, slog.New(slog.DiscardHandler)).Grant(t.Context(), secret)
	}
	if err != nil || g.Limits != limits {
		t.Fatalf("the key has %+v, want %+v: %v", g.Limits, limits, err)
	}
	return stores, g
}

// atOnce calls do so often at once, on both servers by turns, and counts what succeeds; the
// rest must be of the code.
func atOnce(t *testing.T, n int, code fault.Code, do func(server int) error) (done int32) {
	t.Helper()
	var succeeded atomic.Int32
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			err := do(i % 2)
			if err == nil {
				succeeded.Add(1)
			} else if fault.CodeOf(err) != code || fault.RetryOf(err) <= 0 || fault.RetryOf(err) > 31*24*time.Hour {
				t.Errorf("refused with %v, to come back after %s", err, fault.RetryOf(err))
			}
		})
	}
	all.Wait()
	return succeeded.Load()
}

// A rate holds for all servers of a database together, and a key gets on as time goes by.
func TestRateOfAKey(t *testing.T) {
	t.Parallel()
	const rate = 20
	stores, g := servers(t, access.Limits{Rate: rate})
	allow := func(server int) error {
		return access.NewKeys(stores[server], slog.New(slog.DiscardHandler)).Allow(t.Context(), g)
	}
	if done := atOnce(t, 3*rate, fault.RateLimited, allow); done != rate {
		t.Errorf("%d requests were let through, want %d", done, rate)
	}
	if _, err := stores[0].Pool().Exec(t.Context(), `UPDATE key_rates SET due = due - interval '30 seconds'`); err != nil {
		t.Fatal(err)
	}
	if done := atOnce(t, rate, fault.RateLimited, allow); done != rate/2 {
		t.Errorf("half a minute later %d requests were let through, want %d", done, rate/2)
	}
	for _, unlimited := range []access.Grant{{Holder: g.Holder}, access.Operator()} {
		if err := access.NewKeys(stores[0], slog.New(slog.DiscardHandler)).Allow(t.Context(), unlimited); err != nil {
			t.Errorf("%+v: %v", unlimited, err)
		}
	}
}

// A budget holds for all servers together, too: calls that run count with all that they may
// take, so that those which come at once do not exceed it by more than one.
func TestBudgetOfAKey(t *testing.T) {
	t.Parallel()
	for _, period := range []access.Period{access.Day, access.Month} {
		const call, fit = 1000, 7
		stores, g := servers(t, access.Limits{Budget: access.Budget{Tokens: call*(fit-1) + 1, Period: period}})
		ctx := g.In(t.Context())
		var ends [2][]func(int)
		var lock sync.Mutex
		begin := func(server int) error {
			used, err := access.NewTokens(stores[server], slog.New(slog.DiscardHandler)).Take(ctx, call)
			lock.Lock()
			defer lock.Unlock()
			if err == nil {
				ends[server] = append(ends[server], used)
			}
			return err
		}
		if done := atOnce(t, 5*fit, fault.BudgetSpent, begin); done != fit {
			t.Errorf("%s: %d calls were made, want %d", period, done, fit)
		}
		for _, end := range append(ends[0], ends[1]...) {
			end(10)
		}
		keys, err := stores[0].Keys(t.Context())
		if err != nil || len(keys) != 1 || keys[0].Tokens != 10*fit {
			t.Errorf("%s: counted are %+v, %v", period, keys, err)
		}
		if err := begin(0); err != nil {
			t.Errorf("%s: there is budget left, and %v", period, err)
		}
		if _, err := stores[0].Pool().Exec(t.Context(), `UPDATE key_tokens SET tokens = 1000000, begins = begins - 40`); err != nil {
			t.Fatal(err)
		}
		if err := begin(1); err != nil {
			t.Errorf("%s: what was used before counts: %v", period, err)
		}
	}
}
