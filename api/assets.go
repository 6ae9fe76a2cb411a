package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed web openapi.json
var files embed.FS

// asset is an embedded file that is served as it is.
type asset struct {
	content []byte
	etag    string
}

// newAssets reads the embedded files by their base names.
func newAssets() map[string]asset {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		sum := sha256.Sum256(content)
		assets[path.Base(name)] = asset{content, `"` + hex.EncodeToString(sum[:8]) + `"`}
		return err
	})
	if err != nil { // the files are part of the program
		panic(err)
	}
	return assets
}

// asset serves an embedded file. Browsers keep it and ask whether it has
// changed: a new version of the program is seen at once.
func (s *server) asset(name string) handler {
	a, found := s.assets[name]
	if !found { // the files are part of the program
		panic("no embedded file " + name)
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("ETag", a.etag)
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(a.content))
		return nil
	}
}
