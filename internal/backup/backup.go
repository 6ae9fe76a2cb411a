// Package backup keeps all of a record in one file, and puts it back.
//
// The file is a zip archive without compression of its own, so that anybody can look into it:
//
//	record.dump      what pg_dump wrote of the database, in its custom format
//	files/…          what else of the data directory is data
//	manifest.json    what the archive holds: sizes, SHA-256 sums, rows, versions
//
// The manifest comes last, behind what it tells of, and zip's own directory behind that: of a
// file that was cut short anywhere the end is missing, and it is refused.
//
// A backup shows one moment, while others go on reading and writing: pg_dump reads by the
// snapshot in which the rows of each table are counted. It is restored into a new database,
// whose rows are counted again before it takes the place of the old one: so whatever fails, or
// is killed, leaves the record as it was.
package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// layout is the version of the archive's layout. A program reads archives of its own and of
// older layouts.
const layout = 1

const (
	manifestName = "manifest.json"
	dumpName     = "record.dump"
	filesFolder  = "files/"
)

// Manifest is what an archive holds.
type Manifest struct {
	Layout    int       `json:"layout"`
	Program   string    `json:"program"` // the version of the program that wrote it
	Schema    int64     `json:"schema"`  // of the database: a program that knows it can restore the archive
	CreatedAt time.Time `json:"created_at"`
	Postgres  string    `json:"postgres"` // the version of the server
	PgDump    int       `json:"pg_dump"`  // the major version of pg_dump: an older pg_restore cannot read what it wrote
	// Rows are the rows of each table, in the moment that the archive shows.
	Rows map[string]int64 `json:"rows"`
	// Models are the encoders that were installed beside the record. They are not in the archive.
	Models []string `json:"models"`
	Files  []File   `json:"files"`
}

// File is one file of an archive.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// told are the tables that Holds tells of, in its order.
var told = []struct{ table, one, many string }{
	{"collections", "collection", "collections"},
	{"transcripts", "version of a transcript", "versions of transcripts"},
	{"turns", "turn", "turns"},
	{"embeddings", "vector", "vectors"},
	{"originals", "original file", "original files"},
	{"conversations", "conversation", "conversations"},
	{"answers", "answer", "answers"},
	{"keys", "key", "keys"},
}

// Holds says what is in an archive, or in a database, in words.
func Holds(rows map[string]int64) string {
	var parts []string
	for _, t := range told {
		switch n := rows[t.table]; {
		case n == 1:
			parts = append(parts, "1 "+t.one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, t.many))
		}
	}
	if len(parts) == 0 {
		for _, table := range slices.Sorted(maps.Keys(rows)) {
			if n := rows[table]; n > 0 && !unheld[table] {
				parts = append(parts, fmt.Sprintf("%d in the table %s", n, table))
			}
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// unheld are the tables that have rows in a record that nobody has put anything into.
var unheld = map[string]bool{"schema_versions": true, "embedding_models": true, "river_leader": true, "river_queue": true}

// empty reports whether there is nothing that somebody put there.
func empty(rows map[string]int64) bool {
	for table, n := range rows {
		if n > 0 && !unheld[table] {
			return false
		}
	}
	return true
}

// Progress is told how many bytes of how many are done of a step.
type Progress func(step string, done, total int64)

// readManifest reads a manifest, and says why an archive of it cannot be restored by this
// program.
func readManifest(text []byte, path string, newestSchema int64) (m Manifest, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return m, damaged(err, path)
	}
	switch {
	case m.Layout < 1:
		return m, damaged(errors.New("the manifest has no layout"), path)
	case m.Layout > layout, m.Schema > newestSchema:
		return m, fault.New(fault.Unsupported, "the backup %s was written by pullquote %s, whose schema %d is newer than the %d that this program knows; restore it with that version or a newer one",
			path, m.Program, m.Schema, newestSchema)
	}
	return m, nil
}

func damaged(err error, path string) error {
	return fault.Wrap(err, fault.Invalid, "the backup %s is damaged or was cut short (%s); nothing was changed: use another copy of it", path, err)
}

// unwritable says what to do where a file cannot be written.
func unwritable(err error, path string) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Wrap(err, fault.Unavailable, "there is no room in %s for it; make room, or write it elsewhere", filepath.Dir(path))
	}
	return fault.Wrap(err, fault.Invalid, "%s cannot be written (%s); choose another place", path, reason(err))
}

// reason is an error of a file without the path, which the message has.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
