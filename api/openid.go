package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// OpenID is a provider of OpenID Connect, at which persons sign in.
type OpenID interface {
	// Begin is where a browser goes to sign in, and what it has to bring back from there besides
	// what the provider gives it, which no script and nobody else may see.
	Begin(ctx context.Context) (to, attempt string, err error)
	// End is who has signed in, by what the provider has sent along with the browser:
	// "forbidden" where that does not belong to the attempt or is not the provider's word.
	End(ctx context.Context, attempt string, sent url.Values) (person string, err error)
}

// OpenIDCallback is where the provider leads browsers back to.
const OpenIDCallback = "/signin/openid/callback"

// attemptCookie is what a browser has that is on its way to the provider and back: the attempt,
// and where it wanted to go.
const attemptCookie = "pullquote_signin"

// attemptLifetime is how long somebody may take at the provider: to look for a telephone with a
// second factor, and to choose a new password.
const attemptLifetime = 10 * time.Minute

var errNoOpenID = fault.New(fault.NotFound, "nobody signs in here with an account; use a key")

// beginOpenID leads a browser to the provider.
func (s *server) beginOpenID(w http.ResponseWriter, r *http.Request) error {
	if s.OpenID == nil || s.Keys == nil {
		return errNoOpenID
	}
	values, err := query(r, "next")
	if err != nil {
		return err
	}
	to, attempt, err := s.OpenID.Begin(r.Context())
	if err != nil {
		return err
	}
	cookie := s.attempt(r, url.Values{"attempt": {attempt}, "next": {nextOf(values.Get("next"))}}.Encode())
	cookie.MaxAge = int(attemptLifetime.Seconds())
	http.SetCookie(w, cookie)
	w.Header().Set("Cache-Control", "no-store")
	seeOther(w, to)
	return nil
}

// endOpenID begins a session of whoever comes back from the provider. An attempt is made once,
// whatever comes of it.
func (s *server) endOpenID(w http.ResponseWriter, r *http.Request) error {
	if s.OpenID == nil || s.Keys == nil {
		return errNoOpenID
	}
	w.Header().Set("Cache-Control", "no-store")
	brought, err := r.Cookie(attemptCookie)
	if err != nil {
		return fault.New(fault.Forbidden, "signing in has taken too long, or was begun in another browser; go to /signin and begin again")
	}
	over := s.attempt(r, "")
	over.MaxAge = -1
	http.SetCookie(w, over)
	kept, err := url.ParseQuery(brought.Value)
	if err != nil {
		return fault.New(fault.Forbidden, "what the browser kept of signing in cannot be read; go to /signin and begin again")
	}
	person, err := s.OpenID.End(r.Context(), kept.Get("attempt"), r.URL.Query())
	if err != nil {
		return err
	}
	session, expires, err := s.Keys.SignInPerson(r.Context(), person)
	if err != nil {
		return err
	}
	cookie := s.cookie(r, session)
	cookie.Expires = expires
	http.SetCookie(w, cookie)
	next := nextOf(kept.Get("next"))
	if next == "" {
		next = "./signin"
	}
	seeOther(w, rootOf(r)+next)
	return nil
}

// attempt is the cookie of an attempt: as a session's, which browsers send along when the
// provider leads them back.
func (s *server) attempt(r *http.Request, value string) *http.Cookie {
	cookie := s.cookie(r, "")
	cookie.Name, cookie.Value = attemptCookie, value
	return cookie
}
