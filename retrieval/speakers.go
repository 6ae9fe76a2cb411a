package retrieval

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// Directory knows the people who speak in a collection. It groups the names that
// transcripts print: what is done to it changes whom a filter finds, and never
// the speaker or the words of a turn, which stay as their transcript has them.
//
// Entries come into being as transcripts are stored: a name that the collection
// does not know yet goes to the entry that has a name of the same words, and
// begins one of its own where there is none, or more than one. Different
// spellings are put together by users only. With its last transcript an entry
// goes too, unless a user has edited it: then the names it was given stay its
// own, for the transcripts to come.
type Directory interface {
	// Speakers is a page of a collection's entries, in the order of their names;
	// "invalid" for a cursor that is none.
	Speakers(ctx context.Context, q SpeakersQuery) (SpeakersPage, error)
	// Speaker is the entry of an id.
	Speaker(ctx context.Context, id string) (Speaker, error)
	// EditSpeaker makes one change, all of it or nothing, and returns the entry as
	// it is then, followed by the one that was split off, if any.
	EditSpeaker(ctx context.Context, id string, edit SpeakerEdit) ([]Speaker, error)
}

// Speaker is an entry of the directory: a person of a collection.
type Speaker struct {
	ID              string         `json:"id"` // UUIDv7
	Collection      string         `json:"collection"`
	Name            string         `json:"name"` // how the directory calls them
	Affiliations    []string       `json:"affiliations"`
	Aliases         []Alias        `json:"aliases"` // in alphabetical order
	TranscriptCount int            `json:"transcript_count"`
	TurnCount       int            `json:"turn_count"`
	FirstDate       model.Optional `json:"first_date"` // of an event with them, ISO 8601
	LastDate        model.Optional `json:"last_date"`
}

// Alias is a name under which transcripts print a speaker.
type Alias struct {
	Name            string   `json:"name"`
	Labels          []string `json:"labels"` // that transcripts resolve to the name, as printed
	TranscriptCount int      `json:"transcript_count"`
	TurnCount       int      `json:"turn_count"`
	OnlyIn          []string `json:"only_in"`   // the transcripts where the name is this speaker's; empty: all but ExceptIn
	ExceptIn        []string `json:"except_in"` // the transcripts where it is another's
}

// SpeakersQuery asks for a page of a collection's speakers.
type SpeakersQuery struct {
	Collection string
	Name       string // only those whom it stands for as Filter.Speaker; empty for all
	Cursor     string // SpeakersPage.NextCursor of the page before; empty for the first
	Limit      int    // see PageLimit
}

// SpeakersPage is a part of the directory; NextCursor is empty on the last.
type SpeakersPage struct {
	Speakers   []Speaker
	NextCursor string
}

// SpeakerEdit is one change to an entry; one of its fields is set.
type SpeakerEdit struct {
	Name  string   `json:"name"`  // the entry's new name
	Merge []string `json:"merge"` // ids of entries of the same person, which become part of this one
	Split Split    `json:"split"` // what is another person's, and becomes an entry of its own
}

// Split says which part of an entry is another person's: these aliases; or what
// is said in these transcripts; or with both, these aliases in these transcripts.
type Split struct {
	Aliases     []string `json:"aliases"`
	Transcripts []string `json:"transcripts"` // ids
	Name        string   `json:"name"`        // of the new entry; the alias with the most turns when empty
}

// maxSpeakerName is how many characters the name of an entry may have.
const maxSpeakerName = 200

// Speakers is a page of a collection's speakers.
func (l *Library) Speakers(ctx context.Context, q SpeakersQuery) (SpeakersPage, error) {
	return l.store.Speakers(ctx, q)
}

// Speaker is the entry of an id.
func (l *Library) Speaker(ctx context.Context, id string) (Speaker, error) {
	return l.store.Speaker(ctx, id)
}

// EditSpeaker checks and makes a change to an entry of the directory.
func (l *Library) EditSpeaker(ctx context.Context, id string, edit SpeakerEdit) ([]Speaker, error) {
	edit, err := edit.validate(id)
	if err != nil {
		return nil, err
	}
	return l.store.EditSpeaker(ctx, id, edit)
}

func (e SpeakerEdit) validate(id string) (SpeakerEdit, error) {
	for _, name := range []*string{&e.Name, &e.Split.Name} {
		spaced := strings.Join(strings.Fields(*name), " ")
		if *name != "" && (len(NameWords(spaced)) == 0 || strings.ContainsFunc(spaced, words.Commands) || len([]rune(spaced)) > maxSpeakerName) {
			return e, fault.New(fault.Invalid, "a speaker cannot be called %.40q; use a name of up to %d characters", spaced, maxSpeakerName)
		}
		*name = spaced
	}
	given := 0
	splits := len(e.Split.Aliases)+len(e.Split.Transcripts) > 0
	for _, is := range []bool{e.Name != "", len(e.Merge) > 0, splits || e.Split.Name != ""} {
		if is {
			given++
		}
	}
	if given != 1 || e.Split.Name != "" && !splits {
		return e, fault.New(fault.Invalid, "say one thing to change: a new name, speakers to merge, or aliases or transcripts to split off")
	}
	if slices.ContainsFunc(e.Merge, func(other string) bool { return strings.EqualFold(other, id) }) {
		return e, fault.New(fault.Invalid, "speaker %s cannot be merged with itself; name another", id)
	}
	return e, nil
}

// Appearance is a name in a transcript.
type Appearance struct {
	TranscriptID string
	Name         string
}

// Holding is what an entry consists of: a name in one transcript, or, without a
// TranscriptID, the name wherever no entry holds it in that transcript.
type Holding struct {
	Appearance
	Turns int
}

// Divide parts the holdings of an entry that is called name; "invalid" says what
// cannot be split off.
func (s Split) Divide(name string, holdings []Holding) (moved, kept []Holding, err error) {
	for _, alias := range s.Aliases {
		if !slices.ContainsFunc(holdings, func(h Holding) bool { return h.Name == alias }) {
			return nil, nil, fault.New(fault.Invalid, "%q is no alias of %s; use one of %q", alias, name, names(holdings))
		}
	}
	for _, id := range s.Transcripts {
		if id == "" || !slices.ContainsFunc(holdings, func(h Holding) bool { return h.TranscriptID == id && s.names(h) }) {
			return nil, nil, fault.New(fault.Invalid, "transcript %q has no words of %s to split off; name one in which they speak", id, name)
		}
	}
	spoken := false // by whom the entry keeps
	for _, h := range holdings {
		if s.names(h) && (len(s.Transcripts) == 0 || slices.Contains(s.Transcripts, h.TranscriptID)) {
			moved = append(moved, h)
		} else {
			kept = append(kept, h)
			spoken = spoken || h.TranscriptID != "" || len(s.Transcripts) == 0
		}
	}
	if !spoken {
		return nil, nil, fault.New(fault.Invalid, "that is all there is of %s; give the speaker another name instead", name)
	}
	return moved, kept, nil
}

func (s Split) names(h Holding) bool {
	return len(s.Aliases) == 0 || slices.Contains(s.Aliases, h.Name)
}

func names(holdings []Holding) []string {
	set := map[string]bool{}
	for _, h := range holdings {
		set[h.Name] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// CommonName is the name with the most turns, by which an entry is called as
// long as nobody calls it otherwise.
func CommonName(holdings []Holding) string {
	turns := map[string]int{}
	for _, h := range holdings {
		turns[h.Name] += h.Turns
	}
	return slices.MinFunc(slices.Collect(maps.Keys(turns)), func(a, b string) int {
		return cmp.Or(cmp.Compare(turns[b], turns[a]), cmp.Compare(a, b))
	})
}

// NameAfterSplit is the name of an entry that keeps some of its holdings: its
// own, unless that went with the others.
func NameAfterSplit(name string, moved, kept []Holding) string {
	is := func(h Holding) bool { return h.Name == name }
	if slices.ContainsFunc(moved, is) && !slices.ContainsFunc(kept, is) {
		return CommonName(kept)
	}
	return name
}

// SpeakerOf is a name as one transcript prints it.
type SpeakerOf struct {
	Name         string
	Words        []string // NameWords
	Turns        int
	Affiliations []string
	Labels       []string
}

// SpeakersOf are the names that turns have, in alphabetical order.
func SpeakersOf(turns []model.Turn) []SpeakerOf {
	byName := map[string]*SpeakerOf{}
	for _, t := range turns {
		if t.Speaker == "" {
			continue
		}
		name := string(t.Speaker)
		s := byName[name]
		if s == nil {
			s = &SpeakerOf{Name: name, Words: NameWords(name), Affiliations: []string{}, Labels: []string{}}
			byName[name] = s
		}
		s.Turns++
		s.Affiliations = withText(s.Affiliations, t.Affiliation)
		s.Labels = withText(s.Labels, t.Label)
	}
	var speakers []SpeakerOf
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		speakers = append(speakers, *byName[name])
	}
	return speakers
}

// withText adds a text to a sorted list that does not have it.
func withText(list []string, text model.Optional) []string {
	i, found := slices.BinarySearch(list, string(text))
	if text == "" || found {
		return list
	}
	return slices.Insert(list, i, string(text))
}
