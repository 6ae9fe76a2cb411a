package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"time"

	"github.com/pullquote/pullquote/api/docs"
)

// docsBase is the server of the documentation's examples: where Pullquote listens unless it is
// told otherwise.
const docsBase = "http://127.0.0.1:8080"

//go:embed web openapi.json
var files embed.FS

// asset is an embedded file that is served as it is.
type asset struct {
	content []byte
	etag    string
}

// newAssets reads the embedded files by their base names, and writes the documentation.
func newAssets() map[string]asset {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		assets[path.Base(name)] = newAsset(content)
		return err
	})
	page, pageErr := docs.Page(assets["openapi.json"].content, docsBase)
	if err := errors.Join(err, pageErr); err != nil { // the files are part of the program
		panic(err)
	}
	assets["docs.html"] = newAsset(page)
	return assets
}

func newAsset(content []byte) asset {
	sum := sha256.Sum256(content)
	return asset{content, `"` + hex.EncodeToString(sum[:8]) + `"`}
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
