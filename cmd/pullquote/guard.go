package main

import (
	"net"
	"net/http"
	"net/url"
	"strings"
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
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusMisdirectedRequest)
			w.Write([]byte(misdirected))
			return
		}
		next.ServeHTTP(w, r)
	})
}

const misdirected = `{"type":"about:blank","title":"Misdirected Request","status":421,"code":"invalid",` +
	`"detail":"this host is not served here; set PULLQUOTE_PUBLIC_URL to the address that people use"}` + "\n"

// hostname is a Host header without its port and brackets.
func hostname(hostport string) string {
	return (&url.URL{Host: hostport}).Hostname()
}

// loopback reports whether a host can be this machine only.
func loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
