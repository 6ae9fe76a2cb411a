package slacktest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// refusal is an error of the Web API.
type refusal struct {
	code     string
	messages []string // response_metadata.messages
	needed   string   // the scope that is missing
}

func (r *refusal) Error() string { return r.code }

func refuse(code string, messages ...string) *refusal {
	return &refusal{code: code, messages: messages}
}

// reply is the body of a response, without "ok".
type reply map[string]any

// method is a method of the Web API. do is called with the Server locked.
type method struct {
	scopes []string // any of them will do
	app    bool     // called with the app's token
	perMin int      // of its tier
	do     func(s *Server, a args) (reply, error)
}

// The calls of each tier in a minute, and of the methods with limits of their own.
const (
	tier2, tier3, tier4 = 20, 50, 100
	special             = 600
)

// allScopes are those of the bot's token, unless they are taken away.
var allScopes = []string{
	"app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands",
	"files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "links:read", "links:write", "team:read", "users:read",
}

// lookup finds a method by its name.
func lookup(name string) (method, bool) {
	write := []string{"chat:write"}
	assistant := []string{"assistant:write", "chat:write"}
	m, known := map[string]method{
		"auth.test":                             {perMin: special, do: (*Server).authTest},
		"team.info":                             {[]string{"team:read"}, false, tier3, (*Server).teamInfo},
		"chat.postMessage":                      {write, false, special, (*Server).postMessage},
		"chat.postEphemeral":                    {write, false, tier4, (*Server).postEphemeral},
		"chat.update":                           {write, false, tier3, (*Server).update},
		"chat.delete":                           {write, false, tier3, (*Server).deleteMessage},
		"chat.startStream":                      {write, false, tier2, (*Server).startStream},
		"chat.appendStream":                     {write, false, tier4, (*Server).appendStream},
		"chat.stopStream":                       {write, false, tier2, (*Server).stopStream},
		"chat.unfurl":                           {[]string{"links:write"}, false, tier3, (*Server).unfurl},
		"conversations.history":                 {nil, false, tier3, (*Server).history},
		"conversations.replies":                 {nil, false, tier3, (*Server).replies},
		"conversations.info":                    {nil, false, tier3, (*Server).conversationInfo},
		"conversations.open":                    {[]string{"im:write"}, false, tier3, (*Server).conversationOpen},
		"users.info":                            {[]string{"users:read"}, false, tier4, (*Server).userInfo},
		"views.open":                            {perMin: tier4, do: (*Server).openView},
		"views.publish":                         {perMin: tier4, do: (*Server).publishView},
		"views.update":                          {perMin: tier4, do: (*Server).updateView},
		"assistant.threads.setStatus":           {assistant, false, special, (*Server).setStatus},
		"assistant.threads.setTitle":            {[]string{"assistant:write"}, false, tier4, (*Server).setTitle},
		"assistant.threads.setSuggestedPrompts": {[]string{"assistant:write"}, false, tier4, (*Server).setPrompts},
		"files.info":                            {[]string{"files:read"}, false, tier4, (*Server).fileInfo},
		"files.getUploadURLExternal":            {[]string{"files:write"}, false, tier4, (*Server).uploadURL},
		"files.completeUploadExternal":          {[]string{"files:write"}, false, tier4, (*Server).completeUpload},
		"apps.connections.open":                 {nil, true, tier3, (*Server).openConnection},
	}[name]
	return m, known
}

// Call is a request to the Web API.
type Call struct {
	Method string
	Args   map[string]string // without the token; what is not a string as JSON
	At     time.Time
	Error  string // Slack's answer; empty: ok
}

// Calls are the requests of a method, in order; of all methods when it is empty.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	a, err := readArgs(r)
	if err != nil {
		s.respond(w, nil, err)
		return
	}
	fault := s.nextFault(name)
	if fault.before(w) {
		s.record(name, a, "fault")
		return
	}
	if fault.code != "" {
		s.record(name, a, fault.code)
		s.respond(w, nil, refuse(fault.code))
		return
	}
	body, wait, err := s.call(name, a)
	if fault.after(w, r, s.closed) {
		return
	}
	if wait > 0 {
		tooMany(w, wait)
		return
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(slices.Sorted(maps.Keys(s.scopes)), ","))
	s.respond(w, body, err)
}

// call does a method, and records it. It gives the time to wait when there have
// been too many.
func (s *Server) call(name string, a args) (body reply, wait time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, known := lookup(name)
	switch {
	case !known:
		err = refuse("unknown_method")
	default:
		if err = s.authorize(m, a.token); err == nil {
			if wait = s.limit(name, m, a); wait > 0 {
				err = refuse("ratelimited")
			} else {
				body, err = m.do(s, a)
			}
		}
	}
	s.recordLocked(name, a, codeOf(err))
	s.touch()
	return body, wait, err
}

func (s *Server) authorize(m method, token string) error {
	switch {
	case token == "":
		return refuse("not_authed")
	case token != BotToken && token != AppToken:
		return refuse("invalid_auth")
	case m.app != (token == AppToken):
		return refuse("not_allowed_token_type")
	}
	return s.allowed(m.scopes...)
}

// allowed checks that the token has one of the scopes.
func (s *Server) allowed(scopes ...string) error {
	if len(scopes) == 0 || slices.ContainsFunc(scopes, func(scope string) bool { return s.scopes[scope] }) {
		return nil
	}
	return &refusal{code: "missing_scope", needed: strings.Join(scopes, ",")}
}

func (s *Server) record(name string, a args, outcome string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recordLocked(name, a, outcome)
	s.touch()
}

func (s *Server) recordLocked(name string, a args, outcome string) {
	s.calls = append(s.calls, Call{Method: name, Args: a.strings(), At: s.now(), Error: outcome})
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// respond writes what Slack answers: errors, too, have status 200.
func (s *Server) respond(w http.ResponseWriter, body reply, err error) {
	if body == nil {
		body = reply{}
	}
	body["ok"] = err == nil
	if err != nil {
		body["error"] = err.Error()
	}
	if r, ok := err.(*refusal); ok {
		if len(r.messages) > 0 {
			body["response_metadata"] = map[string]any{"messages": r.messages}
		}
		if r.needed != "" {
			body["needed"], body["provided"] = r.needed, s.provided()
		}
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Write(encoded)
}

func (s *Server) provided() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var scopes []string
	for scope := range s.scopes {
		scopes = append(scopes, scope)
	}
	slices.Sort(scopes)
	return strings.Join(scopes, ",")
}

// tooMany answers 429 with the seconds to wait, rounded up.
func tooMany(w http.ResponseWriter, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	w.WriteHeader(http.StatusTooManyRequests)
	w.Write([]byte(`{"ok":false,"error":"ratelimited"}`))
}
