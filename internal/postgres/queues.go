package postgres

import (
	"context"
	"time"

	"github.com/pullquote/pullquote/internal/observe"
)

// Queues are the queues of jobs, with those that are not done. A queue that somebody works
// for is there also while it is empty. What is scheduled for later is not due, and does not
// count for the age.
func (s *Store) Queues(ctx context.Context) ([]observe.Queue, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT q.name, st.state, count(j.id),
			coalesce(extract(epoch FROM now() - min(j.created_at) FILTER (WHERE j.state <> 'scheduled')), 0)::float8
		FROM (SELECT name FROM river_queue UNION SELECT DISTINCT queue FROM river_job) AS q
		CROSS JOIN unnest(ARRAY['available', 'pending', 'retryable', 'running', 'scheduled']::river_job_state[]) AS st(state)
		LEFT JOIN river_job j ON j.queue = q.name AND j.state = st.state
		GROUP BY q.name, st.state
		ORDER BY q.name, st.state`)
	if err != nil {
		return nil, Translate(err)
	}
	defer rows.Close()
	var queues []observe.Queue
	for rows.Next() {
		var name, state string
		var jobs int
		var age float64
		if err := rows.Scan(&name, &state, &jobs, &age); err != nil {
			return nil, Translate(err)
		}
		if len(queues) == 0 || queues[len(queues)-1].Name != name {
			queues = append(queues, observe.Queue{Name: name, States: map[string]int{}})
		}
		q := &queues[len(queues)-1]
		q.States[state] = jobs
		q.Oldest = max(q.Oldest, time.Duration(age*float64(time.Second)))
	}
	return queues, Translate(rows.Err())
}
