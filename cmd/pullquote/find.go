package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
)

// found is what a command line names: the files to be read, in order, and how
// many others there are in its folders.
type found struct {
	paths      []string
	passedOver int
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
	case len(f.paths) == 0:
		return f, fault.New(fault.Invalid, "no transcript is there; name files, or folders with %s files", strings.Join(transcript.Extensions(), ", "))
	}
	return f, nil
}

func (f *found) add(arg string) error {
	if arg == standardInput {
		f.paths = append(f.paths, arg)
		return nil
	}
	info, err := os.Stat(arg)
	if err == nil && info.IsDir() {
		err = f.addFolder(arg)
	} else if err == nil {
		f.paths = append(f.paths, arg)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.Invalid, "%s: there is no such file or folder; check the path", arg)
	case err != nil:
		return fault.Wrap(err, fault.Invalid, "%s: it cannot be read (%s); check who may read it", arg, cause(err))
	}
	return nil
}

func (f *found) addFolder(folder string) error {
	return fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		hidden := path != "." && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir() || hidden:
		case transcript.Readable(path):
			f.paths = append(f.paths, filepath.Join(folder, path))
		default:
			f.passedOver++
		}
		return nil
	})
}
