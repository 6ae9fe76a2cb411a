package slackbot

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// Check asks Slack who the bot is and what it may do, and says so; or what is wrong
// and how to mend it.
func (b *Bot) Check(ctx context.Context) (detail string, err error) {
	test, err := b.quick.AuthTestContext(ctx)
	switch {
	case refusedAs(err, "invalid_auth", "account_inactive", "token_revoked", "token_expired"):
		return "", fault.Wrap(err, fault.Unauthorized, "Slack refuses the bot token; copy SLACK_BOT_TOKEN anew from the app's page")
	case err != nil:
		return "", fault.Wrap(err, fault.Unavailable, "Slack does not answer; see whether this machine reaches it, or SLACK_API_URL")
	}
	if missing := missingScopes(test.Header); len(missing) > 0 {
		return "", fault.New(fault.Unauthorized, "the app lacks the scopes %s; paste the present `pullquote slack manifest` into it and install it anew", strings.Join(missing, ", "))
	}
	transport := "deliveries over HTTP to " + strings.TrimRight(b.PublicURL, "/") + "/slack/"
	if b.AppToken != "" {
		if _, _, err := b.quick.StartSocketModeContext(ctx); err != nil {
			return "", fault.Wrap(err, fault.Unauthorized, "Slack refuses the app token; make SLACK_APP_TOKEN anew, with the scope connections:write, and switch Socket Mode on")
		}
		transport = "Socket Mode"
	}
	return fmt.Sprintf("%s in %s, %s", test.User, test.Team, transport), nil
}

// missingScopes are the scopes that a token does not have, by the header in which
// Slack lists what it has; none where there is no such header.
func missingScopes(h http.Header) (missing []string) {
	granted := h.Get("X-OAuth-Scopes")
	if granted == "" {
		return nil
	}
	has := strings.FieldsFunc(granted, func(r rune) bool { return r == ',' || r == ' ' })
	for _, s := range Scopes() {
		if !slices.Contains(has, s.Name) {
			missing = append(missing, s.Name)
		}
	}
	return missing
}
