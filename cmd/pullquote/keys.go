package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// mostActs is more than anybody reads of the log at once.
const mostActs = 100_000

// keysRun is one run of the command.
type keysRun struct {
	*app
	services                          *services
	keys                              *access.Keys
	log                               access.Log
	asJSON                            bool
	name, person, scopes, collections string
	expire                            string
	rate, budget                      string
	limit                             int
}

func keysForms() []string { return []string{"create", "list", "limit ID…", "revoke ID…", "audit"} }

func keysCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	r := &keysRun{app: a}
	flags.BoolVar(&r.asJSON, "json", false, "print JSON")
	flags.StringVar(&r.name, "name", "", "create: whose the key is, a `name`")
	flags.StringVar(&r.person, "person", "", "create: a `person`, by the name or address that the proxy or the provider has for them, who is to act under the key, of which nobody gets a secret; * for all who never had one of their own")
	flags.StringVar(&r.scopes, "scopes", "", "create: what it may do, a `list` of read, write, admin with commas")
	flags.StringVar(&r.collections, "collections", "", "create: where, a `list` of collections with commas; * for all, also those to come")
	flags.StringVar(&r.expire, "expires", "", "create: until `when`, a date such as 2027-01-31, a time, or from now on: 90d, 12h (default for good)")
	flags.StringVar(&r.rate, "rate", "", "create, limit: `number` of requests a minute at the most, or none for as many as it likes (default none)")
	flags.StringVar(&r.budget, "budget", "", "create, limit: `tokens` of the chat model at the most, such as 200000/day or 5000000/month, or none for as many as it likes (default none)")
	r.limit = 50
	flags.Var(numberOf(&r.limit, 1, mostActs, "acts", fmt.Sprintf("for %d", r.limit)), "limit", "audit: the last `number` of acts")
	return func(ctx context.Context, args []string) error {
		act, err := r.action(args)
		if err != nil {
			return err
		}
		if err := checkKeysFlags(flags, args[0]); err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		r.services, r.keys, r.log = s, access.NewKeys(s.store, a.log), s.store
		return act(ctx)
	}
}

// keysFlags says which action a flag is for.
var keysFlags = map[string][]string{
	"name": {"create"}, "person": {"create"}, "scopes": {"create"}, "collections": {"create"}, "expires": {"create"},
	"rate": {"create", "limit"}, "budget": {"create", "limit"}, "limit": {"audit"},
}

// checkKeysFlags refuses a flag that an action does not take, which would change nothing, and one
// that is empty, as where a variable is not set: both would leave a key with more than was meant.
func checkKeysFlags(flags *flag.FlagSet, action string) (err error) {
	flags.Visit(func(f *flag.Flag) {
		switch of, ours := keysFlags[f.Name]; {
		case !ours || err != nil:
		case !slices.Contains(of, action):
			err = fault.New(fault.Invalid, "`keys %s` has no --%s, which is for `keys %s`", action, f.Name, strings.Join(of, "` and `keys "))
		case f.Value.String() == "":
			err = fault.New(fault.Invalid, "--%s is empty; give a value or leave it out", f.Name)
		}
	})
	return err
}

// action reads what is to be done.
func (r *keysRun) action(args []string) (func(context.Context) error, error) {
	what, ids := "", args
	if len(args) > 0 {
		what, ids = args[0], args[1:]
	}
	switch {
	case what == "create" && len(ids) == 0:
		return r.create, nil
	case what == "list" && len(ids) == 0:
		return r.list, nil
	case what == "limit" && len(ids) > 0:
		return func(ctx context.Context) error { return r.limitKeys(ctx, ids) }, nil
	case what == "revoke" && len(ids) > 0:
		return func(ctx context.Context) error { return r.revoke(ctx, ids) }, nil
	case what == "audit" && len(ids) == 0:
		return r.audit, nil
	}
	return nil, fault.New(fault.Invalid, "write `keys %s`", strings.Join(keysForms(), "`, `keys "))
}

// createdKey is a new key, with what is never shown again.
type createdKey struct {
	access.Key
	Secret access.Secret `json:"key,omitempty"`
}

func (r *keysRun) create(ctx context.Context) error {
	req := access.Request{Name: r.name, Person: r.person, Collections: listed(r.collections)}
	for _, scope := range listed(r.scopes) {
		req.Scopes = append(req.Scopes, access.Scope(scope))
	}
	for _, c := range req.Collections {
		if err := retrieval.CheckCollection(c); c != access.AllCollections && err != nil {
			return err
		}
	}
	now := time.Now()
	expires, err := expiry(r.expire, now)
	if err != nil {
		return err
	}
	req.ExpiresAt = expires
	if req.Limits, err = r.limits(); err != nil {
		return err
	}
	key, secret, err := r.keys.Create(ctx, req)
	if err != nil {
		return err
	}
	if key.State(now) != access.Valid {
		r.warn("the key has expired already")
	}
	if err := r.printCreated(createdKey{key, secret}); err != nil {
		return err
	}
	return r.warnOfUnknown(ctx, r.services, key.Collections)
}

func (r *keysRun) printCreated(key createdKey) error {
	if r.asJSON {
		return r.printJSON(key)
	}
	if key.Person != "" {
		fmt.Fprintln(r.stdout, key.ID)
		r.warn("this is the id of the key under which %s; nobody has to keep it. From now on every request needs a key", whoActs(key.Person))
		return nil
	}
	fmt.Fprintln(r.stdout, key.Secret)
	r.warn("this is the key %s; it is shown this once, so keep it now. From now on every request needs a key", key.ID)
	return nil
}

// whoActs says in words whom a key is for.
func whoActs(person string) string {
	if person == access.Everyone {
		return "everyone acts who signs in and never had one of their own"
	}
	return person + " acts after signing in"
}

// listed are the parts of a list with commas.
func listed(text string) (parts []string) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// expiry reads until when a key is to hold: a date, which counts to its end, a time, or a
// duration from now on. What is over already may be said by a date, for a person who is to be
// kept out of what all may.
func expiry(text string, now time.Time) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	at, fromNow, err := timeOf(text, now)
	switch {
	case err != nil:
		return nil, fault.New(fault.Invalid, "--expires %q is no time; write a date such as 2027-01-31, a time such as 2027-01-31T12:00:00Z, or how long from now on: 90d, 12h", text)
	case fromNow && !at.After(now), at.After(now.AddDate(0, 0, maxKeep)):
		return nil, fault.New(fault.Invalid, "--expires %q is not within the next hundred years; leave it out for a key that holds for good", text)
	}
	return &at, nil
}

// timeOf reads a time, which may be told from now on.
func timeOf(text string, now time.Time) (at time.Time, fromNow bool, err error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.AddDate(0, 0, 1), false, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, false, nil
	}
	if days, found := strings.CutSuffix(text, "d"); found {
		n, err := strconv.Atoi(days)
		return now.AddDate(0, 0, max(min(n, maxKeep+1), 0)), true, err // more would not be a year that there is
	}
	d, err := time.ParseDuration(text)
	return now.Add(d), true, err
}

// limits are those that the flags say.
func (r *keysRun) limits() (l access.Limits, err error) {
	if l.Rate, err = rate(r.rate); err != nil {
		return l, err
	}
	l.Budget, err = budget(r.budget)
	return l, err
}

// noLimit says that a key may take as much as it likes. 0 does not: of a limit it could as well
// mean nothing at all.
const noLimit = "none"

// rate reads how many requests a minute a key may send; 0: as many as it likes.
func rate(text string) (int, error) {
	if text == "" || text == noLimit {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > access.MaxRate {
		return 0, fault.New(fault.Invalid, "--rate %q cannot be kept to; write how many requests a minute, 1 to %s, or %s for as many as the key likes", text, access.Thousands(access.MaxRate), noLimit)
	}
	return n, nil
}

// budget reads how much of the chat model a key may use.
func budget(text string) (b access.Budget, err error) {
	if text == "" || text == noLimit {
		return b, nil
	}
	tokens, period, _ := strings.Cut(text, "/")
	b.Period = access.Period(period)
	if b.Tokens, err = strconv.ParseInt(tokens, 10, 64); err != nil || b.Check() != nil {
		return b, fault.New(fault.Invalid, "--budget %q cannot be kept to; write how many tokens of the chat model in which time, 200000/day or 5000000/month, up to %s, or %s for as many as the key likes",
			text, access.Thousands(access.MaxBudget), noLimit)
	}
	return b, nil
}

func (r *keysRun) list(ctx context.Context) error {
	all, err := r.keys.List(ctx)
	if err != nil {
		return err
	}
	if r.asJSON {
		if err := r.printJSON(map[string]any{"keys": append([]access.Key{}, all...)}); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		r.warn("there is no key yet, and so this machine alone is served; `pullquote keys create` makes one")
		return errNo
	}
	if r.asJSON {
		return nil
	}
	for _, k := range all {
		fmt.Fprintln(r.stdout, keyLine(k, time.Now()))
	}
	return nil
}

func keyLine(k access.Key, now time.Time) string {
	var scopes []string
	for _, s := range k.Scopes {
		scopes = append(scopes, string(s))
	}
	held := k.Prefix + "…"
	if k.Person != "" {
		held = "person " + words.InertLine(k.Person)
	}
	line := fmt.Sprintf("%s  %s  %s  %s in %s  %s", k.ID, held, words.InertLine(k.Name), strings.Join(scopes, ","), strings.Join(k.Collections, ","), k.State(now))
	if k.ExpiresAt != nil {
		line += ", expires " + k.ExpiresAt.UTC().Format(time.DateTime)
	}
	if k.LastUsedAt != nil {
		line += ", last used " + k.LastUsedAt.UTC().Format(time.DateTime)
	}
	if k.Rate != nil {
		line += fmt.Sprintf(", %d requests a minute", *k.Rate)
	}
	switch {
	case k.Budget != nil:
		line += fmt.Sprintf(", %s of %s tokens used this %s", access.Thousands(k.Tokens), access.Thousands(k.Budget.Tokens), k.Budget.Period)
	case k.Tokens > 0:
		line += fmt.Sprintf(", %s tokens used this month", access.Thousands(k.Tokens))
	}
	return line
}

// limitKeys changes what keys may take: of rate and budget, those that are given.
func (r *keysRun) limitKeys(ctx context.Context, ids []string) error {
	if r.rate+r.budget == "" {
		return fault.New(fault.Invalid, "say what the key may take: --rate or --budget, or both, with %s for as much as it likes", noLimit)
	}
	limits, err := r.limits()
	if err != nil {
		return err
	}
	var rate *int
	var budget *access.Budget
	if r.rate != "" {
		rate = &limits.Rate
	}
	if r.budget != "" {
		budget = &limits.Budget
	}
	limit := func(id string) (access.Key, error) { return r.keys.Limit(ctx, id, rate, budget) }
	return r.each(ids, limit, func(k access.Key) string { return keyLine(k, time.Now()) })
}

func (r *keysRun) revoke(ctx context.Context, ids []string) error {
	revoke := func(id string) (access.Key, error) { return r.keys.Revoke(ctx, id) }
	return r.each(ids, revoke, func(k access.Key) string { return "revoked  " + k.ID + "  " + words.InertLine(k.Name) })
}

// each changes keys one after the other, and tells of each as soon as it is changed.
func (r *keysRun) each(ids []string, change func(id string) (access.Key, error), line func(access.Key) string) error {
	changed := []access.Key{}
	for _, id := range ids {
		k, err := change(id)
		if err != nil {
			return err
		}
		changed = append(changed, k)
		if !r.asJSON {
			fmt.Fprintln(r.stdout, line(k))
		}
	}
	if r.asJSON {
		return r.printJSON(map[string]any{"keys": changed})
	}
	return nil
}

func (r *keysRun) audit(ctx context.Context) error {
	noted, err := r.log.Audit(ctx, r.limit)
	if err != nil {
		return err
	}
	if r.asJSON {
		return r.printJSON(map[string]any{"acts": append([]access.Noted{}, noted...)})
	}
	for _, n := range noted {
		fmt.Fprintf(r.stdout, "%s  %s  %s  %s\n", n.At.UTC().Format(time.DateTime), n.By, n.Act, words.InertLine(n.Subject))
	}
	return nil
}
