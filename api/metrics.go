package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// metrics are for whoever runs the server. They count what is in all collections, so that a
// key needs them all, and the scope of administrators; or Config.MetricsToken, with which who
// scrapes needs no key that could do more, and which holds while the database is away. As long
// as there is neither they are for programs on this machine alone, and not for what comes
// through a proxy on it.
func (s *server) metrics(w http.ResponseWriter, r *http.Request) error {
	if s.scrapes(r) {
		return s.writeMetrics(w, r)
	}
	return s.admit(access.Admin)(func(w http.ResponseWriter, r *http.Request) error {
		switch g, _ := access.Of(r.Context()); {
		case g.Holder == access.OperatorName && !local(r):
			return fault.New(fault.Forbidden, "without keys the metrics are for this machine alone; send the token of PULLQUOTE_METRICS_TOKEN, or a key with the scope admin for all collections")
		case !g.All:
			return fault.New(fault.Forbidden, "the metrics count what is in all collections, and the key has %d; use one with all", len(g.Collections))
		}
		return s.writeMetrics(w, r)
	})(w, r)
}

func (s *server) writeMetrics(w http.ResponseWriter, r *http.Request) error {
	if s.Metrics == nil {
		return fault.New(fault.NotFound, "there are no metrics here")
	}
	s.Metrics.ServeHTTP(w, r)
	return nil
}

// scrapes reports whether a request brings the token for the metrics. Hashes are compared, so
// that the time it takes tells neither its letters nor its length.
func (s *server) scrapes(r *http.Request) bool {
	token, sent := bearer(r)
	hash, want := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(s.MetricsToken))
	return sent && s.MetricsToken != "" && subtle.ConstantTimeCompare(hash[:], want[:]) == 1
}

// local reports whether a request comes from a program on this machine.
func local(r *http.Request) bool {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
