package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
)

// Store keeps transcripts. Its methods may be called concurrently; their errors
// carry a code of internal/fault ("not_found" for an id that is not there).
type Store interface {
	// Find is the record of a file that the collection already has, by its SHA-256.
	Find(ctx context.Context, collection, sha256 string) (Record, bool, error)
	// Save stores all of a document or nothing. When another has stored the same
	// file in the meantime, that record is returned and created is false.
	Save(ctx context.Context, d Document) (r Record, created bool, err error)
	List(ctx context.Context, q ListQuery) (Page, error)
	Get(ctx context.Context, id string) (Record, error)
	Turns(ctx context.Context, id string) ([]transcript.Turn, error)
	Text(ctx context.Context, id string) (string, error)
	Delete(ctx context.Context, id string) error
	Directory
}

// Document is a transcript ready to be stored: Vectors[i] embeds Passages[i].
type Document struct {
	Collection string
	Filename   string
	SHA256     string
	Transcript *transcript.Transcript
	Passages   []Passage
	Model      embeddings.Model
	Vectors    [][]float32
}

// ListQuery asks for a page of a collection's records, newest last.
type ListQuery struct {
	Collection string
	Cursor     string // Page.NextCursor of the page before; empty for the first
	Limit      int    // DefaultPage when zero, at most MaxPage
}

// DefaultPage and MaxPage bound the records of one page.
const (
	DefaultPage = 50
	MaxPage     = 200
)

// Page is a part of a list; NextCursor is empty on the last.
type Page struct {
	Transcripts []Record
	NextCursor  string
}

// Library adds transcripts to the record and reads them back.
type Library struct {
	Store
	embedder embeddings.Embedder
}

// NewLibrary makes a Library that embeds what it stores.
func NewLibrary(store Store, embedder embeddings.Embedder) *Library {
	return &Library{store, embedder}
}

// AddRequest is a file to be stored.
type AddRequest struct {
	Data       []byte
	Collection string // DefaultCollection when empty
	transcript.Options
}

var collectionName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._-]{0,99}$`)

// Add parses, divides, embeds and stores a file. The same file in the same
// collection is stored once: then created is false and its record is returned.
func (l *Library) Add(ctx context.Context, req AddRequest) (r Record, created bool, err error) {
	if req.Collection == "" {
		req.Collection = DefaultCollection
	}
	if !collectionName.MatchString(req.Collection) {
		return Record{}, false, fault.New(fault.Invalid,
			"collection %q is not a name; use up to 100 letters, digits, spaces, points, hyphens and underscores", req.Collection)
	}
	hash := sha256.Sum256(req.Data)
	sum := hex.EncodeToString(hash[:])
	if r, found, err := l.Find(ctx, req.Collection, sum); err != nil || found {
		return r, false, err
	}
	t, err := transcript.Parse(req.Data, req.Options)
	if err != nil {
		return Record{}, false, err
	}
	passages := Passages(t)
	texts := make([]string, len(passages))
	for i, p := range passages {
		texts[i] = p.EmbeddingText()
	}
	vectors, err := l.embedder.Embed(ctx, embeddings.Document, texts)
	if err != nil {
		return Record{}, false, embeddingFailed(err)
	}
	return l.Save(ctx, Document{
		Collection: req.Collection, Filename: req.Filename, SHA256: sum,
		Transcript: t, Passages: passages, Model: l.embedder.Model(), Vectors: vectors,
	})
}

// embeddingFailed keeps an embedder's trouble with its server from being taken
// for the user's with ours: a key refused there is no key refused here.
func embeddingFailed(err error) error {
	if code := fault.CodeOf(err); code == fault.Unauthorized || code == fault.Invalid {
		return fault.Wrap(err, fault.Unavailable, "%s", fault.MessageOf(err))
	}
	return err
}
