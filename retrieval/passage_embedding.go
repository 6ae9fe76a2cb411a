package retrieval

import (
	"context"
	"crypto/sha256"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// worthCaching is how many passages make a transcript of which parts are kept while
// it is embedded. A smaller one is a request or two.
const worthCaching = 512

// Vectors are what a Library needs of the store to embed passages.
type Vectors interface {
	// Serving is the model whose vectors are searched, and that of transcripts to be
	// saved: Save fails with ErrModelChanged where it is another. Zero: any will do.
	Serving(ctx context.Context) (embeddings.Model, error)
	// Cache keeps embeddings of a transcript that is not saved yet, by the SHA-256 of what
	// was embedded. Cached are those that it has, by the same. Their spans count from the
	// beginning of their passages.
	Cache(ctx context.Context, m embeddings.Model, hashes [][]byte, embedded []Embedding) error
	Cached(ctx context.Context, m embeddings.Model, hashes [][]byte) (map[string]Embedding, error)
	// Embedded are the passages of a transcript with their embeddings by a model, those
	// that have one; nothing where the transcript is not in the index. Of their parts only
	// the vectors tell.
	Embedded(ctx context.Context, id string, m embeddings.Model) ([]EmbeddedPassage, error)
}

// EmbeddedPassage is a stored passage with its embedding.
type EmbeddedPassage struct {
	Passage
	Embedding
}

// passageEmbedder embeds the passages of transcripts to be stored.
type passageEmbedder struct {
	vectors    Vectors
	configured embeddings.Embedder
	embedders  Embedders
}

// embed gives the transcript the embeddings of its passages, by the model that serves.
// Those that the transcript it replaces has as well are not made again.
func (e passageEmbedder) embed(ctx context.Context, d *PreparedTranscript) error {
	embedder, err := e.serving(ctx)
	if err != nil {
		return err
	}
	d.Model = embedder.Model()
	known, err := e.known(ctx, d.Replaces, embedder)
	if err != nil {
		return err
	}
	embedded := make([]Embedding, len(d.Passages))
	var missing []int
	var inputs []input
	for i, p := range d.Passages {
		in := inputOf(p, embedder)
		if k, found := known[in.key()]; found {
			embedded[i] = k
			continue
		}
		missing, inputs = append(missing, i), append(inputs, in)
	}
	var made []Embedding
	made, d.Cached, err = e.make(ctx, embedder, inputs)
	if err != nil && d.Model.Name != e.configured.Model().Name {
		return formerFailed(d.Model, err)
	}
	if err != nil {
		return embeddingFailed(err)
	}
	d.Model = embedder.Model() // which may know its dimensions only now
	for i, m := range made {
		embedded[missing[i]] = m
	}
	d.setEmbeddings(embedded, givesSentences(embedder))
	return nil
}

// setEmbeddings sets the vectors of the passages and, if there are, of their sentences.
// The spans come as they count from the beginning of each passage.
func (d *PreparedTranscript) setEmbeddings(embedded []Embedding, sentences bool) {
	d.Vectors, d.Sentences = make([][]float32, len(embedded)), nil
	if sentences {
		d.Sentences = make([][]SentenceVector, len(embedded))
	}
	for i, e := range embedded {
		d.Vectors[i] = e.Vector
		if sentences {
			d.Sentences[i] = e.moved(d.Passages[i].Start).Sentences
		}
	}
}

// known are the embeddings of a transcript's passages, by the keys of what was embedded.
// Vectors from before there were those of sentences are none for an embedder that gives
// both: they may be of other words.
func (e passageEmbedder) known(ctx context.Context, id string, by embeddings.Embedder) (map[string]Embedding, error) {
	if id == "" {
		return nil, nil
	}
	passages, err := e.vectors.Embedded(ctx, id, by.Model())
	known := map[string]Embedding{}
	for _, p := range passages {
		if (p.Sentences != nil) != givesSentences(by) {
			continue
		}
		p.Parts = make([]sentence.Span, len(p.Sentences))
		for i, s := range p.Sentences {
			p.Parts[i] = s.Span
		}
		known[inputOf(p.Passage, by).key()] = p.moved(-p.Start)
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

// make embeds. Where there is much of it, cached tells what the store keeps of it until
// the transcript is saved.
func (e passageEmbedder) make(ctx context.Context, by embeddings.Embedder, inputs []input) (embedded []Embedding, cached [][]byte, err error) {
	if len(inputs) >= worthCaching && costly(by) {
		return e.makeCached(ctx, by, inputs)
	}
	embedded = make([]Embedding, len(inputs))
	err = embedInputs(ctx, by, inputs, func(from int, batch []Embedding) error {
		copy(embedded[from:], batch)
		return nil
	})
	return embedded, nil, err
}

// makeCached embeds what the store does not have, and gives it each batch as it comes:
// what breaks off is not paid for again.
func (e passageEmbedder) makeCached(ctx context.Context, by embeddings.Embedder, inputs []input) (embedded []Embedding, hashes [][]byte, err error) {
	hashes = make([][]byte, len(inputs))
	for i, in := range inputs {
		hash := sha256.Sum256([]byte(in.key()))
		hashes[i] = hash[:]
	}
	cached, err := e.vectors.Cached(ctx, by.Model(), hashes)
	if err != nil {
		return nil, nil, err
	}
	embedded = make([]Embedding, len(inputs))
	var missing []int
	var wanted []input
	for i, hash := range hashes {
		if c, found := cached[string(hash)]; found {
			embedded[i] = c
			continue
		}
		missing, wanted = append(missing, i), append(wanted, inputs[i])
	}
	err = embedInputs(ctx, by, wanted, func(from int, batch []Embedding) error {
		keys := make([][]byte, len(batch))
		for i, b := range batch {
			place := missing[from+i]
			embedded[place], keys[i] = b, hashes[place]
		}
		return e.vectors.Cache(ctx, by.Model(), keys, batch)
	})
	return embedded, hashes, err
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
