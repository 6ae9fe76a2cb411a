package embeddings

import (
	"context"
	"strings"
	"unicode/utf8"
)

// NameOf is the name by which users know an embedder's model, without what tells its
// vectors from those of other versions.
func NameOf(e Embedder) string {
	if installed, ok := e.(interface{ Folder() string }); ok {
		return installed.Folder()
	}
	if e.Model().Builtin() {
		return strings.TrimSuffix(builtinPrefix, "-")
	}
	name, _ := ParseName(e.Model().Name)
	return name
}

// TokenCounter is an embedder that knows what its model reads.
type TokenCounter interface {
	// CountTokens is how many tokens the model reads to embed the texts.
	CountTokens(ctx context.Context, kind Kind, texts []string) (int, error)
}

// charactersPerToken is what English text has, by OpenAI's rule of thumb.
const charactersPerToken = 4

// CountTokens is how many tokens the embedder reads of the texts; an estimate by their
// length where it does not tell.
func CountTokens(ctx context.Context, e Embedder, kind Kind, texts []string) (int, error) {
	if counter, ok := e.(TokenCounter); ok {
		return counter.CountTokens(ctx, kind, texts)
	}
	count := 0
	for _, text := range texts {
		count += (utf8.RuneCountInString(text) + charactersPerToken - 1) / charactersPerToken
	}
	return count, nil
}
