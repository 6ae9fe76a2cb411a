package main

import (
	"strings"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
	"github.com/pullquote/pullquote/internal/fault"
)

// installed is the model of that name in the data directory, run in the program itself; nil
// where it is not installed.
func (a *app) installed(name string) (embeddings.Embedder, error) {
	if m := a.encoders[name]; m != nil {
		return m, nil
	}
	if a.config.dataDir == "" {
		return nil, nil
	}
	store, err := a.models()
	if err != nil {
		return nil, err
	}
	files, err := store.Open(name) // and stays so, that nobody removes it, until the program ends
	if fault.CodeOf(err) == fault.NotFound {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	m, err := encoder.Open(files.FS, name, encoder.Int8)
	if err != nil {
		return nil, err
	}
	if a.encoders == nil {
		a.encoders = map[string]*encoder.Model{}
	}
	a.encoders[name] = m
	return m, nil
}

// defaultModel is the one that make setup installs.
const defaultModel = modelfiles.Default

// installedOf is the installed model that vectors are of; nil where it is not installed.
func (a *app) installedOf(m embeddings.Model) (embeddings.Embedder, error) {
	store, err := a.models()
	if err != nil {
		return nil, nil // there is no data directory
	}
	installed, _, err := store.List()
	if err != nil {
		return nil, err
	}
	for _, manifest := range installed {
		if !strings.HasPrefix(m.Name, manifest.Name+"-") {
			continue
		}
		if e, err := a.installed(manifest.Name); err != nil || e.Model().Name == m.Name {
			return e, err
		}
	}
	return nil, nil
}
