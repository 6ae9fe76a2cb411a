package retrieval

import (
	"context"
	"reflect"
	"slices"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// Transcript is what is stored of a transcript, of whichever version, with its words.
func (l *Library) Transcript(ctx context.Context, id string) (StoredTranscript, *model.Transcript, error) {
	stored, err := l.store.Get(ctx, id)
	if err != nil {
		return stored, nil, err
	}
	turns, err := l.store.Turns(ctx, id)
	if err != nil {
		return stored, nil, err
	}
	text, err := l.store.Text(ctx, id)
	turns = numberedAnew(turns)
	return stored, &model.Transcript{
		Title: stored.Title, Date: stored.Date, Place: stored.Place, Format: stored.Format, Language: stored.Language,
		Speakers: stored.Speakers, Media: stored.Media, Text: text, Turns: turns, Warnings: stored.Warnings,
	}, err
}

// numberedAnew are turns with their places for numbers, where some were left out.
func numberedAnew(turns []model.Turn) []model.Turn {
	if len(turns) == 0 || turns[len(turns)-1].Index == len(turns)-1 {
		return turns
	}
	turns = slices.Clone(turns)
	answers := make([]*int, len(turns))
	for i, t := range turns {
		if t.Answers != nil {
			if at, found := TurnAt(turns, *t.Answers); found {
				answers[i] = &at
			}
		}
	}
	for i := range turns {
		turns[i].Index, turns[i].Answers = i, answers[i]
	}
	return turns
}

// Edit mends what is said of a transcript as a whole. What comes out is a new version;
// changed is false where there was nothing to mend.
func (l *Library) Edit(ctx context.Context, id string, facts correction.Facts) (r StoredTranscript, changed bool, err error) {
	return l.mend(ctx, id, func(*model.Transcript) (correction.Correction, error) { return facts.Of() })
}

// restate gives a stored transcript the title, the date, the place and the media link with which its file is added
// again, where it has others.
func (l *Library) restate(ctx context.Context, stored StoredTranscript, o transcript.Options) (r StoredTranscript, changed bool, err error) {
	facts := restated(stored, o)
	if facts == (correction.Facts{}) {
		return stored, false, nil
	}
	if !access.Manages(ctx) {
		if err := l.wholeSeen(ctx, stored); err != nil {
			return stored, false, err
		}
	}
	return l.Edit(ctx, stored.ID, facts)
}

// restateAll is restate with the embargo that is given. Where the transcript may not be seen,
// nothing is changed and nothing refused, whatever is given: a refusal of all but what it has
// would tell that.
func (l *Library) restateAll(ctx context.Context, stored StoredTranscript, req AddRequest) (r StoredTranscript, changed bool, err error) {
	if stored.Embargo != "" && !access.Manages(ctx) {
		return stored, false, nil
	}
	r, changed, err = l.restate(ctx, stored, req.Options)
	if err != nil || req.Embargo == "" || req.Embargo == r.Embargo {
		return r, changed, err
	}
	r, err = l.Embargo(ctx, r.ID, nil, req.Embargo)
	return r, true, err
}

// restated are the title, the date, the place and the media link that are given and that a transcript does
// not have.
func restated(stored StoredTranscript, o transcript.Options) (facts correction.Facts) {
	if o.Title != "" && o.Title != string(stored.Title) {
		facts.Title = correction.Set(o.Title)
	}
	if o.Date != "" && o.Date != string(stored.Date) {
		facts.Date = correction.Set(o.Date)
	}
	if o.Place != "" && o.Place != string(stored.Place) {
		facts.Place = correction.Set(o.Place)
	}
	if o.Media != "" && o.Media != string(stored.Media) {
		facts.Media = correction.Set(o.Media)
	}
	return facts
}

// EditTurn mends a turn likewise, by its number.
func (l *Library) EditTurn(ctx context.Context, id string, turn int, edit correction.TurnEdit) (r StoredTranscript, changed bool, err error) {
	return l.mend(ctx, id, func(t *model.Transcript) (correction.Correction, error) { return edit.Of(t, turn) })
}

// mend makes a new version of a transcript by one more correction.
func (l *Library) mend(ctx context.Context, id string, edit func(*model.Transcript) (correction.Correction, error)) (StoredTranscript, bool, error) {
	stored, t, err := l.Transcript(ctx, id)
	if err != nil {
		return stored, false, err
	}
	if err := l.changeable(ctx, stored); err != nil {
		return stored, false, err
	}
	c, err := edit(t)
	if err != nil {
		return stored, false, err
	}
	mended := correction.Apply(t, []correction.Correction{c})
	if same(mended, t) {
		return stored, false, nil
	}
	return l.revise(ctx, stored, mended, correction.Append(stored.Corrections, c))
}

// Reparse reads the file of a transcript again by today's parser, and mends again what
// was mended by hand. Where that differs from what is stored, it is a new version.
func (l *Library) Reparse(ctx context.Context, id string) (r StoredTranscript, changed bool, err error) {
	stored, former, err := l.Transcript(ctx, id)
	if err != nil {
		return stored, false, err
	}
	if err := l.changeable(ctx, stored); err != nil {
		return stored, false, err
	}
	data, err := l.original(ctx, stored)
	if err != nil {
		return stored, false, err
	}
	t, err := l.parse(ctx, data, stored.Reading.options(string(stored.Filename)))
	if err != nil {
		return stored, false, err
	}
	if stored.Reading.Warning != "" {
		t.Warnings = append(t.Warnings, stored.Reading.Warning)
	}
	if t = correction.Apply(t, stored.Corrections); same(t, former) {
		return stored, false, nil
	}
	return l.revise(ctx, stored, t, stored.Corrections)
}

// revise stores another reading of a transcript's file as its new version.
func (l *Library) revise(ctx context.Context, stored StoredTranscript, t *model.Transcript, corrections []correction.Correction) (StoredTranscript, bool, error) {
	return l.save(ctx, PreparedTranscript{
		Collection: stored.Collection, Filename: string(stored.Filename), SHA256: stored.SHA256, Reading: stored.Reading,
		Replaces: stored.ID, Transcript: t, Corrections: corrections, Passages: Passages(t),
	})
}

// current checks that a transcript is the newest version, which alone can be changed.
func current(stored StoredTranscript) error {
	if stored.CurrentID != stored.ID {
		return fault.New(fault.Conflict, "the transcript %s has been replaced by %s; change that", stored.ID, stored.CurrentID)
	}
	return nil
}

// changeable checks that a transcript can be changed: it is the newest version, and whoever
// changes it is shown all of it, since a correction is found by what stands around it.
func (l *Library) changeable(ctx context.Context, stored StoredTranscript) error {
	if err := current(stored); err != nil || access.Embargoed(ctx) {
		return err
	}
	return l.wholeSeen(ctx, stored)
}

// wholeSeen checks that nothing of a transcript is kept from whoever changes it.
func (l *Library) wholeSeen(ctx context.Context, stored StoredTranscript) error {
	whole, err := l.store.Get(access.WithEmbargoed(ctx), stored.ID)
	if err == nil && len(whole.EmbargoedTurns) > 0 {
		err = fault.New(fault.Forbidden, "turns of the transcript %s may not be shown to you; it is changed with the scope admin", stored.ID)
	}
	return err
}

// same reports whether two readings are the same to whoever reads, searches and quotes.
func same(a, b *model.Transcript) bool {
	return a.Title == b.Title && a.Date == b.Date && a.Place == b.Place && a.Media == b.Media && a.Language == b.Language && a.Text == b.Text &&
		slices.Equal(a.Warnings, b.Warnings) && slices.EqualFunc(a.Turns, b.Turns, func(a, b model.Turn) bool { return reflect.DeepEqual(a, b) }) &&
		slices.EqualFunc(a.Speakers, b.Speakers, func(a, b model.Speaker) bool {
			return a.Name == b.Name && a.Affiliation == b.Affiliation && slices.Equal(a.Labels, b.Labels)
		})
}
