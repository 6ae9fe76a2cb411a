package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/mcpserver"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/rounds"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// The walk goes over every route and tool with keys of all kinds, valid, expired and revoked,
// as bearers and as sessions, and asks for what is in each collection. What each may see is
// decided here, by sets, apart from how the program decides it.

// secrets are names that stand in nothing but what a collection holds: a response that has one
// shows something of it.
var secrets = map[string]string{"default": "Quillfeather", "press": "Corvane", "court": "Ottermarsh", attic: "Dustwick"}

// attic is there to be deleted.
const attic = "attic"

// walked are the collections that are asked for.
var walked = []string{"default", "press", "court"}

// room is a collection and what it holds.
type room struct {
	name                                      string
	transcript, speaker, conversation, answer string
	start, end                                int // of the answer's turn, in code points
}

// ids are those of a room.
func (r room) ids() []string { return []string{r.transcript, r.speaker, r.conversation, r.answer} }

// nowhere is a room that there is not: what is said of it must be said of those that a key
// does not see.
var nowhere = room{
	"nowhere", "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002",
	"01900000-0000-7000-8000-000000000003", "01900000-0000-7000-8000-000000000004", 60, 80,
}

// step is a request of the walk. The room that it asks for has to be in the grant; without
// one, everything in the grant is listed.
type step struct {
	pattern string // of the route
	name    string // where a route is walked in several ways
	need    access.Scope
	send    func(r room) *http.Request
	lists   bool   // asks for no room: shows all of the grant
	open    bool   // asks for no room: shows nothing
	only    string // the one collection that it asks for
	unnamed bool   // asks for the collection that is meant where none is named
	silent  bool   // does not show the mark
	ok      bool   // is told of what it does not find by a 200
	takes   bool   // removes what it asks for
	whole   bool   // needs a key for all collections
}

func reads(target string) func(room) *http.Request { return sends(http.MethodGet, "", target) }

// sends is a request with a body, JSON where it begins so. {t}, {s}, {c}, {a} and {n} are the ids of a
// transcript, a speaker, a conversation and an answer, and the name of a collection.
func sends(method, body, target string) func(room) *http.Request {
	return func(r room) *http.Request {
		fill := strings.NewReplacer("{t}", r.transcript, "{s}", r.speaker, "{c}", r.conversation, "{a}", r.answer, "{n}", r.name,
			"{mark}", cmp.Or(secrets[r.name], "Nobody"), "{start}", strconv.Itoa(r.start), "{end}", strconv.Itoa(r.end))
		request := httptest.NewRequest(method, fill.Replace(target), strings.NewReader(fill.Replace(body)))
		if strings.HasPrefix(body, "{") {
			request.Header.Set("Content-Type", "application/json")
		}
		return request
	}
}

func posts(target, body string) func(room) *http.Request { return sends(http.MethodPost, body, target) }

// call is a request to the server of the Model Context Protocol.
func call(method, params string) func(room) *http.Request {
	send := posts("/mcp", `{"jsonrpc":"2.0","id":7,"method":"`+method+`","params":`+params+`}`)
	return func(r room) *http.Request {
		request := send(r)
		request.Header.Set("Accept", "application/json, text/event-stream")
		return request
	}
}

const (
	question = `What does {mark} say of the harbour wall?`
	said     = `Ada {mark} said: “{mark} says that the harbour wall holds for nine winters.”`
)

// steps are the walk: every route that needs a key.
func steps() []step {
	r, w, a := access.Read, access.Write, access.Admin
	return []step{
		{pattern: "POST /v1/transcripts", need: w, send: func(r room) *http.Request {
			return sends("POST", roomFile(r.name), "/v1/transcripts?collection={n}&filename={n}.json")(r)
		}},
		{pattern: "POST /v1/transcripts", name: "replacing", need: w, send: sends("POST", `{"turns":[{"speaker":"Jon Elm","role":"statement","text":"Nothing of it."}]}`, "/v1/transcripts?dry_run=true&collection={n}&replaces={t}&filename=x.json")},
		{pattern: "GET /v1/transcripts", need: r, send: reads("/v1/transcripts?collection={n}")},
		{pattern: "GET /v1/transcripts", name: "unnamed", need: r, unnamed: true, send: reads("/v1/transcripts")},
		{pattern: "GET /v1/transcripts/{id}", need: r, send: reads("/v1/transcripts/{t}")},
		{pattern: "PATCH /v1/transcripts/{id}", need: w, send: sends("PATCH", `{"title":"The {mark} file"}`, "/v1/transcripts/{t}")},
		{pattern: "DELETE /v1/transcripts/{id}", need: w, takes: true, silent: true, send: sends("DELETE", "", "/v1/transcripts/{t}")},
		{pattern: "GET /v1/transcripts/{id}/turns", need: r, send: reads("/v1/transcripts/{t}/turns")},
		{pattern: "PATCH /v1/transcripts/{id}/turns/{n}", need: w, send: sends("PATCH", `{"role":"answer"}`, "/v1/transcripts/{t}/turns/1")},
		{pattern: "GET /v1/transcripts/{id}/text", need: r, send: reads("/v1/transcripts/{t}/text")},
		{pattern: "GET /v1/transcripts/{id}/citation", need: r, send: reads("/v1/transcripts/{t}/citation?start={start}&end={end}")},
		{pattern: "GET /v1/transcripts/{id}/original", need: r, send: reads("/v1/transcripts/{t}/original")},
		{pattern: "POST /v1/transcripts/{id}/reparse", need: w, send: posts("/v1/transcripts/{t}/reparse", "")},
		{pattern: "GET /v1/transcripts/{id}/export", need: r, send: reads("/v1/transcripts/{t}/export?format=md")},

		{pattern: "GET /v1/collections", need: r, lists: true, silent: true, send: reads("/v1/collections")},
		{pattern: "PATCH /v1/collections/{name}", need: a, silent: true, send: sends("PATCH", `{"name":"{n}"}`, "/v1/collections/{n}")},
		{pattern: "DELETE /v1/collections/{name}", need: a, only: attic, silent: true, takes: true, send: sends("DELETE", "", "/v1/collections/{n}")},

		{pattern: "GET /v1/speakers", need: r, send: reads("/v1/speakers?collection={n}")},
		{pattern: "GET /v1/speakers/{id}", need: r, send: reads("/v1/speakers/{s}")},
		{pattern: "PATCH /v1/speakers/{id}", need: w, send: sends("PATCH", `{"name":"Ada {mark}"}`, "/v1/speakers/{s}")},

		{pattern: "POST /v1/search", need: r, send: posts("/v1/search", `{"query":"harbour wall","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/search", name: "unnamed", need: r, unnamed: true, send: posts("/v1/search", `{"query":"harbour wall"}`)},
		{pattern: "POST /v1/search", name: "exported", need: r, send: posts("/v1/search?format=md", `{"query":"harbour wall","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/search", name: "in a transcript", need: r, send: posts("/v1/search", `{"query":"harbour wall","filter":{"collection":"{n}","transcript":"{t}"}}`)},
		{pattern: "POST /v1/mentions", need: r, send: posts("/v1/mentions", `{"phrase":"harbour wall","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/answers", need: r, send: posts("/v1/answers", `{"question":"`+question+`","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/answers", name: "about the record", need: r, send: posts("/v1/answers", `{"question":"Who spoke most?","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/answers", name: "going on", need: r, send: posts("/v1/answers", `{"question":"`+question+`","conversation_id":"{c}","filter":{"collection":"{n}"}}`)},
		{pattern: "GET /v1/answers", need: r, lists: true, send: reads("/v1/answers?limit=200")},
		{pattern: "GET /v1/answers/{id}", need: r, send: reads("/v1/answers/{a}")},
		{pattern: "DELETE /v1/answers/{id}", need: w, takes: true, silent: true, send: sends("DELETE", "", "/v1/answers/{a}")},
		{pattern: "GET /v1/answers/{id}/export", need: r, send: reads("/v1/answers/{a}/export?format=md")},
		{pattern: "POST /v1/answers/{id}/feedback", need: r, send: posts("/v1/answers/{a}/feedback", `{"rating":"up","reason":"on {mark}"}`)},
		{pattern: "GET /v1/feedback", need: r, lists: true, send: reads("/v1/feedback?limit=200")},
		{pattern: "POST /v1/conversations", need: r, open: true, send: func(r room) *http.Request {
			request := posts("/v1/conversations", "")(r)
			request.Header.Set("Idempotency-Key", "the same for all")
			return request
		}},
		{pattern: "GET /v1/conversations", need: r, lists: true, send: reads("/v1/conversations?limit=200")},
		{pattern: "GET /v1/conversations/{id}", need: r, send: reads("/v1/conversations/{c}")},
		{pattern: "PATCH /v1/conversations/{id}", need: w, send: sends("PATCH", `{"title":"On {mark}"}`, "/v1/conversations/{c}")},
		{pattern: "DELETE /v1/conversations/{id}", need: w, takes: true, silent: true, send: sends("DELETE", "", "/v1/conversations/{c}")},
		{pattern: "GET /v1/conversations/{id}/export", need: r, send: reads("/v1/conversations/{c}/export?format=json")},
		{pattern: "GET /v1/questions", need: r, silent: true, send: reads("/v1/questions?collection={n}&limit=1")},
		{pattern: "POST /v1/verify", need: r, send: posts("/v1/verify", `{"text":"`+said+`","filter":{"collection":"{n}"}}`)},
		{pattern: "POST /v1/export", need: r, send: posts("/v1/export?format=md", `{"citations":[{"transcript_id":"{t}","turn":1,"start":{start},"end":{end}}]}`)},
		{pattern: "POST /v1/citations", need: r, ok: true, send: posts("/v1/citations", `{"citations":[{"transcript_id":"{t}","turn":1,"start":{start},"end":{end}}]}`)},

		{pattern: "POST /v1/chat/completions", need: r, send: posts("/v1/chat/completions", `{"model":"pullquote/{n}","messages":[{"role":"user","content":"`+question+`"}]}`)},
		{pattern: "POST /v1/chat/completions", name: "streamed", need: r, send: posts("/v1/chat/completions", `{"model":"pullquote/{n}","stream":true,"messages":[{"role":"user","content":"`+question+`"}]}`)},
		{pattern: "POST /v1/responses", need: r, send: posts("/v1/responses", `{"model":"pullquote/{n}","input":"`+question+`"}`)},
		{pattern: "POST /v1/embeddings", need: r, open: true, send: posts("/v1/embeddings", `{"model":"builtin","input":"harbour wall"}`)},
		{pattern: "GET /v1/models", need: r, open: true, send: reads("/v1/models")},

		{pattern: "POST /mcp", name: "search", need: r, ok: true, send: call("tools/call", `{"name":"search","arguments":{"query":"harbour wall","collection":"{n}"}}`)},
		{pattern: "POST /mcp", name: "fetch", need: r, ok: true, send: call("tools/call", `{"name":"fetch","arguments":{"id":"{t}/turns/1"}}`)},
		{pattern: "POST /mcp", name: "ask", need: r, ok: true, send: call("tools/call", `{"name":"ask","arguments":{"question":"`+question+`","collection":"{n}"}}`)},
		{pattern: "POST /mcp", name: "ask going on", need: r, ok: true, send: call("tools/call", `{"name":"ask","arguments":{"question":"`+question+`","collection":"{n}","conversation_id":"{c}"}}`)},
		{pattern: "POST /mcp", name: "verify_quotes", need: r, ok: true, send: call("tools/call", `{"name":"verify_quotes","arguments":{"text":"`+said+`","collection":"{n}"}}`)},
		{pattern: "POST /mcp", name: "list_transcripts", need: r, ok: true, send: call("tools/call", `{"name":"list_transcripts","arguments":{"collection":"{n}"}}`)},
		{pattern: "POST /mcp", name: "list_transcripts unnamed", need: r, ok: true, unnamed: true, send: call("tools/call", `{"name":"list_transcripts","arguments":{}}`)},
		{pattern: "POST /mcp", name: "a transcript", need: r, ok: true, send: call("resources/read", `{"uri":"pullquote://transcripts/{t}"}`)},
		{pattern: "POST /mcp", name: "a text", need: r, ok: true, send: call("resources/read", `{"uri":"pullquote://transcripts/{t}/text"}`)},
		{pattern: "POST /mcp", name: "turns", need: r, ok: true, send: call("resources/read", `{"uri":"pullquote://transcripts/{t}/turns"}`)},
		{pattern: "POST /mcp", name: "a turn", need: r, ok: true, send: call("resources/read", `{"uri":"pullquote://transcripts/{t}/turns/1"}`)},
		{pattern: "POST /mcp", name: "resources", need: r, ok: true, unnamed: true, send: call("resources/list", `{}`)},

		{pattern: "GET /metrics", need: a, open: true, whole: true, send: reads("/metrics")},

		{pattern: "GET /{$}", need: r, open: true, send: reads("/")},
		{pattern: "GET /library", need: r, open: true, send: reads("/library")},
		{pattern: "GET /verify", need: r, open: true, send: reads("/verify")},
		{pattern: "GET /clippings", need: r, open: true, send: reads("/clippings")},
		{pattern: "GET /mentions", need: r, open: true, send: reads("/mentions")},
		{pattern: "GET /t/{id}", need: r, send: reads("/t/{t}?start={start}&end={end}")},
	}
}

// keyless are the routes that show nothing of the record, to whomever: the state of the
// server, its description, signing in, and the files of the page.
var keyless = regexp.MustCompile(`^(GET /(healthz|readyz|docs|openapi\.json|signin|signin/openid|signin/openid/callback|[a-z]+\.(js|css|svg))|POST /(signin|signout))$`)

// world is a server with a furnished record.
type world struct {
	t       testing.TB
	config  Config
	handler http.Handler
	store   *postgres.Store // the operator's, as is what stands on it
	answers *answer.Service
	library *retrieval.Library
	keys    *access.Keys
	random  *rand.Rand
	rooms   map[string]room
	mixed   room              // a conversation with answers from press and from court
	begun   map[string]string // which key has each conversation that was begun under the one Idempotency-Key
	serial  int
	shown   map[string]int // what came of the requests
}

func newWorld(t testing.TB, seed uint64) *world {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	embedder := embeddings.NewBuiltin()
	store, err := postgres.Open(t.Context(), postgrestest.Migrated(t), embedder.Model(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	const url = "https://quotes.example"
	guarded := store.Guarded()
	searcher := retrieval.NewSearcher(guarded, embedder, log)
	w := &world{
		t: t, store: store, random: rand.New(rand.NewPCG(seed, 0)), keys: access.NewKeys(store, log), library: retrieval.NewLibrary(store, embedder),
		answers: answer.NewService(retrieval.NewSearcher(store, embedder, log), store, nil, url, log),
		rooms:   map[string]room{}, begun: map[string]string{}, shown: map[string]int{},
	}
	config := Config{
		Library: retrieval.NewLibrary(guarded, embedder), Searcher: searcher, Answers: answer.NewService(searcher, guarded, nil, url, log),
		Verifier: answer.NewVerifier(guarded, url, log), Embedder: embedder, Keys: w.keys, Log: log,
	}
	config.Metrics, config.MetricsToken = observe.New(observe.Build{}, nil).Handler(), scraper
	config.MCP = mcpserver.New(mcpserver.Config{
		Library: config.Library, Searcher: searcher, Answers: config.Answers, Verifier: config.Verifier, PublicURL: url, Version: "v1", Log: log,
	}).Handler()
	w.config, w.handler = config, New(config)
	for name := range secrets {
		w.rooms[name] = w.furnish(name, roomFile(name))
	}
	first := w.ask("press", "")
	w.ask("court", first.ConversationID)
	w.mixed = room{conversation: first.ConversationID, answer: first.ID}
	return w
}

// roomFile is the transcript of a collection.
func roomFile(name string) string {
	return fmt.Sprintf(`{"title":"The %[1]s file","date":"2031-04-02","turns":[
		{"speaker":"Jon Elm","role":"question","text":"What does %[1]s say of the harbour wall?"},
		{"speaker":"Ada %[1]s","role":"answer","text":"%[1]s says that the harbour wall holds for nine winters."}]}`, cmp.Or(secrets[name], "Nobody"))
}

// check ends the test with an error: of what the operator does all has to work.
func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// furnish puts a transcript into a collection, and asks it something.
func (w *world) furnish(name, file string) room {
	w.t.Helper()
	w.serial++
	stored, _, err := w.library.Add(w.t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: name, Options: transcript.Options{Filename: fmt.Sprintf("%s-%d.json", name, w.serial)}})
	w.check(err)
	turns, err := w.library.Turns(w.t.Context(), stored.ID)
	w.check(err)
	page, err := w.library.Speakers(w.t.Context(), retrieval.SpeakersQuery{Collection: name, Name: "Ada", Limit: 1})
	w.check(err)
	a := w.ask(name, "")
	reason := "on " + secrets[name]
	_, err = w.answers.Rate(w.t.Context(), answer.Feedback{AnswerID: a.ID, Rating: answer.RatingUp, Reason: transcript.Optional(reason)})
	w.check(err)
	return room{name, stored.ID, page.Speakers[0].ID, a.ConversationID, a.ID, turns[1].Start, turns[1].End}
}

func (w *world) ask(name, conversation string) *answer.Answer {
	w.t.Helper()
	req := answer.Request{Question: strings.ReplaceAll(question, "{mark}", secrets[name]), ConversationID: conversation, Filter: retrieval.Filter{Collection: name}}
	a, err := w.answers.Answer(w.t.Context(), req, nil)
	w.check(err)
	return a
}

// visitor is somebody with a key.
type visitor struct {
	key     access.Key
	secret  access.Secret
	session access.Secret // empty: the key itself is sent
	person  string        // whom a proxy names; empty: neither is
	valid   bool
}

// visit makes a key of a random kind.
func (w *world) visit() visitor {
	w.t.Helper()
	req := access.Request{Name: "visitor", Scopes: some(w.random, access.Scopes()), Collections: some(w.random, slices.Sorted(maps.Keys(secrets)))}
	if w.random.IntN(6) == 0 {
		req.Collections = []string{access.AllCollections}
	}
	v := visitor{valid: true}
	if w.random.IntN(10) == 0 {
		past := time.Now().Add(-time.Second)
		req.ExpiresAt, v.valid = &past, false
	}
	var err error
	v.key, v.secret, err = w.keys.Create(w.t.Context(), req)
	w.check(err)
	if v.valid && w.random.IntN(3) == 0 {
		v.session, _, err = w.keys.SignIn(w.t.Context(), v.secret)
		w.check(err)
	}
	return v
}

// some are one or more of a list.
func some[T any](random *rand.Rand, all []T) []T {
	chosen := slices.Clone(all)
	random.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	return chosen[:1+random.IntN(len(chosen))]
}

// sees is the oracle: whether a key is for a collection.
func (v visitor) sees(name string) bool {
	return slices.Contains(v.key.Collections, name) || slices.Contains(v.key.Collections, "*") && name != "nowhere"
}

// meant is the collection that a key means where it names none.
func (v visitor) meant() string {
	if len(v.key.Collections) == 1 && v.key.Collections[0] != "*" {
		return v.key.Collections[0]
	}
	return "default"
}

// send sends a request by a key.
func (w *world) send(v visitor, request *http.Request) *httptest.ResponseRecorder {
	if v.person != "" {
		request.RemoteAddr = "10.0.0.7:4711"
		request.Header.Set(personHeader, v.person)
	} else if v.session != "" {
		request.AddCookie(&http.Cookie{Name: sessionCookie, Value: string(v.session)})
	} else {
		request.Header.Set("Authorization", "Bearer "+string(v.secret))
	}
	request.Header.Set("X-Request-Id", "walk") // so that problems differ in nothing but what they say
	recorded := httptest.NewRecorder()
	w.handler.ServeHTTP(recorded, request.WithContext(w.t.Context()))
	return recorded
}

// walk makes a step by a key, and holds what comes to the oracle.
func (w *world) walk(v visitor, s step) {
	w.t.Helper()
	name := cmp.Or(s.only, walked[w.random.IntN(len(walked))])
	if s.unnamed {
		name = v.meant()
	}
	r := w.rooms[name]
	may := v.valid && slices.Contains(v.key.Scopes, s.need)
	if s.takes && may && v.sees(name) && s.only == "" {
		w.serial++
		r = w.furnish(name, strings.Replace(roomFile(name), "nine winters", fmt.Sprintf("%d winters", 10+w.serial), 1))
		defer w.clear(r)
	}
	response := w.send(v, s.send(r))
	body := response.Body.String()
	fail := func(format string, args ...any) {
		w.t.Helper()
		w.t.Errorf("%s %s for %s by a key for %q in %q (valid: %t, session: %t): %s\n%d %s", s.pattern, s.name, name, v.key.Scopes, v.key.Collections,
			v.valid, v.session != "", fmt.Sprintf(format, args...), response.Code, body)
	}
	if leaked := w.leaked(v, s, name, response.Code, body); leaked != "" {
		fail("it shows %s", leaked)
	}
	want, outcome := http.StatusOK, "shown"
	switch {
	case !v.valid && v.person != "":
		want, outcome = http.StatusForbidden, "no key"
	case !v.valid:
		want, outcome = http.StatusUnauthorized, "no key"
	case !may:
		want, outcome = http.StatusForbidden, "no scope"
	case s.whole && !slices.Contains(v.key.Collections, access.AllCollections):
		want, outcome = http.StatusForbidden, "not all"
	case s.lists, s.open:
	case !v.sees(name) && !s.ok:
		want, outcome = http.StatusNotFound, "not seen"
	case !v.sees(name):
		outcome = "not seen"
	}
	w.shown[outcome]++
	if want == http.StatusOK && response.Code/100 != 2 || want != http.StatusOK && response.Code != want {
		fail("want %d", want)
		return
	}
	switch outcome {
	case "shown":
		w.checkShown(v, s, name, body, fail)
		w.tidy(v, s, body, r)
	case "not seen":
		w.checkUnseen(v, s, r, body, fail)
	case "no key":
		if v.person == "" && response.Header().Get("WWW-Authenticate") == "" {
			fail("want WWW-Authenticate")
		}
	}
	if s.only != "" && outcome == "shown" {
		w.clear(r) // its conversation, which outlives the collection
		w.rooms[attic] = w.furnish(attic, roomFile(attic))
	}
}

// leaked is what a response shows of collections that a key is not for.
func (w *world) leaked(v visitor, s step, asked string, status int, body string) string {
	hidden := func(name string) bool { return !v.valid || status >= 400 || !v.sees(name) }
	for name, mark := range secrets {
		if hidden(name) && strings.Contains(body, mark) {
			return mark
		}
		for _, id := range w.rooms[name].ids() {
			// Who asks for something by its id is told that there is nothing by that.
			if hidden(name) && name != asked && strings.Contains(body, id) {
				return "an id of " + name
			}
		}
	}
	if (!v.sees("press") || !v.sees("court")) && strings.Contains(body, w.mixed.conversation) {
		return "a conversation of press and court"
	}
	return ""
}

// checkShown holds that a response is as full as it should be.
func (w *world) checkShown(v visitor, s step, name, body string, fail func(string, ...any)) {
	switch {
	case s.lists:
		for other, mark := range secrets {
			shows := strings.Contains(body, mark) || s.silent && strings.Contains(body, `"name":"`+other+`"`)
			if shows != v.sees(other) {
				fail("of %s it shows something: %t", other, shows)
			}
		}
		if s.pattern == "GET /v1/conversations" && v.sees("press") && v.sees("court") && !strings.Contains(body, w.mixed.conversation) {
			fail("the conversation of press and court is not there")
		}
	case !s.open && !s.silent && !strings.Contains(body, secrets[name]):
		fail("it does not show %s", secrets[name])
	}
}

// checkUnseen holds that what a key does not see is told as what is not there.
func (w *world) checkUnseen(v visitor, s step, r room, body string, fail func(string, ...any)) {
	if s.unnamed {
		return // there is nothing to compare it with
	}
	twin := w.send(v, s.send(nowhere)).Body.String()
	if plain(body, r) != plain(twin, nowhere) {
		fail("and of what is not there: %s", twin)
	}
}

// plain is a response without the names and ids of a room.
func plain(body string, r room) string {
	for _, id := range append(r.ids(), r.name) {
		body = strings.ReplaceAll(body, id, "…")
	}
	return body
}

var kept = regexp.MustCompile(`"(?:conversation_id|answer_id|id)\\?":\s*\\?"([0-9a-f-]{36})`)

// tidy takes away what a step has made: conversations and answers.
func (w *world) tidy(v visitor, s step, body string, r room) {
	if s.pattern == "POST /v1/conversations" {
		id := kept.FindStringSubmatch(body)[1]
		if holder := w.begun[id]; holder != "" && holder != v.key.ID {
			w.t.Errorf("the key %s has the conversation that %s has begun", v.key.ID, holder)
		}
		w.begun[id] = v.key.ID
	}
	if s.lists || s.need != access.Read || strings.HasPrefix(s.pattern, "GET") {
		return
	}
	for _, found := range kept.FindAllStringSubmatch(body, -1) {
		id := found[1]
		if slices.ContainsFunc(slices.Collect(maps.Values(w.rooms)), func(r room) bool { return slices.Contains(r.ids(), id) }) {
			continue
		}
		_, _ = w.answers.DeleteConversation(w.t.Context(), id), w.answers.DeleteAnswer(w.t.Context(), id) // whichever it is
	}
}

// clear takes away what was there to be taken.
func (w *world) clear(r room) {
	_ = w.library.Delete(w.t.Context(), r.transcript)
	_ = w.answers.DeleteConversation(w.t.Context(), r.conversation)
}

// scraper is the token of the world's metrics.
const scraper = "token of the scraper"

// The token of the metrics opens these and nothing else: at every other route it is no key, nor is
// a browser signed in by it, and nothing of any collection is shown, not even what it is called.
func TestWalkByTheTokenOfTheMetrics(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.visit() // from the first key on
	v := visitor{secret: scraper}
	for _, s := range steps() {
		if s.only != "" {
			continue // of what another walk removes
		}
		for name := range secrets {
			response := w.send(v, s.send(w.rooms[name]))
			want := http.StatusUnauthorized
			if s.pattern == "GET /metrics" {
				want = http.StatusOK
			}
			body := response.Body.String()
			if response.Code != want {
				t.Errorf("%s %s: %d %s, want %d", s.pattern, s.name, response.Code, body, want)
			}
			if leaked := w.leaked(v, s, name, response.Code, body); leaked != "" || want == http.StatusOK && strings.Contains(body, name) {
				t.Errorf("%s %s shows %s of %s: %s", s.pattern, s.name, leaked, name, body)
			}
		}
	}
	signIn := httptest.NewRequest(http.MethodPost, "/signin", strings.NewReader("key="+scraper))
	signIn.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if response := w.send(v, signIn); len(response.Result().Cookies()) > 0 {
		t.Errorf("a browser is signed in by it: %v", response.Result().Cookies())
	}
}

// walkers are how many keys are made; PULLQUOTE_WALK says another number.
const walkers = 300

func TestWalk(t *testing.T) {
	t.Parallel()
	n := rounds.Of(walkers)
	if text := os.Getenv("PULLQUOTE_WALK"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	all := steps()
	w := newWorld(t, 21)
	made := 0
	for i := range n {
		v := w.visit()
		for j := range 6 {
			if j == 3 && v.valid && w.random.IntN(3) == 0 {
				_, err := w.keys.Revoke(t.Context(), v.key.ID)
				w.check(err)
				v.valid = false
			}
			w.walk(v, all[(i*6+j)%len(all)])
			made++
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d requests by %d keys: %v", made, n, w.shown)
}

// Every route is walked, or shows nothing to whomever.
func TestWalkKnowsEveryRoute(t *testing.T) {
	t.Parallel()
	for _, route := range newServer(Config{}).routes() {
		known := slices.ContainsFunc(steps(), func(s step) bool { return s.pattern == route.pattern })
		if known == keyless.MatchString(route.pattern) {
			t.Errorf("%s: say what the walk is to make of it", route.pattern)
		}
	}
}

// What needs no key shows nothing of the record, and what needs one nothing without.
func TestWithoutAKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 22)
	_, err := w.keys.Revoke(t.Context(), w.visit().key.ID) // there was one once
	w.check(err)
	for _, route := range newServer(Config{}).routes() {
		method, path, _ := strings.Cut(route.pattern, " ")
		if !keyless.MatchString(route.pattern) || path == "/readyz" {
			continue
		}
		recorded := httptest.NewRecorder()
		w.handler.ServeHTTP(recorded, httptest.NewRequest(method, path, nil))
		for _, mark := range secrets {
			if recorded.Code == http.StatusForbidden || bytes.Contains(recorded.Body.Bytes(), []byte(mark)) {
				t.Errorf("%s: %d, with %s", route.pattern, recorded.Code, mark)
			}
		}
	}
	for _, s := range steps() {
		request := s.send(w.rooms["press"])
		recorded := httptest.NewRecorder()
		w.handler.ServeHTTP(recorded, request)
		if body, _ := io.ReadAll(recorded.Body); recorded.Code != http.StatusUnauthorized || !json.Valid(body) {
			t.Errorf("%s %s: %d %s", s.pattern, s.name, recorded.Code, body)
		}
	}
}
