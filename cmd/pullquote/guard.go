package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// guardHost refuses requests for other hosts than this machine and the one of
// the public URL: a web page elsewhere that points its own name at us (DNS
// rebinding) must not read the record.
func guardHost(next http.Handler, publicURL string) http.Handler {
	public, err := url.Parse(publicURL)
	if err != nil {
		public = new(url.URL)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host := hostname(r.Host); !loopback(host) && !strings.EqualFold(host, public.Hostname()) {
			refuseHost(w, r.Host)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuseHost says that a host is not served, and how to have it served.
func refuseHost(w http.ResponseWriter, host string) {
	const status = http.StatusMisdirectedRequest
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // fails only when nobody reads
		"type": "about:blank", "title": http.StatusText(status), "status": status, "code": fault.Invalid,
		"detail": fmt.Sprintf("the host %q is not served here, lest a page elsewhere take its name and read the record; if it is the address that people use, set PULLQUOTE_PUBLIC_URL to it, with http:// or https:// before it", host),
	})
}

// hostname is a Host header without its port and brackets.
func hostname(hostport string) string {
	return (&url.URL{Host: hostport}).Hostname()
}

// loopback reports whether a host can be this machine only.
func loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
