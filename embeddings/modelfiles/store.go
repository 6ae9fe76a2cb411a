package modelfiles

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// List gives the installed models by name, and the names of folders whose manifest
// cannot be read.
func (s *Store) List() (installed []Manifest, damaged []string, err error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Unavailable, "the installed models cannot be listed").WithHint("%v", err)
	}
	for _, entry := range entries {
		if !entry.IsDir() || !validName.MatchString(entry.Name()) {
			continue
		}
		m, err := readManifest(s.folder(entry.Name()))
		if err != nil {
			damaged = append(damaged, entry.Name())
			continue
		}
		installed = append(installed, m)
	}
	return installed, damaged, nil
}

// Get is the manifest of an installed model.
func (s *Store) Get(name string) (Manifest, error) {
	name = Canonical(name)
	if err := checkName(name); err != nil {
		return Manifest{}, err
	}
	m, err := readManifest(s.folder(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Manifest{}, s.notInstalled(name)
	case err != nil:
		return Manifest{}, unreadable(name, err)
	}
	return m, nil
}

// Canonical is a name as the catalogue writes it, if it has it.
func Canonical(name string) string {
	if known, ok := lookUp(name); ok {
		return known.Name
	}
	return name
}

func (s *Store) notInstalled(name string) error {
	if _, known := lookUp(name); known {
		return fault.New(fault.NotFound, "the model %s is not installed; pullquote model install %s brings it", name, name)
	}
	installed, _, _ := s.List() // what cannot be listed is not offered
	var names []string
	for _, m := range installed {
		names = append(names, m.Name)
	}
	if len(names) == 0 {
		return fault.New(fault.NotFound, "no model %q is installed, nor any other; pullquote model install brings one", name)
	}
	return fault.New(fault.NotFound, "no model %q is installed; there are %s", name, strings.Join(names, ", "))
}

// Opened is a model in use. Until it is closed it cannot be removed.
type Opened struct {
	Manifest
	fs.FS // its folder
	lock  *lock
}

// Close ends the use.
func (o *Opened) Close() error { return o.lock.release() }

// Open takes an installed model into use. Its files are not hashed; see Verify.
func (s *Store) Open(name string) (*Opened, error) {
	m, err := s.Get(name)
	if err != nil {
		return nil, err
	}
	l, err := shareLock(s.lockOf(m.Name))
	if err != nil {
		return nil, err
	}
	return &Opened{Manifest: m, FS: os.DirFS(s.folder(m.Name)), lock: l}, nil
}

// Damage is a file of a model that is not as it was installed.
type Damage struct {
	Path   string `json:"path"`
	Reason string `json:"reason"` // in a few words
}

// Verify reads all files of a model again, and gives those that are not as they were
// installed, and those that were not.
func (s *Store) Verify(ctx context.Context, name string, progress Progress) ([]Damage, error) {
	m, err := s.Get(name)
	if err != nil {
		return nil, err
	}
	var damage []Damage
	for _, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		told := func(done int64) { progress(f.Path, done, f.Size) }
		if reason := f.damaged(s.folder(m.Name), told); reason != "" {
			damage = append(damage, Damage{f.Path, reason})
		}
	}
	extra, err := s.extra(m)
	return append(damage, extra...), err
}

// damaged says what is wrong with a file, if anything is.
func (f File) damaged(folder string, told func(int64)) string {
	size, sum, err := hashFile(filepath.Join(folder, filepath.FromSlash(f.Path)), told)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is missing"
	case err != nil:
		return "it cannot be read: " + err.Error()
	case size != f.Size:
		return "its size has changed"
	case sum != f.SHA256:
		return "its content has changed"
	}
	return ""
}

// extra are files of the folder that the manifest does not have.
func (s *Store) extra(m Manifest) (damage []Damage, err error) {
	folder := s.folder(m.Name)
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		if name != manifestFile && !slices.ContainsFunc(m.Files, func(f File) bool { return f.Path == name }) {
			damage = append(damage, Damage{name, "it was not installed"})
		}
		return nil
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the folder of the model %s cannot be read", m.Name).WithHint("%v", err)
	}
	return damage, nil
}

// Remove removes a model, whole or half brought, that no process has in use.
func (s *Store) Remove(name string) error {
	name = Canonical(name)
	if err := checkName(name); err != nil {
		return err
	}
	if !exists(s.folder(name)) && !exists(s.incoming(name)) {
		return s.notInstalled(name)
	}
	l, ok, err := tryLock(s.lockOf(name))
	if err != nil {
		return err
	}
	if !ok {
		return inUse(name)
	}
	defer l.release()
	if err := s.discard(name); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the model %s cannot be removed", name).WithHint("%v", err)
	}
	return nil
}

func inUse(name string) error {
	return fault.New(fault.Conflict, "the model %s is in use by another Pullquote; stop that one first", name)
}

// discard removes what there is of a model. The folder is renamed first, so that no
// half of it is ever found.
func (s *Store) discard(name string) error {
	incoming := s.incoming(name)
	if err := os.RemoveAll(incoming); err != nil {
		return err
	}
	if err := os.Rename(s.folder(name), incoming); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(incoming)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
