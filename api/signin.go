package api

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// sessionCookie is what a browser has that signed in.
//
// No script reads it. Browsers send it with links from elsewhere, so that a permalink in a
// message opens, and with nothing else that another site asks for; changes that a page of
// another site asks for are refused besides (withOriginCheck).
const sessionCookie = "pullquote_session"

func sessionOf(r *http.Request) access.Secret {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return access.Secret(cookie.Value)
}

// cookie is the session's, or, with an empty one, that which removes it.
func (s *server) cookie(r *http.Request, session access.Secret) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: string(session), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: s.HTTPS || r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
	}
}

// page leads browsers that are not signed in to where they can be.
func (s *server) page(h handler) handler {
	admitted := s.admit(access.Read)(h)
	return func(w http.ResponseWriter, r *http.Request) error {
		err := admitted(w, r)
		if err == nil || fault.CodeOf(err) != fault.Unauthorized || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			return err
		}
		next := "." + r.URL.EscapedPath()
		if r.URL.RawQuery != "" {
			next += "?" + r.URL.RawQuery
		}
		w.Header().Del("WWW-Authenticate")
		w.Header().Set("Cache-Control", "no-store")
		seeOther(w, rootOf(r)+"signin?"+url.Values{"next": {next}}.Encode())
		return nil
	}
}

// seeOther redirects to a place relative to that of the request, which a proxy may have put
// below a path of its own.
func seeOther(w http.ResponseWriter, place string) {
	w.Header().Set("Location", place)
	w.WriteHeader(http.StatusSeeOther)
}

// signInView is what signin.html shows.
type signInView struct {
	Grant  access.Grant // of the session; by no key: nobody is signed in
	Open   bool         // no key is needed
	Scopes string
	Next   string
	Detail string // why somebody was refused

	Session bool // it can be ended
	OpenID  bool // a provider can be asked
}

// signInPage asks for a key, or says by which one the browser is signed in.
func (s *server) signInPage(w http.ResponseWriter, r *http.Request) error {
	values, err := query(r, "next")
	if err != nil {
		return err
	}
	g, err := s.grantOf(r)
	if err != nil && fault.CodeOf(err) != fault.Unauthorized && fault.CodeOf(err) != fault.Forbidden {
		return err
	}
	view, status := signedIn(g), http.StatusOK
	view.Next, view.Session = nextOf(values.Get("next")), sessionOf(r) != ""
	if fault.CodeOf(err) == fault.Forbidden {
		s.logFailure(r, err)
		view.Detail, status = fault.MessageOf(err), http.StatusForbidden
	}
	return s.writeSignIn(w, status, view)
}

// signedIn is the view of who is signed in; of the zero grant nobody is.
func signedIn(g access.Grant) signInView {
	scopes := make([]string, len(g.Scopes))
	for i, scope := range g.Scopes {
		scopes[i] = string(scope)
	}
	return signInView{Grant: g, Open: g.Holder == access.OperatorName, Scopes: strings.Join(scopes, ", ")}
}

func (s *server) writeSignIn(w http.ResponseWriter, status int, view signInView) error {
	view.OpenID = s.OpenID != nil
	var page bytes.Buffer
	if err := s.pages.ExecuteTemplate(&page, "signin.html", view); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(page.Bytes()) // fails only when nobody reads any more
	return nil
}

// maxSignIn bounds the form: a key, and where to go.
const maxSignIn = 8 << 10

// signIn begins a session by a key, and goes on to where the browser wanted to go, if that was
// elsewhere.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) error {
	form, err := readSignIn(r)
	if err != nil {
		return err
	}
	key, next := access.Secret(strings.TrimSpace(form.Get("key"))), nextOf(form.Get("next"))
	switch {
	case key == "":
		return fault.New(fault.Invalid, "the form has no key; send it in the field key")
	case s.Keys == nil:
		return s.writeSignIn(w, http.StatusOK, signedIn(access.Operator()))
	}
	session, expires, err := s.Keys.SignIn(r.Context(), key)
	if err != nil && fault.CodeOf(err) == fault.Unauthorized {
		return s.writeSignIn(w, http.StatusUnauthorized, signInView{Next: next, Detail: fault.MessageOf(err)})
	}
	if err != nil {
		return err
	}
	cookie := s.cookie(r, session)
	cookie.Expires = expires
	http.SetCookie(w, cookie)
	if next != "" {
		seeOther(w, next)
		return nil
	}
	g, err := s.Keys.Session(r.Context(), session)
	if err != nil {
		return err
	}
	view := signedIn(g)
	view.Session = true
	return s.writeSignIn(w, http.StatusOK, view)
}

func readSignIn(r *http.Request) (url.Values, error) {
	if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != "application/x-www-form-urlencoded" {
		return nil, fault.New(fault.Unsupported, "the body must be a form; send it with Content-Type: application/x-www-form-urlencoded")
	}
	body, err := readBody(r, maxSignIn, "form")
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fault.New(fault.Invalid, "the form cannot be read; percent-encode its values")
	}
	return form, nil
}

// signOut ends the session.
func (s *server) signOut(w http.ResponseWriter, r *http.Request) error {
	if session := sessionOf(r); session != "" && s.Keys != nil {
		if err := s.Keys.SignOut(r.Context(), session); err != nil {
			return err
		}
	}
	cookie := s.cookie(r, "")
	cookie.MaxAge = -1
	http.SetCookie(w, cookie)
	return s.writeSignIn(w, http.StatusOK, signInView{})
}

// nextOf is where to go, if that is a place of ours, told from the first page on: ./t/ID. What
// begins so leads to no other host.
func nextOf(next string) string {
	if !strings.HasPrefix(next, "./") || strings.ContainsAny(next, "\\\r\n") {
		return ""
	}
	return next
}
