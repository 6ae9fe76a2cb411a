package access

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// Everyone is the name of a key for all persons who never had one of their own.
const Everyone = "*"

// maxPerson bounds the name of a person, in code points: that of an address of e-mail.
const maxPerson = 254

// checkPerson is "invalid" for what names nobody. Names are compared as they are: two that
// differ in their case may be two persons.
func checkPerson(name string) error {
	if name == "" || name != strings.TrimSpace(name) || name != words.InertLine(name) || utf8.RuneCountInString(name) > maxPerson {
		return fault.New(fault.Invalid, "%q names nobody; give the name or the address of a person, of up to %d characters, as the proxy or the provider does", name, maxPerson)
	}
	return nil
}

// Person is what somebody may do whom a proxy or a provider has signed in: what their own key
// allows, or, if they never had one, that of Everyone. "forbidden" if there is neither, or it
// does not hold any more: whose own key has ended does not fall back to what all may.
func (k *Keys) Person(ctx context.Context, name string) (Grant, error) {
	if err := checkPerson(name); err != nil {
		return Grant{}, fault.Wrap(err, fault.Forbidden, "the name under which you are signed in cannot be read; tell whoever runs this server")
	}
	key, err := k.store.KeyOfPerson(ctx, name)
	if err == nil {
		var g Grant
		if g, err = k.use(ctx, key); err == nil {
			g.Person = name
			return g, nil
		}
	}
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Unauthorized:
		return Grant{}, fault.New(fault.Forbidden, "you are signed in as %s, who has no access here; ask whoever runs this server for it", name).
			WithHint("`pullquote keys create --person %s` gives it, with --scopes and --collections", name)
	}
	return Grant{}, err
}

// personLifetime is how long a person stays signed in whom a provider has let in: who has left
// there is out within a working day, and who has not signs in again with a click.
const personLifetime = 12 * time.Hour

// SignInPerson begins a session of a person, who acts at each request under the key that is
// then theirs.
func (k *Keys) SignInPerson(ctx context.Context, name string) (session Secret, expires time.Time, err error) {
	g, err := k.Person(ctx, name)
	if err != nil {
		return "", expires, err
	}
	session, expires = Secret(randomText(secretBytes)), k.now().Add(personLifetime)
	return session, expires, k.store.SaveSession(ctx, session.hash(), g.Holder, name, expires)
}
