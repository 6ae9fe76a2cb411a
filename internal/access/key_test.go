package access

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// memory keeps one key.
type memory struct {
	Store
	held     Held
	used     int
	refusing error // of UseKey
}

func (m *memory) SaveKey(_ context.Context, k Held) error { m.held = k; return nil }

func (m *memory) KeyByPrefix(_ context.Context, prefix string) (Held, error) {
	if prefix != m.held.Prefix {
		return Held{}, fault.New(fault.NotFound, "none")
	}
	return m.held, nil
}

func (m *memory) UseKey(_ context.Context, _ string, at time.Time) error {
	m.used++
	m.held.LastUsedAt = &at
	return m.refusing
}

func newKeys(t *testing.T, req Request) (*Keys, *memory, Secret) {
	t.Helper()
	store := &memory{}
	keys := NewKeys(store, slog.New(slog.NewTextHandler(t.Output(), nil)))
	_, secret, err := keys.Create(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return keys, store, secret
}

var desk = Request{Name: "news desk", Scopes: []Scope{Write, Read, Read}, Collections: []string{"press", "court", "press"}}

func TestKey(t *testing.T) {
	keys, store, secret := newKeys(t, desk)
	if !regexp.MustCompile(`^pq_[a-z2-7]{8}_[a-z2-7]{52}$`).MatchString(string(secret)) {
		t.Errorf("the key is %s", secret)
	}
	sum := sha256.Sum256([]byte(secret))
	if !bytes.Equal(store.held.Hash, sum[:]) || !strings.HasPrefix(string(secret), store.held.Prefix+"_") {
		t.Errorf("kept is %+v", store.held)
	}
	if k := store.held.Key; !slices.Equal(k.Scopes, []Scope{Read, Write}) || !slices.Equal(k.Collections, []string{"court", "press"}) {
		t.Errorf("the key is for %v in %v", k.Scopes, k.Collections)
	}
	g, err := keys.Grant(t.Context(), secret)
	if err != nil || g.All || !g.Sees("press") || g.Sees("default") || !g.May(Write) || g.May(Admin) || g.Holder != store.held.ID {
		t.Errorf("it grants %+v, %v", g, err)
	}
	_, other, err := keys.Create(t.Context(), desk)
	if err != nil || other == secret {
		t.Errorf("another key is %s, %v", other, err)
	}
}

// What is nearly a key is none, and is told as any other.
func TestNoKey(t *testing.T) {
	keys, store, secret := newKeys(t, desk)
	text := string(secret)
	last := map[bool]string{true: "b", false: "a"}[strings.HasSuffix(text, "a")]
	for name, presented := range map[string]string{
		"nothing": "", "the prefix": store.held.Prefix, "the prefix and a mark": store.held.Prefix + "_", "another's": "sk-" + text[3:],
		"in capitals": strings.ToUpper(text), "cut": text[:len(text)-1], "longer": text + "a", "one letter wrong": text[:len(text)-1] + last,
		"the hash": string(store.held.Hash),
	} {
		if g, err := keys.Grant(t.Context(), Secret(presented)); !errors.Is(err, errNoKey) || g.Holder != "" {
			t.Errorf("%s grants %+v, %v", name, g, err)
		}
	}
	now := time.Now()
	for name, end := range map[string]func(*Key){"revoked": func(k *Key) { k.RevokedAt = &now }, "expired": func(k *Key) { k.ExpiresAt = &now }} {
		ended := store.held
		end(&store.held.Key)
		if g, err := keys.Grant(t.Context(), secret); !errors.Is(err, errNoKey) || store.held.State(time.Now()) != name {
			t.Errorf("%s: grants %+v, %v", name, g, err)
		}
		store.held = ended
	}
}

// The last use is written once a minute, and a store that cannot write lets the request pass.
func TestLastUse(t *testing.T) {
	keys, store, secret := newKeys(t, desk)
	store.refusing = fault.New(fault.Unavailable, "read-only")
	start := time.Now()
	for _, after := range []time.Duration{0, time.Second, 59 * time.Second, 61 * time.Second, 62 * time.Second} {
		keys.now = func() time.Time { return start.Add(after) }
		if _, err := keys.Grant(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
	}
	if store.used != 2 {
		t.Errorf("written %d times, want 2", store.used)
	}
}

// Where no collection is named the default one is meant, or a key's only one.
func TestCollection(t *testing.T) {
	for _, tt := range []struct {
		grant Grant
		want  string
	}{
		{Operator(), "default"},
		{Grant{Collections: []string{"press"}}, "press"},
		{Grant{Collections: []string{"press", "court"}}, "default"},
		{Grant{Collections: []string{"press", "default"}}, "default"},
		{Grant{}, "default"},
	} {
		if got := Collection(tt.grant.In(t.Context())); got != tt.want {
			t.Errorf("%+v means %s, want %s", tt.grant, got, tt.want)
		}
	}
	if got := Collection(t.Context()); got != "default" {
		t.Errorf("no grant means %s", got)
	}
	if (Grant{}).Sees("default") || (Grant{}).May(Read) {
		t.Error("the zero grant lets something be done")
	}
}
