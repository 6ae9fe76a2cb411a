package api

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
	"golang.org/x/oauth2"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/openid"
)

// issuer is a provider of OpenID Connect: it lets in whoever comes, as person, and gives each
// code once, for the verifier of which it has been shown the challenge.
type issuer struct {
	*httptest.Server
	person    map[string]any       // claims besides those of the protocol
	redirects func(url.Values)     // changes what it leads back with
	claims    func(map[string]any) // changes what it says
	signer    *rsa.PrivateKey      // with what it signs
	codes     map[string]struct{ nonce, challenge string }
	given     int // ID tokens
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{signer: key, codes: map[string]struct{ nonce, challenge string }{}}
	keys := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "winter", Algorithm: oidc.RS256}}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{
			"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{oidc.RS256},
		})
	})
	mux.Handle("GET /keys", keys)
	mux.HandleFunc("GET /authorize", i.authorize)
	mux.HandleFunc("POST /token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	keys.SetIssuer(i.URL)
	return i
}

func (i *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	if asked.Get("client_id") != "quotes" || asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256" {
		http.Error(w, "asked for wrongly", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	i.codes[code] = struct{ nonce, challenge string }{asked.Get("nonce"), asked.Get("code_challenge")}
	back := url.Values{"code": {code}, "state": {asked.Get("state")}}
	if i.redirects != nil {
		i.redirects(back)
	}
	http.Redirect(w, r, asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	begun, found := i.codes[r.FormValue("code")]
	delete(i.codes, r.FormValue("code"))
	if !found || id != "quotes" || secret != "harbour" || oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != begun.challenge {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, `{"error":"invalid_grant"}`)
		return
	}
	claims := map[string]any{"iss": i.URL, "sub": "7", "aud": "quotes", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "nonce": begun.nonce}
	for name, value := range i.person {
		claims[name] = value
	}
	if i.claims != nil {
		i.claims(claims)
	}
	text, _ := json.Marshal(claims)
	i.given++
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": oidctest.SignIDToken(i.signer, "winter", oidc.RS256, string(text))})
}

// openIDWorld is a record, and a server at which persons sign in by an issuer.
func openIDWorld(t *testing.T, seed uint64) (*world, *issuer, *httptest.Server) {
	t.Helper()
	w, i := newWorld(t, seed), newIssuer(t)
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	config := w.config
	config.KeysOnly = true
	config.OpenID = openid.New(openid.Config{Issuer: i.URL, ClientID: "quotes", ClientSecret: "harbour", RedirectURL: server.URL + OpenIDCallback, Claim: openid.EmailClaim})
	handler = New(config)
	return w, i, server
}

// newPerson makes the key of a person.
func (w *world) newPerson(person string, collections ...string) access.Key {
	w.t.Helper()
	key, secret, err := w.keys.Create(w.t.Context(), access.Request{Person: person, Scopes: []access.Scope{access.Read}, Collections: collections})
	w.check(err)
	if secret != "" {
		w.t.Errorf("the key of %s has a secret", person)
	}
	return key
}

// surf is a new browser, and what it has for a page.
func surf(t *testing.T) (client *http.Client, get func(target string) (int, string)) {
	t.Helper()
	jar, _ := cookiejar.New(nil) // fails never
	client = &http.Client{Jar: jar}
	return client, func(target string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", target, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "text/html")
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
}

// A person signs in at the provider, is led to where they wanted to go, and acts under the key
// that is theirs at each request.
func TestOpenID(t *testing.T) {
	t.Parallel()
	w, i, server := openIDWorld(t, 31)
	ada := map[string]any{"email": "ada@quotes.example", "email_verified": true}
	i.person = ada
	_, get := surf(t)
	wanted := "/t/" + w.rooms["press"].transcript
	begin := server.URL + "/signin/openid?" + url.Values{"next": {"." + wanted}}.Encode()

	if status, page := get(server.URL + wanted); status != http.StatusOK || !strings.Contains(page, "signin/openid?next=.%2ft%2f") {
		t.Fatalf("led to sign in: %d %s", status, page)
	}
	if status, page := get(begin); status != http.StatusForbidden || !strings.Contains(page, "ada@quotes.example, who has no access here") {
		t.Errorf("without a key for them: %d %s", status, page)
	}
	everyone := w.newPerson(access.Everyone, "court")
	if status, page := get(begin); status != http.StatusNotFound {
		t.Errorf("under the key of everyone: %d %s", status, page)
	}
	if status, page := get(server.URL + "/t/" + w.rooms["court"].transcript); status != http.StatusOK || !strings.Contains(page, "Ottermarsh") {
		t.Errorf("under the key of everyone: %d %s", status, page)
	}
	own := w.newPerson("ada@quotes.example", "press")
	if status, page := get(server.URL + wanted); status != http.StatusOK || !strings.Contains(page, "Corvane") {
		t.Errorf("under their own key: %d %s", status, page)
	}
	if status, page := get(server.URL + "/signin"); status != http.StatusOK || !strings.Contains(page, "ada@quotes.example") || !strings.Contains(page, "Sign out") {
		t.Errorf("who is signed in: %d %s", status, page)
	}
	_, err := w.keys.Revoke(t.Context(), own.ID)
	w.check(err)
	if status, page := get(server.URL + wanted); status != http.StatusOK || !strings.Contains(page, "Sign in with your account") {
		t.Errorf("after their key was revoked: %d %s", status, page)
	}
	if status, page := get(begin); status != http.StatusForbidden || !strings.Contains(page, "no access here") {
		t.Errorf("whose key was revoked signs in: %d %s", status, page)
	}
	i.person = map[string]any{"email": "jon@quotes.example", "email_verified": true}
	if status, _ := get(begin); status != http.StatusNotFound {
		t.Errorf("another under the key of everyone: %d", status)
	}
	_, err = w.keys.Revoke(t.Context(), everyone.ID)
	w.check(err)
	if status, page := get(server.URL + "/t/" + w.rooms["court"].transcript); status != http.StatusOK || !strings.Contains(page, "Sign in with your account") {
		t.Errorf("after the key of everyone was revoked: %d %s", status, page)
	}
}

// What is not the provider's word for this attempt signs nobody in.
func TestOpenIDRefuses(t *testing.T) {
	t.Parallel()
	w, i, server := openIDWorld(t, 32)
	w.newPerson(access.Everyone, "press")
	another, err := rsa.GenerateKey(rand.Reader, 2048)
	w.check(err)
	own := i.signer
	ada := func(c map[string]any) { c["email"], c["email_verified"] = "ada@quotes.example", true }
	says := func(name string, value any) func() {
		return func() { i.claims = func(c map[string]any) { ada(c); c[name] = value } }
	}
	for _, tt := range []struct {
		name   string
		change func()
		want   string // in the page; empty: they are signed in
	}{
		{"as it should be", func() {}, ""},
		{"another's state", func() { i.redirects = func(v url.Values) { v.Set("state", rand.Text()) } }, "not the end of what this browser has begun"},
		{"no state", func() { i.redirects = func(v url.Values) { v.Del("state") } }, "not the end of what this browser has begun"},
		{"a code that it has not given", func() { i.redirects = func(v url.Values) { v.Set("code", "guessed") } }, "does not know of your signing in"},
		{"no code", func() { i.redirects = func(v url.Values) { v.Del("code") } }, "has not let you in"},
		{"an error", func() { i.redirects = func(v url.Values) { v.Set("error", "access_denied") } }, "has not let you in"},
		{"the word of another time", says("nonce", rand.Text()), "was said before"},
		{"no nonce", says("nonce", ""), "was said before"},
		{"another issuer", says("iss", "https://other.example"), "does not hold"},
		{"for another client", says("aud", "crosswords"), "does not hold"},
		{"expired", says("exp", time.Now().Add(-time.Minute).Unix()), "does not hold"},
		{"signed by another", func() { i.signer = another }, "does not hold"},
		{"no address", says("email", nil), "does not say who you are"},
		{"an address that may be another's", says("email_verified", false), "does not say that the address ada@quotes.example is yours"},
		{"an address of which it does not know", says("email_verified", nil), "does not say that the address ada@quotes.example is yours"},
		{"a name that commands a terminal", says("email", "ada\x1b[2J"), "cannot be read"},
	} {
		i.redirects, i.claims, i.signer = nil, ada, own
		tt.change()
		client, get := surf(t)
		status, page := get(server.URL + "/signin/openid")
		address, _ := url.Parse(server.URL)
		session := ""
		for _, c := range client.Jar.Cookies(address) {
			if c.Name == attemptCookie {
				t.Errorf("%s: the attempt can be made again", tt.name)
			}
			if c.Name == sessionCookie {
				session = c.Value
			}
		}
		if tt.want == "" && (status != http.StatusOK || session == "" || !strings.Contains(page, "You are signed in")) {
			t.Errorf("%s: %d %s", tt.name, status, page)
		}
		if tt.want != "" && (status != http.StatusForbidden || session != "" || !strings.Contains(page, tt.want)) {
			t.Errorf("%s: %d, with the session %q: %s", tt.name, status, session, page)
		}
	}
}

// The way back is gone once, and by the browser that has begun alone.
func TestOpenIDReplayed(t *testing.T) {
	t.Parallel()
	w, i, server := openIDWorld(t, 33)
	w.newPerson(access.Everyone, "press")
	i.person = map[string]any{"email": "ada@quotes.example", "email_verified": true}
	client, get := surf(t)
	var back string
	var attempt []*http.Cookie
	client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Path == OpenIDCallback {
			back, attempt = r.URL.String(), client.Jar.Cookies(r.URL)
		}
		return nil
	}
	if status, page := get(server.URL + "/signin/openid"); status != http.StatusOK || !strings.Contains(page, "You are signed in") {
		t.Fatalf("%d %s", status, page)
	}
	for _, c := range attempt {
		if c.Name != attemptCookie || strings.Contains(back, c.Value) {
			t.Errorf("the browser brought %v", c)
		}
	}
	if status, page := get(back); status != http.StatusForbidden || !strings.Contains(page, "begun in another browser") {
		t.Errorf("again: %d %s", status, page)
	}
	other, get := surf(t)
	if status, page := get(back); status != http.StatusForbidden || !strings.Contains(page, "begun in another browser") {
		t.Errorf("by another browser: %d %s", status, page)
	}
	address, _ := url.Parse(server.URL)
	other.Jar.SetCookies(address, attempt) // stolen with the address: the code has been used
	if status, page := get(back); status != http.StatusForbidden || !strings.Contains(page, "does not know of your signing in") {
		t.Errorf("with the cookie: %d %s", status, page)
	}
	if i.given != 1 {
		t.Errorf("%d tokens were given", i.given)
	}
}
