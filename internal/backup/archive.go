package backup

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// writer writes an archive.
type writer struct {
	zip   *zip.Writer
	files []File
}

// add adds a file of what write writes.
func (w *writer) add(name string, write func(io.Writer) error) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	sum := summed{Writer: entry, hash: sha256.New()}
	if err := write(&sum); err != nil {
		return err
	}
	w.files = append(w.files, File{name, sum.size, sum.sum()})
	return nil
}

// close ends the archive with its manifest.
func (w *writer) close(m Manifest) error {
	m.Files = w.files
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := w.add(manifestName, func(to io.Writer) error { _, err := to.Write(text); return err }); err != nil {
		return err
	}
	return w.zip.Close()
}

// summed counts and hashes what is written.
type summed struct {
	io.Writer
	hash hash.Hash
	size int64
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	s.hash.Write(p[:n])
	s.size += int64(n)
	return n, err
}

func (s *summed) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }

// writeFile writes a file as a whole or not at all: under another name, which it loses when all
// is on the disk. Where there is such a file already, it is left alone unless replace is set.
func writeFile(path string, replace bool, fill func(io.Writer) error) (size int64, err error) {
	if err := mayWrite(path, replace); err != nil {
		return 0, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".partial-*") // for its owner only
	if err != nil {
		return 0, unwritable(err, path)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	if err := fill(buffered); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	for _, step := range []func() error{buffered.Flush, f.Sync, func() (err error) { info, err = f.Stat(); return err }, f.Close} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return 0, unwritable(err, path)
	}
	if err := place(f.Name(), path, replace); err != nil {
		return 0, err
	}
	return info.Size(), syncFolder(filepath.Dir(path))
}

// mayWrite refuses a path at which there is something that is not to be replaced.
func mayWrite(path string, replace bool) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unwritable(err, path)
	case info.IsDir():
		return fault.New(fault.Invalid, "%s is a folder; name a file in it", path)
	case !replace:
		return taken(path)
	}
	return nil
}

func taken(path string) error {
	return fault.New(fault.Conflict, "there is a file %s already; name another, or replace it with --force", path)
}

// place gives a finished file its name. A link fails where there is such a file by now, which a
// rename would replace; where a file system has no links, what was looked up before has to do.
func place(from, path string, replace bool) error {
	if !replace {
		switch err := os.Link(from, path); {
		case err == nil:
			return nil
		case errors.Is(err, fs.ErrExist):
			return taken(path)
		}
	}
	if err := os.Rename(from, path); err != nil {
		return unwritable(err, path)
	}
	return nil
}

// syncFolder has the name of a new file on the disk, too. Not every system lets a folder be
// opened for that.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	_ = f.Sync()
	return nil
}

// Archive is a backup that has been checked.
type Archive struct {
	Manifest
	Path string
	zip  *zip.ReadCloser
}

// Close closes the file.
func (a *Archive) Close() error { return a.zip.Close() }

// Open opens a backup and reads all of it once: each file must have the size and the sum that
// the manifest has. newestSchema is the newest schema that this program knows.
func Open(ctx context.Context, path string, newestSchema int64, progress Progress) (*Archive, error) {
	reader, err := zip.OpenReader(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.Invalid, "there is no file %s; name a file that `pullquote backup` wrote", path)
	case errors.Is(err, zip.ErrFormat) && !beginsLikeOne(path):
		return nil, fault.Wrap(err, fault.Invalid, "%s is no backup; name a file that `pullquote backup` wrote", path)
	case errors.Is(err, zip.ErrFormat):
		return nil, damaged(errors.New("its end is missing"), path)
	case errors.As(err, new(*fs.PathError)):
		return nil, fault.Wrap(err, fault.Invalid, "%s cannot be read (%s)", path, reason(err))
	case err != nil:
		return nil, damaged(err, path)
	}
	a := &Archive{Path: path, zip: reader}
	if err := a.check(ctx, newestSchema, progress); err != nil {
		reader.Close()
		return nil, err
	}
	return a, nil
}

// beginsLikeOne reports whether a file begins as a zip archive does, or is too short to tell.
func beginsLikeOne(path string) bool {
	const signature = "PK\x03\x04"
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	begins := make([]byte, len(signature))
	n, _ := io.ReadFull(f, begins)
	return strings.HasPrefix(signature, string(begins[:n]))
}

func (a *Archive) check(ctx context.Context, newestSchema int64, progress Progress) (err error) {
	last := len(a.zip.File) - 1
	if last < 0 || a.zip.File[last].Name != manifestName {
		return fault.New(fault.Invalid, "%s is no backup, for it has no manifest; name a file that `pullquote backup` wrote", a.Path)
	}
	text, err := readAll(a.zip.File[last])
	if err != nil {
		return damaged(err, a.Path)
	}
	if a.Manifest, err = readManifest(text, a.Path, newestSchema); err != nil {
		return err
	}
	if len(a.Files) != last || !slices.ContainsFunc(a.Files, func(f File) bool { return f.Name == dumpName }) {
		return damaged(errors.New("it does not have the files of its manifest"), a.Path)
	}
	total, done := a.size(), int64(0)
	for i, f := range a.Files {
		if a.zip.File[i].Name != f.Name {
			return damaged(errors.New("it does not have the files of its manifest"), a.Path)
		}
		err := a.read(ctx, f, func(from io.Reader) error {
			_, err := io.Copy(counting{io.Discard, &done, func() { progress("the check", done, total) }}, from)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// size is how many bytes the files have.
func (a *Archive) size() (total int64) {
	for _, f := range a.Files {
		total += f.Size
	}
	return total
}

// read gives the content of a file to do, which reads it to its end, and checks it.
func (a *Archive) read(ctx context.Context, f File, do func(io.Reader) error) error {
	i := slices.IndexFunc(a.zip.File, func(z *zip.File) bool { return z.Name == f.Name })
	content, err := a.zip.File[i].Open()
	if err != nil {
		return damaged(err, a.Path)
	}
	defer content.Close()
	sum := summed{Writer: io.Discard, hash: sha256.New()}
	source := &failing{Reader: content}
	if err := do(io.TeeReader(untilDone{ctx, source}, &sum)); ctx.Err() != nil {
		return ctx.Err()
	} else if source.err != nil {
		return damaged(source.err, a.Path)
	} else if err != nil {
		return err
	}
	if sum.size != f.Size || sum.sum() != f.SHA256 {
		return damaged(fmt.Errorf("%s does not have its checksum", f.Name), a.Path)
	}
	return nil
}

// failing keeps the error of a source, to tell it from that of whoever reads it.
type failing struct {
	io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// untilDone is a reader that a context ends.
type untilDone struct {
	ctx context.Context
	io.Reader
}

func (r untilDone) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// counting counts what is written.
type counting struct {
	io.Writer
	done *int64
	tell func()
}

func (c counting) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	*c.done += int64(n)
	c.tell()
	return n, err
}

func readAll(f *zip.File) ([]byte, error) {
	content, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	const most = 1 << 20 // a manifest has some kilobytes
	return io.ReadAll(io.LimitReader(content, most))
}
