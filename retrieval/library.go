package retrieval

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// Store is all that a Library needs of a database. Each part is declared where it is
// used. The methods may be called concurrently; their errors carry a code of
// internal/fault ("not_found" for an id that is not there).
type Store interface {
	Catalog
	Writer
	Reader
	Originals
	Vectors
	Pending
	Directory
}

// Catalog finds transcripts by what is known of them.
type Catalog interface {
	// Find is the transcript of a file that the collection already has, by its SHA-256,
	// as the newest version of a transcript.
	Find(ctx context.Context, collection, sha256 string) (StoredTranscript, bool, error)
	// Namesakes are the newest versions whose files had this name, in NFC or NFD, the last
	// stored first, and how often files of this name have been stored, before or since.
	Namesakes(ctx context.Context, collection, filename string, limit int) (found []StoredTranscript, stored int64, err error)
	// List is a page of the newest versions, in the order of storing; "invalid" for a
	// cursor that is none.
	List(ctx context.Context, q ListQuery) (Page, error)
	// Collections are those that have transcripts, by their names.
	Collections(ctx context.Context) ([]Collection, error)
}

// Collection is what a list shows of the transcripts that are searched together, of which
// it counts the newest versions.
type Collection struct {
	Name            string         `json:"name"`
	TranscriptCount int            `json:"transcript_count"`
	TurnCount       int            `json:"turn_count"`
	FirstDate       model.Optional `json:"first_date"` // of its events; null where no date is known
	LastDate        model.Optional `json:"last_date"`
	Roles           []model.Role   `json:"roles"` // that its turns have, in the order of model.Roles
}

// Writer changes what is stored.
type Writer interface {
	// Save stores all of a transcript or nothing. When another has stored the same
	// file in the meantime, that record is returned and created is false. What the
	// transcript replaces must be the newest version ("conflict"): it leaves the index
	// and the directory, and can still be read. Its file may be the same. Where a transcript
	// replaces none, no other file of its name may have been stored since NameStored was
	// counted ("conflict").
	Save(ctx context.Context, d PreparedTranscript) (r StoredTranscript, created bool, err error)
	// SaveAll saves transcripts of one collection and model in one transaction, which
	// is several times faster. It asks for the next ones while it writes. A transcript
	// that cannot be stored is left out; outcomes are in the order of the transcripts.
	// With an error none is stored; with ErrModelChanged none was asked for.
	SaveAll(ctx context.Context, collection string, m embeddings.Model, prepared iter.Seq[PreparedTranscript]) ([]Outcome, error)
	// Embargo embargoes a transcript in all its versions, or a turn of the newest one, or lifts
	// the embargo of it, and returns the transcript as it is then.
	Embargo(ctx context.Context, id string, turn *int, until Embargo) (StoredTranscript, error)
	// Delete removes a transcript with all its versions, and what answers have of it.
	Delete(ctx context.Context, id string) error
	// RenameCollection gives a collection another name, which no collection with transcripts
	// may have ("conflict"), and returns it as it is then.
	RenameCollection(ctx context.Context, name, to string) (Collection, error)
	// DeleteCollection removes a collection with its transcripts, their files, its speakers, and what answers have of them,
	// all or nothing, and returns it as it was.
	DeleteCollection(ctx context.Context, name string) (Collection, error)
}

// Reader reads a stored transcript, of whichever version.
type Reader interface {
	Get(ctx context.Context, id string) (StoredTranscript, error)
	Turns(ctx context.Context, id string) ([]model.Turn, error)
	// Text is the canonical text, to which the offsets of turns refer.
	Text(ctx context.Context, id string) (string, error)
}

// ErrModelChanged says that another model serves than the one of a transcript.
var ErrModelChanged = errors.New("another embedding model serves")

// PreparedTranscript is a transcript ready to be stored: Vectors[i] embeds Passages[i],
// and Sentences[i] the sentences of that. Without a vector a passage waits to be embedded.
type PreparedTranscript struct {
	Collection string
	Filename   string
	SHA256     string
	Reading    Reading
	Original   []byte  // the file, packed; nil where that of the version before is the same
	Replaces   string  // the transcript of which this is a new version, by id; empty for none
	Embargo    Embargo // of the whole; a new version has at least that of the one before
	Namesake   bool    // another file of its name is under embargo, and so this one is at least as long
	NameStored int64   // how often files of its name had been stored when what it replaces was sought
	Transcript *model.Transcript
	// Corrections are those that people made by hand: the transcript has them already.
	Corrections []correction.Correction
	Passages    []Passage
	Model       embeddings.Model
	Vectors     [][]float32
	Sentences   [][]SentenceVector // nil where the embedder is no SpanEmbedder
}

// Outcome is what became of a transcript or a file.
type Outcome struct {
	Stored  StoredTranscript
	Created bool  // or it was there already
	Edited  bool  // it was there, with another title, date, place or media link than are given now
	Err     error // why it was not stored
}

// ListQuery asks for a page of a collection's transcripts.
type ListQuery struct {
	Collection string
	Words      string // that stand in the title, the speakers' names or the file's name, all of them; none asks for every transcript
	Order      Order  // OrderAdded when empty
	Cursor     string // Page.NextCursor of the page before; empty for the first
	Limit      int    // see PageLimit
}

// Order is in which order transcripts are listed.
type Order string

// The orders. Those that begin with a hyphen go the other way. A transcript without a title
// stands under its file's name, and one without a date before all dates.
const (
	OrderAdded     Order = "added" // the newest last
	OrderAddedDown Order = "-added"
	OrderTitle     Order = "title"
	OrderTitleDown Order = "-title"
	OrderDate      Order = "date"
	OrderDateDown  Order = "-date"
)

// Orders are all of them.
func Orders() []Order {
	return []Order{OrderAdded, OrderAddedDown, OrderTitle, OrderTitleDown, OrderDate, OrderDateDown}
}

// Terms are the words of the query as they are compared: in small letters, without diacritics.
func (q ListQuery) Terms() []string { return strings.Fields(fold(q.Words)) }

// Matches reports whether a transcript has the words of the query.
func (q ListQuery) Matches(r StoredTranscript) bool {
	about := string(r.Title) + " " + string(r.Filename)
	for _, s := range r.Speakers {
		about += " " + s.Name
	}
	about = fold(about)
	return !slices.ContainsFunc(q.Terms(), func(term string) bool { return !strings.Contains(about, term) })
}

// Page is a part of a list; NextCursor is empty on the last.
type Page struct {
	Transcripts []StoredTranscript
	NextCursor  string
}

// Waiting is how many passages wait to be embedded.
func (d PreparedTranscript) Waiting() (passages int) {
	for _, v := range d.Vectors {
		if v == nil {
			passages++
		}
	}
	return passages
}

// Library adds transcripts to the record and reads them back.
type Library struct {
	store    Store
	passages passageEmbedder
	queue    *queue
	names    turnstiles // of the files that are being stored
	parse    Parser
}

// NewLibrary makes a Library. What it stores it embeds at once where that takes no time,
// else by EmbedPending or KeepEmbedding.
func NewLibrary(store Store, embedder embeddings.Embedder) *Library {
	return &Library{store: store, passages: passageEmbedder{store, embedder, Only(embedder)}, queue: newQueue(), parse: transcript.Parse}
}

// With lets a Library embed by other models than its own, for a record that has
// their vectors.
func (l *Library) With(all Embedders) *Library {
	l.passages.embedders = all
	return l
}

// ParsedBy lets a Library read files by another parser than transcript.Parse: in another
// process, for files of anybody.
func (l *Library) ParsedBy(parse Parser) *Library {
	l.parse = parse
	return l
}

// List is a page of a collection's transcripts.
func (l *Library) List(ctx context.Context, q ListQuery) (Page, error) { return l.store.List(ctx, q) }

// Collections are those that have transcripts, by their names.
func (l *Library) Collections(ctx context.Context) ([]Collection, error) {
	return l.store.Collections(ctx)
}

// RenameCollection gives a collection another name, and returns it as it is then.
func (l *Library) RenameCollection(ctx context.Context, name, to string) (Collection, error) {
	to = strings.TrimSpace(to)
	if err := CheckCollection(to); err != nil {
		return Collection{}, err
	}
	return l.store.RenameCollection(ctx, name, to)
}

// DeleteCollection removes a collection with all that it holds, and returns it as it was.
func (l *Library) DeleteCollection(ctx context.Context, name string) (Collection, error) {
	return l.store.DeleteCollection(ctx, name)
}

// Get is what is stored of a transcript, of whichever version.
func (l *Library) Get(ctx context.Context, id string) (StoredTranscript, error) {
	return l.store.Get(ctx, id)
}

// Turns are those of a transcript, of whichever version.
func (l *Library) Turns(ctx context.Context, id string) ([]model.Turn, error) {
	return l.store.Turns(ctx, id)
}

// Text is the canonical text of a transcript, to which the offsets of its turns refer.
func (l *Library) Text(ctx context.Context, id string) (string, error) { return l.store.Text(ctx, id) }

// Delete removes a transcript with all its versions. One of which something may not be shown is
// deleted with the scope admin alone.
func (l *Library) Delete(ctx context.Context, id string) error {
	if _, ok := access.Of(ctx); ok && !access.Embargoed(ctx) {
		stored, err := l.store.Get(ctx, id)
		if err == nil {
			err = l.wholeSeen(ctx, stored)
		}
		if err != nil {
			return err
		}
	}
	return l.store.Delete(ctx, id)
}

// AddRequest is a file to be stored.
type AddRequest struct {
	Data       []byte
	Collection string  // access.Collection when empty
	Replaces   string  // the transcript of which this is a new version, by id; found out when empty
	Embargo    Embargo // as ParseEmbargo takes it; that of the version before when empty
	transcript.Options
}

// CheckCollection checks the name of a collection.
func CheckCollection(name string) error {
	if !collectionName.MatchString(name) {
		return fault.New(fault.Invalid, "collection %q is not a name; use up to 100 letters, digits, spaces, points, hyphens and underscores", name)
	}
	return nil
}

var collectionName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._-]{0,99}$`)

// Add parses, divides and stores a file. The same file in the same
// collection is stored once: then created is false, and its record is returned, with the
// title, the date, the place and the media link that are given. What is changed in the meantime is looked up again.
func (l *Library) Add(ctx context.Context, req AddRequest) (r StoredTranscript, created bool, err error) {
	if req.Embargo, err = ParseEmbargo(string(req.Embargo)); err != nil {
		return r, false, err
	}
	if err := l.mayReplace(ctx, req); err != nil {
		return r, false, err
	}
	namesake := false
	defer func(ctx context.Context) {
		if err == nil {
			r = l.shown(ctx, r, created && !namesake && r.Embargo == req.Embargo)
		}
	}(ctx)
	ctx = access.WithEmbargoed(ctx) // a file is known although it is embargoed
	for try := 0; ; try++ {
		r, created, namesake, err = l.add(ctx, req)
		code := fault.CodeOf(err)
		if code != fault.Conflict && code != fault.NotFound || req.Replaces != "" || try == maxAdditions {
			observe.Ingested(ctx, outcomeOf(r, created, err))
			return r, created, err
		}
	}
}

func outcomeOf(r StoredTranscript, created bool, err error) observe.Ingest {
	switch {
	case err != nil && fault.CodeOf(err).Exit() == fault.ExitDependency:
		return observe.Failed
	case err != nil:
		return observe.Refused
	case created && r.Version > 1:
		return observe.Replaced
	case created:
		return observe.Stored
	}
	return observe.Present
}

// maxAdditions bounds how often a file is added that others change meanwhile.
const maxAdditions = 50

// add is a try of Add; namesake is PreparedTranscript.Namesake.
func (l *Library) add(ctx context.Context, req AddRequest) (r StoredTranscript, created, namesake bool, err error) {
	d, r, found, err := l.read(ctx, req)
	if err == nil && !found {
		var leave func()
		if leave, err = l.names.enter(ctx, d.Collection+"/"+cmp.Or(d.Filename, d.SHA256)); err != nil { // other processes are met by NameStored
			return StoredTranscript{}, false, false, err
		}
		defer leave()
		if err = l.succeed(ctx, &d); err != nil {
			return StoredTranscript{}, false, false, err
		}
		r, found, err = l.find(ctx, d.Collection, d.SHA256, req) // it may have been stored meanwhile
	}
	if err == nil && found {
		r, _, err = l.restateAll(ctx, r, req)
	}
	if err != nil || found {
		return r, false, false, err
	}
	l.queue.room(ctx)
	r, created, err = l.save(ctx, d)
	if err == nil && created && d.Namesake {
		r = r.warned(namesakeEmbargoed)
	}
	return r, created, d.Namesake, err
}

// save stores a transcript, and has it embedded.
func (l *Library) save(ctx context.Context, d PreparedTranscript) (r StoredTranscript, created bool, err error) {
	for try := 0; ; try++ {
		if err := l.passages.embed(ctx, &d); err != nil {
			return StoredTranscript{}, false, err
		}
		r, created, err = l.store.Save(ctx, d)
		if errors.Is(err, ErrModelChanged) && try == 0 { // reindexed in the meantime
			continue
		}
		if created {
			l.queue.join(d.Waiting())
		}
		return r, created, err
	}
}

// find looks for a file in the collection, and keeps it where it is there without.
func (l *Library) find(ctx context.Context, collection, sha256 string, req AddRequest) (r StoredTranscript, found bool, err error) {
	if r, found, err = l.store.Find(ctx, collection, sha256); err == nil && found {
		err = l.keepOriginal(ctx, &r, req)
	}
	return r, found, err
}

// read parses and divides a file, unless it is found in the collection.
func (l *Library) read(ctx context.Context, req AddRequest) (d PreparedTranscript, r StoredTranscript, found bool, err error) {
	if req.Collection == "" {
		req.Collection = access.Collection(ctx)
	}
	if err := CheckCollection(req.Collection); err != nil {
		return d, r, false, err
	}
	hash := sha256.Sum256(req.Data)
	sum := hex.EncodeToString(hash[:])
	if r, found, err = l.find(ctx, req.Collection, sum, req); err != nil || found {
		return d, r, found, err
	}
	t, filename, warning, err := l.parse.ParseFile(ctx, req.Data, req.Options)
	if err != nil {
		return d, r, false, err
	}
	reading := readingOf(req.Options)
	reading.Warning = warning
	packed, err := pack(req.Data)
	return PreparedTranscript{
		Collection: req.Collection, Filename: filename, SHA256: sum, Reading: reading, Original: packed,
		Replaces: req.Replaces, Embargo: req.Embargo, Transcript: t, Passages: Passages(t),
	}, r, false, err
}
