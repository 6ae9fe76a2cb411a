package api

import (
	"net"
	"net/http"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// metrics are for whoever runs the server. They count what is in all collections, so that a
// key needs them all, and the scope of administrators. As long as there is no key they are for
// programs on this machine alone, and not for what comes through a proxy on it.
func (s *server) metrics(w http.ResponseWriter, r *http.Request) error {
	return s.admit(access.Admin)(func(w http.ResponseWriter, r *http.Request) error {
		switch g, _ := access.Of(r.Context()); {
		case g.Holder == access.OperatorName && !local(r):
			return fault.New(fault.Forbidden, "without keys the metrics are for this machine alone; make a key with the scope admin for all collections")
		case !g.All:
			return fault.New(fault.Forbidden, "the metrics count what is in all collections, and the key has %d; use one with all", len(g.Collections))
		case s.Metrics == nil:
			return fault.New(fault.NotFound, "there are no metrics here")
		}
		s.Metrics.ServeHTTP(w, r)
		return nil
	})(w, r)
}

// local reports whether a request comes from a program on this machine.
func local(r *http.Request) bool {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
