package retrievaltest

import (
	"context"
	"maps"
	"slices"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

func originalKey(collection, sha256 string) string { return collection + "/" + sha256 }

func (m *Memory) keep(collection, sha256 string, packed []byte) {
	if m.originals == nil {
		m.originals = map[string][]byte{}
	}
	m.originals[originalKey(collection, sha256)] = packed
}

// described is a record with whether its file is kept.
func (m *Memory) described(r retrieval.StoredTranscript) retrieval.StoredTranscript {
	_, r.HasOriginal = m.originals[originalKey(r.Collection, r.SHA256)]
	return r
}

// sweepOriginals removes the files that no transcript has any more.
func (m *Memory) sweepOriginals() {
	maps.DeleteFunc(m.originals, func(key string, _ []byte) bool {
		return !slices.ContainsFunc(m.kept, func(d keptTranscript) bool { return originalKey(d.Collection, d.SHA256) == key })
	})
}

// Original implements retrieval.Store.
func (m *Memory) Original(_ context.Context, id string) ([]byte, error) {
	d, err := m.get(id)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	packed, found := m.originals[originalKey(d.Collection, d.SHA256)]
	if !found {
		return nil, fault.New(fault.NotFound, "the file of the transcript %s was not kept", id)
	}
	return packed, nil
}

// KeepOriginal implements retrieval.Store.
func (m *Memory) KeepOriginal(_ context.Context, id string, packed []byte, reading retrieval.Reading) error {
	d, err := m.get(id)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(d.Collection, d.SHA256, packed)
	for i := range m.kept {
		k := &m.kept[i]
		if k.Collection == d.Collection && k.SHA256 == d.SHA256 {
			k.stored.HasOriginal = true
			if k.stored.Reading == (retrieval.Reading{}) {
				k.stored.Reading = reading
			}
		}
	}
	return nil
}
