package retrievaltest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// directory is retrieval.Directory in memory: whom each name stands for, and
// where it stands for another.
type directory struct {
	entries []*entry
	names   map[nameKey]*entry
	apart   map[retrieval.Appearance]*entry
}

type entry struct {
	id, collection, name string
	edited               bool
}

type nameKey struct{ collection, name string }

// appearance is one in a stored transcript.
type appearance struct {
	retrieval.Appearance
	retrieval.SpeakerOf
	date model.Optional
}

func (m *Memory) appearances(collection string) []appearance {
	var list []appearance
	for _, d := range m.kept {
		if d.Collection != collection || !d.current() {
			continue
		}
		for _, s := range retrieval.SpeakersOf(d.Transcript.Turns) {
			list = append(list, appearance{retrieval.Appearance{TranscriptID: d.stored.ID, Name: s.Name}, s, d.stored.Date})
		}
	}
	return list
}

// enter gives the names of a new transcript to entries.
func (d *directory) enter(collection string, turns []model.Turn) {
	if d.names == nil {
		d.names, d.apart = map[nameKey]*entry{}, map[retrieval.Appearance]*entry{}
	}
	for _, s := range retrieval.SpeakersOf(turns) {
		key := nameKey{collection, s.Name}
		if d.names[key] != nil {
			continue
		}
		d.names[key] = d.same(collection, s.Words)
		if d.names[key] == nil {
			d.names[key] = d.add(collection, s.Name)
		}
	}
}

func (d *directory) add(collection, name string) *entry {
	e := &entry{id: uuid.Must(uuid.NewV7()).String(), collection: collection, name: name}
	d.entries = append(d.entries, e)
	return e
}

// same is the one entry with a name of these words.
func (d *directory) same(collection string, words []string) *entry {
	var found *entry
	for key, e := range d.names {
		if key.collection != collection || len(words) == 0 || !slices.Equal(retrieval.NameWords(key.name), words) {
			continue
		}
		if found != nil && found != e {
			return nil
		}
		found = e
	}
	return found
}

// of is whose an appearance is.
func (d *directory) of(collection string, a retrieval.Appearance) *entry {
	return cmp.Or(d.apart[a], d.names[nameKey{collection, a.Name}])
}

// carry keeps apart in a new version what was set apart in the one it replaces.
func (d *directory) carry(replaced, by string) {
	for a, e := range maps.Clone(d.apart) {
		if a.TranscriptID == replaced {
			d.apart[retrieval.Appearance{TranscriptID: by, Name: a.Name}] = e
		}
	}
}

// sweep takes away what is left without a transcript and was not edited.
func (m *Memory) sweep(collection string) {
	used := map[nameKey]bool{}
	there := map[retrieval.Appearance]bool{}
	for _, a := range m.appearances(collection) {
		used[nameKey{collection, a.Appearance.Name}], there[a.Appearance] = true, true
	}
	alive := map[*entry]bool{}
	for key, e := range m.names {
		if key.collection == collection && !used[key] && !e.edited {
			delete(m.names, key)
		} else {
			alive[e] = true
		}
	}
	for a, e := range m.apart {
		if e.collection == collection && !there[a] {
			delete(m.apart, a)
		} else {
			alive[e] = true
		}
	}
	m.entries = slices.DeleteFunc(m.entries, func(e *entry) bool { return !alive[e] })
}

// named are the entries that a speaker's name or id stands for.
func (m *Memory) named(collection, speaker string) map[*entry]bool {
	wanted := retrieval.NameWords(speaker)
	exact, partial := map[*entry]bool{}, map[*entry]bool{}
	call := func(e *entry, name string) {
		words := retrieval.NameWords(name)
		if e.id == speaker || slices.Equal(words, wanted) {
			exact[e] = true
		}
		if !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(words, w) }) {
			partial[e] = true
		}
	}
	for key, e := range m.names {
		if key.collection == collection {
			call(e, key.name)
		}
	}
	for a, e := range m.apart {
		if e.collection == collection {
			call(e, a.Name)
		}
	}
	for _, e := range m.entries {
		if e.collection == collection {
			call(e, e.name)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return partial
}

// resolveSpeaker completes a scope with whom its filter stands for.
func (m *Memory) resolveSpeaker(scope *retrieval.Scope) error {
	f := scope.Filter
	if f.Speaker == "" {
		return nil
	}
	named := m.named(f.Collection, f.Speaker)
	if len(named) == 0 && retrieval.ValidID(f.Speaker) {
		return fault.New(fault.NotFound, "there is no speaker %s in collection %q", f.Speaker, f.Collection)
	}
	scope.Speakers = []string{}
	for key, e := range m.names {
		if named[e] {
			scope.Speakers = append(scope.Speakers, key.name)
		}
	}
	slices.Sort(scope.Speakers)
	for a, e := range m.apart {
		if e.collection == f.Collection && named[e] != slices.Contains(scope.Speakers, a.Name) {
			scope.Exceptions = append(scope.Exceptions, a)
		}
	}
	return nil
}

// Speakers implements retrieval.Directory.
func (m *Memory) Speakers(_ context.Context, q retrieval.SpeakersQuery) (page retrieval.SpeakersPage, err error) {
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return page, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var named map[*entry]bool
	if q.Name != "" {
		named = m.named(q.Collection, q.Name)
	}
	var found []*entry
	for _, e := range m.entries {
		if e.collection == q.Collection && (q.Name == "" || named[e]) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b *entry) int {
		return cmp.Or(slices.Compare(retrieval.NameWords(a.name), retrieval.NameWords(b.name)), cmp.Compare(a.id, b.id))
	})
	if q.Cursor != "" {
		i := slices.IndexFunc(found, func(e *entry) bool { return e.id == q.Cursor })
		if i < 0 || i == len(found)-1 {
			return page, fault.New(fault.Invalid, "cursor %q is not one", q.Cursor)
		}
		found = found[i+1:]
	}
	found, page.NextCursor = retrieval.CutPage(found, limit, func(e *entry) string { return e.id })
	for _, e := range found {
		page.Speakers = append(page.Speakers, m.describe(e))
	}
	return page, nil
}

// Speaker implements retrieval.Directory.
func (m *Memory) Speaker(_ context.Context, id string) (retrieval.Speaker, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, err := m.entry(id)
	if err != nil {
		return retrieval.Speaker{}, err
	}
	return m.describe(e), nil
}

func (m *Memory) entry(id string) (*entry, error) {
	i := slices.IndexFunc(m.entries, func(e *entry) bool { return e.id == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "there is no speaker %s", id)
	}
	return m.entries[i], nil
}

func (m *Memory) describe(e *entry) retrieval.Speaker {
	s := retrieval.Speaker{ID: e.id, Collection: e.collection, Name: e.name, Affiliations: []string{}}
	aliases := map[string]*retrieval.Alias{}
	alias := func(name string) *retrieval.Alias {
		if aliases[name] == nil {
			aliases[name] = &retrieval.Alias{Name: name, Labels: []string{}, OnlyIn: []string{}, ExceptIn: []string{}}
		}
		return aliases[name]
	}
	for key, owner := range m.names {
		if owner == e {
			alias(key.name)
		}
	}
	transcripts := map[string]bool{}
	for _, a := range m.appearances(e.collection) {
		name := a.Appearance.Name
		everywhere := m.names[nameKey{e.collection, name}] == e
		if m.of(e.collection, a.Appearance) != e {
			if everywhere {
				alias(name).ExceptIn = append(alias(name).ExceptIn, a.TranscriptID)
			}
			continue
		}
		if !everywhere {
			alias(name).OnlyIn = append(alias(name).OnlyIn, a.TranscriptID)
		}
		alias(name).TranscriptCount++
		alias(name).TurnCount += a.Turns
		alias(name).Labels = merged(alias(name).Labels, a.Labels)
		s.Affiliations = merged(s.Affiliations, a.Affiliations)
		s.TurnCount += a.Turns
		transcripts[a.TranscriptID] = true
		if a.date != "" {
			s.FirstDate, s.LastDate = min(cmp.Or(s.FirstDate, a.date), a.date), max(s.LastDate, a.date)
		}
	}
	s.TranscriptCount = len(transcripts)
	for _, a := range aliases {
		s.Aliases = append(s.Aliases, *a)
	}
	slices.SortFunc(s.Aliases, func(a, b retrieval.Alias) int { return cmp.Compare(a.Name, b.Name) })
	return s
}

func merged(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// EditSpeaker implements retrieval.Directory.
func (m *Memory) EditSpeaker(_ context.Context, id string, edit retrieval.SpeakerEdit) ([]retrieval.Speaker, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, err := m.entry(id)
	if err != nil {
		return nil, err
	}
	edited := []*entry{e}
	switch {
	case edit.Name != "":
		e.name = edit.Name
	case len(edit.Merge) > 0:
		err = m.merge(e, edit.Merge)
	default:
		var other *entry
		other, err = m.split(e, edit.Split)
		edited = append(edited, other)
	}
	if err != nil {
		return nil, err
	}
	var speakers []retrieval.Speaker
	for _, e := range edited {
		e.edited = true
		speakers = append(speakers, m.describe(e))
	}
	return speakers, nil
}

func (m *Memory) merge(e *entry, ids []string) error {
	others := map[*entry]bool{}
	for _, id := range ids {
		other, err := m.entry(id)
		if err != nil {
			return err
		}
		if other.collection != e.collection {
			return fault.New(fault.Invalid, "speaker %s is in collection %q", id, other.collection)
		}
		others[other] = true
	}
	for key, owner := range m.names {
		if others[owner] {
			m.names[key] = e
		}
	}
	for a, owner := range m.apart {
		if others[owner] {
			m.apart[a] = e
		}
		if m.apart[a] == e && m.names[nameKey{e.collection, a.Name}] == e {
			delete(m.apart, a)
		}
	}
	m.entries = slices.DeleteFunc(m.entries, func(e *entry) bool { return others[e] })
	return nil
}

func (m *Memory) split(e *entry, split retrieval.Split) (*entry, error) {
	var holdings []retrieval.Holding
	for key, owner := range m.names {
		if owner == e {
			holdings = append(holdings, retrieval.Holding{Appearance: retrieval.Appearance{Name: key.name}})
		}
	}
	for _, a := range m.appearances(e.collection) {
		if m.of(e.collection, a.Appearance) == e {
			holdings = append(holdings, retrieval.Holding{Appearance: a.Appearance, Turns: a.Turns})
		}
	}
	moved, kept, err := split.Divide(e.name, holdings)
	if err != nil {
		return nil, err
	}
	other := m.add(e.collection, cmp.Or(split.Name, retrieval.CommonName(moved)))
	e.name = retrieval.NameAfterSplit(e.name, moved, kept)
	for _, h := range moved {
		if h.TranscriptID == "" {
			m.names[nameKey{e.collection, h.Name}] = other
		}
	}
	for _, h := range moved {
		if m.names[nameKey{e.collection, h.Name}] != other {
			m.apart[h.Appearance] = other
		}
	}
	return other, nil
}
