package retrieval

import (
	"context"
	"fmt"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Embedding is what a passage is found by: its vector and, where the embedder is a
// SpanEmbedder, those of its sentences, of the same pass.
type Embedding struct {
	Vector    []float32
	Sentences []SentenceVector // nil where the embedder gives none
}

// moved is the embedding of the same words so many code points further on.
func (e Embedding) moved(by int) Embedding {
	e.Sentences = slices.Clone(e.Sentences)
	for i := range e.Sentences {
		e.Sentences[i].Start += by
		e.Sentences[i].End += by
	}
	return e
}

// batcher is an Embedder whose vectors come over the network, in batches, and may have to
// be paid for. See embeddings.OpenAI.
type batcher interface {
	embeddings.Embedder
	EmbedBatches(ctx context.Context, kind embeddings.Kind, texts []string, done func(from int, vectors [][]float32) error) error
}

// spanBatch is how many passages a SpanEmbedder is given at a time: enough to keep all
// processors busy, few enough to be done within seconds.
const spanBatch = 256

// costly reports whether an embedder takes its time: over the network, or for what a
// model computes.
func costly(e embeddings.Embedder) bool {
	_, batches := e.(batcher)
	return batches || givesSentences(e)
}

func givesSentences(e embeddings.Embedder) bool {
	_, spans := e.(embeddings.SpanEmbedder)
	return spans
}

// input is a passage as an embedder takes it.
type input struct {
	text  string
	spans []embeddings.Span // of its parts; nil unless for a SpanEmbedder
	parts []sentence.Span   // likewise, in code points from the beginning of the passage
}

// inputOf is the passage for an embedder.
func inputOf(p Passage, e embeddings.Embedder) input {
	if !givesSentences(e) {
		return input{text: p.EmbeddingText()}
	}
	text, spans := p.SpanText()
	in := input{text, spans, make([]sentence.Span, len(p.Parts))}
	for i, s := range p.Parts {
		in.parts[i] = sentence.Span{Start: s.Start - p.Start, End: s.End - p.Start}
	}
	return in
}

// key is the same for inputs with the same embedding.
func (in input) key() string {
	if in.spans == nil {
		return in.text
	}
	return in.text + fmt.Sprint("\x00", in.spans)
}

// embedInputs hands over the embeddings of inputs, some at a time and in any order, each
// with the place of the first. Spans count from the beginning of their passages. An error
// of done ends the work.
func embedInputs(ctx context.Context, e embeddings.Embedder, inputs []input, done func(from int, batch []Embedding) error) error {
	if len(inputs) == 0 {
		return nil
	}
	if s, ok := e.(embeddings.SpanEmbedder); ok {
		return embedSpans(ctx, s, inputs, done)
	}
	texts := make([]string, len(inputs))
	for i, in := range inputs {
		texts[i] = in.text
	}
	whole := func(from int, vectors [][]float32) error {
		batch := make([]Embedding, len(vectors))
		for i, v := range vectors {
			batch[i].Vector = v
		}
		return done(from, batch)
	}
	if b, ok := e.(batcher); ok {
		return b.EmbedBatches(ctx, embeddings.Document, texts, whole)
	}
	vectors, err := e.Embed(ctx, embeddings.Document, texts)
	if err != nil {
		return err
	}
	return whole(0, vectors)
}

// embedSpans is embedInputs by a SpanEmbedder.
func embedSpans(ctx context.Context, e embeddings.SpanEmbedder, inputs []input, done func(from int, batch []Embedding) error) error {
	from := 0
	for batch := range slices.Chunk(inputs, spanBatch) {
		texts, spans := make([]string, len(batch)), make([][]embeddings.Span, len(batch))
		for i, in := range batch {
			texts[i], spans[i] = in.text, in.spans
		}
		whole, parts, err := e.EmbedSpans(ctx, embeddings.Document, texts, spans)
		if err != nil {
			return err
		}
		embedded := make([]Embedding, len(batch))
		for i, in := range batch {
			embedded[i] = Embedding{whole[i], make([]SentenceVector, len(in.parts))}
			for j, s := range in.parts {
				embedded[i].Sentences[j] = NewSentenceVector(s, parts[i][j])
			}
		}
		if err := done(from, embedded); err != nil {
			return err
		}
		from += len(batch)
	}
	return nil
}
