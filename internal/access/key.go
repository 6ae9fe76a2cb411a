package access

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// Key is what is kept of an API key: all but the key itself.
//
// A key is 256 random bits. Its SHA-256 is kept: a slow hash would protect passwords, which
// people choose and programs guess, and no key that nobody can guess.
type Key struct {
	ID          string     `json:"id"`
	Prefix      string     `json:"prefix"` // with which the key begins, to recognise it by; empty where nobody holds it
	Name        string     `json:"name"`
	Person      string     `json:"person,omitempty"` // who acts under it, or Everyone; empty: whoever holds it
	Scopes      []Scope    `json:"scopes"`
	Collections []string   `json:"collections"` // names; AllCollections alone: all of them
	Rate        *int       `json:"rate"`        // requests a minute; nil: as many as it likes
	Budget      *Budget    `json:"budget"`      // nil: as much as it likes
	Tokens      int64      `json:"tokens"`      // of the chat model, used in the budget's period; without a budget in the month
	CreatedAt   time.Time  `json:"created_at"`
	ExpiresAt   *time.Time `json:"expires_at"`
	LastUsedAt  *time.Time `json:"last_used_at"` // to the minute
	RevokedAt   *time.Time `json:"revoked_at"`
}

// AllCollections is the name that means every collection. No collection can have it.
const AllCollections = "*"

// maxName bounds the name of a key, in code points.
const maxName = 100

// Request is what a new key is to be.
type Request struct {
	Name        string // by default the person's
	Person      string // who is to act under it, or Everyone; empty: whoever holds it
	Scopes      []Scope
	Collections []string
	Limits      Limits
	ExpiresAt   *time.Time
}

// Secret is a key as its holder has it, or a session as a browser has it.
type Secret string

// The form of a key: the mark, the rest of its prefix, and 256 bits. Lowercase letters and
// digits can be marked with a double click, and told from base64.
const (
	keyMark      = "pq_"
	prefixLength = len(keyMark) + 8
	secretBytes  = 32
)

var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func randomText(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails
	return alphabet.EncodeToString(b)
}

// newSecret makes a key, with its prefix.
func newSecret() (secret Secret, prefix string) {
	prefix = keyMark + randomText(5)
	return Secret(prefix + "_" + randomText(secretBytes)), prefix
}

// prefix is that of a key; empty where a text is no key.
func (s Secret) prefix() string {
	if len(s) <= prefixLength || !strings.HasPrefix(string(s), keyMark) || s[prefixLength] != '_' {
		return ""
	}
	return string(s[:prefixLength])
}

func (s Secret) hash() [sha256.Size]byte { return sha256.Sum256([]byte(s)) }

// Held is a key as the store has it.
type Held struct {
	Key
	Hash []byte // SHA-256
}

// grant is what the key allows at a time; false where it is revoked or expired.
func (k Key) grant(now time.Time) (Grant, bool) {
	if k.State(now) != Valid {
		return Grant{}, false
	}
	g := Grant{Holder: k.ID, Name: k.Name, Scopes: k.Scopes, Collections: k.Collections, Limits: k.Limits()}
	if slices.Contains(k.Collections, AllCollections) {
		g.All, g.Collections = true, nil
	}
	return g, true
}

// Limits are what the key may take.
func (k Key) Limits() (l Limits) {
	if k.Rate != nil {
		l.Rate = *k.Rate
	}
	if k.Budget != nil {
		l.Budget = *k.Budget
	}
	return l
}

// Store keeps keys and sessions. Errors carry a code of internal/fault ("not_found" for
// what is not there).
type Store interface {
	SaveKey(ctx context.Context, k Held) error
	// KeyByPrefix is the key that begins so.
	KeyByPrefix(ctx context.Context, prefix string) (Held, error)
	// KeyOfPerson is the newest key of a person, or, if there was never one, of Everyone.
	KeyOfPerson(ctx context.Context, person string) (Key, error)
	// Keys are all, also those that are revoked, the newest last.
	Keys(ctx context.Context) ([]Key, error)
	// AnyKey reports whether there was ever one.
	AnyKey(ctx context.Context) (bool, error)
	// LimitKey gives a key another rate or another budget, or both; zero values lift them, and
	// nil leaves one as it is.
	LimitKey(ctx context.Context, id string, rate *int, budget *Budget) (Key, error)
	// RevokeKey ends a key and its sessions; again, it changes nothing.
	RevokeKey(ctx context.Context, id string) (Key, error)
	UseKey(ctx context.Context, id string, at time.Time) error
	// CountRequest counts a request of a key, unless it comes before its time at so many a
	// minute: wait is after how long it does not. Several servers count in one.
	CountRequest(ctx context.Context, id string, rate int) (wait time.Duration, err error)
	// SaveSession keeps the hash of a session of a key, or, if it names one, of a person.
	SaveSession(ctx context.Context, hash [sha256.Size]byte, keyID, person string, expires time.Time) error
	// KeyOfSession is the key of a session that has not expired: that of its person, if it has one.
	KeyOfSession(ctx context.Context, hash [sha256.Size]byte) (k Key, person string, err error)
	DeleteSession(ctx context.Context, hash [sha256.Size]byte) error
}

// Keys knows the keys, and whom they let in. What it says of one it reads from the store
// each time, so that a key that is revoked opens nothing from then on.
type Keys struct {
	store Store
	log   *slog.Logger
	now   func() time.Time
}

// NewKeys makes a Keys.
func NewKeys(store Store, log *slog.Logger) *Keys { return &Keys{store, log, time.Now} }

// Create makes a key. The secret is nowhere else; the key of a person has none.
func (k *Keys) Create(ctx context.Context, req Request) (Key, Secret, error) {
	made := Key{
		ID: uuid.Must(uuid.NewV7()).String(), Name: words.InertLine(strings.TrimSpace(cmp.Or(req.Name, req.Person))), Person: req.Person, Scopes: req.Scopes,
		Collections: req.Collections, CreatedAt: k.now().UTC().Truncate(time.Microsecond), ExpiresAt: req.ExpiresAt,
	}
	if err := made.check(); err != nil {
		return Key{}, "", err
	}
	if err := req.Limits.check(); err != nil {
		return Key{}, "", err
	}
	if req.Limits.Rate > 0 {
		made.Rate = &req.Limits.Rate
	}
	if req.Limits.Budget.Tokens > 0 {
		made.Budget = &req.Limits.Budget
	}
	if made.Person != "" {
		return made, "", k.store.SaveKey(ctx, Held{Key: made})
	}
	secret, prefix := newSecret()
	made.Prefix = prefix
	hash := secret.hash()
	return made, secret, k.store.SaveKey(ctx, Held{made, hash[:]})
}

// check completes a new key: its lists are put in order, and have everything once.
func (k *Key) check() error {
	if k.Person != "" {
		if err := checkPerson(k.Person); err != nil {
			return err
		}
	}
	switch {
	case k.Name == "" || utf8.RuneCountInString(k.Name) > maxName:
		return fault.New(fault.Invalid, "the key needs a name of up to %d characters, by which you know whose it is", maxName)
	case len(k.Scopes) == 0:
		return fault.New(fault.Invalid, "the key has no scopes; give some of read, write, admin")
	case len(k.Collections) == 0:
		return fault.New(fault.Invalid, "the key has no collections; name them, or give %s for all, also those to come", AllCollections)
	}
	for _, s := range k.Scopes {
		if !slices.Contains(Scopes(), s) {
			return fault.New(fault.Invalid, "scope %q is unknown; use read, write, admin", s)
		}
	}
	if len(k.Collections) > 1 && slices.Contains(k.Collections, AllCollections) {
		return fault.New(fault.Invalid, "%s means all collections; give it alone", AllCollections)
	}
	k.Scopes = slices.DeleteFunc(Scopes(), func(s Scope) bool { return !slices.Contains(k.Scopes, s) })
	k.Collections = slices.Compact(slices.Sorted(slices.Values(k.Collections)))
	return nil
}

// List are all keys, also those that are revoked.
func (k *Keys) List(ctx context.Context) ([]Key, error) { return k.store.Keys(ctx) }

// Limit gives a key another rate or another budget, or both, from the next request on; zero
// values lift them, and nil leaves one as it is.
func (k *Keys) Limit(ctx context.Context, id string, rate *int, budget *Budget) (Key, error) {
	var l Limits
	if rate != nil {
		l.Rate = *rate
	}
	if budget != nil {
		l.Budget = *budget
	}
	if err := l.check(); err != nil {
		return Key{}, err
	}
	return k.store.LimitKey(ctx, id, rate, budget)
}

// Revoke ends a key and its sessions, from the next request on.
func (k *Keys) Revoke(ctx context.Context, id string) (Key, error) { return k.store.RevokeKey(ctx, id) }

// Any reports whether there was ever a key: from then on everybody needs one.
func (k *Keys) Any(ctx context.Context) (bool, error) { return k.store.AnyKey(ctx) }

// usePrecision is how exactly the last use of a key is kept: a write with every request
// would cost more than the request's own reading.
const usePrecision = time.Minute

// Grant is what a key allows: "unauthorized" if it is none, revoked or expired, which are
// not told apart. The key is found by its prefix, which is no secret; the rest is compared in
// constant time.
func (k *Keys) Grant(ctx context.Context, presented Secret) (Grant, error) {
	held, err := k.store.KeyByPrefix(ctx, presented.prefix())
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return Grant{}, err
	}
	hash := presented.hash()
	if subtle.ConstantTimeCompare(hash[:], held.Hash) != 1 {
		return Grant{}, errNoKey
	}
	return k.use(ctx, held.Key)
}

// use is what a key allows that has been presented.
func (k *Keys) use(ctx context.Context, key Key) (Grant, error) {
	now := k.now()
	g, ok := key.grant(now)
	if !ok {
		return Grant{}, errNoKey
	}
	if key.LastUsedAt == nil || now.Sub(*key.LastUsedAt) >= usePrecision {
		if err := k.store.UseKey(ctx, key.ID, now); err != nil { // the request is not worse for it
			k.log.DebugContext(ctx, "the last use of a key is not kept", "key", key.ID, fault.Attr(err))
		}
	}
	return g, nil
}

var errNoKey = fault.New(fault.Unauthorized, "the key is none, or does not hold any more; ask whoever runs this server for one")

// sessionLifetime is how long a browser stays signed in: until somebody would have to look
// for the key again, it should be a month.
const sessionLifetime = 30 * 24 * time.Hour

// SignIn begins a session of a key, which ends with it.
func (k *Keys) SignIn(ctx context.Context, presented Secret) (session Secret, expires time.Time, err error) {
	g, err := k.Grant(ctx, presented)
	if err != nil {
		return "", expires, err
	}
	session, expires = Secret(randomText(secretBytes)), k.now().Add(sessionLifetime)
	return session, expires, k.store.SaveSession(ctx, session.hash(), g.Holder, "", expires)
}

// Session is what the key of a session allows. It is found by its hash: who measures how
// long that takes learns nothing of a session that they do not have.
func (k *Keys) Session(ctx context.Context, session Secret) (Grant, error) {
	key, person, err := k.store.KeyOfSession(ctx, session.hash())
	if fault.CodeOf(err) == fault.NotFound && err != nil {
		return Grant{}, errNoKey
	}
	if err != nil {
		return Grant{}, err
	}
	g, err := k.use(ctx, key)
	g.Person = person
	return g, err
}

// SignOut ends a session.
func (k *Keys) SignOut(ctx context.Context, session Secret) error {
	return k.store.DeleteSession(ctx, session.hash())
}

// Valid is the state of a key that opens something.
const Valid = "valid"

// State is what has become of a key, in a word.
func (k Key) State(now time.Time) string {
	switch {
	case k.RevokedAt != nil:
		return "revoked"
	case k.ExpiresAt != nil && !now.Before(*k.ExpiresAt):
		return "expired"
	}
	return Valid
}
