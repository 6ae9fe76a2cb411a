package retrieval

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Who adds to a queue that is embedded waits while many passages are in it, and not for
// ever; nobody waits where nobody embeds.
func TestQueueRoom(t *testing.T) {
	for _, test := range []struct {
		name      string
		staffed   bool
		waiting   int
		meanwhile func(q *queue) // after a second
		want      time.Duration
	}{
		{"few wait", true, crowded - 1, nil, 0},
		{"nobody embeds", false, 10 * crowded, nil, 0},
		{"many are embedded", true, 2 * crowded, func(q *queue) { q.leave(crowded + 1) }, time.Second},
		{"the embedder fails", true, 2 * crowded, func(q *queue) { q.staff(false) }, time.Second},
		{"others embedded them", true, 2 * crowded, func(q *queue) { q.settle(q.mark()) }, time.Second},
		{"too few are embedded", true, 2 * crowded, func(q *queue) { q.leave(1) }, crowdedWait},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				q.staff(test.staffed)
				q.join(test.waiting)
				if test.meanwhile != nil {
					time.AfterFunc(time.Second, func() { test.meanwhile(q) })
				}
				start := time.Now()
				q.room(t.Context())
				if took := time.Since(start); took != test.want {
					t.Errorf("waited %s, want %s", took, test.want)
				}
			})
		})
	}
}

// Who leaves does not wait.
func TestQueueRoomOfWhoLeaves(t *testing.T) {
	q := newQueue()
	q.staff(true)
	q.join(2 * crowded)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q.room(ctx)
}

// What joins after the mark is not taken for embedded by others.
func TestQueueSettles(t *testing.T) {
	q := newQueue()
	mark := q.mark()
	q.join(3)
	q.settle(mark)
	if q.waiting != 3 {
		t.Errorf("%d wait, want 3", q.waiting)
	}
	q.settle(q.mark())
	if q.waiting != 0 {
		t.Errorf("%d wait, want none", q.waiting)
	}
}
