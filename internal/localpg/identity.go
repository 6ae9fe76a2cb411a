//go:build unix

package localpg

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/pullquote/pullquote/internal/fault"
)

// identity is the user that Postgres's programs run as. Zero is the user of this
// process; root needs another one, as Postgres refuses to run as root.
type identity struct {
	namespaced bool    // run in a user namespace, in which root is another user
	uid, gid   int     // run as this user, unless zero
	capability uintptr // a capability of root's that the user keeps, unless zero
}

// identityFor picks the user to run as, who must be able to enter the data in home.
// For root the first of these that works is taken:
//
//   - the owner of the data, if that is not root;
//   - root itself in a user namespace, which many containers and every chroot forbid;
//   - an unprivileged user, who is given the data. If folders on the way to the data
//     are closed to that user, it keeps the capability to pass through them.
func identityFor(ctx context.Context, home string) (identity, error) {
	if os.Geteuid() != 0 {
		return identity{}, nil
	}
	works := func(id identity) bool { return id.command(ctx, "sh", "-c", `cd "$0"`, home).Run() == nil }
	uid, gid, err := owner(home)
	if err != nil {
		return identity{}, homeFault(home, err)
	}
	if uid == 0 {
		if id := (identity{namespaced: true}); userNamespaces && works(id) {
			return id, nil
		}
		if err := ctx.Err(); err != nil {
			return identity{}, err // the command failed because ctx ended, not because it is forbidden
		}
		if uid, gid, err = giveAway(home); err != nil {
			return identity{}, err
		}
	}
	for _, capability := range append([]uintptr{0}, passageCapabilities...) {
		if id := (identity{uid: uid, gid: gid, capability: capability}); works(id) {
			return id, nil
		}
	}
	return identity{}, fault.New(fault.Unavailable, "Postgres does not run as root, and no other user may enter %s: set PULLQUOTE_DATA_DIR to a folder that everybody may enter, such as /var/lib/pullquote",
		cmp.Or(barrier(home, uid, gid), home))
}

// giveAway makes an unprivileged user the owner of the data.
func giveAway(home string) (uid, gid int, err error) {
	if uid, gid, err = Unprivileged(); err != nil {
		return 0, 0, err
	}
	err = filepath.WalkDir(home, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, uid, gid)
	})
	if err != nil {
		return 0, 0, homeFault(home, err)
	}
	return uid, gid, nil
}

// Unprivileged is a user as whom Postgres runs where this one is root.
func Unprivileged() (uid, gid int, err error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		if uidErr == nil && gidErr == nil {
			return uid, gid, nil
		}
	}
	return 0, 0, fault.New(fault.Unavailable, "Postgres does not run as root, and there is no user postgres or nobody: run as another user, or set DATABASE_URL")
}

// barrier is the outermost folder above path that the user may not enter, or empty.
func barrier(path string, uid, gid int) (dir string) {
	for parent := filepath.Dir(path); ; parent = filepath.Dir(parent) {
		info, err := os.Stat(parent)
		if err != nil || !mayEnter(info, uid, gid) {
			dir = parent
		}
		if parent == filepath.Dir(parent) {
			return dir
		}
	}
}

func mayEnter(info fs.FileInfo, uid, gid int) bool {
	stat := info.Sys().(*syscall.Stat_t)
	switch {
	case int(stat.Uid) == uid:
		return info.Mode()&0o100 != 0
	case int(stat.Gid) == gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

// command prepares a program to run as the identity, in a session of its own: a
// Ctrl-C in the terminal then reaches this process only, which decides whether the
// server stops.
func (id identity) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = "/"
	cmd.Env = append(cmd.Environ(), "LC_ALL=C") // its messages are read, see reason
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // with its children
	switch {
	case id.namespaced:
		renameRoot(cmd.SysProcAttr)
	case id.uid != 0:
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(id.uid), Gid: uint32(id.gid)}
		keep(cmd.SysProcAttr, id.capability)
	}
	return cmd
}

func owner(path string) (uid, gid int, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, err
	}
	stat := info.Sys().(*syscall.Stat_t)
	return int(stat.Uid), int(stat.Gid), nil
}

// openOwned opens a file. Where root made it, its owner becomes that of the folder,
// who may have to open it later.
func openOwned(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag, 0o600)
	if err != nil || os.Geteuid() != 0 {
		return f, err
	}
	return f, own(path)
}

// own makes the owner of a folder the owner of a file in it that root made.
func own(path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid, err := owner(filepath.Dir(path))
	if err != nil {
		return err
	}
	return os.Lchown(path, uid, gid)
}
