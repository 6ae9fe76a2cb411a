// Package retrievaltest has what tests of retrieval need: Memory, a record kept
// in memory that ranks exactly, and TestRecord, the suite that Memory and every
// real store must pass.
package retrievaltest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Store is a store with its index.
type Store interface {
	retrieval.Store
	retrieval.Index
}

// Memory is a Store in memory. It scans: its results are exact, which makes it
// the reference for a real index.
type Memory struct {
	mu   sync.Mutex
	kept []keptTranscript // in order of storing
	directory
	originals  map[string][]byte // by collection and SHA-256
	claimed    map[string]bool   // ids of transcripts
	nameStored map[string]int64  // how often files were stored, by collection and name
}

type keptTranscript struct {
	retrieval.PreparedTranscript
	stored retrieval.StoredTranscript
}

// Find implements retrieval.Store.
func (m *Memory) Find(_ context.Context, collection, sha256 string) (retrieval.StoredTranscript, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.find(collection, sha256)
}

func (m *Memory) find(collection, sha256 string) (retrieval.StoredTranscript, bool, error) {
	for _, d := range m.kept {
		if d.Collection == collection && d.SHA256 == sha256 && d.current() {
			return d.stored, true, nil
		}
	}
	return retrieval.StoredTranscript{}, false, nil
}

// current reports whether no other version has replaced a transcript.
func (d keptTranscript) current() bool { return d.stored.CurrentID == d.stored.ID }

// Namesakes implements retrieval.Store.
func (m *Memory) Namesakes(_ context.Context, collection, filename string, limit int) ([]retrieval.StoredTranscript, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.StoredTranscript
	for _, d := range slices.Backward(m.kept) {
		if d.Collection == collection && norm.NFC.String(d.Filename) == norm.NFC.String(filename) && d.current() && len(found) < limit {
			found = append(found, d.stored)
		}
	}
	return found, m.nameStored[collection+"/"+filename], nil
}

// replace makes the transcript by an id, and what it replaced, point to its new
// version, and takes it out of the index. It returns the version's number.
func (m *Memory) replace(replaced, by string) (version int, err error) {
	for i := range m.kept {
		d := &m.kept[i]
		if d.stored.ID == replaced && !d.current() {
			return 0, fault.New(fault.Conflict, "the transcript %s has been replaced in the meantime", replaced)
		}
		if d.stored.CurrentID == replaced {
			version = max(version, d.stored.Version)
			d.stored.CurrentID, d.Passages, d.Vectors, d.Sentences, d.stored.Pending = by, nil, nil, nil, 0
		}
	}
	if version == 0 {
		return 0, fault.New(fault.NotFound, "there is no transcript %s", replaced)
	}
	return version + 1, nil
}

// Save implements retrieval.Store.
func (m *Memory) Save(_ context.Context, d retrieval.PreparedTranscript) (retrieval.StoredTranscript, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, found, _ := m.find(d.Collection, d.SHA256); found && r.ID != d.Replaces {
		return r, false, nil
	}
	if serving := m.serving(); serving.Name != "" && serving != d.Model {
		return retrieval.StoredTranscript{}, false, retrieval.ErrModelChanged
	}
	name := d.Collection + "/" + d.Filename
	if d.Filename != "" && d.Replaces == "" && d.NameStored != m.nameStored[name] {
		return retrieval.StoredTranscript{}, false, fault.New(fault.Conflict, "another file named %s has been stored in the meantime", d.Filename)
	}
	t := d.Transcript
	r := retrieval.StoredTranscript{
		ID: uuid.Must(uuid.NewV7()).String(), Collection: d.Collection,
		Title: t.Title, Date: t.Date, Place: t.Place, Media: t.Media, Format: t.Format, Language: t.Language,
		Speakers: append([]model.Speaker{}, t.Speakers...), TurnCount: len(t.Turns), Warnings: append([]string{}, t.Warnings...),
		Filename: model.Optional(d.Filename), SHA256: d.SHA256, CreatedAt: time.Now().UTC(), Version: 1,
		Reading: d.Reading, Corrections: append([]correction.Correction{}, d.Corrections...), Pending: d.Waiting(),
	}
	r.CurrentID = r.ID
	if d.Replaces != "" {
		version, err := m.replace(d.Replaces, r.ID)
		if err != nil {
			return retrieval.StoredTranscript{}, false, err
		}
		r.Version = version
	}
	if d.Original != nil {
		m.keep(d.Collection, d.SHA256, d.Original)
	}
	if m.nameStored == nil {
		m.nameStored = map[string]int64{}
	}
	m.nameStored[name]++
	m.kept = append(m.kept, keptTranscript{d, m.described(r)})
	m.enter(d.Collection, t.Turns)
	if d.Replaces != "" {
		m.carry(d.Replaces, r.ID)
		m.sweep(d.Collection)
	}
	return m.described(r), true, nil
}

// SaveAll implements retrieval.Store.
func (m *Memory) SaveAll(ctx context.Context, _ string, model embeddings.Model, prepared iter.Seq[retrieval.PreparedTranscript]) (outcomes []retrieval.Outcome, err error) {
	if serving, _ := m.Serving(ctx); serving.Name != "" && serving != model {
		return nil, retrieval.ErrModelChanged
	}
	for d := range prepared {
		var o retrieval.Outcome
		o.Stored, o.Created, o.Err = m.Save(ctx, d)
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// List implements retrieval.Store.
func (m *Memory) List(_ context.Context, q retrieval.ListQuery) (page retrieval.Page, err error) {
	if q.Cursor != "" && uuid.Validate(q.Cursor) != nil {
		return page, fault.New(fault.Invalid, "cursor %q is not one", q.Cursor)
	}
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return page, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	order, down := strings.CutPrefix(string(q.Order), "-")
	compare := func(a, b retrieval.StoredTranscript) int {
		c := cmp.Or(strings.Compare(listKey(order, a), listKey(order, b)), strings.Compare(a.ID, b.ID))
		if down {
			return -c
		}
		return c
	}
	var all []retrieval.StoredTranscript
	var last retrieval.StoredTranscript
	for _, d := range m.kept {
		if d.stored.ID == q.Cursor {
			last = d.stored
		}
		if d.Collection == q.Collection && d.current() && q.Matches(d.stored) {
			all = append(all, d.stored)
		}
	}
	slices.SortFunc(all, compare)
	if q.Cursor != "" {
		all = slices.DeleteFunc(all, func(r retrieval.StoredTranscript) bool { return compare(r, last) <= 0 })
	}
	page.Transcripts, page.NextCursor = retrieval.CutPage(all, limit, func(r retrieval.StoredTranscript) string { return r.ID })
	return page, nil
}

// listKey is what a transcript is put in order by, before its id.
func listKey(order string, r retrieval.StoredTranscript) string {
	switch retrieval.Order(order) {
	case retrieval.OrderTitle:
		return strings.ToLower(cmp.Or(string(r.Title), string(r.Filename)))
	case retrieval.OrderDate:
		return string(r.Date)
	default:
		return ""
	}
}

func (m *Memory) get(id string) (keptTranscript, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.kept {
		if d.stored.ID == id {
			return d, nil
		}
	}
	return keptTranscript{}, fault.New(fault.NotFound, "there is no transcript %s", id)
}

// Get implements retrieval.Store.
func (m *Memory) Get(_ context.Context, id string) (retrieval.StoredTranscript, error) {
	d, err := m.get(id)
	return d.stored, err
}

// Turns implements retrieval.Store.
func (m *Memory) Turns(_ context.Context, id string) ([]model.Turn, error) {
	d, err := m.get(id)
	if err != nil {
		return nil, err
	}
	return d.Transcript.Turns, nil
}

// Text implements retrieval.Store.
func (m *Memory) Text(_ context.Context, id string) (string, error) {
	d, err := m.get(id)
	if err != nil {
		return "", err
	}
	return d.Transcript.Text, nil
}

// Delete implements retrieval.Store.
func (m *Memory) Delete(_ context.Context, id string) error {
	gone, err := m.get(id)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = slices.DeleteFunc(m.kept, func(d keptTranscript) bool { return d.stored.CurrentID == gone.stored.CurrentID })
	m.sweep(gone.Collection)
	m.sweepOriginals()
	return nil
}

// Serving implements retrieval.Store: the model of the first transcript.
func (m *Memory) Serving(context.Context) (embeddings.Model, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.serving(), nil
}

func (m *Memory) serving() embeddings.Model {
	if len(m.kept) == 0 {
		return embeddings.Model{}
	}
	return m.kept[0].Model
}

// Scope implements retrieval.Index.
func (m *Memory) Scope(_ context.Context, filter retrieval.Filter, lexemes []retrieval.Lexeme) (retrieval.Scope, error) {
	scope := retrieval.Scope{Filter: filter, Frequencies: map[retrieval.Lexeme]int{}}
	m.mu.Lock()
	defer m.mu.Unlock()
	scope.Model = m.serving()
	found := filter.Transcript == ""
	var dates []string
	for _, d := range m.kept {
		if d.Collection != filter.Collection {
			continue
		}
		scope.CollectionID = filter.Collection
		if d.current() {
			dates = append(dates, string(d.stored.Date))
		}
		found = found || d.stored.ID == filter.Transcript
		scope.Passages += len(d.Passages)
		for _, p := range d.Passages {
			for _, w := range p.LexemeWeights() {
				if slices.Contains(lexemes, w.Lexeme) {
					scope.Frequencies[w.Lexeme]++
				}
			}
		}
	}
	if !found {
		return scope, fault.New(fault.NotFound, "there is no transcript %s in collection %q", filter.Transcript, filter.Collection)
	}
	err := m.resolveSpeaker(&scope)
	dates = slices.DeleteFunc(dates, func(date string) bool { return date == "" })
	if scope.Unmatched = !m.matches(scope); scope.Unmatched && len(dates) > 0 {
		scope.First, scope.Last = slices.Min(dates), slices.Max(dates)
	}
	return scope, err
}

// matches reports whether a filter leaves a passage.
func (m *Memory) matches(scope retrieval.Scope) bool {
	for _, d := range m.kept {
		if slices.ContainsFunc(d.Passages, func(p retrieval.Passage) bool { return inScope(scope, d, d.Transcript.Turns[p.Turn]) }) {
			return true
		}
	}
	return false
}

// Lexical implements retrieval.Index.
func (m *Memory) Lexical(_ context.Context, scope retrieval.Scope, query retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	weights := map[retrieval.Lexeme]float64{}
	for _, t := range query.Terms {
		weights[t.Lexeme] = float64(t.Weight)
	}
	candidates := m.rank(scope, query.Limit, func(d keptTranscript, i int) (score float64, found bool) {
		for _, w := range d.Passages[i].LexemeWeights() {
			score += weights[w.Lexeme] * float64(w.Weight)
			found = found || slices.Contains(query.Among, w.Lexeme)
		}
		return score, found
	})
	if query.Apart {
		for i := range candidates {
			candidates[i].Weights = m.weights(candidates[i], query.Terms)
		}
		slices.SortFunc(candidates, retrieval.InRecord)
	}
	return candidates, nil
}

// weights are what terms weigh in a passage.
func (m *Memory) weights(c retrieval.Candidate, terms []retrieval.WeightedLexeme) []float32 {
	weights := make([]float32, len(terms))
	d, _ := m.get(c.TranscriptID) // it was found a moment ago
	for _, w := range d.Passages[c.Passage].LexemeWeights() {
		i := slices.IndexFunc(terms, func(t retrieval.WeightedLexeme) bool { return t.Lexeme == w.Lexeme })
		if i >= 0 {
			weights[i] = w.Weight
		}
	}
	return weights
}

// Semantic implements retrieval.Index.
func (m *Memory) Semantic(_ context.Context, scope retrieval.Scope, query retrieval.Vector, limit int) ([]retrieval.Candidate, error) {
	return m.rank(scope, limit, func(d keptTranscript, i int) (cosine float64, found bool) {
		for j, x := range d.Vectors[i] {
			cosine += float64(x) * float64(query.Values[j])
		}
		return cosine, d.Vectors[i] != nil && d.Model == query.Model
	}), nil
}

func (m *Memory) rank(scope retrieval.Scope, limit int, score func(keptTranscript, int) (float64, bool)) []retrieval.Candidate {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []retrieval.Candidate
	for _, d := range m.kept {
		for i, p := range d.Passages {
			if !inScope(scope, d, d.Transcript.Turns[p.Turn]) {
				continue
			}
			if s, ok := score(d, i); ok {
				key := retrieval.TurnKey{TranscriptID: d.stored.ID, Turn: p.Turn}
				found = append(found, retrieval.Candidate{TurnKey: key, Passage: p.Ordinal, Start: p.Start, End: p.End, Score: s})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b retrieval.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(limit, len(found))]
}

func inScope(scope retrieval.Scope, d keptTranscript, t model.Turn) bool {
	f, date := scope.Filter, string(d.stored.Date)
	return d.Collection == f.Collection &&
		(f.Transcript == "" || d.stored.ID == f.Transcript) &&
		(f.Speaker == "" || scope.Speaks(retrieval.Appearance{TranscriptID: d.stored.ID, Name: string(t.Speaker)})) &&
		(f.Role == "" || t.Role == f.Role) &&
		(f.From == "" || date != "" && date >= f.From) &&
		(f.To == "" || date != "" && date <= f.To)
}

// Hits implements retrieval.Index.
func (m *Memory) Hits(_ context.Context, scope retrieval.Scope, keys []retrieval.TurnKey) ([]retrieval.Hit, error) {
	var hits []retrieval.Hit
	for _, k := range keys {
		d, err := m.get(k.TranscriptID)
		if err != nil {
			continue
		}
		stored := d.stored
		stored.Collection, stored.SHA256 = d.Collection, d.SHA256
		hits = append(hits, retrieval.NewHit(stored, d.Transcript.Turns, k.Turn))
	}
	return hits, nil
}
