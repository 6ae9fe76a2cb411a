package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second // of what Slack sends; the API lets a body take longer that goes on arriving
	idleTimeout       = 2 * time.Minute
	maintainInterval  = time.Minute
	shutdownTimeout   = 8 * time.Second // supervisors kill after ten, and the database is to be stopped too
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
		s.library.ParsedBy(a.reader().Parse)
		a.loadModels(ctx, s)
		a.sayLacks(ctx, s)
		maintaining, stop := context.WithCancel(ctx)
		go returnMemory(maintaining)
		maintained, embedded := a.maintain(maintaining, s.store), a.keepEmbedding(maintaining, s.library)
		defer func() { stop(); <-maintained; <-embedded }()
		pages, err := a.config.pageOrigins()
		if err != nil {
			return err
		}
		recordings, err := a.config.mediaOrigins()
		if err != nil {
			return err
		}
		handler := api.New(api.Config{
			Library: s.library, Searcher: s.searcher, Answers: s.answers, Verifier: s.verifier, Embedder: s.embedder, Open: a.reader().Open,
			MCP: a.mcpServer(s).Handler(), Ready: s.ready, MaxUpload: maxFile, CORSOrigins: pages, MediaOrigins: recordings, Log: a.log,
		})
		handler, stopSlack, err := a.answerSlack(ctx, s, handler)
		if err != nil {
			return err
		}
		defer stopSlack()
		if !a.config.insecureListen {
			handler = guardHost(handler, a.config.links())
		}
		return a.serve(ctx, listener, handler)
	}
}

// maintain does the maintenance that uploads leave behind: it brings the indexes up to
// date, again and again, until the context ends; then the channel is closed.
func (a *app) maintain(ctx context.Context, store *postgres.Store) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ticker := time.NewTicker(maintainInterval); ; {
			if err := store.Settle(ctx); err != nil && ctx.Err() == nil {
				a.log.Warn("the indexes could not be brought up to date; searches are right, and slower", fault.Attr(err))
			}
			select {
			case <-ticker.C:
			case <-ctx.Done():
				ticker.Stop()
				return
			}
		}
	}()
	return done
}

// listen listens on the configured address: this machine only, unless the user
// has said that others may. Where the address leaves the port open, it is
// completed with the one that the system chose.
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
		return nil, fault.Wrap(err, fault.Unavailable, "cannot listen on %s (%s); choose another address with PULLQUOTE_ADDR", a.config.addr, cause(err))
	}
	a.config.addr = net.JoinHostPort(host, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	return listener, nil
}

// serve serves until the context ends, then lets what runs come to its end.
func (a *app) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		ErrorLog:    slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(a.stdout, "Pullquote is at %s\n", a.config.localURL())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fault.Wrap(err, fault.Unavailable, "the server stopped (%s)", cause(err))
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("stopping: answers were cut short")
		return server.Close()
	}
	return err
}
