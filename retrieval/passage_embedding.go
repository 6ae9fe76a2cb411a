package retrieval

import (
	"context"
	"crypto/sha256"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// batcher is an Embedder whose vectors are worth keeping: they come over the
// network, in batches, and may have been paid for. See embeddings.OpenAI.
type batcher interface {
	embeddings.Embedder
	EmbedBatches(ctx context.Context, kind embeddings.Kind, texts []string, done func(from int, vectors [][]float32) error) error
}

// worthCaching is how many passages make a transcript of which parts are kept while
// it is embedded. A smaller one is a request or two.
const worthCaching = 512

// Vectors are what a Library needs of the store to embed passages.
type Vectors interface {
	// Serving is the model whose vectors are searched, and that of transcripts to be
	// saved: Save fails with ErrModelChanged where it is another. Zero: any will do.
	Serving(ctx context.Context) (embeddings.Model, error)
	// Cache keeps vectors of a transcript that is not saved yet, by the SHA-256 of the
	// text that each embeds. Cached are those that it has, by the same.
	Cache(ctx context.Context, m embeddings.Model, hashes [][]byte, vectors [][]float32) error
	Cached(ctx context.Context, m embeddings.Model, hashes [][]byte) (map[string][]float32, error)
	// Embedded are the passages of a transcript with their vectors of a model, those
	// that have one; nothing where the transcript is not in the index.
	Embedded(ctx context.Context, id string, m embeddings.Model) ([]EmbeddedPassage, error)
}

// EmbeddedPassage is a stored passage with its vector.
type EmbeddedPassage struct {
	Passage
	Vector []float32
}

// passageEmbedder embeds the passages of transcripts to be stored.
type passageEmbedder struct {
	vectors    Vectors
	configured embeddings.Embedder
	embedders  Embedders
}

// embed gives the transcript the vectors of its passages, of the model that serves. Those
// that the transcript it replaces has as well are not embedded again.
func (e passageEmbedder) embed(ctx context.Context, d *PreparedTranscript) error {
	embedder, err := e.serving(ctx)
	if err != nil {
		return err
	}
	d.Model = embedder.Model()
	known, err := e.known(ctx, d.Replaces, d.Model)
	if err != nil {
		return err
	}
	d.Vectors = make([][]float32, len(d.Passages))
	var missing []int
	var texts []string
	for i, p := range d.Passages {
		text := p.EmbeddingText()
		if d.Vectors[i] = known[text]; d.Vectors[i] == nil {
			missing, texts = append(missing, i), append(texts, text)
		}
	}
	var vectors [][]float32
	if b, ok := embedder.(batcher); ok && len(texts) >= worthCaching {
		vectors, d.Cached, err = e.embedCached(ctx, b, texts)
	} else if len(texts) > 0 {
		vectors, err = embedder.Embed(ctx, embeddings.Document, texts)
	}
	if err != nil && d.Model.Name != e.configured.Model().Name {
		return formerFailed(d.Model, err)
	}
	if err != nil {
		return embeddingFailed(err)
	}
	d.Model = embedder.Model() // which may know its dimensions only now
	for i, v := range vectors {
		d.Vectors[missing[i]] = v
	}
	return nil
}

// known are the vectors of a transcript's passages, by the text that each embeds.
func (e passageEmbedder) known(ctx context.Context, id string, m embeddings.Model) (map[string][]float32, error) {
	if id == "" {
		return nil, nil
	}
	passages, err := e.vectors.Embedded(ctx, id, m)
	known := map[string][]float32{}
	for _, p := range passages {
		known[p.EmbeddingText()] = p.Vector
	}
	return known, err
}

// serving is the embedder of the model that serves.
func (e passageEmbedder) serving(ctx context.Context) (embeddings.Embedder, error) {
	model, err := e.vectors.Serving(ctx)
	if err != nil || model.Name == "" || model.Name == e.configured.Model().Name {
		return e.configured, err
	}
	return e.embedders(model)
}

// embedCached embeds the texts that the store has no vectors of, and gives it those
// of each batch as it comes: what breaks off is not paid for again.
func (e passageEmbedder) embedCached(ctx context.Context, b batcher, texts []string) (vectors [][]float32, hashes [][]byte, err error) {
	hashes = make([][]byte, len(texts))
	for i, text := range texts {
		hash := sha256.Sum256([]byte(text))
		hashes[i] = hash[:]
	}
	cached, err := e.vectors.Cached(ctx, b.Model(), hashes)
	if err != nil {
		return nil, nil, err
	}
	vectors = make([][]float32, len(texts))
	var missing []int
	var wanted []string
	for i, hash := range hashes {
		if vectors[i] = cached[string(hash)]; vectors[i] == nil {
			missing = append(missing, i)
			wanted = append(wanted, texts[i])
		}
	}
	err = b.EmbedBatches(ctx, embeddings.Document, wanted, func(from int, batch [][]float32) error {
		keys := make([][]byte, len(batch))
		for i, v := range batch {
			place := missing[from+i]
			vectors[place], keys[i] = v, hashes[place]
		}
		return e.vectors.Cache(ctx, b.Model(), keys, batch)
	})
	return vectors, hashes, err
}

// embeddingFailed keeps an embedder's trouble with its server from being taken
// for the user's with ours: a key refused there is no key refused here.
func embeddingFailed(err error) error {
	if err == nil {
		return nil
	}
	if code := fault.CodeOf(err); code == fault.Unauthorized || code == fault.Invalid {
		return fault.Wrap(err, fault.Unavailable, "%s", fault.MessageOf(err))
	}
	return err
}
