package api

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/access"
)

const personHeader = "X-Forwarded-User"

// behindProxy is the server of a world behind a proxy on 10.0.0.0/24.
func (w *world) behindProxy() http.Handler {
	config := w.config
	config.KeysOnly, config.CORSOrigins = true, []string{"https://tools.example"}
	config.Proxy = Proxy{Header: personHeader, From: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("::1/128")}}
	return New(config)
}

// The proxy says who somebody is, and nobody else; a key and a session go before it.
func TestProxy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 34)
	handler := w.behindProxy()
	w.newPerson("ada@quotes.example", "press")
	_, secret, err := w.keys.Create(t.Context(), access.Request{Name: "desk", Scopes: []access.Scope{access.Read}, Collections: []string{"court"}})
	w.check(err)
	session, _, err := w.keys.SignIn(t.Context(), secret)
	w.check(err)
	const ada, proxy, other = "ada@quotes.example", "10.0.0.7:4711", "10.0.1.7:4711"
	bearer := func(key access.Secret) func(http.Header) {
		return func(h http.Header) { h.Set("Authorization", "Bearer "+string(key)) }
	}
	cookie := func(session access.Secret) func(http.Header) {
		return func(h http.Header) { h.Set("Cookie", sessionCookie+"="+string(session)) }
	}
	for _, tt := range []struct {
		name   string
		from   string
		people []string
		more   func(http.Header)
		status int
		want   string
	}{
		{"by the proxy", proxy, []string{ada}, nil, 200, "press"},
		{"by the proxy in IPv6", "[::1]:4711", []string{ada}, nil, 200, "press"},
		{"by the proxy in IPv4 as IPv6", "[::ffff:10.0.0.7]:4711", []string{ada}, nil, 200, "press"},
		{"by another", other, []string{ada}, nil, 403, "only the proxy of this server may"},
		{"by another, who says that it is the proxy", other, []string{ada}, func(h http.Header) { h.Set("X-Forwarded-For", "10.0.0.7") }, 403, "only the proxy"},
		{"by another, with a key", other, []string{ada}, bearer(secret), 403, "only the proxy"},
		{"from nowhere", "@", []string{ada}, nil, 403, "only the proxy"},
		{"twice", proxy, []string{"jon", ada}, nil, 403, "more than once"},
		{"nobody", proxy, nil, nil, 401, "a key is needed"},
		{"nobody, in an empty header", proxy, []string{""}, nil, 401, "a key is needed"},
		{"who has no key", proxy, []string{"jon@quotes.example"}, nil, 403, "signed in as jon@quotes.example, who has no access here"},
		{"who is written otherwise", proxy, []string{"Ada@quotes.example"}, nil, 403, "no access here"},
		{"everyone", proxy, []string{access.Everyone}, nil, 403, "no access here"},
		{"a name that commands a terminal", proxy, []string{"ada\x1b[2J"}, nil, 403, "cannot be read"},
		{"with a key", proxy, []string{ada}, bearer(secret), 200, "court"},
		{"with a key that is none", proxy, []string{ada}, bearer("pq_none"), 401, "the key is none"},
		{"with a session", proxy, []string{ada}, cookie(session), 200, "court"},
		{"with a session that has ended", proxy, []string{ada}, cookie("ended"), 200, "press"},
		{"for a page of another site that may use the API", proxy, []string{ada}, func(h http.Header) { h.Set("Origin", "https://tools.example") }, 401, "a key is needed"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/v1/collections", nil)
		r.RemoteAddr = tt.from
		r.Header[personHeader] = tt.people
		if tt.more != nil {
			tt.more(r.Header)
		}
		recorded := httptest.NewRecorder()
		if handler.ServeHTTP(recorded, r); recorded.Code != tt.status || !strings.Contains(recorded.Body.String(), tt.want) {
			t.Errorf("%s: %d %s", tt.name, recorded.Code, recorded.Body)
		}
	}
	// A page of another site changes nothing by a browser that the proxy lets in.
	foreign := httptest.NewRequestWithContext(t.Context(), "POST", "/v1/conversations", nil)
	foreign.RemoteAddr = proxy
	foreign.Header.Set(personHeader, ada)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	recorded := httptest.NewRecorder()
	if handler.ServeHTTP(recorded, foreign); recorded.Code != http.StatusForbidden {
		t.Errorf("a page of another site: %d", recorded.Code)
	}
	page := httptest.NewRequestWithContext(t.Context(), "GET", "/signin", nil)
	page.RemoteAddr = proxy
	page.Header.Set(personHeader, ada)
	recorded = httptest.NewRecorder()
	if handler.ServeHTTP(recorded, page); !strings.Contains(recorded.Body.String(), "As <b>"+ada) || strings.Contains(recorded.Body.String(), "Sign out") {
		t.Errorf("who is signed in: %s", recorded.Body)
	}
	page.Header.Set(personHeader, "jon")
	recorded = httptest.NewRecorder()
	if handler.ServeHTTP(recorded, page); recorded.Code != http.StatusForbidden || !strings.Contains(recorded.Body.String(), "no access here") || !strings.Contains(recorded.Body.String(), `name="key"`) {
		t.Errorf("who has no access: %d %s", recorded.Code, recorded.Body)
	}
}

// What a person does is written down under their key with their name, and a request that is
// repeated is each person's own, under the key of everyone, too.
func TestPersonsAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 35)
	handler := w.behindProxy()
	everyone, _, err := w.keys.Create(t.Context(), access.Request{Person: access.Everyone, Scopes: access.Scopes(), Collections: []string{access.AllCollections}, Limits: access.Limits{Rate: 4}})
	w.check(err)
	send := func(person, method, target string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, target, nil)
		r.RemoteAddr = "10.0.0.7:4711"
		r.Header.Set(personHeader, person)
		r.Header.Set("Idempotency-Key", "the same for all")
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, r)
		return recorded
	}
	ada, jon, again := send("ada", "POST", "/v1/conversations"), send("jon", "POST", "/v1/conversations"), send("ada", "POST", "/v1/conversations")
	place := func(r *httptest.ResponseRecorder) string { return r.Header().Get("Location") }
	if ada.Code != http.StatusCreated || place(ada) == place(jon) || place(ada) != place(again) {
		t.Errorf("begun are %s, %s and %s", ada.Body, jon.Body, again.Body)
	}
	if deleted := send("jon", "DELETE", "/v1/answers/"+w.rooms["court"].answer); deleted.Code != http.StatusNoContent {
		t.Errorf("%d %s", deleted.Code, deleted.Body)
	}
	log, err := w.store.Audit(t.Context(), 1)
	w.check(err)
	if len(log) != 1 || log[0].Act != access.AnswerDeleted || log[0].By != everyone.ID+" jon" {
		t.Errorf("written down is %+v", log)
	}
	if limited := send("ada", "GET", "/v1/collections"); limited.Code != http.StatusTooManyRequests {
		t.Errorf("the rate of everyone: %d", limited.Code)
	}
}

// TestWalkOfPersons walks as TestWalk does, by persons whom a proxy names, some with keys of
// their own, some without, some whose key is expired or revoked on the way.
func TestWalkOfPersons(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 36)
	w.handler = w.behindProxy()
	all := steps()
	everyone := w.newPerson(access.Everyone, "press")
	for i := range 60 {
		v := w.visit()
		v.person = strings.Repeat("i", i+1) // no name is another's, and each stands in the next
		if w.random.IntN(4) == 0 {
			v.key = everyone
			v.valid = true
		} else {
			made, _, err := w.keys.Create(t.Context(), access.Request{Person: v.person, Scopes: v.key.Scopes, Collections: v.key.Collections, ExpiresAt: v.key.ExpiresAt})
			w.check(err)
			v.key = made
		}
		for j := range 6 {
			if j == 3 && v.valid && v.key.ID != everyone.ID && w.random.IntN(3) == 0 {
				_, err := w.keys.Revoke(t.Context(), v.key.ID)
				w.check(err)
				v.valid = false
			}
			w.walk(v, all[(i*6+j)%len(all)])
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%v", w.shown)
	for _, outcome := range []string{"shown", "not seen", "no scope", "no key"} {
		if w.shown[outcome] == 0 {
			t.Errorf("nothing was %q", outcome)
		}
	}
}
