package answer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// MentionsQuery asks where a word or a phrase stands.
type MentionsQuery struct {
	Phrase string // up to MaxPhrase code points
	Filter retrieval.Filter
	Cursor string // Mentions.NextCursor of the page before; empty for the first
	Limit  int    // see retrieval.PageLimit
}

// MaxPhrase bounds a phrase, in code points.
const MaxPhrase = 200

// passagesLookedAt bounds of how many passages the texts are read for a phrase: of a word that is
// in more, the first ones in the order of the record are counted, and it is said.
const passagesLookedAt = 20_000

// Mentions are all places where a phrase stands: how many there are, and a page of them in the
// order of the record, which is by date; undated transcripts are last.
type Mentions struct {
	Total      int            `json:"total"`
	Complete   bool           `json:"complete"` // or there may be more than were counted, as Notice says
	BySpeaker  []SpeakerTally `json:"by_speaker"`
	ByYear     []YearTally    `json:"by_year"`
	Mentions   []Mention      `json:"mentions"`
	NextCursor model.Optional `json:"next_cursor"` // null on the last page
	Notice     string         `json:"notice,omitempty"`
}

// SpeakerTally is how often somebody says a phrase, under the names that are theirs together, by
// the one that the directory calls them; null stands for those whom the record does not name, or
// not without a doubt.
type SpeakerTally struct {
	Speaker model.Optional `json:"speaker"`
	Count   int            `json:"count"`
}

// YearTally is how often a phrase is said in a year; null is that of undated transcripts.
type YearTally struct {
	Year  *int `json:"year"`
	Count int  `json:"count"`
}

// Mention is a place where a phrase stands, told as a citation of it is.
type Mention struct {
	TranscriptID    string         `json:"transcript_id"`
	TranscriptTitle model.Optional `json:"transcript_title"`
	Collection      string         `json:"collection"`
	Date            model.Optional `json:"date"`
	Turn            int            `json:"turn"`
	Label           model.Optional `json:"label,omitempty"`
	Speaker         model.Optional `json:"speaker"`
	Affiliation     model.Optional `json:"affiliation"`
	Role            model.Role     `json:"role"`
	Doubt           model.Optional `json:"doubt,omitempty"`
	ReadAloud       bool           `json:"read_aloud,omitempty"`
	Quote           string         `json:"quote"` // the phrase as the record has it
	Start           int            `json:"start"` // code points in the canonical text
	End             int            `json:"end"`
	Prefix          string         `json:"prefix"`
	Suffix          string         `json:"suffix"`
	URL             string         `json:"url"`
}

func mentionOf(c Citation) Mention {
	return Mention{
		TranscriptID: c.TranscriptID, TranscriptTitle: c.TranscriptTitle, Collection: c.Collection, Date: c.Date,
		Turn: c.Turn, Label: c.Label, Speaker: c.Speaker, Affiliation: c.Affiliation, Role: c.Role, Doubt: c.Doubt, ReadAloud: c.ReadAloud,
		Quote: c.Quote, Start: c.Start, End: c.End, Prefix: c.Prefix, Suffix: c.Suffix, URL: c.URL,
	}
}

// Mentions finds every place where a phrase stands. The index tells the turns that may have it,
// by its lexemes; whether they have it, their text does.
func (s *Service) Mentions(ctx context.Context, q MentionsQuery) (Mentions, error) {
	phrase, err := q.validate(ctx)
	if err != nil {
		return Mentions{}, err
	}
	survey, err := s.searcher.Survey(ctx, q.Filter)
	if err != nil {
		return Mentions{}, err
	}
	t := newTally(q)
	read, last := 0, retrieval.TurnKey{}
	err = survey.Containing(ctx, retrieval.ContainingQuery{Lexemes: lexemesAnywhere(q.Phrase), Across: true, Limit: passagesLookedAt}, func(turn retrieval.ContainingTurn) error {
		if read++; turn.TurnKey != last {
			last = turn.TurnKey
			t.add(turn, phrase.In(turn.Text))
		}
		return nil
	})
	if err != nil {
		return Mentions{}, err
	}
	found := t.mentions()
	found.Notice = survey.Scope.Nothing()
	if found.Complete = read < passagesLookedAt; !found.Complete {
		found.Notice = fmt.Sprintf("These words are too common to be counted everywhere: only the first %d passages that may have them were read, in the order of dates. Narrow the filter, or add a word.", passagesLookedAt)
	}
	found.Mentions, err = s.mentionsAt(ctx, survey, t.page)
	return found, err
}

// validate checks a query and completes it.
func (q *MentionsQuery) validate(ctx context.Context) (phrase quotation.Phrase, err error) {
	if q.Filter, err = q.Filter.Validate(ctx); err != nil {
		return phrase, err
	}
	phrase, hasWords := quotation.NewPhrase(q.Phrase)
	switch {
	case !hasWords:
		return phrase, fault.New(fault.Invalid, "the phrase has no words; write those that are to be found")
	case utf8.RuneCountInString(q.Phrase) > MaxPhrase:
		return phrase, fault.New(fault.TooLarge, "the phrase is longer than %d characters; shorten it", MaxPhrase)
	case q.Cursor != "" && !isPlace(q.Cursor):
		return phrase, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
	}
	q.Limit, err = retrieval.PageLimit(q.Limit)
	return phrase, err
}

// lexemesAnywhere are the lexemes that all texts have in which a phrase stands, whatever the case
// of its letters and whatever is before and behind it: capitals may make an acronym of a word,
// and a dash a compound of two; of a script without spaces the index has pairs of characters.
func lexemesAnywhere(phrase string) []retrieval.Lexeme {
	apart := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) {
			return ' '
		}
		return r
	}, phrase)
	inCapitals := retrieval.Words(strings.ToUpper(apart))
	var lexemes []retrieval.Lexeme
	for _, w := range retrieval.Words(strings.ToLower(apart)) {
		first, _ := utf8.DecodeRuneInString(w)
		alone := words.ByCharacter(first) && len(words.Cut(w+w)) == 1
		if !alone && slices.Contains(inCapitals, w) {
			lexemes = append(lexemes, retrieval.NewLexeme(w))
		}
	}
	return notNil(sorted(lexemes))
}

// tally counts mentions, and keeps those of a page.
type tally struct {
	query    MentionsQuery
	total    int
	speakers map[model.Optional]int
	years    map[string]int // by their four digits, which may be none
	page     []mentionPlace
	more     bool // there are others behind the page
}

// mentionPlace is where a mention stands: a span of its turn's text.
type mentionPlace struct {
	retrieval.TurnKey
	span   sentence.Span
	cursor string // where the place is in the order of the record, see placeOf
}

func newTally(q MentionsQuery) *tally {
	return &tally{query: q, speakers: map[model.Optional]int{}, years: map[string]int{}}
}

func (t *tally) add(turn retrieval.ContainingTurn, spans []sentence.Span) {
	t.total += len(spans)
	if len(spans) == 0 {
		return
	}
	if turn.Doubt != "" {
		turn.Speaker = ""
	}
	t.speakers[turn.Speaker] += len(spans)
	year, _, _ := strings.Cut(string(turn.Date), "-")
	t.years[year] += len(spans)
	for _, span := range spans {
		place := mentionPlace{turn.TurnKey, span, placeOf(turn, span)}
		switch {
		case place.cursor <= t.query.Cursor:
		case len(t.page) < t.query.Limit:
			t.page = append(t.page, place)
		default:
			t.more = true
			return
		}
	}
}

// placeOf is a place as text that sorts as the record is ordered: date, transcript, turn, and
// the first code point.
func placeOf(turn retrieval.ContainingTurn, span sentence.Span) string {
	return fmt.Sprintf("%s/%s/%010d/%010d", cmp.Or(turn.Date, "~"), turn.TranscriptID, turn.Turn, span.Start)
}

func isPlace(cursor string) bool {
	parts := strings.Split(cursor, "/")
	return len(parts) == 4 && retrieval.ValidID(parts[1]) && len(parts[2]) == 10 && len(parts[3]) == 10
}

// mentions are the numbers that were counted: who says it most first, years in their order.
func (t *tally) mentions() Mentions {
	m := Mentions{Total: t.total, BySpeaker: []SpeakerTally{}, ByYear: []YearTally{}, Mentions: []Mention{}}
	for speaker, n := range t.speakers {
		m.BySpeaker = append(m.BySpeaker, SpeakerTally{speaker, n})
	}
	slices.SortFunc(m.BySpeaker, func(a, b SpeakerTally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(cmp.Or(a.Speaker, "\U0010FFFF"), cmp.Or(b.Speaker, "\U0010FFFF")))
	})
	for _, digits := range slices.SortedFunc(maps.Keys(t.years), func(a, b string) int { return cmp.Compare(cmp.Or(a, "~"), cmp.Or(b, "~")) }) {
		y := YearTally{Count: t.years[digits]}
		if year, err := strconv.Atoi(digits); err == nil {
			y.Year = &year
		}
		m.ByYear = append(m.ByYear, y)
	}
	if t.more {
		m.NextCursor = model.Optional(t.page[len(t.page)-1].cursor)
	}
	return m
}

// mentionsAt are the mentions at places. A transcript that was deleted in the meantime has none
// any more.
func (s *Service) mentionsAt(ctx context.Context, survey retrieval.Survey, places []mentionPlace) ([]Mention, error) {
	var keys []retrieval.TurnKey
	for _, p := range places {
		keys = append(keys, p.TurnKey)
	}
	hits, err := survey.Hits(ctx, distinct(keys))
	if err != nil {
		return nil, err
	}
	turns := make(map[retrieval.TurnKey]*turn, len(hits))
	for _, h := range hits {
		turns[turnOf(h)] = readTurn(h)
	}
	mentions := []Mention{}
	for _, p := range places {
		if h, found := turns[p.TurnKey]; found {
			mentions = append(mentions, mentionOf(s.cite(h, sentence.Span{Start: h.Start + p.span.Start, End: h.Start + p.span.End})))
		}
	}
	return mentions, nil
}
