package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
)

// guardHost refuses requests for other hosts than this machine and the one of
// the public URL: a web page elsewhere that points its own name at us (DNS
// rebinding) must not read the record.
//
// A request that names no host at all, as HTTP/1.0 allows and the checks of load balancers do, may
// ask for the state of the server. No browser sends one: it always names the host of the page's
// address, which is what rebinding cannot hide. But a proxy before the server may speak HTTP/1.0
// and leave out the host that a browser sent to it, so that without a host nothing is proved, and
// nothing else is shown: the state has nothing of the record, and needs no key either.
func guardHost(next http.Handler, publicURL string) http.Handler {
	public, err := url.Parse(publicURL)
	if err != nil {
		public = new(url.URL)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostname(r.Host)
		known := loopback(host) || host != "" && strings.EqualFold(host, public.Hostname())
		if known || r.Host == "" && observe.AsksForState(r) {
			next.ServeHTTP(w, r)
			return
		}
		refuseHost(w, r.Host)
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
