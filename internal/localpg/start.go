//go:build unix

package localpg

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// retryTime bounds the wait for a server that is still stopping and has the data.
const retryTime = 15 * time.Second

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

// running finds the server, if one runs.
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

// whyStopped is why the server did not start, or nil where another try may do: if
// another process had started it; or if it found a server that was still stopping, or
// what a killed one left behind, and giveUp is not over.
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

// start runs the server. It makes the data first, if there is none.
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

// initialize makes the data of a server, all or nothing: it is made under another
// name and then renamed. What a crash left of an earlier attempt is removed.
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
	// No context ends the server: other processes may use it after this one.
	cmd := id.command(context.Background(), install.program("postgres"), p.arguments(install)...)
	cmd.Stdout, cmd.Stderr = output, output
	if last, ok := readPostmaster(p.data); ok && impostor(last.pid, p.data) {
		// The lock file of a crashed server names a process id that another process
		// has by now. Postgres ignores that one process if told so, and still looks
		// for processes that the crash may have left running.
		cmd.Env = append(cmd.Env, "PG_GRANDPARENT_PID="+strconv.Itoa(last.pid))
	}
	if err := cmd.Start(); err != nil {
		return p, fault.Wrap(err, fault.Unavailable, "Postgres could not be run: %v", err)
	}
	exited := make(chan struct{})
	go func() {
		defer close(exited)
		_ = cmd.Wait() // the server's log says why it ended
	}()
	p.pid, p.exited = cmd.Process.Pid, exited
	c.log.Debug("started the private Postgres", "pid", p.pid, "data", p.data)
	return p, nil
}

func (c *Cluster) data(major int) string { return filepath.Join(c.home, strconv.Itoa(major)) }

// majors are the major versions of Postgres that there is data of, the newest first.
func (c *Cluster) majors() []int {
	entries, _ := os.ReadDir(c.home) // an unreadable folder is reported when it is written to
	var majors []int
	for _, entry := range entries {
		if major, err := strconv.Atoi(entry.Name()); err == nil && entry.IsDir() {
			majors = append(majors, major)
		}
	}
	slices.SortFunc(majors, func(a, b int) int { return cmp.Compare(b, a) })
	return majors
}
