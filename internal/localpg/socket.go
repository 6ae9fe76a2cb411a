//go:build unix

package localpg

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

const port = "5432" // part of the socket's name; there is no TCP port

// maxSocketPath is how many bytes fit in the socket address of every system.
const maxSocketPath = 103

// socketDir is the folder for the socket: home, or, where its path is too long for a
// socket's address, a folder in temp that only the owner of home may enter.
func socketDir(home, temp string) (string, error) {
	// For drivers a comma divides hosts.
	if len(socketPath(home)) <= maxSocketPath && !strings.Contains(home, ",") {
		return home, nil
	}
	uid, gid, err := owner(home)
	if err != nil {
		return "", homeFault(home, err)
	}
	dir := filepath.Join(temp, fmt.Sprintf("pullquote-%x", sha256.Sum256([]byte(home)))[:len("pullquote-")+16])
	if err = os.Mkdir(dir, 0o700); err == nil {
		err = os.Chown(dir, uid, gid)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return "", homeFault(dir, err)
	}
	return dir, private(dir, uid)
}

// private checks that the folder belongs to the user and is closed to others, who
// can guess its name and may have made it first.
func private(dir string, uid int) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return homeFault(dir, err)
	}
	if owned, _, err := owner(dir); err != nil || owned != uid || info.Mode() != fs.ModeDir|0o700 {
		return fault.New(fault.Unavailable, "%s is not a private folder of yours: remove it, or set PULLQUOTE_DATA_DIR to a shorter path", dir)
	}
	return nil
}

func socketPath(dir string) string { return filepath.Join(dir, ".s.PGSQL."+port) }

// socketURL is the connection string of a database. A space is written as %20, since
// drivers do not read a plus sign as one.
func socketURL(dir, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	query := url.Values{"host": {dir}, "port": {port}}.Encode()
	u.RawQuery = strings.ReplaceAll(query, "+", "%20")
	return u.String()
}
