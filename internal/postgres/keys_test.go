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

// The limits of a key are changed while it is used: each alone, from the next request on, and in
// the log of acts. What it has used of the model this month counts for its new budget.
func TestLimitsOfAKeyAreChanged(t *testing.T) {
	t.Parallel()
	stores, g := servers(t, access.Limits{Rate: 2, Budget: access.Budget{Tokens: 100, Period: access.Day}})
	keys := access.NewKeys(stores[0], slog.New(slog.DiscardHandler))
	some := func(n int) *int { return &n }
	budget := func(tokens int64, p access.Period) *access.Budget { return &access.Budget{Tokens: tokens, Period: p} }
	if _, err := stores[1].Pool().Exec(t.Context(), `
		INSERT INTO key_tokens SELECT $1::uuid, day, 10 FROM generate_series(date_trunc('month', now()), now(), interval '1 day') day
		UNION ALL SELECT $1, date_trunc('month', now()) - interval '1 day', 1000`, g.Holder); err != nil {
		t.Fatal(err)
	}
	thisMonth := int64(10 * time.Now().UTC().Day())
	for _, test := range []struct {
		does   string
		rate   *int
		budget *access.Budget
		want   access.Limits
		tokens int64
	}{
		{"another rate", some(5), nil, access.Limits{Rate: 5, Budget: *budget(100, access.Day)}, 10},
		{"another budget", nil, budget(200, access.Day), access.Limits{Rate: 5, Budget: *budget(200, access.Day)}, 10},
		{"a budget of the month", nil, budget(300, access.Month), access.Limits{Rate: 5, Budget: *budget(300, access.Month)}, thisMonth},
		{"no rate", some(0), nil, access.Limits{Budget: *budget(300, access.Month)}, thisMonth},
		{"no budget", nil, new(access.Budget), access.Limits{}, thisMonth},
		{"both again", some(7), budget(400, access.Month), access.Limits{Rate: 7, Budget: *budget(400, access.Month)}, thisMonth},
	} {
		k, err := keys.Limit(t.Context(), g.Holder, test.rate, test.budget)
		if err != nil || k.Limits() != test.want || k.Tokens != test.tokens {
			t.Errorf("%s: %s, %d tokens used, %v; want %s, %d", test.does, k.Limits(), k.Tokens, err, test.want, test.tokens)
		}
		listed, err := access.NewKeys(stores[1], slog.New(slog.DiscardHandler)).List(t.Context())
		if err != nil || len(listed) != 1 || listed[0].Limits() != test.want || listed[0].Tokens != test.tokens {
			t.Errorf("%s: listed is %+v, %v", test.does, listed, err)
		}
		acts, err := stores[0].Audit(t.Context(), 1)
		if err != nil || len(acts) != 1 || acts[0].Act != access.KeyLimited || acts[0].Subject != g.Holder+" to "+test.want.String() {
			t.Errorf("%s: noted is %+v, %v", test.does, acts, err)
		}
	}
	for _, refused := range []struct {
		id     string
		rate   *int
		budget *access.Budget
		code   fault.Code
	}{
		{g.Holder, some(-1), nil, fault.Invalid},
		{g.Holder, some(access.MaxRate + 1), nil, fault.Invalid},
		{g.Holder, nil, budget(0, access.Day), fault.Invalid},
		{g.Holder, nil, budget(access.MaxBudget+1, access.Day), fault.Invalid},
		{g.Holder, nil, budget(5, "year"), fault.Invalid},
		{"01900000-0000-7000-8000-000000000000", some(5), nil, fault.NotFound},
		{"desk", some(5), nil, fault.NotFound},
	} {
		if k, err := keys.Limit(t.Context(), refused.id, refused.rate, refused.budget); fault.CodeOf(err) != refused.code {
			t.Errorf("%s, %v, %v: %+v, %v", refused.id, refused.rate, refused.budget, k, err)
		}
	}
}
