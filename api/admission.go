package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// Keys knows what a key allows, and the session of a browser that signed in by one. Errors
// carry a code of internal/fault: "unauthorized" for what is none, or does not hold any more.
type Keys interface {
	// Any reports whether there was ever a key.
	Any(ctx context.Context) (bool, error)
	Grant(ctx context.Context, key access.Secret) (access.Grant, error)
	Session(ctx context.Context, session access.Secret) (access.Grant, error)
	SignIn(ctx context.Context, key access.Secret) (session access.Secret, expires time.Time, err error)
	SignOut(ctx context.Context, session access.Secret) error
	// Person is what somebody may do whom the proxy has signed in, and SignInPerson begins a
	// session of one whom the provider has: "forbidden" for whoever may nothing.
	Person(ctx context.Context, name string) (access.Grant, error)
	SignInPerson(ctx context.Context, name string) (session access.Secret, expires time.Time, err error)
	// Allow counts a request: "rate_limited" if its key has sent too many.
	Allow(ctx context.Context, g access.Grant) error
}

// admit lets requests through to handlers that need a scope, under the grant of their key.
// What no request is admitted to has no grant, and so shows nothing of the record.
func (s *server) admit(need access.Scope) func(handler) handler {
	return func(h handler) handler {
		return func(w http.ResponseWriter, r *http.Request) error {
			g, err := s.grantOf(r)
			if err == nil {
				err = g.Require(need)
			}
			if err == nil && s.Keys != nil {
				err = s.Keys.Allow(r.Context(), g)
			}
			if err != nil {
				if fault.CodeOf(err) == fault.Unauthorized {
					w.Header().Set("WWW-Authenticate", `Bearer realm="pullquote"`)
				}
				return err
			}
			if s.Keys != nil {
				w.Header().Set("Cache-Control", "private, no-cache") // others have other keys
			}
			return h(w, r.WithContext(g.In(r.Context())))
		}
	}
}

// grantOf is what whoever sent a request may do. As long as there was never a key, whoever
// reaches the server is the operator, unless Config.KeysOnly says otherwise: clients that
// send some key because they have to are served as well.
func (s *server) grantOf(r *http.Request) (access.Grant, error) {
	if s.Keys == nil {
		return access.Operator(), nil
	}
	g, err := s.presented(r)
	if err == nil || fault.CodeOf(err) != fault.Unauthorized || s.KeysOnly {
		return g, err
	}
	any, anyErr := s.Keys.Any(r.Context())
	switch {
	case anyErr != nil:
		return g, anyErr
	case any:
		return g, err
	}
	return access.Operator(), nil
}

// presented is the grant of the key that a request brings, of its session, or of the person
// that the proxy names: whoever has signed in by a key here is asked for what that allows.
func (s *server) presented(r *http.Request) (access.Grant, error) {
	person, err := s.Proxy.person(r)
	if err != nil {
		return access.Grant{}, err
	}
	if key, sent := bearer(r); sent {
		return s.Keys.Grant(r.Context(), access.Secret(key))
	}
	if session := sessionOf(r); session != "" {
		g, err := s.Keys.Session(r.Context(), session)
		if err == nil || person == "" || fault.CodeOf(err) != fault.Unauthorized {
			return g, err
		}
	}
	if person != "" && !slices.Contains(s.CORSOrigins, r.Header.Get("Origin")) { // pages of other sites send a key
		return s.Keys.Person(r.Context(), person)
	}
	return access.Grant{}, fault.New(fault.Unauthorized, "a key is needed; send it as Authorization: Bearer pq_…, or sign in at /signin")
}

// bearer is what a request sends to be let in by, if it does.
func bearer(r *http.Request) (token string, sent bool) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), found && strings.EqualFold(scheme, "Bearer")
}
