package retrievaltest

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
)

// Waiting implements retrieval.Pending.
func (m *Memory) Waiting(context.Context) (passages int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.kept {
		passages += d.stored.Pending
	}
	return passages, nil
}

// Take implements retrieval.Pending.
func (m *Memory) Take(_ context.Context, model embeddings.Model, _ bool) (retrieval.Taken, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.claimed == nil {
		m.claimed = map[string]bool{}
	}
	for _, d := range slices.Backward(m.kept) {
		if d.stored.Pending > 0 && d.Model == model && !m.claimed[d.stored.ID] {
			m.claimed[d.stored.ID] = true
			return &taken{m, d.stored.ID}, nil
		}
	}
	return nil, nil
}

// taken is retrieval.Taken: the backlog of a transcript of Memory.
type taken struct {
	of *Memory
	id string
}

// transcript does something with the transcript, if it is still there.
func (c *taken) transcript(do func(*keptTranscript)) {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	if i := slices.IndexFunc(c.of.kept, func(d keptTranscript) bool { return d.stored.ID == c.id && d.current() }); i >= 0 {
		do(&c.of.kept[i])
	}
}

// Next implements retrieval.Backlog.
func (c *taken) Next(_ context.Context, limit int) (passages []retrieval.StoredPassage, err error) {
	c.transcript(func(d *keptTranscript) {
		for i, p := range d.Passages {
			if d.Vectors[i] == nil && len(passages) < limit {
				passages = append(passages, retrieval.StoredPassage{CollectionID: d.Collection, TranscriptID: c.id, Passage: p})
			}
		}
	})
	return passages, nil
}

// Put implements retrieval.Backlog.
func (c *taken) Put(_ context.Context, passages []retrieval.StoredPassage, embedded []retrieval.Embedding) error {
	c.transcript(func(d *keptTranscript) {
		for i, p := range passages {
			d.Vectors[p.Ordinal] = embedded[i].Vector
			if d.Sentences != nil {
				d.Sentences[p.Ordinal] = embedded[i].Sentences
			}
		}
		d.stored.Pending -= len(passages)
	})
	return nil
}

// GiveUp implements retrieval.Backlog. The passage has an empty vector from then on.
func (c *taken) GiveUp(_ context.Context, p retrieval.StoredPassage, _ string) error {
	c.transcript(func(d *keptTranscript) {
		d.Vectors[p.Ordinal] = []float32{}
		d.stored.Pending--
		d.stored.Unembeddable++
	})
	return nil
}

// Release implements retrieval.Taken.
func (c *taken) Release(context.Context) error {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	delete(c.of.claimed, c.id)
	return nil
}
