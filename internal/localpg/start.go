//go:build unix

package localpg

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// serverSettings suit a search server of one person on one machine. What makes
// it durable is left as it is by default: on.
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
	"log_checkpoints=off",
	"log_destination=stderr",
	"logging_collector=off",
}

// An eighth of the machine's memory is the server's, within bounds: what a search
// reads of a million passages has room in it, and what is not used is not taken.
const (
	leastShared = 256 << 20
	mostShared  = 2 << 30
	sharedPart  = 8
)

// sharedBuffers is the setting for a machine of so many bytes of memory.
func sharedBuffers(memory uint64) string {
	return fmt.Sprintf("shared_buffers=%dMB", min(max(memory/sharedPart, leastShared), mostShared)>>20)
}

const (
	// retryTime is how long a server that stands in our way is given to go.
	retryTime = 15 * time.Second
	// maxLog is the size in bytes from which the log is begun anew.
	maxLog = 1 << 20
)

// up joins the server if one runs, else starts it, and waits until it answers.
func (c *Cluster) up(ctx context.Context) error {
	giveUp := time.Now().Add(retryTime)
	return poll(ctx, func() (bool, error) {
		p, running := c.running()
		if !running {
			var err error
			if p, err = c.start(ctx); err != nil {
				return false, err
			}
		}
		c.server = p
		err := p.ready(ctx)
		if errors.Is(err, errStopped) {
			return false, c.whyStopped(p, giveUp)
		}
		return err == nil, err
	})
}

// running finds the server, if there is one.
func (c *Cluster) running() (postmaster, bool) {
	if c.server.exited != nil && !c.server.gone() {
		return c.server, true
	}
	for _, major := range c.majors() {
		if p, ok := readPostmaster(c.data(major)); ok && p.listens() {
			return p, true
		}
	}
	return postmaster{}, false
}

// whyStopped is nil if the server was another's, or if ours met the last one, or
// what a killed one left behind, on its way out: then it is worth another try.
func (c *Cluster) whyStopped(p postmaster, giveUp time.Time) error {
	if p.exited == nil {
		return nil
	}
	text, _ := os.ReadFile(c.logPath())
	why := reason(text[min(p.logFrom, int64(len(text))):])
	leftover := strings.Contains(why, "pre-existing shared memory block") || strings.HasPrefix(why, `lock file "`)
	if leftover && time.Now().Before(giveUp) {
		return nil
	}
	if strings.Contains(why, diskFull) {
		return homeFault(c.home, syscall.ENOSPC)
	}
	return fault.New(fault.Unavailable, "the private Postgres did not start: %s; see %s", why, c.logPath())
}

var (
	seriousLine = regexp.MustCompile(`(?:FATAL|PANIC|error): +(.+)`)
	busyLine    = regexp.MustCompile(`^the database system is `) // said to us while we wait
)

// diskFull is how programs say ENOSPC.
const diskFull = "No space left on device"

// reason is the first serious thing that a program said, else the last thing.
func reason(output []byte) string {
	for _, found := range seriousLine.FindAllSubmatch(output, -1) {
		if !busyLine.Match(found[1]) {
			return string(found[1])
		}
	}
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	return cmp.Or(string(lines[len(lines)-1]), "it gave no reason")
}

// start runs the server, on data that it makes first if there is none.
func (c *Cluster) start(ctx context.Context) (postmaster, error) {
	found := installations(ctx, c.dirs(ctx))
	if err := ctx.Err(); err != nil {
		return postmaster{}, err
	}
	install, err := choose(found, c.majors(), c.home)
	if err != nil {
		return postmaster{}, err
	}
	id, err := identityFor(ctx, c.home)
	if err != nil {
		return postmaster{}, err
	}
	if err := c.initialize(ctx, id, install); err != nil {
		return postmaster{}, err
	}
	socket, err := socketDir(c.home, os.TempDir())
	if err != nil {
		return postmaster{}, err
	}
	return c.launch(id, install, postmaster{data: c.data(install.major), socket: socket})
}

// initialize makes the data of a server, all or nothing: under another name
// first. What a crash left of an earlier attempt is removed.
func (c *Cluster) initialize(ctx context.Context, id identity, install installation) error {
	data := c.data(install.major)
	unfinished := data + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return homeFault(c.home, err)
	}
	if slices.Contains(c.majors(), install.major) {
		return nil
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return homeFault(c.home, err)
	}
	defer os.RemoveAll(unfinished)
	if err := own(unfinished); err != nil {
		return homeFault(c.home, err)
	}
	c.log.Info("setting up the private database, once", "data", data)
	cmd := id.command(ctx, install.program("initdb"), "-D", unfinished, "-U", superuser,
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions")
	if output, err := cmd.CombinedOutput(); err != nil {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case bytes.Contains(output, []byte(diskFull)):
			return homeFault(c.home, syscall.ENOSPC)
		}
		return fault.Wrap(err, fault.Unavailable, "the private database could not be set up in %s: %s", c.home, reason(output))
	}
	if err := os.Rename(unfinished, data); err != nil {
		return homeFault(c.home, err)
	}
	return nil
}

// launch runs the server in the background.
func (c *Cluster) launch(id identity, install installation, p postmaster) (postmaster, error) {
	output, err := c.openLog()
	if err != nil {
		return p, homeFault(c.home, err)
	}
	defer output.Close()
	if info, err := output.Stat(); err == nil {
		p.logFrom = info.Size()
	}
	// Not bound to a context: the server is for those who come later, too.
	cmd := id.command(context.Background(), install.program("postgres"), p.arguments(install)...)
	cmd.Stdout, cmd.Stderr = output, output
	if last, ok := readPostmaster(p.data); ok && impostor(last.pid, p.data) {
		// The lock of a crashed server names a number that is another process's
		// by now. Postgres passes over that one process if told so, and still
		// looks for what the crash may have left running.
		cmd.Env = append(cmd.Env, "PG_GRANDPARENT_PID="+strconv.Itoa(last.pid))
	}
	if err := cmd.Start(); err != nil {
		return p, fault.Wrap(err, fault.Unavailable, "Postgres could not be run: %v", err)
	}
	exited := make(chan struct{})
	go func() {
		defer close(exited)
		_ = cmd.Wait() // the log says why it ended
	}()
	p.pid, p.exited = cmd.Process.Pid, exited
	c.log.Debug("started the private Postgres", "pid", p.pid, "data", p.data)
	return p, nil
}

// arguments are those of the server's command line.
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

// openLog opens the server's log for more, setting a long one aside.
func (c *Cluster) openLog() (*os.File, error) {
	path := c.logPath()
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, fmt.Errorf("set the log aside: %w", err)
		}
	}
	return openOwned(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
}

func (c *Cluster) logPath() string { return filepath.Join(c.home, "server.log") }

func (c *Cluster) data(major int) string { return filepath.Join(c.home, strconv.Itoa(major)) }

// majors are the major versions of Postgres there is data of, the newest first.
func (c *Cluster) majors() []int {
	entries, _ := os.ReadDir(c.home) // unreadable: found out when it is written to
	var majors []int
	for _, entry := range entries {
		if major, err := strconv.Atoi(entry.Name()); err == nil && entry.IsDir() {
			majors = append(majors, major)
		}
	}
	slices.SortFunc(majors, func(a, b int) int { return cmp.Compare(b, a) })
	return majors
}
