package retrievaltest

import (
	"cmp"
	"context"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
)

// Embedded implements retrieval.Store.
func (m *Memory) Embedded(_ context.Context, id string, model embeddings.Model) ([]retrieval.EmbeddedPassage, error) {
	d, err := m.get(id)
	if err != nil || d.Model != model {
		return nil, err
	}
	var passages []retrieval.EmbeddedPassage
	for i, v := range d.Vectors {
		if v == nil {
			continue
		}
		p := retrieval.EmbeddedPassage{Passage: d.Passages[i], Embedding: retrieval.Embedding{Vector: v}}
		if d.Sentences != nil {
			p.Sentences = d.Sentences[i]
		}
		passages = append(passages, p)
	}
	return passages, nil
}

// SentenceVectors implements retrieval.Index.
func (m *Memory) SentenceVectors(_ context.Context, scope retrieval.Scope, keys []retrieval.TurnKey) ([]retrieval.PassageSentences, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.PassageSentences
	for _, d := range m.kept {
		if d.Collection != scope.CollectionID || d.Model != scope.Model {
			continue
		}
		for i, sentences := range d.Sentences {
			key := retrieval.TurnKey{TranscriptID: d.stored.ID, Turn: d.Passages[i].Turn}
			if len(sentences) > 0 && slices.Contains(keys, key) {
				found = append(found, retrieval.PassageSentences{TurnKey: key, Passage: i, Sentences: sentences})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b retrieval.PassageSentences) int { return cmp.Compare(a.TranscriptID, b.TranscriptID) })
	return found, nil
}
