package main

import (
	"context"
	"strings"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embedded"
	"github.com/pullquote/pullquote/embeddings/encoder"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// defaultModel is the one that make setup installs.
const defaultModel = modelfiles.Default

// installed is the model of that name, built into the program or in the data directory, run
// in the program itself; nil where there is none. It is loaded when the first text is given
// to it.
func (a *app) installed(name string) (*encoder.Lazy, error) {
	a.encodersLock.Lock()
	defer a.encodersLock.Unlock()
	if m := a.encoders[name]; m != nil {
		return m, nil
	}
	m, err := a.findModel(name)
	if m == nil || err != nil {
		return nil, err
	}
	if a.encoders == nil {
		a.encoders = map[string]*encoder.Lazy{}
	}
	a.encoders[name] = m
	return m, nil
}

// builtIn is the model that is built into the program; nil where there is none.
func builtIn() (*embedded.Model, error) {
	m, err := embedded.Load()
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the model that is built into the program cannot be read").WithHint("%v", err)
	}
	return m, nil
}

func (a *app) findModel(name string) (*encoder.Lazy, error) {
	if m, err := builtIn(); err != nil || m != nil && strings.EqualFold(m.Name, name) {
		if err != nil {
			return nil, err
		}
		return m.Encoder(), nil
	}
	if a.config.dataDir == "" {
		return nil, nil
	}
	store, err := a.models()
	if err != nil {
		return nil, err
	}
	files, err := store.Open(name) // and stays so, that nobody removes it, until the program ends
	switch code := fault.CodeOf(err); {
	case err != nil && (code == fault.NotFound || code == fault.Invalid): // no name that is installed, such as a server's with a colon
		return nil, nil
	case err != nil:
		return nil, err
	}
	weights, ok := files.Weights()
	if !ok {
		return nil, fault.New(fault.Internal, "the model %s is damaged: its manifest names no weights", files.Name).
			WithHint("remove it with pullquote model remove %s, and install it again", files.Name)
	}
	return encoder.NewLazy(files.FS, files.Name, weights.SHA256, encoder.Int8), nil
}

// installedEmbedder is the installed model of that name, which must be one that embeds; nil
// where it is not installed. One that is damaged fails when it is asked, so that a search
// goes on by words.
func (a *app) installedEmbedder(name string) (embeddings.Embedder, error) {
	m, err := a.installed(name)
	switch {
	case err != nil && fault.CodeOf(err) == fault.Internal:
		return unusable{name, err}, nil
	case m == nil || err != nil:
		return nil, err
	case m.CrossEncoder():
		return nil, fault.New(fault.Invalid, "the model %s is a cross-encoder, which orders what is found and makes no vectors", m.Folder()).
			WithHint("set PULLQUOTE_RERANK_MODEL to it, and PULLQUOTE_EMBEDDING_MODEL to an encoder such as %s", defaultModel)
	}
	return m, nil
}

// crossEncoder is the installed cross-encoder of that name. One that is damaged fails when
// it is asked, so that a search goes on in its own order.
func (a *app) crossEncoder(name string) (retrieval.Reranker, error) {
	m, err := a.installed(name)
	switch {
	case err != nil && fault.CodeOf(err) == fault.Internal:
		return unusable{name, err}, nil
	case err != nil:
		return nil, err
	case m == nil:
		bring := "pullquote model install " + name
		if !modelfiles.IsKnown(name) {
			bring += " --from PATH"
		}
		return nil, fault.New(fault.Invalid, "the reranker %s is not installed; %s brings it, or set PULLQUOTE_RERANK_URL to a server that has it", name, bring)
	case !m.CrossEncoder() && m.Model().Dimensions > 0:
		return nil, fault.New(fault.Invalid, "the model %s makes vectors and orders nothing", m.Folder()).
			WithHint("set PULLQUOTE_EMBEDDING_MODEL to it, and PULLQUOTE_RERANK_MODEL to a cross-encoder such as %s", modelfiles.DefaultReranker)
	}
	return m, nil
}

// installedOf is the installed model that vectors are of; nil where it is not installed.
func (a *app) installedOf(m embeddings.Model) (embeddings.Embedder, error) {
	names, err := a.installedNames()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !strings.HasPrefix(m.Name, name+"-") {
			continue
		}
		e, err := a.installed(name)
		if err != nil {
			return nil, err
		}
		if e != nil && e.Model().Name == m.Name {
			return e, nil
		}
	}
	return nil, nil
}

// installedNames are the models that can be run in the program.
func (a *app) installedNames() (names []string, err error) {
	m, err := builtIn()
	if err != nil {
		return nil, err
	}
	if m != nil {
		names = append(names, m.Name)
	}
	installed, err := a.installedModels()
	return append(names, installed...), err
}

// installedModels are the models of the data directory, by their names.
func (a *app) installedModels() (names []string, err error) {
	if a.config.dataDir == "" {
		return nil, nil
	}
	store, err := a.models()
	if err != nil {
		return nil, err
	}
	installed, _, err := store.List()
	for _, manifest := range installed {
		names = append(names, manifest.Name)
	}
	return names, err
}

// unusable is an installed model that is too damaged to tell what it is.
type unusable struct {
	name string
	err  error
}

func (u unusable) Model() embeddings.Model { return embeddings.Model{Name: u.name} }

func (u unusable) Embed(context.Context, embeddings.Kind, []string) ([][]float32, error) {
	return nil, u.err
}

func (u unusable) Rerank(context.Context, string, []string) ([]float64, error) { return nil, u.err }

// Resolve says why there are no dimensions.
func (u unusable) Resolve(context.Context) (embeddings.Model, error) {
	return embeddings.Model{}, u.err
}

// loadModels loads the configured models that run in the program while a server is already
// there: the first question does not wait for them. Without them searches go by words, and
// in their own order.
func (a *app) loadModels(ctx context.Context, s *services) {
	for _, m := range []any{s.embedder, s.reranker} {
		if m, ok := m.(*encoder.Lazy); ok {
			go func() {
				if err := m.Load(ctx); err != nil && ctx.Err() == nil {
					a.log.Error("a model cannot be loaded; searches go on without it", fault.Attr(err))
				}
			}()
		}
	}
}
