package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// corsMaxAge is how long a browser may keep the answer to a preflight, in seconds: 10 minutes,
// after which a changed configuration is heeded.
const corsMaxAge = "600"

// corsExposed are the headers of responses that a script of another site may read, besides
// those that it always may.
var corsExposed = strings.Join([]string{"Allow", "Content-Disposition", "ETag", "Location", "Retry-After", "X-Request-Id"}, ", ")

// withCORS lets pages of Config.CORSOrigins use the server as its own page does, and refuses the
// preflights of others. Nothing that a browser keeps for a site, such as cookies, is asked for:
// such pages send a key, where one is needed.
func (s *server) withCORS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin, header := r.Header.Get("Origin"), w.Header()
		allowed := slices.Contains(s.CORSOrigins, origin)
		if len(s.CORSOrigins) > 0 {
			header.Add("Vary", "Origin")
		}
		if allowed {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Expose-Headers", corsExposed)
		}
		switch isPreflight := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""; {
		case !isPreflight:
			next.ServeHTTP(w, r)
		case !allowed:
			s.refuseOrigin(w, r)
		default:
			header.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
			header.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers")) // clients' libraries have headers of their own
			header.Set("Access-Control-Max-Age", corsMaxAge)
			if r.Header.Get("Access-Control-Request-Private-Network") != "" {
				header.Set("Access-Control-Allow-Private-Network", "true") // from a public site to this machine
			}
			w.WriteHeader(http.StatusNoContent)
		}
	})
}

// withOriginCheck refuses changes that a page of another site asks a browser for, unless it is
// one of Config.CORSOrigins.
func (s *server) withOriginCheck(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	for _, origin := range s.CORSOrigins {
		_ = protection.AddTrustedOrigin(origin) // what is no origin is that of no page
	}
	protection.SetDenyHandler(http.HandlerFunc(s.refuseOrigin))
	return protection.Handler(next)
}

// refuseOrigin says that a page may not use the server, and how to let it.
func (s *server) refuseOrigin(w http.ResponseWriter, r *http.Request) {
	detail := "this request comes from a page of another site; send it from Pullquote's own page or from a program"
	if origin := words.InertLine(r.Header.Get("Origin")); origin != "" {
		detail += fmt.Sprintf(", or start the server with PULLQUOTE_CORS_ORIGINS=%s to let its pages in", origin)
	}
	s.writeProblem(w, r, newProblem(http.StatusForbidden, fault.Forbidden, detail))
}
