package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// FuzzRequest sends any request to the handler of every route, on a furnished record. In its
// target, the lines of its head and its body {t}, {key} and the like stand for what each record
// calls otherwise.
//
// Whatever is sent, the server does not fail, says in its one form what is wrong, shows nothing
// of what came as markup, and has stored nothing of what it refused.
func FuzzRequest(f *testing.F) {
	record := newFuzzedRecord(f)
	for _, seed := range fuzzSeeds(f, record.room) {
		f.Add(uint8(slices.Index(fuzzedMethods, seed.method)), seed.target, seed.head, seed.body)
	}
	f.Fuzz(func(t *testing.T, method uint8, target, head string, body []byte) {
		sent := fuzzedRequest{fuzzedMethods[int(method)%len(fuzzedMethods)], target, head, body}
		record.world.t = t
		request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(sent.text(record.names()))))
		if err != nil {
			return // which net/http refuses by itself
		}
		record.try(t, request, sent)
	})
}

// fuzzedMethods are those that routes have, and some that none has.
var fuzzedMethods = []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions, http.MethodPut}

// fuzzedRequest is a request before the names of a record are put in.
type fuzzedRequest struct {
	method, target string
	head           string // lines, without that of the length
	body           []byte
}

// text is the request as it is sent.
func (r fuzzedRequest) text(names *strings.Replacer) string {
	body := names.Replace(string(r.body))
	head := names.Replace(r.head)
	if lower := strings.ToLower(head); !strings.Contains(lower, "content-length:") && !strings.Contains(lower, "transfer-encoding:") {
		head += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	return r.method + " " + names.Replace(r.target) + " HTTP/1.1\r\nHost: quotes.example\r\n" + head + "\r\n" + body
}

// fuzzSeeds are a valid request of every route and its kin.
func fuzzSeeds(f *testing.F, r room) (seeds []fuzzedRequest) {
	f.Helper()
	named := room{"{n}", "{t}", "{s}", "{c}", "{a}", r.start, r.end}
	for _, s := range steps() {
		request := s.send(named)
		body, err := io.ReadAll(request.Body)
		if err != nil {
			f.Fatal(err)
		}
		head := "Authorization: Bearer {key}\r\n"
		for name, values := range request.Header {
			head += name + ": " + values[0] + "\r\n"
		}
		seeds = append(seeds, fuzzedRequest{request.Method, request.RequestURI, head, body})
		if len(body) > 0 {
			for _, kin := range kinOf(string(body)) {
				seeds = append(seeds, fuzzedRequest{request.Method, request.RequestURI, head, []byte(kin)})
			}
		}
	}
	for _, route := range newServer(Config{}).routes() {
		if method, path, _ := strings.Cut(route.pattern, " "); keyless.MatchString(route.pattern) {
			seeds = append(seeds, fuzzedRequest{method: method, target: path})
		}
	}
	const (
		key   = "Authorization: Bearer {key}\r\n"
		page  = "Accept: text/html\r\n"
		form  = "Content-Type: application/x-www-form-urlencoded\r\n"
		json  = "Content-Type: application/json\r\n"
		parts = "Content-Type: multipart/form-data; boundary=lamp\r\n"
	)
	file := "--lamp\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lamp.txt\"\r\n\r\nMS. MARCHETTI: The lamp burns.\r\n"
	field := "--lamp\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nThe lamp\r\n"
	for _, seed := range []struct{ method, target, head, body string }{
		{"POST", "/v1/transcripts", key + parts, file + field + "--lamp--\r\n"},
		{"POST", "/v1/transcripts", key + parts, file},                   // without end
		{"POST", "/v1/transcripts", key + parts, file + file},            // two files
		{"POST", "/v1/transcripts", key + parts, field + "--lamp--\r\n"}, // none
		{"POST", "/v1/transcripts", key + parts, file + "--lamp\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\xff\x00\r\n--lamp--\r\n"},
		{"POST", "/v1/transcripts", key + "Content-Type: multipart/form-data\r\n", file}, // without a boundary
		{"POST", "/v1/transcripts?title=%ff%00", key, "MS. MARCHETTI: The lamp burns."},
		{"POST", "/v1/transcripts?collection=%00", key, "MS. MARCHETTI: The lamp burns."},
		{"POST", "/v1/transcripts?filename=..%2f%ff", key + "Idempotency-Key: \x00\r\n", "MS. MARCHETTI: The lamp burns."},
		{"POST", "/v1/verify", key + parts, file + "--lamp--\r\n"},
		{"POST", "/v1/verify", key + "Content-Type: text/plain; charset=utf-16\r\n", "\xff\xfe“\x00"},
		{"POST", "/v1/search", key + json + "Transfer-Encoding: chunked\r\n", "5\r\n{\"que\r\nzz\r\n"},
		{"POST", "/v1/search", key + json + "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n{}"},
		{"POST", "/v1/search", key + json + "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"},
		{"POST", "/v1/search", key + json + "Content-Length: 1000\r\n", `{"query":"wall"}`},
		{"POST", "/v1/search", key + json + "Content-Length: 99999999999\r\nExpect: 100-continue\r\n", `{}`},
		{"POST", "/v1/search", key + "Content-Type: application/json; charset\r\n", `{"query":"wall"}`},
		{"POST", "/v1/search?format=<b>", key + json + page, `{"query":"wall"}`},
		{"GET", "/v1/transcripts/%00", key, ""},
		{"GET", "/v1/transcripts/%ff/turns", key + page, ""},
		{"GET", "/v1/transcripts/{t}/turns?limit=99999999999999999999", key, ""},
		{"GET", "/v1/transcripts/{t}/citation?start=-1&end=9223372036854775807", key, ""},
		{"GET", "/v1/transcripts?cursor=AAAA&limit=1", key, ""},
		{"GET", "/v1/transcripts?cursor=%00", key, ""},
		{"GET", "/v1/answers?cursor={a}", key, ""},
		{"GET", "/v1/collections/a%2fb", key, ""},
		{"PATCH", "/v1/collections/%ff%00", key + json, `{"name":"\u0000"}`},
		{"PATCH", "/v1/transcripts/{t}/turns/99999999999999999999", key + json, `{"role":"answer"}`},
		{"GET", "/v1/<svg/onload=alert(1)>", page, ""},
		{"GET", "//evil.example/..", page, ""},
		{"GET", "/t/{t}?start=\"><img/src=x>", key + page, ""},
		{"GET", "/t/%ff?highlight=%00", "Cookie: pullquote_session=\x00\r\n" + page, ""},
		{"GET", "/signin?next=.//evil.example", page, ""},
		{"GET", "/signin?next=%22%3E%3Cscript%3E", page, ""},
		{"POST", "/signin", form, "key={key}&next=./library"},
		{"POST", "/signin", form, "key={key}&next=.%2f%5cevil.example"},
		{"POST", "/signin", form, "key=%00%ff&next=<b>"},
		{"POST", "/signout", "Cookie: pullquote_session=x\r\n", ""},
		{"GET", "/library?x=1", page, ""},
		{"OPTIONS", "/v1/search", "Origin: https://else.example\r\nAccess-Control-Request-Method: POST\r\n", ""},
		{"POST", "/v1/search", "Origin: https://<b>else\r\nSec-Fetch-Site: cross-site\r\n" + page, "{}"},
		{"GET", "/style.css", "If-None-Match: \"x\"\r\nRange: bytes=5-1\r\n", ""},
		{"GET", "/v1/transcripts/{t}/original", key + "Range: bytes=-5\r\nIf-Range: x\r\n", ""},
		{"PUT", "/v1/search", key, ""},
	} {
		seeds = append(seeds, fuzzedRequest{seed.method, seed.target, seed.head, []byte(seed.body)})
	}
	return seeds
}

// kinOf are bodies like one that a route takes, each with something that a client of JSON's or a
// file's gets wrong.
func kinOf(body string) []string {
	kin := []string{
		body[:len(body)/2],
		"\ufeff" + body,
		body + body,
		body + "\x00",
		strings.Repeat(`{"query":`, 10_000),
		strings.Repeat("[", 10_000),
		"null", `"text"`, "",
	}
	if fields, ok := strings.CutPrefix(body, "{"); ok {
		for _, value := range []string{"null", "1e999", "-0.5", "99999999999999999999", "true", "[[null]]", `{"x":{}}`, `"\u0000"`, `"\ud800"`, "\"\xff\"", `"<script>"`} {
			name, _, _ := strings.Cut(fields, ":")
			kin = append(kin, "{"+strings.TrimSuffix(fields, "}")+","+name+":"+value+"}") // the same name twice
		}
		kin = append(kin, strings.Replace(body, `:"`, ":\"\xff", 1), strings.Replace(body, `:"`, `:"\u0000`, 1), strings.Replace(body, `":`, `X":`, 1))
	}
	return kin
}

// fuzzedRecord is a record that what is tried on it leaves as it was.
type fuzzedRecord struct {
	world     *world
	room      room
	key       access.Secret
	stored    string            // the query of what state is in
	before    map[string]string // what was stored, by table
	templates string            // of the pages
	log       bytes.Buffer      // what is logged of failures
}

func newFuzzedRecord(f *testing.F) *fuzzedRecord {
	f.Helper()
	w := newWorld(f, 23)
	_, key, err := w.keys.Create(f.Context(), access.Request{Name: "fuzz", Scopes: access.Scopes(), Collections: []string{access.AllCollections}})
	w.check(err)
	r := &fuzzedRecord{world: w, room: w.rooms["default"], key: key}
	rows, err := w.store.Pool().Query(f.Context(), `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
	w.check(err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	w.check(err)
	var counts []string
	for _, table := range tables {
		if !slices.Contains(unrequested, table) {
			counts = append(counts, fmt.Sprintf(`SELECT '%[1]s', count(*) || ' ' || coalesce(sum(hashtext(ctid::text || xmin::text)), 0) FROM %[1]s`, table))
		}
	}
	r.stored = strings.Join(counts, " UNION ALL ")
	r.templates = templates(f)
	w.config.Log = slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{Level: slog.LevelError}))
	w.config.Ready = func(ctx context.Context) (string, error) { return "", w.store.Ping(ctx) }
	w.handler = New(w.config)
	r.before = r.state()
	return r
}

// unrequested are tables that are written whatever comes of a request: when a key was used, and
// what spares computing something again.
var unrequested = []string{"keys", "key_rates", "key_tokens", "embedding_cache"}

// state says of each table what changes whenever a row does.
func (r *fuzzedRecord) state() map[string]string {
	rows, err := r.world.store.Pool().Query(r.world.t.Context(), r.stored)
	r.world.check(err)
	state := map[string]string{}
	var table, rowsOf string
	_, err = pgx.ForEachRow(rows, []any{&table, &rowsOf}, func() error { state[table] = rowsOf; return nil })
	r.world.check(err)
	return state
}

// names are what a record calls what seeds name.
func (r *fuzzedRecord) names() *strings.Replacer {
	return strings.NewReplacer("{t}", r.room.transcript, "{s}", r.room.speaker, "{c}", r.room.conversation, "{a}", r.room.answer, "{n}", r.room.name, "{key}", string(r.key))
}

// try sends a request, and holds what comes to the promises.
func (r *fuzzedRecord) try(t *testing.T, request *http.Request, sent fuzzedRequest) {
	recorded := httptest.NewRecorder()
	r.world.handler.ServeHTTP(recorded, request.WithContext(t.Context()))
	for _, wrong := range r.wrong(request, recorded, sent.text(r.names())) {
		t.Errorf("%s\n%s %s\n%d %v\n%s\n%s", wrong, request.Method, request.RequestURI, recorded.Code, recorded.Header(), recorded.Body, &r.log)
	}
	r.log.Reset()
	after := r.state()
	if maps.Equal(r.before, after) {
		return
	}
	if recorded.Code >= http.StatusBadRequest {
		for table := range after {
			if r.before[table] != after[table] {
				t.Errorf("refused, and yet %s changed\n%d %s", table, recorded.Code, recorded.Body)
			}
		}
	}
	r.restore(t)
	r.before = r.state()
}

// restore takes away what was added, and furnishes the record anew where something is missing.
func (r *fuzzedRecord) restore(t *testing.T) {
	pool := r.world.store.Pool()
	for statement, id := range map[string]string{
		`DELETE FROM transcripts WHERE document <> $1`: r.room.transcript, `DELETE FROM conversations WHERE id <> $1`: r.room.conversation,
	} {
		_, err := pool.Exec(t.Context(), statement, id)
		r.world.check(err)
	}
	_, err := pool.Exec(t.Context(), `DELETE FROM request_keys; DELETE FROM sessions; DELETE FROM audit`)
	r.world.check(err)
	var whole bool
	r.world.check(pool.QueryRow(t.Context(), `
		SELECT EXISTS (SELECT 1 FROM transcripts WHERE id = $1 AND NOT superseded) AND EXISTS (SELECT 1 FROM speakers WHERE id = $2)
			AND EXISTS (SELECT 1 FROM answers WHERE id = $3 AND conversation_id = $4) AND EXISTS (SELECT 1 FROM collections WHERE name = $5)`,
		r.room.transcript, r.room.speaker, r.room.answer, r.room.conversation, r.room.name).Scan(&whole))
	if !whole {
		_, err := pool.Exec(t.Context(), `DELETE FROM transcripts; DELETE FROM conversations`)
		r.world.check(err)
		r.room = r.world.furnish(r.room.name, roomFile(r.room.name))
	}
}

// wrong are the promises that a response breaks.
func (r *fuzzedRecord) wrong(request *http.Request, recorded *httptest.ResponseRecorder, sent string) (broken []string) {
	body, contentType := recorded.Body.String(), recorded.Header().Get("Content-Type")
	fail := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	status := recorded.Code
	if status >= http.StatusInternalServerError || r.log.Len() > 0 || strings.Contains(body, fault.MessageOf(io.ErrUnexpectedEOF)) {
		fail("the server failed")
	}
	if location := recorded.Header().Get("Location"); location != "" {
		if u, err := url.Parse(location); err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(location, "//") || strings.ContainsAny(location, "\\") {
			fail("it leads elsewhere: %s", location)
		}
	}
	switch kind, _, _ := strings.Cut(contentType, ";"); {
	case request.Method == http.MethodHead:
	case kind == "text/html":
		if name := r.foreign(body); name != "" {
			fail("a page has %s, which is none of ours", name)
		}
	case kind == "application/json", kind == "application/problem+json":
		if !json.Valid(recorded.Body.Bytes()) || !utf8.ValidString(body) {
			fail("it is not JSON")
		}
	}
	if status >= http.StatusBadRequest && request.Method != http.MethodHead && !strings.HasPrefix(contentType, "text/html") && !(request.URL.Path == "/mcp" && contentType != "application/problem+json") {
		if why := wrongProblem(recorded, sent); why != "" {
			fail("%s", why)
		}
	}
	return broken
}

// wrongProblem is what is wrong with a problem; empty for nothing.
func wrongProblem(recorded *httptest.ResponseRecorder, sent string) string {
	var p openAIProblem
	decoder := json.NewDecoder(bytes.NewReader(recorded.Body.Bytes()))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil || recorded.Header().Get("Content-Type") != "application/problem+json" {
		return fmt.Sprintf("it is no problem: %v", err)
	}
	switch {
	case p.Status != recorded.Code || p.Code.Status() != p.Status && p.Status != http.StatusMethodNotAllowed:
		return fmt.Sprintf("the problem has the status %d and the code %s", p.Status, p.Code)
	case p.Type != "about:blank" || p.Title != http.StatusText(p.Status) || p.Detail == "" || p.RequestID == "":
		return "the problem is not whole"
	case p.Error != openAIError{} && (p.Error.Message != p.Detail || p.Error.Code != p.Code):
		return "the problem is not the error of OpenAI's shape that it has"
	}
	if word := internals.FindString(p.Detail); word != "" && !strings.Contains(sent, word) {
		return "the detail has a word of the program's: " + word
	}
	return ""
}

// internals are words of Go's, of the database's and of our packages. Names in general, as
// goWords has them, also come about where a detail repeats what was sent.
var internals = regexp.MustCompile(`\b(struct|bool|unmarshal|reflect|float64|u?int(64|32)|interface|goroutine|runtime error|SQLSTATE|(api|answer|retrieval|correction|wire|json|pgx|pgconn|url|http|multipart|strconv)\.[A-Z]\w*)\b|map\[`)

// templates are the sources of all pages, and the one page of which nothing comes from a request.
func templates(f *testing.F) string {
	f.Helper()
	_, assets := embedded()
	all := string(assets["docs.html"].content)
	sources, err := fs.Glob(files, "web/*.html")
	for _, name := range sources {
		source, readErr := fs.ReadFile(files, name)
		all, err = all+string(source), errors.Join(err, readErr)
	}
	if err != nil {
		f.Fatal(err)
	}
	return all
}

// foreign is the name of an element or attribute of a page that no template has; empty where
// all are ours.
func (r *fuzzedRecord) foreign(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err.Error()
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !strings.Contains(r.templates, "<"+n.Data) {
			return n.Data
		}
		for _, a := range n.Attr {
			if !strings.Contains(r.templates, a.Key) {
				return a.Key
			}
		}
	}
	return ""
}
