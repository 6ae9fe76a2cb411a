package postgrestest

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// Proxy stands between a program and the server of a database, and makes what may happen
// there happen.
type Proxy struct {
	URL string // of the database, through the proxy

	listener net.Listener
	network  string // of the server
	address  string

	lock    sync.Mutex
	passing *sync.Cond // waited for by what is held up
	stalled bool
	refusal *pgproto3.ErrorResponse // of new connections; nil: none
	open    map[net.Conn]bool       // of clients
}

// NewProxy stands before a database of this package. It is closed when the test ends.
func NewProxy(t testing.TB, database string) *Proxy {
	t.Helper()
	config, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	through := url.URL{
		Scheme: "postgres", User: url.UserPassword(config.User, config.Password), Host: listener.Addr().String(),
		Path: "/" + config.Database, RawQuery: "sslmode=disable",
	}
	p := &Proxy{URL: through.String(), listener: listener, open: map[net.Conn]bool{}}
	p.network, p.address = pgconn.NetworkAddress(config.Host, config.Port)
	p.passing = sync.NewCond(&p.lock)
	go p.accept()
	t.Cleanup(func() {
		listener.Close()
		p.Pass()
		p.Cut()
	})
	return p
}

// Cut ends all connections.
func (p *Proxy) Cut() {
	p.lock.Lock()
	defer p.lock.Unlock()
	for client := range p.open {
		client.Close()
	}
}

// Stall holds up all that is sent, in either direction, until Pass.
func (p *Proxy) Stall() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.stalled = true
}

// Refuse cuts all connections, and answers new ones with an error of a SQLSTATE, until Pass.
func (p *Proxy) Refuse(code, message string) {
	p.lock.Lock()
	p.refusal = &pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: code, Message: message}
	p.lock.Unlock()
	p.Cut()
}

// Pass lets everything pass again.
func (p *Proxy) Pass() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.stalled, p.refusal = false, nil
	p.passing.Broadcast()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.serve(client)
	}
}

func (p *Proxy) serve(client net.Conn) {
	defer client.Close()
	p.lock.Lock()
	p.open[client] = true
	refusal := p.refusal
	p.lock.Unlock()
	defer func() {
		p.lock.Lock()
		defer p.lock.Unlock()
		delete(p.open, client)
	}()
	if refusal != nil {
		refuse(client, refusal)
		return
	}
	server, err := new(net.Dialer).DialContext(context.Background(), p.network, p.address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		p.copy(client, server)
	}()
	p.copy(server, client)
}

// copy sends on what comes, unless it is held up.
func (p *Proxy) copy(to io.Writer, from io.Reader) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		p.lock.Lock()
		for p.stalled {
			p.passing.Wait()
		}
		p.lock.Unlock()
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// refuse reads how a client begins and answers with an error.
func refuse(client net.Conn, refusal *pgproto3.ErrorResponse) {
	backend := pgproto3.NewBackend(client, client)
	if _, err := backend.ReceiveStartupMessage(); err != nil {
		return
	}
	backend.Send(refusal)
	_ = backend.Flush() // fails when the client has left
}
