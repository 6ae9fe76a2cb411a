// Package embeddings turns texts into unit vectors, so that a search can find
// passages which mean what a question asks in other words.
//
// There are two embedders behind one small interface. Builtin needs nothing: no
// network, no model file, the same vectors on every machine. It sees which words,
// and which parts of words, two texts share. OpenAI asks any server that speaks
// OpenAI's protocol (OpenAI, Ollama, llama.cpp, vLLM) and sees as much as that
// server's model does. A program starts with the first and grows into the second;
// both keep the same promises, which package embeddingstest checks.
package embeddings

import (
	"context"
	"slices"
	"strings"
)

// Embedder turns texts into vectors of one space, in which related texts have a
// small cosine distance.
//
// An Embedder may be used by several goroutines at once.
type Embedder interface {
	// Embed returns one vector for each text, in the order of the texts. Each has
	// Model().Dimensions finite coordinates and length 1, whatever the text: one
	// that is empty has its vector too.
	//
	// It is all or nothing: with an error there are no vectors. Where the context
	// was cancelled errors.Is finds its error; every other failure is an *Error.
	Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error)

	// Model identifies the space of the vectors.
	Model() Model
}

// Kind is the side of a search that a text stands on. Vectors of both kinds share
// a space; documents are compared with queries.
type Kind int

const (
	Document Kind = iota // a passage to be found
	Query                // a question to find it with
)

// Model identifies a vector space. Vectors of different models are never compared.
type Model struct {
	Name       string
	Dimensions int // coordinates of a vector; 0 as long as an OpenAI's are unknown, see OpenAI.Resolve
}

// English reports whether the model is known to read English alone. The built-in embedder
// is one: it compares spellings, in no language with those of another.
func (m Model) English() bool {
	return m.Builtin() || slices.ContainsFunc(englishModels, func(name string) bool { return strings.HasPrefix(m.Name, name+"-") })
}

// englishModels are those that Pullquote installs by name.
var englishModels = []string{"all-MiniLM-L6-v2", "bge-small-en-v1.5", "e5-small-v2", "gte-small"}

// Builtin reports whether the model is the built-in embedder, of whichever version.
func (m Model) Builtin() bool { return strings.HasPrefix(m.Name, builtinPrefix) }
