package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/wire"
)

// problem is an error as RFC 9457 has it, with the code of internal/fault.
type problem struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Detail string     `json:"detail"`
	Code   fault.Code `json:"code"`

	RequestID string `json:"request_id,omitempty"` // by which the log tells more

	// RetryAfter is after how many seconds it is worth trying again, also for those who get the
	// problem as an event; zero where nobody knows.
	RetryAfter int `json:"retry_after,omitempty"`
}

// newProblem is a problem of which the status says all that a program needs,
// which RFC 9457 calls about:blank.
func newProblem(status int, code fault.Code, detail string) problem {
	return problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Code: code}
}

func problemOf(err error) problem {
	code := fault.CodeOf(err)
	p := newProblem(code.Status(), code, fault.MessageOf(err))
	p.RetryAfter = int(math.Ceil(fault.RetryOf(err).Seconds()))
	return p
}

// of is the problem as it is told to who sent a request.
func (p problem) of(r *http.Request) problem {
	p.RequestID = observe.RequestID(r.Context())
	return p
}

// statusClientGone is logged for a client that did not wait for its answer.
const statusClientGone = 499

// fail answers a request with its error.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	err = ended(r, err)
	if clientGone(r, err) {
		w.WriteHeader(statusClientGone)
		return
	}
	s.logFailure(r, err)
	s.writeProblem(w, r, problemOf(err))
}

// ended is the error of a request: where the server itself has ended it, why that was.
func ended(r *http.Request, err error) error {
	if why := fault.Ended(r.Context()); why != nil && errors.Is(err, context.Canceled) {
		return why
	}
	return err
}

// clientGone reports whether err only says that nobody waits any more.
func clientGone(r *http.Request, err error) bool {
	return errors.Is(err, errHungUp) || r.Context().Err() != nil && errors.Is(err, context.Canceled)
}

// logFailure logs what the client is not told: the hint and the cause of an error.
func (s *server) logFailure(r *http.Request, err error) {
	s.Log.Log(r.Context(), fault.Level(err), "request failed", fault.Attr(err))
}

// writeProblem tells a program the problem as JSON and a person's browser on a page.
func (s *server) writeProblem(w http.ResponseWriter, r *http.Request, p problem) {
	header := w.Header()
	p.setRetryAfter(header)
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Cache-Control", "no-store")
		w.WriteHeader(p.Status)
		_ = s.pages.ExecuteTemplate(w, "problem.html", newProblemView(r, p)) // fails only when nobody reads any more
		return
	}
	body, _ := wire.Encode(p.of(r)) // text and a number: it always encodes
	header.Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	w.Write(body)
}

func (p problem) setRetryAfter(header http.Header) {
	if p.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
}

// problemView is what problem.html shows.
type problemView struct {
	problem
	Root    string // leads from where the page stands to the first page
	Heading string
}

// problemHeadings say in a reader's words what went wrong, by the status.
var problemHeadings = map[int]string{
	http.StatusNotFound:            "There is nothing here",
	http.StatusMethodNotAllowed:    "This cannot be done here",
	http.StatusForbidden:           "This was not allowed",
	http.StatusUnauthorized:        "This was not allowed",
	http.StatusServiceUnavailable:  "Pullquote cannot answer at the moment",
	http.StatusInternalServerError: "Something went wrong",
}

func newProblemView(r *http.Request, p problem) problemView {
	v := problemView{problem: p, Root: rootOf(r), Heading: cmp.Or(problemHeadings[p.Status], "This did not work")}
	if p.Status >= http.StatusInternalServerError { // else whoever runs the server can do nothing
		v.RequestID = observe.RequestID(r.Context())
	}
	return v
}

// rootOf leads from where a request stands to the first page.
func rootOf(r *http.Request) string {
	return cmp.Or(strings.Repeat("../", max(0, strings.Count(r.URL.Path, "/")-1)), "./")
}

// withProblems says what the mux says of unknown paths and methods as problems.
func (s *server) withProblems(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refusal, pattern := mux.Handler(r)
		if pattern != "" {
			observe.Routed(r.Context(), pattern)
			mux.ServeHTTP(w, r)
			return
		}
		refused := refusedResponse{header: http.Header{}}
		refusal.ServeHTTP(&refused, r)
		switch allowed := refused.header.Get("Allow"); refused.status {
		case http.StatusNotFound:
			s.fail(w, r, fault.New(fault.NotFound, "there is nothing at %s; /openapi.json lists what there is", r.URL.Path))
		case http.StatusMethodNotAllowed:
			w.Header().Set("Allow", allowed)
			s.writeProblem(w, r, newProblem(refused.status, fault.Invalid,
				fmt.Sprintf("%s does not work on %s; use %s", r.Method, r.URL.Path, allowed)))
		default: // a redirect to the clean form of the path
			refusal.ServeHTTP(w, r)
		}
	})
}

// refusedResponse takes what the mux says without sending it.
type refusedResponse struct {
	header http.Header
	status int
}

func (r *refusedResponse) Header() http.Header         { return r.header }
func (r *refusedResponse) WriteHeader(status int)      { r.status = status }
func (r *refusedResponse) Write(b []byte) (int, error) { return len(b), nil }
