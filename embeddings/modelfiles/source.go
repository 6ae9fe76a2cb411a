package modelfiles

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// openSource gives the files at a path as a tree, and the file of weights if the
// path is one. What has to be unpacked goes into the stage.
func (s *Store) openSource(ctx context.Context, from, stage string) (tree fs.FS, chosen string, done func() error, err error) {
	nothing := func() error { return nil }
	info, err := os.Stat(from)
	switch {
	case err != nil:
		return nil, "", nil, fault.Wrap(err, fault.Invalid, "%s cannot be read; give a folder, an archive or a file of weights", from).WithHint("%v", err)
	case info.IsDir():
		return os.DirFS(from), "", nothing, nil
	case isWeights(from):
		folder, chosen := filepath.Dir(from), filepath.Base(from)
		if filepath.Base(folder) == onnxFolder {
			folder, chosen = filepath.Dir(folder), onnxFolder+"/"+chosen
		}
		return os.DirFS(folder), chosen, nothing, nil
	}
	switch kind, err := archiveKind(from); {
	case err != nil:
		return nil, "", nil, fault.Wrap(err, fault.Unavailable, "%s cannot be read", from).WithHint("%v", err)
	case kind == zipArchive:
		archive, err := s.openZip(from)
		if err != nil {
			return nil, "", nil, err
		}
		return archive, "", archive.Close, nil
	case kind == tarArchive:
		folder := filepath.Join(stage, "archive")
		return os.DirFS(folder), "", nothing, s.unpack(ctx, from, folder)
	}
	return nil, "", nil, fault.New(fault.Unsupported, "%s is no model; give a folder, a .zip, .whl, .jar or .tar.gz, a .safetensors or an .onnx", from)
}

type kind int

const (
	noArchive kind = iota
	zipArchive
	tarArchive // packed by gzip
)

// archiveKind looks at a file's first bytes.
func archiveKind(name string) (kind, error) {
	f, err := os.Open(name)
	if err != nil {
		return noArchive, err
	}
	defer f.Close()
	begin := make([]byte, 4)
	if _, err := io.ReadFull(f, begin); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && err != io.EOF {
		return noArchive, err
	}
	switch {
	case bytes.HasPrefix(begin, []byte("PK\x03\x04")):
		return zipArchive, nil
	case bytes.HasPrefix(begin, []byte{0x1F, 0x8B}):
		return tarArchive, nil
	}
	return noArchive, nil
}

// openZip opens an archive whose names all stay inside it.
func (s *Store) openZip(name string) (*zip.ReadCloser, error) {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "%s is a damaged archive", name).WithHint("%v", err)
	}
	if len(archive.File) > s.limits.entries {
		return nil, errors.Join(tooMany(s.limits.entries), archive.Close())
	}
	for _, f := range archive.File {
		if !inside(f.Name) {
			return nil, errors.Join(outside(f.Name), archive.Close())
		}
	}
	return archive, nil
}

// inside reports whether a name in an archive stays inside it, on every system.
func inside(name string) bool {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "./"), "/")
	return fs.ValidPath(name) && !strings.ContainsAny(name, `\:`)
}

func outside(name string) error {
	return fault.New(fault.Invalid, "the archive names a file outside itself, %q, and is refused", name)
}

func tooMany(limit int) error {
	return fault.New(fault.TooLarge, "there are more than %d files; give the model's own folder", limit)
}

func tooLarge(name string, limit int64) error {
	return fault.New(fault.TooLarge, "%s has more than the %.1f GB that a model may have", name, float64(limit)/(1<<30))
}

// unpack writes what may be a model's file of a tar packed by gzip into a folder.
// What is packed so has no directory, so all of it is read.
func (s *Store) unpack(ctx context.Context, name, folder string) error {
	f, err := os.Open(name)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "%s cannot be read", name).WithHint("%v", err)
	}
	defer f.Close()
	damaged := func(err error) error {
		return fault.Wrap(err, fault.Invalid, "%s is a damaged archive", name).WithHint("%v", err)
	}
	packed, err := gzip.NewReader(f)
	if err != nil {
		return damaged(err)
	}
	room := &io.LimitedReader{R: packed, N: s.limits.bytes}
	entries := tar.NewReader(room)
	for n := 0; ; n++ {
		entry, err := entries.Next()
		switch {
		case errors.Is(err, io.EOF) && room.N > 0:
			return nil
		case room.N <= 0:
			return tooLarge(name, s.limits.bytes)
		case err != nil:
			return damaged(err)
		case ctx.Err() != nil:
			return ctx.Err()
		case n >= s.limits.entries:
			return tooMany(s.limits.entries)
		case !inside(entry.Name):
			return outside(entry.Name)
		case entry.Typeflag != tar.TypeReg || !ofModel(entry.Name):
			continue
		}
		target := filepath.Join(folder, filepath.FromSlash(path.Clean(entry.Name)))
		if err := s.copy(ctx, target, entries, nil); err != nil {
			if room.N <= 0 {
				return tooLarge(name, s.limits.bytes)
			}
			if isLocal(err) || ctx.Err() != nil {
				return err
			}
			return damaged(err)
		}
	}
}

// copy writes a file of what a reader gives.
func (s *Store) copy(ctx context.Context, target string, from io.Reader, told func(int64)) error {
	f, err := s.create(target, false)
	if err != nil {
		return local(err)
	}
	w := &partWriter{file: f, told: func(n int64) {
		if told != nil {
			told(n)
		}
	}}
	_, err = io.Copy(w, &contextReader{ctx, from})
	return errors.Join(err, w.close())
}

// contextReader reads until its context ends.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
