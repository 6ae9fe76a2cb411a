// Package pipetest serves HTTP on connections in memory, so that a test in a
// bubble of testing/synctest sees every pause, and every goroutine left behind.
package pipetest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
)

// Serve starts a server, which the test's end stops, and returns the client that
// reaches it, whatever the host of a URL.
func Serve(t testing.TB, handler http.Handler) *http.Client {
	l := newListener()
	server := &http.Server{Handler: handler}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l) // always ErrServerClosed
	}()
	transport := &http.Transport{DialContext: l.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-served
	})
	return &http.Client{Transport: transport}
}

// Unreachable is a client of a server that refuses every connection.
func Unreachable() *http.Client {
	l := newListener()
	_ = l.Close() // never fails
	return &http.Client{Transport: &http.Transport{DialContext: l.dial}}
}

// listener listens for connections in memory.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newListener() *listener {
	return &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *listener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }
