package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/internal/access"
)

// signInServer serves a guarded record with a key that may read the press.
func signInServer(t *testing.T, https bool) (w *world, handler http.Handler, key access.Key, secret access.Secret) {
	t.Helper()
	w = newWorld(t, 23)
	config := w.config
	config.HTTPS = https
	key, secret, err := w.keys.Create(t.Context(), access.Request{Name: "news desk", Scopes: []access.Scope{access.Read}, Collections: []string{"press"}})
	w.check(err)
	return w, New(config), key, secret
}

// A browser signs in by a key, is led to where it wanted to go, and is out as soon as it signs
// out or the key is revoked.
func TestSignIn(t *testing.T) {
	t.Parallel()
	w, handler, key, secret := signInServer(t, true)
	page := func(method, target, form string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(form))
		r.Header.Set("Accept", "text/html")
		if form != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for _, c := range cookies {
			r.AddCookie(c)
		}
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, r)
		return recorded
	}
	wanted := "/t/" + w.rooms["press"].transcript + "?start=1&end=2"
	led := page("GET", wanted, "")
	signin := "../signin?" + url.Values{"next": {"." + wanted}}.Encode()
	if to := led.Header().Get("Location"); led.Code != http.StatusSeeOther || to != signin {
		t.Fatalf("led to %d %q", led.Code, to)
	}
	if refused := page("POST", "/signin", "key=pq_aaaaaaaa_none&next=.%2Flibrary"); refused.Code != http.StatusUnauthorized || len(refused.Result().Cookies()) > 0 ||
		!strings.Contains(refused.Body.String(), `value="./library"`) {
		t.Errorf("a wrong key: %d %v", refused.Code, refused.Result().Cookies())
	}
	signIn := func(next string) (*httptest.ResponseRecorder, *http.Cookie) {
		in := page("POST", "/signin", url.Values{"key": {string(secret)}, "next": {next}}.Encode())
		if len(in.Result().Cookies()) != 1 {
			t.Fatalf("signed in: %d %v", in.Code, in.Result().Cookies())
		}
		return in, in.Result().Cookies()[0]
	}
	in, session := signIn("." + wanted)
	if to := in.Header().Get("Location"); in.Code != http.StatusSeeOther || to != "."+wanted {
		t.Errorf("signed in, led to %d %q", in.Code, to)
	}
	if !session.HttpOnly || !session.Secure || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || time.Until(session.Expires) < 29*24*time.Hour {
		t.Errorf("the cookie is %v", session)
	}
	if shown := page("GET", wanted, "", session); shown.Code != http.StatusOK || !strings.Contains(shown.Body.String(), "Corvane") {
		t.Errorf("signed in, the transcript is %d", shown.Code)
	}
	if who := page("GET", "/signin", "", session).Body.String(); !strings.Contains(who, "news desk") || strings.Contains(who, string(secret)) {
		t.Errorf("who is signed in: %s", who)
	}
	for _, elsewhere := range []string{"//evil.example", "https://evil.example", "/\\evil.example", ".\\evil", "javascript:alert(1)", "./\r\nSet-Cookie: x=y"} {
		if in, _ := signIn(elsewhere); in.Code != http.StatusOK || in.Header().Get("Location") != "" {
			t.Errorf("next %q leads to %q", elsewhere, in.Header().Get("Location"))
		}
	}
	// A page of another site cannot use the session, though a browser sent it along.
	foreign := httptest.NewRequestWithContext(t.Context(), "POST", "/v1/conversations", nil)
	foreign.AddCookie(session)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	foreign.Header.Set("Origin", "https://evil.example")
	recorded := httptest.NewRecorder()
	if handler.ServeHTTP(recorded, foreign); recorded.Code != http.StatusForbidden {
		t.Errorf("a page of another site: %d", recorded.Code)
	}
	if out := page("POST", "/signout", "", session); out.Code != http.StatusOK || len(out.Result().Cookies()) != 1 || out.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("signed out: %d %v", out.Code, out.Result().Cookies())
	}
	if shown := page("GET", wanted, "", session); shown.Code != http.StatusSeeOther {
		t.Errorf("signed out, the transcript is %d", shown.Code)
	}
	_, again := signIn("")
	_, err := w.keys.Revoke(t.Context(), key.ID)
	w.check(err)
	if shown := page("GET", wanted, "", again); shown.Code != http.StatusSeeOther {
		t.Errorf("by a revoked key, the transcript is %d", shown.Code)
	}
}

// Where there was never a key the page asks for none.
func TestSignInWithoutKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 24)
	recorded := httptest.NewRecorder()
	w.handler.ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), "GET", "/signin", nil))
	if !strings.Contains(recorded.Body.String(), "No key is needed here") {
		t.Errorf("%d %s", recorded.Code, recorded.Body)
	}
	for _, authorization := range []string{"", "Bearer sk-whatever", "Basic eDp5"} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/v1/collections", nil)
		r.Header.Set("Authorization", authorization)
		recorded := httptest.NewRecorder()
		if w.handler.ServeHTTP(recorded, r); recorded.Code != http.StatusOK || !strings.Contains(recorded.Body.String(), "court") {
			t.Errorf("with %q: %d %s", authorization, recorded.Code, recorded.Body)
		}
	}
	config := w.config
	config.KeysOnly = true
	recorded = httptest.NewRecorder()
	if New(config).ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), "GET", "/v1/collections", nil)); recorded.Code != http.StatusUnauthorized {
		t.Errorf("where a key is needed in any case: %d", recorded.Code)
	}
}

// A person signs in in a browser, asks, and signs out.
func TestSignInInABrowser(t *testing.T) {
	t.Parallel()
	_, handler, _, secret := signInServer(t, false)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL+"/?q="+url.QueryEscape("What does Corvane say of the harbour wall?")),
		chromedp.SendKeys(chromedp.CSS("#key"), string(secret)),
		chromedp.Click(chromedp.CSS("#signin [type=submit]")),
		chromedp.WaitVisible(chromedp.CSS(".answer[aria-busy=false]")), // to the question that the first link asked
	); err != nil {
		t.Fatal(err)
	}
	if text := read(t, browser, ".answer"); !strings.Contains(text, "the harbour wall holds for nine winters") {
		t.Errorf("the answer is %q", text)
	}
	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL+"/signin"),
		chromedp.Click(chromedp.CSS("form[action=signout] button")),
		chromedp.WaitVisible(chromedp.CSS("#key")),
		chromedp.Navigate(server.URL+"/library"),
		chromedp.WaitVisible(chromedp.CSS("#key")),
	); err != nil {
		t.Fatalf("signed out: %v", err)
	}
}
