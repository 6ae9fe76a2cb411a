//go:build unix

package localpg

import (
	"context"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// keepInterval is how often it is looked whether the server still runs: it recovers within a
// second or two, and a question waits for five.
const keepInterval = 250 * time.Millisecond

// Keep starts the server again whenever it has ended without being stopped here, as by a
// crash or for want of memory, until the context ends. What cannot be mended so, such as a
// full disk, is logged, and tried again.
func (c *Cluster) Keep(ctx context.Context) {
	ticker := time.NewTicker(keepInterval)
	defer ticker.Stop()
	told := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if !c.server.gone() {
			continue
		}
		if told == "" {
			c.log.Warn("the private Postgres has ended; it is started again", "data", c.server.data)
		}
		err := c.enter(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			c.log.Info("the private Postgres runs again", "pid", c.server.pid)
			told = ""
		case err.Error() != told: // else it has been said
			c.log.Error("the private Postgres cannot be started again; it is tried until it can", fault.Attr(err))
			told = err.Error()
		}
	}
}
