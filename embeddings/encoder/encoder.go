// Package encoder runs encoders of the BERT family (BERT, RoBERTa, XLM-RoBERTa and
// what is built like them) in the program itself: no server, no other runtime, no
// cgo. A model is a folder as model hubs keep it: configuration, tokenizer, and
// weights as safetensors or ONNX.
//
// Model implements embeddings.Embedder. It also gives the vectors of single
// sentences in the light of the text around them, and, where the folder is that of
// a cross-encoder, scores passages by how well they answer a question.
//
// Lazy is a Model that is loaded when it is first needed.
//
// The work falls to few parts. Package tokenizer cuts texts into tokens and
// package weights reads the numbers; window.go fits tokens into what a model takes
// at once, batch.go runs many such windows over the processors, forward.go is the
// model itself, and package kernel its arithmetic.
package encoder

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"sync/atomic"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/tokenizer"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/weights"
	"github.com/pullquote/pullquote/internal/fault"
)

// Precision is how a model's large matrices are kept and multiplied.
type Precision string

const (
	// Int8 takes a quarter of the memory and a fraction of the time. The cosine of a
	// vector with that of Float32 is about .9997, and hardly ever less than .999.
	Int8 Precision = "int8"
	// Float32 is as exact as the weights are.
	Float32 Precision = "float32"
)

// Model is a loaded model. Several goroutines may use it at once: they share its
// weights, and as many work at a time as there are processors.
type Model struct {
	folder   string
	model    embeddings.Model
	config   config
	pooling  pooling
	prefixes embeddings.Prefixes
	window   int    // tokens at once
	sum      string // SHA-256 of the weights
	tokens   *tokenizer.Tokenizer
	*network
	passes  chan *pass // what the passes under way leave, or nil for one yet to be made
	waiting atomic.Int32
}

// Open loads the model in a folder. Its name, such as all-MiniLM-L6-v2, becomes
// part of the name of its vectors and tells which words it expects before texts
// if the folder does not.
//
// An error is an *embeddings.Error whose Hint says what is wrong with the folder.
func Open(dir fs.FS, name string, precision Precision) (*Model, error) {
	m, err := open(dir, name, precision)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the model %s cannot be used", name).
			WithHint("its folder does not hold a model that can be run: %v", err)
	}
	return m, nil
}

func open(dir fs.FS, name string, precision Precision) (m *Model, err error) {
	if precision != Int8 && precision != Float32 {
		return nil, errors.New("the precision is neither int8 nor float32: " + string(precision))
	}
	m = &Model{folder: name}
	if m.config, err = readConfig(dir); err != nil {
		return nil, err
	}
	if err = m.readSentenceConfig(dir, name); err != nil {
		return nil, err
	}
	if m.tokens, err = tokenizer.Load(dir); err != nil {
		return nil, err
	}
	if m.tokens.Size() > m.config.Vocabulary {
		return nil, errors.New("the tokenizer knows more tokens than there are weights for; they belong to different models")
	}
	if len(m.tokens.Encode("", minWindow)) < 2 {
		return nil, errors.New("the tokenizer puts no special tokens around a text, which the model was trained with")
	}
	file, err := weights.Open(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if m.network, err = load(file, m.config, precision); err != nil {
		return nil, err
	}
	m.sum = file.Sum()
	m.model = embeddings.Model{Name: spaceName(name, m.sum, precision), Dimensions: m.config.Hidden}
	m.passes = make(chan *pass, runtime.GOMAXPROCS(0))
	for range cap(m.passes) {
		m.passes <- nil
	}
	return m, nil
}

// spaceName names the vectors by all that they depend on.
func spaceName(name, sum string, precision Precision) string {
	return name + "-" + sum[:12] + "-" + string(precision)
}

// Model is the model's name with the first digits of the SHA-256 of its weights
// and its precision, and the dimensions of its vectors.
func (m *Model) Model() embeddings.Model { return m.model }

// Folder is the name by which the model was opened.
func (m *Model) Folder() string { return m.folder }

// CrossEncoder reports whether the model scores passages. One that does makes no
// embeddings.
func (m *Model) CrossEncoder() bool { return m.head != nil }

// CountTokens is how many tokens the model reads to embed texts, those around them
// included.
func (m *Model) CountTokens(ctx context.Context, kind embeddings.Kind, texts []string) (int, error) {
	counts := make([]int, len(texts))
	err := each(ctx, len(texts), func(i int) {
		for _, w := range m.windows(i, m.prefix(kind), texts[i], nil) {
			counts[i] += len(w.tokens)
		}
	})
	total := 0
	for _, n := range counts {
		total += n
	}
	return total, err
}
