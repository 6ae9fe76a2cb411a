package encoder

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// Lazy is a model that is loaded when it is first needed, since few commands embed
// anything. What names its vectors is known before: the SHA-256 of its weights, which
// whoever installed them has told, and its configuration.
//
// Lazy implements embeddings.SpanEmbedder. Several goroutines may use it at once.
type Lazy struct {
	dir       fs.FS
	folder    string
	precision Precision

	mu      sync.Mutex
	cross   bool
	model   embeddings.Model // without dimensions as long as the configuration cannot be read
	loaded  *Model
	failed  error
	tried   time.Time     // to load, in vain
	loading chan struct{} // closed when the loading under way ends; nil: there is none
}

// retryAfter keeps every question from reading weights that are no model's, and lets
// mended ones be used without a restart.
const retryAfter = 10 * time.Second

// NewLazy is the model in a folder, as Open has it, whose weights have this SHA-256.
// A folder that holds no model is noticed when it is loaded, or at once by its
// dimensions, which are 0.
func NewLazy(dir fs.FS, name, sum string, precision Precision) *Lazy {
	l := &Lazy{dir: dir, folder: name, precision: precision, model: embeddings.Model{Name: spaceName(name, sum, precision)}}
	if c, err := readConfig(dir); err == nil {
		l.model.Dimensions, l.cross = c.Hidden, c.classifies()
	}
	return l
}

// Model is as the loaded model's.
func (l *Lazy) Model() embeddings.Model {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.model
}

// Folder is the name by which the model is installed, and String the same.
func (l *Lazy) Folder() string { return l.folder }
func (l *Lazy) String() string { return l.folder }

// CrossEncoder is as the loaded model's.
func (l *Lazy) CrossEncoder() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cross
}

// Resolve is Model, with the reason why there are no dimensions if there are none.
func (l *Lazy) Resolve(ctx context.Context) (embeddings.Model, error) {
	if m := l.Model(); m.Dimensions > 0 {
		return m, nil
	}
	err := l.Load(ctx)
	return l.Model(), err
}

// Load loads the model, unless it is. What was begun goes on when the context ends.
func (l *Lazy) Load(ctx context.Context) error {
	_, err := l.get(ctx)
	return err
}

// Embed implements embeddings.Embedder.
func (l *Lazy) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	m, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	return m.Embed(ctx, kind, texts)
}

// EmbedSpans implements embeddings.SpanEmbedder.
func (l *Lazy) EmbedSpans(ctx context.Context, kind embeddings.Kind, texts []string, spans [][]Span) (whole [][]float32, parts [][][]float32, err error) {
	m, err := l.get(ctx)
	if err != nil {
		return nil, nil, err
	}
	return m.EmbedSpans(ctx, kind, texts, spans)
}

// CountTokens is as the loaded model's.
func (l *Lazy) CountTokens(ctx context.Context, kind embeddings.Kind, texts []string) (int, error) {
	m, err := l.get(ctx)
	if err != nil {
		return 0, err
	}
	return m.CountTokens(ctx, kind, texts)
}

// Rerank scores texts as Score does, for a search.
func (l *Lazy) Rerank(ctx context.Context, question string, texts []string) ([]float64, error) {
	m, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	scores, err := m.Score(ctx, question, texts)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fault.Wrap(err, fault.Unavailable, "the cross-encoder takes more time than a search has").
			WithHint("give the machine more processors, or less to do, or unset PULLQUOTE_RERANK_MODEL")
	case err != nil:
		return nil, err
	}
	wide := make([]float64, len(scores))
	for i, s := range scores {
		wide[i] = float64(s)
	}
	return wide, nil
}

// Passes is how many passes wait for a processor, and how many run; none as long as the model
// is not loaded.
func (l *Lazy) Passes() (waiting, running int) {
	l.mu.Lock()
	m := l.loaded
	l.mu.Unlock()
	if m == nil {
		return 0, 0
	}
	return int(m.waiting.Load()), cap(m.passes) - len(m.passes)
}

// get is the model, loaded.
func (l *Lazy) get(ctx context.Context) (*Model, error) {
	loading := l.begin()
	if loading != nil {
		select {
		case <-loading:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.loaded, l.failed
}

// begin begins to load the model unless it is loaded, or being loaded, or was found
// wanting a moment ago. It returns what to wait for.
func (l *Lazy) begin() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loaded != nil || l.failed != nil && time.Since(l.tried) < retryAfter {
		return nil
	}
	if l.loading == nil {
		l.loading = make(chan struct{})
		go l.load()
	}
	return l.loading
}

func (l *Lazy) load() {
	m, err := Open(l.dir, l.folder, l.precision)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil && m.model.Name != l.model.Name {
		m, err = nil, fault.New(fault.Invalid, "the model %s cannot be used", l.folder).
			WithHint("its weights are not those that were installed; pullquote model verify tells more, and model remove and model install mend it")
	}
	l.loaded, l.failed, l.tried = m, err, time.Now()
	if m != nil {
		l.model, l.cross = m.model, m.CrossEncoder()
	}
	close(l.loading)
	l.loading = nil
}
