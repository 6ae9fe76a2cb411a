package slackbot

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
)

const (
	maxDelivery = 1 << 20 // bytes; Slack's own are far smaller
	// acknowledgeWithin leaves room in the three seconds that Slack waits: what is not
	// kept by then is delivered again.
	acknowledgeWithin = 2500 * time.Millisecond
)

// Handler answers what Slack delivers over HTTP, under /slack/. Only what Slack has
// signed within five minutes is read, and only its body: nothing else of a request
// is signed.
func (b *Bot) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /slack/events", b.signed(b.events))
	mux.Handle("POST /slack/commands", b.signed(form(b.command)))
	mux.Handle("POST /slack/interactions", b.signed(form(b.interaction)))
	return mux
}

// delivery is a handler of a body that Slack has signed. It returns what to
// acknowledge with: nil for nothing.
type delivery func(ctx context.Context, body []byte) (reply any, err error)

// signed reads the body of a request, if it is Slack's, and acknowledges it once
// what it asks for is kept.
func (b *Bot) signed(handle delivery) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
		if err != nil {
			b.refuse(w, r, fault.Wrap(err, fault.TooLarge, "a delivery is larger than %d bytes", maxDelivery))
			return
		}
		if err := b.verify(r.Header, body); err != nil {
			b.refuse(w, r, err)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), acknowledgeWithin)
		defer cancel()
		reply, err := handle(ctx, body)
		if err != nil {
			b.refuse(w, r, err)
			return
		}
		acknowledge(w, reply)
	})
}

// verify holds a delivery to its signature.
func (b *Bot) verify(header http.Header, body []byte) error {
	if b.SigningSecret == "" {
		return fault.New(fault.Unauthorized, "deliveries over HTTP are off").WithHint("set SLACK_SIGNING_SECRET")
	}
	verifier, err := slack.NewSecretsVerifier(header, b.SigningSecret)
	if err == nil {
		_, _ = verifier.Write(body) // a hash: never fails
		err = verifier.Ensure()
	}
	if err != nil {
		return fault.Wrap(err, fault.Unauthorized, "this is not signed by Slack, or too long ago").
			WithHint("compare SLACK_SIGNING_SECRET with the app's, and the clock with the time")
	}
	return nil
}

// refuse answers with the status of an error. Slack delivers again what is refused
// with 5xx; what will never be taken it need not bring again.
func (b *Bot) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status := fault.CodeOf(err).Status()
	if status < http.StatusInternalServerError {
		w.Header().Set("X-Slack-No-Retry", "1")
	}
	b.Log.WarnContext(r.Context(), "a delivery of Slack's is refused", "status", status, fault.Attr(err))
	http.Error(w, fault.MessageOf(err), status)
}

func acknowledge(w http.ResponseWriter, reply any) {
	if reply == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(reply) // the client has gone: it will deliver again
}

// form gives a handler the form of a body, read by the parser that the library has
// for requests: from the signed body alone, without the request's query.
func form(handle func(ctx context.Context, r *http.Request) (any, error)) delivery {
	return func(ctx context.Context, body []byte) (any, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/", bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return handle(ctx, r)
	}
}

// events takes a delivery of the Events API.
func (b *Bot) events(ctx context.Context, body []byte) (any, error) {
	var outer struct{ Type, Challenge string }
	if err := json.Unmarshal(body, &outer); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the event is no JSON")
	}
	if outer.Type == "url_verification" {
		return map[string]string{"challenge": outer.Challenge}, nil
	}
	return nil, b.receiveEvent(ctx, body)
}

// command takes a slash command.
func (b *Bot) command(ctx context.Context, r *http.Request) (any, error) {
	c, err := slack.SlashCommandParse(r)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the command cannot be read")
	}
	return b.receiveCommand(ctx, c)
}

// interaction takes the press of a button, a shortcut or the submission of a modal.
func (b *Bot) interaction(ctx context.Context, r *http.Request) (any, error) {
	i, err := slack.InteractionCallbackParse(r)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the interaction cannot be read")
	}
	return b.receiveInteraction(ctx, i, json.RawMessage(r.FormValue("payload")))
}
