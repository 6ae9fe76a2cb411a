package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/pullquote/pullquote/api/docs"
)

// docsBase is the server of the documentation's examples: where Pullquote listens unless it is
// told otherwise.
const docsBase = "http://127.0.0.1:8080"

//go:embed web openapi.json
var files embed.FS

// asset is an embedded file, as it is and compressed: all that a page loads is text, of which
// a third is left then.
type asset struct {
	mediaType           string
	content, compressed []byte
	etag                string // of the content, without its marks
}

// mediaTypes are those of the files, by their extensions. What the system says of them may be
// wrong, and reading all that it says takes a megabyte of memory for good.
var mediaTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
}

// embedded are the pages that are written for each request, and the files that are served as
// they are, which are written once: servers only read them.
var embedded = sync.OnceValues(func() (*template.Template, map[string]asset) {
	pages := newPages()
	assets, err := newAssets(pages)
	if err != nil { // the files are part of the program
		panic(err)
	}
	return pages, assets
})

// newAssets reads the embedded files by their base names, and writes the pages that are the
// same for everybody.
func newAssets(pages *template.Template) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".html" {
			return err
		}
		content, err := files.ReadFile(name)
		assets[path.Base(name)] = newAsset(name, content)
		return err
	})
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	for _, name := range []string{"index.html", "library.html", "mentions.html", "clippings.html", "verify.html"} {
		page.Reset()
		if err := pages.ExecuteTemplate(&page, name, nil); err != nil {
			return nil, err
		}
		assets[name] = newAsset(name, bytes.Clone(page.Bytes()))
	}
	rendered := func(name string, data any) template.HTML {
		page.Reset()
		err = errors.Join(err, pages.ExecuteTemplate(&page, name, data))
		return template.HTML(page.String())
	}
	parts := docs.Parts{
		Head:     rendered("head", newHead("./", "The API", "The HTTP API of Pullquote.", "upload.js")),
		Masthead: rendered("masthead", newMasthead("./", "")),
	}
	if err != nil {
		return nil, err
	}
	described, err := docs.Page(assets["openapi.json"].content, docsBase, parts)
	assets["docs.html"] = newAsset("docs.html", described)
	return assets, err
}

func newAsset(name string, content []byte) asset {
	mediaType, found := mediaTypes[path.Ext(name)]
	if !found {
		panic("no media type for " + name)
	}
	sum := sha256.Sum256(content)
	var compressed bytes.Buffer
	writer := gzip.NewWriter(&compressed)
	writer.Write(content) // into memory, which does not fail
	writer.Close()
	return asset{mediaType, content, compressed.Bytes(), hex.EncodeToString(sum[:8])}
}

// asset serves an embedded file. Browsers keep it and ask whether it has
// changed: a new version of the program is seen at once.
func (s *server) asset(name string) handler {
	a, found := s.assets[name]
	if !found { // the files are part of the program
		panic("no embedded file " + name)
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		content, etag := a.content, a.etag
		if takesGzip(r) {
			content, etag = a.compressed, etag+"-gzip"
			w.Header().Set("Content-Encoding", "gzip")
		}
		w.Header().Set("Content-Type", a.mediaType)
		w.Header().Set("ETag", `"`+etag+`"`)
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Add("Vary", "Accept-Encoding")
		r.Header.Del("Range") // the files are small, and of a range that is wrong net/http tells in words of its own
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
		return nil
	}
}

// takesGzip reports whether a client says that it takes what is compressed.
func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return quality == "" || strings.Trim(quality, "q=0.") != "" // a quality of zero refuses it
		}
	}
	return false
}
