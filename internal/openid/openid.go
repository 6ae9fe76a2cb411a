// Package openid asks a provider of OpenID Connect who somebody is: by the authorization code
// flow, with PKCE, a state and a nonce. It keeps nothing; what an attempt needs, the browser
// carries (Provider.Begin).
//
// What the provider says is checked by github.com/coreos/go-oidc: its signature by the keys of
// the issuer, the issuer, the audience and the end.
package openid

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/pullquote/pullquote/internal/fault"
)

// Config is which provider is asked, and as whom.
type Config struct {
	Issuer       string // its URL, exactly as it writes it
	ClientID     string
	ClientSecret string // empty: a public client, which PKCE alone protects
	RedirectURL  string // where it leads browsers back to
	Claim        string // what of its word names the person
}

// EmailClaim is the address of somebody, which counts if the provider says that it is theirs.
const EmailClaim = "email"

// timeout bounds a call to the provider, for which a browser waits.
const timeout = 10 * time.Second

// Provider is a provider of OpenID Connect. It is safe for concurrent use.
type Provider struct {
	config Config
	client *http.Client

	lock       sync.Mutex
	discovered *oidc.Provider // nil until it has been asked once
}

// New makes a Provider. It is asked about itself when somebody signs in, so that a server
// starts without it.
func New(config Config) *Provider {
	return &Provider{config: config, client: &http.Client{Timeout: timeout}}
}

func (p *Provider) provider(ctx context.Context) (*oidc.Provider, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.discovered == nil {
		discovered, err := oidc.NewProvider(ctx, p.config.Issuer)
		if err != nil {
			return nil, unreachable(err)
		}
		p.discovered = discovered
	}
	return p.discovered, nil
}

func unreachable(err error) error {
	return fault.Wrap(err, fault.Unavailable, "the provider at which you sign in does not answer as it should; try again later, or use a key").
		WithHint("check PULLQUOTE_OIDC_ISSUER, and that this machine reaches it: %s", err)
}

func (p *Provider) oauth(provider *oidc.Provider) oauth2.Config {
	scopes := []string{oidc.ScopeOpenID, "profile", "email"}
	return oauth2.Config{ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, RedirectURL: p.config.RedirectURL, Endpoint: provider.Endpoint(), Scopes: scopes}
}

// Begin is where a browser goes to sign in, and what it has to bring back: the state by which
// the way back is known for its own, the nonce for which the provider's word is given, and the
// verifier without which its code is worth nothing.
func (p *Provider) Begin(ctx context.Context) (to, attempt string, err error) {
	provider, err := p.provider(oidc.ClientContext(ctx, p.client))
	if err != nil {
		return "", "", err
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	oauth := p.oauth(provider)
	to = oauth.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
	return to, url.Values{"state": {state}, "nonce": {nonce}, "verifier": {verifier}}.Encode(), nil
}

// End is who has signed in: "forbidden" unless the provider says so in answer to this attempt.
func (p *Provider) End(ctx context.Context, attempt string, sent url.Values) (person string, err error) {
	begun, err := url.ParseQuery(attempt)
	if err != nil || begun.Get("state") == "" || begun.Get("nonce") == "" || !same(begun.Get("state"), sent.Get("state")) {
		return "", refused(err, "this is not the end of what this browser has begun")
	}
	if sent.Get("error") != "" || sent.Get("code") == "" {
		return "", refused(nil, "the provider has not let you in").WithHint("it says: %s %s", sent.Get("error"), sent.Get("error_description"))
	}
	ctx = oidc.ClientContext(ctx, p.client)
	provider, err := p.provider(ctx)
	if err != nil {
		return "", err
	}
	oauth := p.oauth(provider)
	token, err := oauth.Exchange(ctx, sent.Get("code"), oauth2.VerifierOption(begun.Get("verifier")))
	if network, ok := errors.AsType[net.Error](err); ok {
		return "", unreachable(network)
	}
	if err != nil {
		return "", refused(err, "the provider does not know of your signing in").WithHint("check PULLQUOTE_OIDC_CLIENT_ID and PULLQUOTE_OIDC_CLIENT_SECRET: %s", err)
	}
	word, _ := token.Extra("id_token").(string)
	id, err := provider.VerifierContext(ctx, &oidc.Config{ClientID: p.config.ClientID}).Verify(ctx, word)
	if err != nil {
		return "", refused(err, "what the provider says of you does not hold").WithHint("it is no ID token for this server: %s", err)
	}
	if !same(id.Nonce, begun.Get("nonce")) {
		return "", refused(nil, "what the provider says of you was said before")
	}
	return p.named(id)
}

// named is what the provider calls a person.
func (p *Provider) named(id *oidc.IDToken) (string, error) {
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return "", refused(err, "what the provider says of you cannot be read")
	}
	person, _ := claims[p.config.Claim].(string)
	if person == "" {
		return "", refused(nil, "the provider does not say who you are").WithHint("its ID token has no %s; set PULLQUOTE_OIDC_CLAIM to one that it has", p.config.Claim)
	}
	if verified, _ := claims["email_verified"].(bool); p.config.Claim == EmailClaim && !verified {
		return "", refused(nil, "the provider does not say that the address %s is yours", person).
			WithHint("its ID token has no email_verified; set PULLQUOTE_OIDC_CLAIM to a claim that nobody can choose, such as sub")
	}
	return person, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// refused says why somebody is not signed in, and what they can do.
func refused(err error, format string, args ...any) *fault.Error {
	e := fault.Wrap(err, fault.Forbidden, format, args...)
	e.Message += "; go to /signin and begin again, or tell whoever runs this server"
	return e
}
