package observe

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

// Queue is how much waits in a queue of jobs.
type Queue struct {
	Name   string
	States map[string]int // jobs, by River's states
	Oldest time.Duration  // since the oldest job was made that is due and not done
}

// Replica is a streaming replica of the database.
type Replica struct {
	Name    string // its address
	InUse   bool   // whether it is read from
	Lag     int64  // bytes of the log that it has still to replay, when it was looked at last
	Primary bool   // whether it is the primary itself, to which it has been promoted
	State   string // in words, with what to do about it
}

// Watched is what is looked up for each scrape.
type Watched struct {
	Pool     func() *pgxpool.Stat
	Queues   func(context.Context) ([]Queue, error)
	Pending  func(context.Context) (passages int, err error)
	Replicas func() []Replica
	Encoder  func() (waiting, running int) // passes of the models that run in the program
}

// lookTimeout bounds what a scrape asks the database. It is shorter than the ten seconds that
// Prometheus waits, so that a database that does not answer is told and not the whole scrape lost.
const lookTimeout = 3 * time.Second

// Watch has each scrape look.
func (o *Observer) Watch(w Watched) { o.registry.MustRegister(watcher{w}) }

type watcher struct{ Watched }

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	connections    = described("pullquote_db_connections", "Connections of the pool, by state.", "state")
	connectionsMax = described("pullquote_db_connections_max", "Connections that the pool may have.")
	acquires       = described("pullquote_db_acquires_total", "Connections that were taken from the pool.")
	waits          = described("pullquote_db_waits_total", "Connections that had to be waited for.")
	waited         = described("pullquote_db_wait_seconds_total", "Time that was waited for connections.")
	databaseUp     = described("pullquote_db_up", "Whether the database answered this scrape.")
	replicaInUse   = described("pullquote_replica_in_use", "Whether a replica is read from.", "replica")
	replicaLag     = described("pullquote_replica_lag_bytes", "Bytes of the log that a replica had still to replay when it was looked at last.", "replica")
	queued         = described("pullquote_jobs", "Jobs in a queue, by state.", "queue", "state")
	oldest         = described("pullquote_job_oldest_age_seconds", "Time since the oldest job was made that is due and not done.", "queue")
	pending        = described("pullquote_passages_pending", "Passages that wait for their vectors, and only words find until then.")
	passes         = described("pullquote_encoder_passes", "Passes of the models that run in the program, by state.", "state")
)

// Describe implements prometheus.Collector.
func (w watcher) Describe(descriptions chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{connections, connectionsMax, acquires, waits, waited, databaseUp, replicaInUse, replicaLag, queued, oldest, pending, passes} {
		descriptions <- d
	}
}

// Collect implements prometheus.Collector.
func (w watcher) Collect(metrics chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	counter := func(d *prometheus.Desc, value float64) {
		metrics <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, value)
	}
	pool := w.Pool()
	gauge(connections, float64(pool.AcquiredConns()), "acquired")
	gauge(connections, float64(pool.IdleConns()), "idle")
	gauge(connectionsMax, float64(pool.MaxConns()))
	counter(acquires, float64(pool.AcquireCount()))
	counter(waits, float64(pool.EmptyAcquireCount()))
	counter(waited, pool.EmptyAcquireWaitTime().Seconds())

	for _, r := range w.Replicas() {
		inUse := 0.
		if r.InUse {
			inUse = 1
		}
		gauge(replicaInUse, inUse, r.Name)
		gauge(replicaLag, float64(r.Lag), r.Name)
	}

	waiting, running := w.Encoder()
	gauge(passes, float64(waiting), "waiting")
	gauge(passes, float64(running), "running")

	ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
	defer cancel()
	queues, err := w.Queues(ctx)
	passages, pendingErr := 0, err
	if err == nil {
		passages, pendingErr = w.Pending(ctx)
	}
	if err != nil || pendingErr != nil {
		gauge(databaseUp, 0)
		return
	}
	gauge(databaseUp, 1)
	gauge(pending, float64(passages))
	for _, q := range queues {
		for state, jobs := range q.States {
			gauge(queued, float64(jobs), q.Name, state)
		}
		gauge(oldest, q.Oldest.Seconds(), q.Name)
	}
}
