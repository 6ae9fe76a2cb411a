package retrieval

import (
	"context"
	"slices"
	"time"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Structure tells what the record is made of: who speaks, how much, in which transcripts.
// What it counts is all that a scope has, and not what a search finds. Superseded versions
// are not of the record.
//
// A turn asks if its role is that of a question, and in a transcript that has no such turn
// if it has a question mark.
type Structure interface {
	// Outline counts the transcripts of a scope and what they have in it, and lists the
	// first of them.
	Outline(ctx context.Context, scope Scope, q OutlineQuery) (Outline, error)
	// CountSpeakers counts those who speak in a scope, and lists the first of them.
	CountSpeakers(ctx context.Context, scope Scope, q CountQuery) (SpeakerCounts, error)
	// Exchanges gives each the turns of a scope that ask, in the order of the record, with
	// what they are answered. With a speaker's filter they are those that the speaker asks
	// or, answered, answers. An error of each ends it.
	Exchanges(ctx context.Context, scope Scope, answered bool, each func(Exchange) error) error
	// Containing gives each the turns of a scope of which a passage has all lexemes, in the
	// order of the record and once for each such passage. The lexemes of its question and of
	// the title are the passage's, too.
	Containing(ctx context.Context, scope Scope, q ContainingQuery, each func(ContainingTurn) error) error
	// WaitingTranscripts counts the transcripts of a scope, whoever speaks in them, of which
	// passages wait to be embedded.
	WaitingTranscripts(ctx context.Context, scope Scope) (int, error)
}

// ContainingQuery says which turns contain something.
type ContainingQuery struct {
	Lexemes []Lexeme
	// Across adds the turns of which two passages, one behind the other, have all lexemes
	// together: a phrase may begin in one and end in the next.
	Across bool
	First  bool     // only the first of each transcript
	Within []string // the ids of transcripts, of which alone they are; nil: all
	Limit  int      // how many passages are looked at, the first ones; 0: all
}

// ContainingTurn is a turn that contains something, with what it is counted by. Its speaker is
// named as the directory calls them, whatever name the transcript prints.
type ContainingTurn struct {
	TurnText
	Date, Speaker, Doubt model.Optional
}

// OutlineQuery says what of a scope is outlined.
type OutlineQuery struct {
	Latest  bool // the latest transcripts first, else the earliest; undated ones are last
	Certain bool // leaves out the turns whose speaker is in doubt
	Words   bool // whether to count words, which reads all texts
	Limit   int  // at least 1
}

// Outline counts a scope.
type Outline struct {
	Extent
	Transcripts int
	FirstDate   model.Optional
	LastDate    model.Optional
	Undated     int // transcripts
	Timed       int // transcripts that have times
	List        []TranscriptOutline
}

// Extent is how much there is.
type Extent struct {
	Turns      int
	Spoken     int // turns that are no narration
	Characters int // of all turns
	Words      int // of all turns, divided by white space; 0 unless they were asked for
	DurationMS int64
}

// TranscriptOutline is what a scope has of a transcript.
type TranscriptOutline struct {
	Extent
	ID          string
	Title       model.Optional
	Date        model.Optional
	Place       model.Optional
	First, Last TurnKey // turns that are no narration; of a transcript of narration alone, any
}

// CountQuery says which speakers of a scope come first.
type CountQuery struct {
	Order SpeakerOrder
	Limit int // at least 1
}

// SpeakerOrder is an order of speakers.
type SpeakerOrder string

// The orders. Of those who speak or ask as much, the one who does so first comes first. In
// the orders of asking there are only those who ask.
const (
	ByAppearance SpeakerOrder = "appearance" // who speaks first comes first
	ByMost       SpeakerOrder = "most"       // by how much they say, in characters
	ByLeast      SpeakerOrder = "least"
	ByAsking     SpeakerOrder = "asking" // by the turns in which they ask
	ByAskingLess SpeakerOrder = "asking less"
)

// SpeakerCounts are those who speak in a scope; narration is nobody's.
type SpeakerCounts struct {
	Named      int // speakers whom the record names
	Labels     int // labels that name nobody, each counted in each transcript: Q, Speaker 2
	Unlabelled int // turns without a speaker and without a label
	Uncertain  int // turns whose speaker or boundary is in doubt
	Turns      int // of all
	Characters int // of all
	List       []SpeakerCount
}

// SpeakerCount is what there is of a person of the directory, or in one transcript of a label
// that names nobody.
type SpeakerCount struct {
	Name        string // as the directory calls them; empty for a label
	Label       string // as printed, or the name of a moderator whom nobody names
	Turns       int
	Characters  int
	Asking      int // turns that ask
	Transcripts int
	First       TurnKey
	FirstAsking TurnKey // with a question mark, if any has; zero unless in the orders of asking
}

// Exchange is a turn that asks, with the first turn that answers it.
type Exchange struct {
	TurnText
	Answer *TurnText // nil: there is none, or answers were not asked for
}

// TurnText is a turn with its text.
type TurnText struct {
	TurnKey
	Text string
}

// Survey asks for the structure of a part of the record.
type Survey struct {
	Scope Scope
	index Index
}

// Survey resolves a filter. A collection that does not exist is empty.
func (s *Searcher) Survey(ctx context.Context, filter Filter) (Survey, error) {
	filter, err := filter.Validate(ctx)
	if err != nil {
		return Survey{}, err
	}
	scope, err := s.index.Scope(ctx, filter, nil)
	return Survey{scope, s.index}, err
}

// Outline is Structure.Outline.
func (s Survey) Outline(ctx context.Context, q OutlineQuery) (Outline, error) {
	if s.Scope.Empty() {
		return Outline{}, nil
	}
	return s.index.Outline(ctx, s.Scope, q)
}

// CountSpeakers is Structure.CountSpeakers.
func (s Survey) CountSpeakers(ctx context.Context, q CountQuery) (SpeakerCounts, error) {
	if s.Scope.Empty() {
		return SpeakerCounts{}, nil
	}
	return s.index.CountSpeakers(ctx, s.Scope, q)
}

// Exchanges is Structure.Exchanges.
func (s Survey) Exchanges(ctx context.Context, answered bool, each func(Exchange) error) error {
	if s.Scope.Empty() {
		return nil
	}
	return s.index.Exchanges(ctx, s.Scope, answered, each)
}

// WaitingTranscripts is Structure.WaitingTranscripts.
func (s Survey) WaitingTranscripts(ctx context.Context) (int, error) {
	if s.Scope.Empty() {
		return 0, nil
	}
	return s.index.WaitingTranscripts(ctx, s.Scope)
}

// Containing is Structure.Containing.
func (s Survey) Containing(ctx context.Context, q ContainingQuery, each func(ContainingTurn) error) error {
	if s.Scope.Empty() {
		return nil
	}
	return s.index.Containing(ctx, s.Scope, q, each)
}

// Hits reads turns.
func (s Survey) Hits(ctx context.Context, keys []TurnKey) ([]Hit, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	hits, err := s.index.Hits(ctx, s.Scope, keys)
	for i := range hits {
		hits[i].tell()
	}
	return hits, err
}

// Mentions are the first turns that have a word or a phrase, one of each transcript, in the
// order of the record. Words are compared as a search compares them: in any form, and
// without those that say nothing.
func (s Survey) Mentions(ctx context.Context, phrase string) ([]TurnKey, error) {
	wanted := Words(phrase)
	if len(wanted) == 0 || s.Scope.Empty() {
		return nil, nil
	}
	var transcripts []string // that contain it, in their titles perhaps
	mentioned := map[string]TurnKey{}
	note := func(t ContainingTurn) error {
		if !slices.Contains(transcripts[max(0, len(transcripts)-1):], t.TranscriptID) {
			transcripts = append(transcripts, t.TranscriptID)
		}
		if _, seen := mentioned[t.TranscriptID]; !seen {
			if _, ok := Mention(t.Text, phrase); ok {
				mentioned[t.TranscriptID] = t.TurnKey
			}
		}
		return nil
	}
	// The first turn that contains one word nearly always mentions it, unless the title does:
	// no others are read of most transcripts.
	q := ContainingQuery{Lexemes: lexemesOf(wanted), First: len(wanted) == 1}
	if err := s.index.Containing(ctx, s.Scope, q, note); err != nil {
		return nil, err
	}
	all := transcripts
	isMentioned := func(id string) bool { _, is := mentioned[id]; return is }
	if unsaid := slices.DeleteFunc(slices.Clone(all), isMentioned); q.First && len(unsaid) > 0 {
		q.First, q.Within = false, unsaid
		if err := s.index.Containing(ctx, s.Scope, q, note); err != nil {
			return nil, err
		}
	}
	var found []TurnKey
	for _, id := range all {
		if isMentioned(id) {
			found = append(found, mentioned[id])
		}
	}
	return found, nil
}

// Mention is the first sentence of a text that has a word or a phrase, in code points of
// the text.
func Mention(text, phrase string) (sentence.Span, bool) {
	wanted := Words(phrase)
	runes := []rune(text)
	for _, s := range sentence.Split(text) {
		said := Words(string(runes[s.Start:s.End]))
		for i := range said {
			if len(said)-i >= len(wanted) && slices.Equal(said[i:i+len(wanted)], wanted) {
				return s, true
			}
		}
	}
	return sentence.Span{}, false
}

// Duration is how long it lasts, where the record has times.
func (e Extent) Duration() time.Duration { return time.Duration(e.DurationMS) * time.Millisecond }
