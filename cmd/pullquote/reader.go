package main

import (
	"os"
	"path/filepath"

	"github.com/pullquote/pullquote/internal/isolated"
)

// reader reads the files that others send to a server, in processes of their own. What it
// compiles for PDFs is kept with the user's cached files or, where there is no place for
// them, as in many containers, in the data directory.
func (a *app) reader() *isolated.Reader {
	if a.isolated == nil {
		cache := ""
		if dir, err := os.UserCacheDir(); (err != nil || os.MkdirAll(filepath.Join(dir, "pullquote"), 0o700) != nil) && a.config.dataDir != "" {
			cache = filepath.Join(a.config.dataDir, "cache")
		}
		a.isolated = isolated.New(cache)
	}
	return a.isolated
}
