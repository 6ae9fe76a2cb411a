package retrieval

import (
	"context"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Vectors are what a Library needs of the store to give transcripts their vectors.
type Vectors interface {
	// Serving is the model whose vectors are searched, and that of transcripts to be
	// saved: Save fails with ErrModelChanged where it is another. Zero: any will do.
	Serving(ctx context.Context) (embeddings.Model, error)
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

// embed gives the transcript the embeddings of its passages, by the model that serves:
// those that the transcript it replaces has as well, and all that take no time. The others
// are left to be embedded once it is stored.
func (e passageEmbedder) embed(ctx context.Context, d *PreparedTranscript) error {
	embedder, err := e.serving(ctx, d)
	if err != nil {
		return err
	}
	known, err := e.known(ctx, d.Replaces, d.Model, embedder)
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
	if !costly(embedder) {
		err = embedInputs(ctx, embedder, inputs, func(from int, batch []Embedding) error {
			for i, made := range batch {
				embedded[missing[from+i]] = made
			}
			return nil
		})
	}
	d.setEmbeddings(embedded, givesSentences(embedder))
	return embeddingFailed(err)
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
func (e passageEmbedder) known(ctx context.Context, id string, m embeddings.Model, by embeddings.Embedder) (map[string]Embedding, error) {
	if id == "" {
		return nil, nil
	}
	passages, err := e.vectors.Embedded(ctx, id, m)
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

// serving is the embedder of the model that serves, which becomes that of the transcript.
func (e passageEmbedder) serving(ctx context.Context, d *PreparedTranscript) (embedder embeddings.Embedder, err error) {
	if d.Model, err = e.vectors.Serving(ctx); err != nil {
		return nil, err
	}
	if d.Model.Name == "" {
		d.Model = e.configured.Model()
	}
	return e.of(d.Model)
}

// of is the embedder of a model.
func (e passageEmbedder) of(m embeddings.Model) (embeddings.Embedder, error) {
	if m.Name == e.configured.Model().Name {
		return e.configured, nil
	}
	return e.embedders(m)
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
