package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/internal/fault"
)

const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 5 * time.Minute // a large upload over a slow line
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 20 * time.Second
)

func serveCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		listener, err := a.listen(ctx)
		if err != nil {
			return err
		}
		defer listener.Close()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		handler := api.New(api.Config{
			Library: s.library, Searcher: s.searcher, Answers: s.answers,
			Ready: s.store.Ping, MaxUpload: maxFile, Log: a.log,
		})
		return a.serve(ctx, listener, a.guardHost(handler))
	}
}

// listen listens on the configured address: this machine only, unless the user
// has said that others may.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(a.config.addr)
	if err != nil {
		return nil, err
	}
	if !loopback(host) && !a.config.insecureListen {
		return nil, fault.New(fault.Invalid, "PULLQUOTE_ADDR %s can be reached from other machines, where anybody could read and write; "+
			"use 127.0.0.1, or set PULLQUOTE_INSECURE_LISTEN=1 behind a proxy that checks who comes", a.config.addr)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.config.addr)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "cannot listen on %s (%s); choose another with PULLQUOTE_ADDR", a.config.addr, cause(err))
	}
	return listener, nil
}

// serve serves until the context ends, then lets what runs come to its end.
func (a *app) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	fmt.Fprintf(a.stdout, "Pullquote is at http://%s\n", listener.Addr())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fault.Wrap(err, fault.Unavailable, "the server stopped (%s)", cause(err))
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil && !errors.Is(err, http.ErrServerClosed) {
		a.log.Warn("answers were cut short", "error", err)
		return server.Close()
	}
	return nil
}

// guardHost refuses requests for other hosts than ours: a web page elsewhere
// that points its own name at this machine (DNS rebinding) must not read the
// record. Behind a proxy the public URL's host is ours too.
func (a *app) guardHost(next http.Handler) http.Handler {
	if a.config.insecureListen {
		return next
	}
	ours := []string{"localhost"}
	if u, err := url.Parse(a.config.publicURL); err == nil {
		ours = append(ours, u.Hostname())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !slices.Contains(ours, strings.ToLower(host)) && !loopback(strings.Trim(host, "[]")) {
			http.Error(w, "this host is not served here; set PULLQUOTE_PUBLIC_URL", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
