package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/openid"
	"github.com/pullquote/pullquote/internal/postgres"
)

const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second // of what Slack sends; the API lets a body take longer that goes on arriving
	idleTimeout       = 2 * time.Minute
	maintainInterval  = time.Minute
	expireInterval    = time.Hour   // of what is counted in days
	farewellTimeout   = time.Second // in which those are told whose requests a stopping server ends
)

func serveCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		pages, err := a.config.pageOrigins()
		if err != nil {
			return err
		}
		recordings, err := a.config.mediaOrigins()
		if err != nil {
			return err
		}
		proxies, err := a.config.proxyAddresses()
		if err != nil {
			return err
		}
		return a.run(ctx, face{"Pullquote is at %s\n", a.mayServe, func(s *services, c api.Config, deliveries http.Handler) http.Handler {
			c.Library, c.Searcher, c.Answers, c.Verifier, c.Embedder, c.Open = s.library, s.searcher, s.answers, s.verifier, s.embedder, a.reader().Open
			c.MCP, c.Timeout, c.MaxUpload, c.CORSOrigins, c.MediaOrigins = a.mcpServer(s).Handler(), a.config.answerTime(), maxFile, pages, recordings
			c.Proxy, c.OpenID, c.HTTPS = api.Proxy{Header: a.config.proxyHeader, From: proxies}, a.openID(), strings.HasPrefix(a.config.links(), "https://")
			handler := withSlack(api.New(c), deliveries)
			if a.hostsKnown() {
				handler = guardHost(handler, a.config.links())
			}
			return handler
		}})
	}
}

func workCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		may := func(context.Context, api.Keys) error { return nil } // for it shows nothing of the record
		return a.run(ctx, face{"Pullquote works, and can be watched at %s\n", may, func(_ *services, c api.Config, _ http.Handler) http.Handler {
			return api.NewProbes(c)
		}})
	}
}

// face is what a process is to the outside.
type face struct {
	says    string // where it is, when it is there
	may     func(context.Context, api.Keys) error
	handler func(s *services, c api.Config, slack http.Handler) http.Handler // slack: of what is delivered over HTTP; nil without
}

// run does what any number of processes do beside each other – embedding what is stored,
// maintenance, Slack's tasks – and serves, until the context ends.
func (a *app) run(ctx context.Context, f face) error {
	listener, err := a.listen(ctx)
	if err != nil {
		return err
	}
	defer listener.Close()
	observer, flush, err := a.observe(ctx)
	if err != nil {
		return err
	}
	defer flush()
	ctx = observer.In(ctx)
	s, err := a.openGuarded(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	a.watch(observer, s)
	s.library.ParsedBy(a.reader().Parse)
	keys := access.NewKeys(s.store, a.log)
	if err := f.may(ctx, keys); err != nil {
		return err
	}
	a.loadModels(ctx, s)
	a.sayLacks(ctx, s)
	working, stop := context.WithCancel(ctx)
	go returnMemory(working)
	maintained, embedded := a.maintain(working, s.store), a.keepEmbedding(working, s.library)
	defer func() { stop(); <-maintained; <-embedded }()
	deliveries, stopSlack, err := a.workForSlack(ctx, s)
	if err != nil {
		return err
	}
	defer stopSlack()
	return a.serve(ctx, listener, f.handler(s, api.Config{
		Metrics: observer.Handler(), MetricsToken: a.config.metricsToken, Ready: unlessDone(ctx, s.ready), Log: a.log,
		Keys: keys, KeysOnly: a.config.signsIn() || a.reachable() && !a.config.insecureListen,
	}, deliveries), f.says)
}

// openID is the provider at which persons sign in; nil where there is none.
func (a *app) openID() api.OpenID {
	c := a.config
	if c.oidcIssuer == "" {
		return nil
	}
	return openid.New(openid.Config{
		Issuer: c.oidcIssuer, ClientID: c.oidcClientID, ClientSecret: c.oidcClientSecret,
		RedirectURL: c.links() + api.OpenIDCallback, Claim: cmp.Or(c.oidcClaim, openid.EmailClaim),
	})
}

// maintain does the maintenance that uploads leave behind, and removes what has been kept long
// enough: it brings the indexes up to date, again and again, until the context ends; then the channel is closed.
func (a *app) maintain(ctx context.Context, store *postgres.Store) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		var expired time.Time
		for ticker := time.NewTicker(maintainInterval); ; {
			if err := store.Settle(ctx); err != nil && ctx.Err() == nil {
				a.log.WarnContext(ctx, "the indexes could not be brought up to date; searches are right, and slower", fault.Attr(err))
			}
			if time.Since(expired) >= expireInterval {
				if err := store.Expire(ctx, a.config.retention()); err != nil && ctx.Err() == nil {
					a.log.Warn("what is older than it is to be kept could not be removed; it is tried again", fault.Attr(err))
				}
				expired = time.Now()
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

// reachable reports whether other machines can reach the configured address.
func (a *app) reachable() bool {
	host, _, _ := net.SplitHostPort(a.config.addr)
	return !loopback(host)
}

// hostsKnown reports whether it is known by which names the server is reached: this machine's,
// where nothing else can reach it, and that of the public URL, where whoever gets there may do
// everything, so that it was set. Elsewhere keys are what protects the record.
func (a *app) hostsKnown() bool {
	if a.config.insecureListen {
		return a.config.publicURL != ""
	}
	return !a.reachable()
}

// mayServe refuses to serve other machines without any key, unless the user has said that
// whoever gets there may do everything.
func (a *app) mayServe(ctx context.Context, keys api.Keys) error {
	if !a.reachable() || a.config.insecureListen {
		return nil
	}
	any, err := keys.Any(ctx)
	if err == nil && !any {
		err = unguarded(a.config.addr)
	}
	return err
}

// unguarded is the error of an address that others reach, where there is no key.
func unguarded(addr string) error {
	return fault.New(fault.Invalid, "PULLQUOTE_ADDR %s can be reached from other machines, and there is no key, so anybody there could read and write; "+
		"make one with `pullquote keys create --name NAME --scopes read,write --collections '*'`, or use 127.0.0.1, "+
		"or set PULLQUOTE_INSECURE_LISTEN=1 where only those get who may do everything", addr)
}

// listen listens on the configured address. Where the address leaves the port open, it is
// completed with the one that the system chose.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(a.config.addr)
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.config.addr)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "cannot listen on %s (%s); choose another address with PULLQUOTE_ADDR", a.config.addr, cause(err))
	}
	a.config.addr = net.JoinHostPort(host, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	return listener, nil
}

// errStopping is what those are told whose requests a stopping server ends.
var errStopping = fault.New(fault.Unavailable, "the server is stopping; ask again in a moment").WithRetry(5 * time.Second)

// unlessDone is a check of readiness that fails from when the server is to stop.
func unlessDone(ctx context.Context, ready func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(asked context.Context) (string, error) {
		if ctx.Err() != nil {
			return "", errStopping
		}
		return ready(asked)
	}
}

// serve serves until the context ends, and says where. Then it goes on for a while in which it is not ready, so
// that nobody is led to it any more; lets what runs come to its end; and ends what does not,
// which is told why: nobody's connection is cut in the middle of an answer.
func (a *app) serve(ctx context.Context, listener net.Listener, handler http.Handler, says string) error {
	serving, end := context.WithCancelCause(context.WithoutCancel(ctx))
	defer end(nil)
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		BaseContext: func(net.Listener) context.Context { return serving },
		ErrorLog:    slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(a.stdout, says, a.config.localURL())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fault.Wrap(err, fault.Unavailable, "the server stopped (%s)", cause(err))
	case <-ctx.Done():
	}
	a.log.Info("stopping", "drain_seconds", a.config.drain, "grace_seconds", a.config.grace)
	select {
	case err := <-failed:
		return fault.Wrap(err, fault.Unavailable, "the server stopped (%s)", cause(err))
	case <-time.After(time.Duration(a.config.drain) * time.Second):
	}
	grace := time.Duration(a.config.grace) * time.Second
	defer time.AfterFunc(grace, func() {
		a.log.Warn("stopping: what still runs is ended")
		end(errStopping)
	}).Stop()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace+farewellTimeout)
	defer cancel()
	err := server.Shutdown(stop)
	if err != nil && stop.Err() != nil {
		return server.Close()
	}
	return err
}
