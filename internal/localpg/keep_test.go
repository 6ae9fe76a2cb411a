//go:build unix

package localpg

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// serverKilledAndMended kills the server while somebody keeps it.
func serverKilledAndMended(t *testing.T, dir string) {
	c := open(t, dir)
	url := c.URL()
	ctx, stop := context.WithCancel(t.Context())
	kept := make(chan struct{})
	go func() { defer close(kept); c.Keep(ctx) }()
	defer func() { stop(); <-kept }()
	for range 2 {
		killServer(t, c)
		began := time.Now()
		within, cancel := context.WithTimeout(t.Context(), time.Minute)
		err := poll(within, func() (bool, error) {
			conn, err := pgx.Connect(within, url)
			if err == nil {
				conn.Close(within)
			}
			return err == nil, nil
		})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("it answered again after %s", time.Since(began))
	}
	stop()
	<-kept
	wantKept(t, c)
	closeCluster(t, c)
	wantStopped(t, c)
}
