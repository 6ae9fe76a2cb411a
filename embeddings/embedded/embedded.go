// Package embedded is the default encoder inside the program, for a binary that brings
// all that it needs. Only one that is built with the tag embedmodel has it; its weights
// are no part of the source, and `make release` puts them where the build finds them.
//
// They are kept in 8-bit integers, a quarter of what is installed, and are the same model:
// its vectors have the same name, to the last bit, so that a record can be used by both.
package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
)

// manifestFile says of which installed model the files are.
const manifestFile = "manifest.json"

// Model is a model in the program.
type Model struct {
	modelfiles.Manifest // of the installed model that it was made of
	fs.FS               // its folder
}

// Encoder is the model, not yet loaded.
func (m *Model) Encoder() *encoder.Lazy {
	weights, _ := m.Weights()
	return encoder.NewLazy(m.FS, m.Name, weights.SHA256, encoder.Int8)
}

// Bytes is how much of the program it is.
func (m *Model) Bytes() (size int64) {
	_ = fs.WalkDir(m.FS, ".", func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var info fs.FileInfo
			if info, err = entry.Info(); err == nil {
				size += info.Size()
			}
		}
		return err
	})
	return size
}

// open is the model of a folder that Pack has made.
func open(dir fs.FS) (*Model, error) {
	data, err := fs.ReadFile(dir, manifestFile)
	if err != nil {
		return nil, err
	}
	m := &Model{FS: dir}
	if err := json.Unmarshal(data, &m.Manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	if _, ok := m.Weights(); !ok {
		return nil, errors.New(manifestFile + " names no weights")
	}
	return m, nil
}

// Pack writes an installed model to a folder as a build takes it in.
func Pack(ctx context.Context, installed *modelfiles.Opened, to string) error {
	m, err := encoder.Open(installed.FS, installed.Name, encoder.Int8)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	weights, _ := installed.Weights()
	for _, f := range installed.Files {
		if f.Path == weights.Path {
			continue
		}
		data, err := fs.ReadFile(installed.FS, f.Path)
		if err == nil {
			err = write(filepath.Join(to, filepath.FromSlash(f.Path)), data)
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	about := installed.Manifest
	about.Source = "the program itself" // and not a path of whoever built it
	manifest, err := json.MarshalIndent(about, "", "  ")
	if err == nil {
		err = write(filepath.Join(to, manifestFile), manifest)
	}
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(to, encoder.CompactFile))
	if err != nil {
		return err
	}
	return errors.Join(m.WriteCompact(file), file.Close())
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
