package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Transport says how a Delivery reaches an app: it is the type of an envelope in
// Socket Mode, and decides the path over HTTP.
type Transport string

// What Slack delivers.
const (
	Events       Transport = "events_api"     // to /slack/events
	Commands     Transport = "slash_commands" // to /slack/commands
	Interactions Transport = "interactive"    // to /slack/interactions
)

// Delivery is something that Slack tells the app: an event, a command or an
// interaction. It may be delivered any number of times.
type Delivery struct {
	Transport Transport
	EventID   string          // of events
	Payload   json.RawMessage // of events and interactions
	Form      url.Values      // of commands

	RetryNum    int       // 0: the first time
	RetryReason string    // as "http_timeout"
	SignedAt    time.Time // zero: now
	Secret      string    // to sign with; empty: the app's
	Unsigned    bool
}

// Again is the delivery repeated for the nth time because the app did not answer.
func (d Delivery) Again(n int) Delivery {
	d.RetryNum, d.RetryReason = n, "http_timeout"
	return d
}

// Ack is what the app answered.
type Ack struct {
	Status int // 0 when there was no answer
	Header http.Header
	Body   []byte
	Took   time.Duration
	Err    error // why there was no answer
}

// OK tells whether the app took the delivery: Slack repeats what it does not.
func (a Ack) OK() bool { return a.Err == nil && a.Status >= 200 && a.Status < 300 }

// deliveryTimeout is how long Slack waits; a test that is debugged may need longer.
const deliveryTimeout = 3 * time.Second

// Install tells where the app's HTTP endpoints are: the base of their URLs. It may
// be called again when the app has moved.
func (s *Server) Install(appURL string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appURL = strings.TrimRight(appURL, "/")
}

// Deliver posts a delivery, signed, to the app's endpoint. What the app answers to
// a command or to the submission of a view takes effect.
func (s *Server) Deliver(d Delivery) Ack {
	path, contentType, body := d.encode()
	ctx, cancel := context.WithTimeout(context.Background(), deliveryTimeout)
	defer cancel()
	s.mu.Lock()
	base := s.appURL
	s.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return Ack{Err: err}
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	d.sign(r.Header, body)
	ack := s.send(r)
	if ack.OK() {
		s.obey(d, ack.Body)
	}
	return ack
}

func (s *Server) send(r *http.Request) Ack {
	begun := time.Now()
	response, err := s.client.Do(r)
	if err != nil {
		return Ack{Err: err, Took: time.Since(begun)}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	return Ack{response.StatusCode, response.Header, body, time.Since(begun), err}
}

func (d Delivery) encode() (path, contentType string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	switch d.Transport {
	case Commands:
		return "/slack/commands", form, []byte(d.Form.Encode())
	case Interactions:
		return "/slack/interactions", form, []byte(url.Values{"payload": {string(d.Payload)}}.Encode())
	default:
		return "/slack/events", "application/json", d.Payload
	}
}

// sign sets the headers of a delivery.
func (d Delivery) sign(h http.Header, body []byte) {
	if d.RetryNum > 0 {
		h.Set("X-Slack-Retry-Num", strconv.Itoa(d.RetryNum))
		h.Set("X-Slack-Retry-Reason", d.RetryReason)
	}
	if d.Unsigned {
		return
	}
	at, secret := d.SignedAt, d.Secret
	if at.IsZero() {
		at = time.Now()
	}
	if secret == "" {
		secret = SigningSecret
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	h.Set("X-Slack-Request-Timestamp", timestamp)
	h.Set("X-Slack-Signature", Sign(secret, timestamp, body))
}

// Sign is the v0 signature of a body.
func Sign(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// obey does what the app asks in its answer.
func (s *Server) obey(d Delivery, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	switch d.Transport {
	case Commands:
		var said response
		if json.Unmarshal(body, &said) == nil {
			s.apply(&hook{channel: d.Form.Get("channel_id"), user: d.Form.Get("user_id")}, said)
		}
	case Interactions:
		s.obeyView(d, body)
	}
}

// obeyView does what the answer to a submission says: without a word the view
// closes, with errors it stays.
func (s *Server) obeyView(d Delivery, body []byte) {
	var submitted struct {
		Type string
		View struct{ ID string }
	}
	if json.Unmarshal(d.Payload, &submitted) != nil || submitted.Type != "view_submission" {
		return
	}
	v := s.viewOf(submitted.View.ID, "")
	if v == nil {
		return
	}
	var said struct {
		Action string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
	}
	json.Unmarshal(body, &said)
	next, err := s.readView(string(said.View), "modal")
	switch {
	case said.Action == "" || said.Action == "clear":
		s.dropView(v.ID)
	case said.Action == "update" && err == nil:
		s.replaceView(v, next)
	case said.Action == "push" && err == nil:
		next.User = v.User
		s.addView(next)
	}
}
