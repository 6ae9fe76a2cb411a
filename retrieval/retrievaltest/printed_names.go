package retrievaltest

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
)

// Names implements retrieval.Index.
func (m *Memory) Names(_ context.Context, q retrieval.NamesQuery) ([]retrieval.PrintedName, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]*retrieval.PrintedName{}
	for _, a := range m.appearances(q.Filter.Collection) {
		date := string(a.date)
		switch name := a.Appearance.Name; {
		case q.Filter.Transcript != "" && a.TranscriptID != q.Filter.Transcript,
			q.Filter.From != "" && date < q.Filter.From,
			q.Filter.To != "" && (date == "" || date > q.Filter.To),
			q.Words != nil && !slices.ContainsFunc(a.Words, func(w string) bool { return slices.Contains(q.Words, w) }):
		case found[name] == nil:
			id := m.names[nameKey{q.Filter.Collection, name}].id
			found[name] = &retrieval.PrintedName{Name: name, SpeakerID: id, Labels: a.Labels, Affiliations: a.Affiliations}
		default:
			n := found[name]
			n.Labels, n.Affiliations = merged(n.Labels, a.Labels), merged(n.Affiliations, a.Affiliations)
		}
	}
	names := []retrieval.PrintedName{}
	for _, n := range slices.SortedFunc(maps.Values(found), func(a, b *retrieval.PrintedName) int { return strings.Compare(a.Name, b.Name) }) {
		names = append(names, *n)
	}
	return names[:min(len(names), q.Limit)], nil
}
