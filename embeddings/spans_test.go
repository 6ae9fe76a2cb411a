package embeddings_test

import (
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
)

func TestApartConforms(t *testing.T) {
	embeddingstest.RunSpans(t, embeddingstest.Apart{Embedder: embeddings.NewBuiltin()})
}
