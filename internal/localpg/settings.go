//go:build unix

package localpg

import (
	"fmt"
	"slices"
	"strings"
)

// serverSettings suit a search server of one person on one machine. What makes
// storing durable stays as it is by default: on.
var serverSettings = []string{
	"listen_addresses=",
	"port=" + port,
	"unix_socket_permissions=0700",
	"cluster_name=pullquote",
	"max_connections=50",
	"maintenance_work_mem=256MB", // a vector index is built much faster in memory
	"jit=off",                    // short queries: compiling costs more than it saves
	"max_parallel_workers_per_gather=0",
	"wal_level=minimal", // there are no replicas
	"max_wal_senders=0",
	"max_logical_replication_workers=0",
	"timezone=UTC",
	"recovery_init_sync_method=" + syncMethod, // after a crash, when questions wait
	"log_checkpoints=off",
	"log_destination=stderr",
	"logging_collector=off",
}

// The server's cache is an eighth of the machine's memory, within bounds in bytes.
// What searches read of a million passages is 2.6 GB, both indexes and the rows that are
// ranked, of three million as much as the bound; the system hands out memory only as it is used.
const (
	leastShared = 256 << 20
	mostShared  = 8 << 30
	sharedPart  = 8
)

// sharedBuffers is the setting for a machine with memory in bytes, zero if unknown.
func sharedBuffers(memory uint64) string {
	return fmt.Sprintf("shared_buffers=%dMB", min(max(memory/sharedPart, leastShared), mostShared)>>20)
}

// arguments are those of the server's command line. A pgvector before soundVector
// makes its indexes without parallel workers.
func (p postmaster) arguments(install installation) []string {
	quoted := `"` + strings.ReplaceAll(p.socket, `"`, `""`) + `"`
	settings := append(slices.Clone(serverSettings), sharedBuffers(memory()), "unix_socket_directories="+quoted)
	if install.vector.before(soundVector) {
		settings = append(settings, "max_parallel_maintenance_workers=0")
	}
	args := []string{"-D", p.data}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}
