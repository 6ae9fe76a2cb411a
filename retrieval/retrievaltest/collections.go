package retrievaltest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Collections implements retrieval.Store.
func (m *Memory) Collections(context.Context) ([]retrieval.Collection, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	byName := map[string]retrieval.Collection{}
	for _, d := range m.kept {
		if !d.current() {
			continue
		}
		c, date := byName[d.Collection], d.stored.Date
		c.Name = d.Collection
		c.TranscriptCount++
		c.TurnCount += d.stored.TurnCount
		if date != "" && (c.FirstDate == "" || date < c.FirstDate) {
			c.FirstDate = date
		}
		c.LastDate = max(c.LastDate, date)
		for _, role := range model.Roles {
			spoken := slices.ContainsFunc(d.Transcript.Turns, func(t model.Turn) bool { return t.Role == role })
			if spoken && !slices.Contains(c.Roles, role) {
				c.Roles = append(c.Roles, role)
			}
		}
		slices.SortFunc(c.Roles, func(a, b model.Role) int {
			return cmp.Compare(slices.Index(model.Roles, a), slices.Index(model.Roles, b))
		})
		byName[c.Name] = c
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b retrieval.Collection) int { return strings.Compare(a.Name, b.Name) }), nil
}

// collection is a collection that has transcripts.
func (m *Memory) collection(ctx context.Context, name string) (retrieval.Collection, error) {
	all, err := m.Collections(ctx)
	i := slices.IndexFunc(all, func(c retrieval.Collection) bool { return c.Name == name })
	if err == nil && i < 0 {
		err = fault.New(fault.NotFound, "there is no collection %q", name)
	}
	if err != nil {
		return retrieval.Collection{}, err
	}
	return all[i], nil
}

// RenameCollection implements retrieval.Store.
func (m *Memory) RenameCollection(ctx context.Context, name, to string) (retrieval.Collection, error) {
	c, err := m.collection(ctx, name)
	if err != nil || name == to {
		return c, err
	}
	if _, err := m.collection(ctx, to); err == nil {
		return c, fault.New(fault.Conflict, "there is a collection %q already", to)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.kept {
		if d := &m.kept[i]; d.Collection == name {
			d.Collection, d.stored.Collection = to, to
		}
	}
	for _, e := range m.entries {
		if e.collection == name {
			e.collection = to
		}
	}
	for key, e := range maps.Clone(m.names) {
		if key.collection == name {
			delete(m.names, key)
			m.names[nameKey{to, key.name}] = e
		}
	}
	for _, d := range m.kept {
		if packed, found := m.originals[originalKey(name, d.SHA256)]; found && d.Collection == to {
			delete(m.originals, originalKey(name, d.SHA256))
			m.keep(to, d.SHA256, packed)
		}
	}
	c.Name = to
	return c, nil
}

// DeleteCollection implements retrieval.Store.
func (m *Memory) DeleteCollection(ctx context.Context, name string) (retrieval.Collection, error) {
	c, err := m.collection(ctx, name)
	if err != nil {
		return c, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = slices.DeleteFunc(m.kept, func(d keptTranscript) bool { return d.Collection == name })
	m.entries = slices.DeleteFunc(m.entries, func(e *entry) bool { return e.collection == name })
	maps.DeleteFunc(m.names, func(key nameKey, _ *entry) bool { return key.collection == name })
	m.sweepOriginals()
	return c, nil
}

// Embargo implements retrieval.Store: what is here has no readers from whom it is kept.
func (m *Memory) Embargo(context.Context, string, *int, retrieval.Embargo) (retrieval.StoredTranscript, error) {
	return retrieval.StoredTranscript{}, fault.New(fault.Unavailable, "a store in memory keeps no embargoes; use one of Postgres")
}
