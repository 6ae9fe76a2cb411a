package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript"
)

// found is what a command line names: the files to be read, in order, and the others
// that its folders have.
type found struct {
	files      []foundFile
	passedOver []string // not called like transcripts
	folders    bool     // were named
}

// foundFile is a file to be read.
type foundFile struct {
	path     string
	inFolder bool // of which it was only a part, and not named itself
}

// paths are those of the files to be read.
func (f found) paths() []string {
	paths := make([]string, len(f.files))
	for i, file := range f.files {
		paths[i] = file.path
	}
	return paths
}

// find lists the files that the arguments name. A file that is named itself is
// taken whatever it is called; of a folder, and the folders in it, those that
// are called like transcripts. What is hidden is not looked at.
func find(args []string) (found, error) {
	var f found
	for _, arg := range args {
		if err := f.add(arg); err != nil {
			return f, err
		}
	}
	switch {
	case len(args) == 0:
		return f, fault.New(fault.Invalid, "no file is named; write `pullquote ingest PATH`, with files, folders, or - for standard input")
	case len(f.files) == 0:
		return f, errNoTranscript()
	}
	return f, nil
}

func errNoTranscript() error {
	return fault.New(fault.Invalid, "no transcript is there; name files, or folders with %s files", strings.Join(transcript.Extensions(), ", "))
}

func (f *found) add(arg string) error {
	if arg == standardInput {
		f.files = append(f.files, foundFile{path: arg})
		return nil
	}
	info, err := os.Stat(arg)
	if err == nil && info.IsDir() {
		err = f.addFolder(arg)
	} else if err == nil {
		f.files = append(f.files, foundFile{path: arg})
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.Invalid, "%s: there is no such file or folder; check the path", words.Escaped(arg))
	case err != nil:
		return fault.Wrap(err, fault.Invalid, "%s: it cannot be read (%s); check who may read it", words.Escaped(arg), cause(err))
	}
	return nil
}

// addFolder looks through a folder. Pipes, sockets and devices are no files: to read
// one may take for ever.
func (f *found) addFolder(folder string) error {
	f.folders = true
	return fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		hidden := path != "." && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir() || hidden:
		case transcript.Readable(path) && isFile(filepath.Join(folder, path)):
			f.files = append(f.files, foundFile{filepath.Join(folder, path), true})
		default:
			f.passedOver = append(f.passedOver, filepath.Join(folder, path))
		}
		return nil
	})
}

// isFile reports whether there is a file, or something that cannot be known to be none,
// at a path, or where the link there leads.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}
