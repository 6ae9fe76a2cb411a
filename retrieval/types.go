package retrieval

import (
	"cmp"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// DefaultCollection is searched and added to where none is named; see access.Collection.
const DefaultCollection = access.DefaultCollection

// StoredTranscript is a stored transcript without its words.
type StoredTranscript struct {
	ID         string          `json:"id"` // UUIDv7
	Collection string          `json:"collection"`
	Title      model.Optional  `json:"title"`
	Date       model.Optional  `json:"date"` // ISO 8601
	Place      model.Optional  `json:"place"`
	Media      model.Optional  `json:"media"` // link to the recording, as package media takes it
	Format     string          `json:"format"`
	Language   model.Optional  `json:"language"`
	Speakers   []model.Speaker `json:"speakers"`
	TurnCount  int             `json:"turn_count"`
	Warnings   []string        `json:"warnings"`
	Filename   model.Optional  `json:"filename"`
	SHA256     string          `json:"sha256"`     // of the file as it was given, hexadecimal
	Version    int             `json:"version"`    // 1, and one more each time that it was replaced: by an edited file, a better reading, a correction
	CurrentID  string          `json:"current_id"` // of the newest version: its own, unless it was replaced
	CreatedAt  time.Time       `json:"created_at"`
	// HasOriginal says that the file is kept. Those of the first releases are not.
	HasOriginal bool `json:"has_original"`
	// Corrections are what people mended by hand, in the order in which they did.
	Corrections []correction.Correction `json:"corrections"`
	Reading     Reading                 `json:"-"`
	// Pending are the passages that words find, and meaning does not before they have been
	// embedded. Unembeddable are those that the model cannot embed.
	Pending      int `json:"pending_passages"`
	Unembeddable int `json:"unembeddable_passages,omitempty"`
	// Embargo is that of the whole, EmbargoedTurns are those of single turns; both are empty
	// for whoever is not shown them.
	Embargo        Embargo         `json:"embargo,omitempty"`
	EmbargoedTurns []EmbargoedTurn `json:"embargoed_turns,omitempty"`
}

// Called is the transcript's title or, where it has none, the name of its file, which tells it from
// others that have none.
func (t StoredTranscript) Called() model.Optional { return cmp.Or(t.Title, t.Filename) }

// Filter narrows a search. Empty fields do not.
type Filter struct {
	Collection string     `json:"collection,omitempty"` // name; access.Collection when empty
	Transcript string     `json:"transcript,omitempty"` // ID
	Speaker    string     `json:"speaker,omitempty"`    // name, a part of one, or ID of a speaker, whose other names count too
	Role       model.Role `json:"role,omitempty"`
	From       string     `json:"from,omitempty"` // ISO 8601 dates of the event, both inclusive
	To         string     `json:"to,omitempty"`
}

// Query is what a person wants to find.
type Query struct {
	Text    string
	History []string // earlier questions of the conversation, oldest first
	Filter  Filter
	Limit   int  // hits wanted; DefaultLimit when zero
	AsTyped bool // no word is taken for a misspelt one: the question has been read, see Searcher.Read
	// Beside is what the same question found with a wider filter: evidence is weighed against
	// all that was found then, so that both can be compared. Nil: against its own.
	Beside *Result
	// Without are turns that are not found, and not told as questions that others answer: so is
	// seen what comes of a question that the record would not answer.
	Without []TurnKey
}

// Hit is a turn that was found, with the question that it answers.
type Hit struct {
	TranscriptID string         `json:"transcript_id"`
	Title        model.Optional `json:"transcript_title"`
	Collection   string         `json:"collection"`
	Date         model.Optional `json:"date"`
	Place        model.Optional `json:"place"`
	Version      int            `json:"transcript_version"`
	SHA256       string         `json:"transcript_sha256"` // of the file as it was given, hexadecimal
	Turn         int            `json:"turn"`
	Label        model.Optional `json:"label,omitempty"` // as printed
	Speaker      model.Optional `json:"speaker"`
	Affiliation  model.Optional `json:"affiliation"`
	Role         model.Role     `json:"role"`
	Doubt        model.Optional `json:"doubt,omitempty"` // why the speaker or the boundary of the turn is uncertain
	Continues    model.Optional `json:"-"`               // see model.Turn
	Text         string         `json:"text"`
	Start        int            `json:"start"` // code points in the canonical text
	End          int            `json:"end"`
	StartMS      *int64         `json:"start_ms"`
	EndMS        *int64         `json:"end_ms"`
	Cues         model.Cues     `json:"-"` // see model.Turn
	Media        model.Optional `json:"-"` // link to the recording
	// MediaURL leads to where the recording has the sentences that answer best, or else the
	// turn. A search tells it.
	MediaURL model.Optional `json:"media_url,omitempty"`
	// ReadAloud are the parts of the text that the speaker reads aloud or quotes, in code
	// points of the canonical text. A search tells them.
	ReadAloud    []sentence.Span `json:"read_aloud_spans,omitempty"`
	Score        float64         `json:"score"`         // comparable within one result only
	LexicalRank  *int            `json:"lexical_rank"`  // 1-based; null where that search did not find it
	SemanticRank *int            `json:"semantic_rank"` // likewise
	Question     *QuestionTurn   `json:"question"`      // null when the turn answers none
	// EvidenceSpans are the sentences that answer best, in the order of the record.
	EvidenceSpans []sentence.Span `json:"evidence,omitempty"`
	Evidence      Evidence        `json:"-"`
}

// QuestionTurn is the question that a hit answers.
type QuestionTurn struct {
	Turn        int            `json:"turn"`
	Label       model.Optional `json:"label,omitempty"`
	Speaker     model.Optional `json:"speaker"`
	Affiliation model.Optional `json:"affiliation"`
	Doubt       model.Optional `json:"doubt,omitempty"`
	Text        string         `json:"text"`
	Start       int            `json:"start"`
	End         int            `json:"end"`
}

// Result is what a search found.
type Result struct {
	Hits    []Hit
	Reading QuestionReading // of the query
	Terms   []Term          // of the question, with what the collection knows of them
	// UnknownWeight is the weight of a word that no passage has: the most that one
	// word can weigh, and so the unit in which evidence can be measured.
	UnknownWeight float64
	// Fitted are the weights by which the sentences of the best hits were weighed; nil: none.
	Fitted *FittedWeights
	// Nothing says, in words for the user, why nothing can be found, whatever is asked, and
	// what to do about it.
	Nothing string
	// Language says, in words for the user, that the question is in another language than
	// the record, and that the model does not read both.
	Language string
	// Degraded says, in words for the user, what part of the search was missing.
	Degraded string
	Timings  Timings

	spread *spread // of the candidates whose evidence was weighed; nil: none
}

// Notice says, in words for the user, what they should know of a search.
func (r Result) Notice() string {
	var sentences []string
	for _, s := range []string{r.Nothing, r.Reading.Notice(), r.Language, r.Degraded} {
		if s != "" && len(sentences) > 0 {
			s = capitalised(s)
		}
		if s != "" {
			sentences = append(sentences, s)
		}
	}
	return strings.Join(sentences, " ")
}

// Timings are the parts of a search, in milliseconds.
type Timings struct {
	EmbedMS    float64
	RetrieveMS float64
	RerankMS   float64
}

// Milliseconds is a duration in the unit of Timings.
func Milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
