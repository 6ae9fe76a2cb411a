package mcpserver

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// unclosed is a writer that is left open.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// patient is a transport that tells of its end only when what came before it has been
// answered. The SDK ends at once, and a script that pipes its questions in would not get
// the answers.
type patient struct {
	mcp.Transport
	timeout time.Duration // of an answer
}

func (p patient) Connect(ctx context.Context) (mcp.Connection, error) {
	connection, err := p.Transport.Connect(ctx)
	return &patientConnection{
		Connection: connection, unanswered: map[jsonrpc.ID]bool{}, changed: make(chan struct{}, 1), closed: make(chan struct{}), timeout: p.timeout,
	}, err
}

type patientConnection struct {
	mcp.Connection
	lock       sync.Mutex
	unanswered map[jsonrpc.ID]bool
	timeout    time.Duration
	changed    chan struct{} // an answer was written
	closed     chan struct{}
	close      sync.Once
}

func (c *patientConnection) Close() error {
	c.close.Do(func() { close(c.closed) })
	return c.Connection.Close()
}

func (c *patientConnection) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(ctx)
	if err != nil {
		c.wait()
		return nil, err
	}
	// Others are answered at once, or last as long as the connection; what has no id is not answered.
	if r, ok := message.(*jsonrpc.Request); ok && r.IsCall() && (r.Method == "tools/call" || r.Method == "resources/read") {
		c.lock.Lock()
		c.unanswered[r.ID] = true
		c.lock.Unlock()
	}
	return message, nil
}

func (c *patientConnection) Write(ctx context.Context, message jsonrpc.Message) error {
	err := c.Connection.Write(ctx, message)
	if r, ok := message.(*jsonrpc.Response); ok {
		c.lock.Lock()
		delete(c.unanswered, r.ID)
		c.lock.Unlock()
		select {
		case c.changed <- struct{}{}:
		default:
		}
	}
	return err
}

// wait returns when everything is answered, or would have been given up.
func (c *patientConnection) wait() {
	for end := time.After(c.timeout); ; {
		c.lock.Lock()
		left := len(c.unanswered)
		c.lock.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-c.changed:
		case <-c.closed:
			return
		case <-end:
			return
		}
	}
}
