package modelfiles

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

const manifestFile = "manifest.json"

// Manifest is what is known of an installed model.
type Manifest struct {
	Name      string    `json:"name"`
	Source    string    `json:"source"`             // an address, or a path
	Revision  string    `json:"revision,omitempty"` // of the hub's repository, where it came from there
	Installed time.Time `json:"installed"`
	Files     []File    `json:"files"` // by path
}

// File is a file of a model.
type File struct {
	Path   string `json:"path"` // within the model's folder, with slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Size is that of all files, in bytes.
func (m Manifest) Size() int64 {
	var size int64
	for _, f := range m.Files {
		size += f.Size
	}
	return size
}

// Weights is the file that has the model's weights.
func (m Manifest) Weights() (File, bool) {
	i := slices.IndexFunc(m.Files, func(f File) bool { return isWeights(f.Path) })
	if i < 0 {
		return File{}, false
	}
	return m.Files[i], true
}

// readManifest reads a model's manifest. It is fs.ErrNotExist where there is no model.
func readManifest(folder string) (Manifest, error) {
	var m Manifest
	data, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	for _, f := range m.Files {
		if !fs.ValidPath(f.Path) {
			return m, errors.New("it names a file outside the model: " + f.Path)
		}
	}
	return m, nil
}

func (m Manifest) write(folder string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := createFile(filepath.Join(folder, manifestFile), false)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// hashFile is a file's size and SHA-256.
func hashFile(path string, told func(done int64)) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	digest := sha256.New()
	size, err = io.Copy(digest, &countingReader{Reader: f, told: told})
	return size, hex.EncodeToString(digest.Sum(nil)), err
}

// countingReader tells how much was read through it.
type countingReader struct {
	io.Reader
	n    int64
	told func(n int64) // nil for nobody
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n += int64(n)
	if r.told != nil {
		r.told(r.n)
	}
	return n, err
}

func unreadable(name string, err error) error {
	return fault.Wrap(err, fault.Internal, "the model %s is damaged: its manifest cannot be read", name).
		WithHint("%v; remove it with pullquote model remove %s, and install it again", err, name)
}
