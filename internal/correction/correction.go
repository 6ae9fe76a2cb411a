// Package correction is what people mend by hand in a transcript: its title, date and
// place; of a turn its speaker, its role, and where it begins and ends.
//
// A transcript is read again: its file may be edited, or the parser may have become
// better. So a correction is not a state but an operation, and whoever stores a
// transcript stores the list of its corrections with it. Apply does them one after the
// other to whatever a parse brings, in the order in which they were made. A correction
// finds its turn by the turn's words (Anchor), not by its number or its offset, which
// another parse may change. One that does not find its turn does nothing, and the
// transcript has a warning that says so: to guess would be to credit somebody with
// another's words.
//
// An edit that somebody asks for goes the same way. It is checked against the
// transcript, described as a correction, and applied as all later ones will be.
//
// The package is pure: values in, values out. What it is given stays as it is.
package correction

import (
	"encoding/json"
	"fmt"

	"github.com/pullquote/pullquote/transcript/model"
)

// Correction is one change. It is about the transcript as a whole (Facts), or about the
// turn that Turn finds: with Split that turn is divided, with Join it is joined with the
// next one; Speaker and Role are then those of the turn that begins at the split, or of
// the joined one.
type Correction struct {
	Facts
	Turn    *Anchor    `json:"turn,omitempty"`
	Split   *Point     `json:"split,omitempty"`
	Join    bool       `json:"join,omitempty"`
	Speaker Setting    `json:"speaker,omitzero"`
	Role    model.Role `json:"role,omitempty"`
}

// Facts are what is said of a transcript as a whole. What is not given stays.
type Facts struct {
	Title Setting `json:"title,omitzero"`
	Date  Setting `json:"date,omitzero"` // ISO 8601
	Place Setting `json:"place,omitzero"`
	Media Setting `json:"media,omitzero"` // link to the recording
}

// Setting is a value that may be given or left out. Given and empty, it says that there
// is none: null in JSON.
type Setting struct {
	Given bool
	Value model.Optional
}

// Set is a Setting that is given.
func Set(value string) Setting { return Setting{true, model.Optional(value)} }

// IsZero reports whether nothing is given, for JSON's omitzero.
func (s Setting) IsZero() bool { return !s.Given }

// MarshalJSON writes the value, null where it is empty.
func (s Setting) MarshalJSON() ([]byte, error) { return json.Marshal(s.Value) }

// UnmarshalJSON reads a value that is given, be it null.
func (s *Setting) UnmarshalJSON(data []byte) error {
	s.Given = true
	return json.Unmarshal(data, &s.Value)
}

// apply gives a field the value, if there is one.
func (s Setting) apply(field *model.Optional) {
	if s.Given {
		*field = s.Value
	}
}

func (f Facts) apply(t *model.Transcript) {
	f.Title.apply(&t.Title)
	f.Date.apply(&t.Date)
	f.Place.apply(&t.Place)
	f.Media.apply(&t.Media)
}

// Append is the list with one more correction. Of the facts only what was said last
// counts.
func Append(list []Correction, c Correction) []Correction {
	var kept []Correction
	for _, former := range list {
		if c.Turn == nil && former.Turn == nil {
			c.Facts = former.with(c.Facts)
			continue
		}
		kept = append(kept, former)
	}
	return append(kept, c)
}

// with are the facts, where the later ones do not say otherwise.
func (f Facts) with(later Facts) Facts {
	for _, pair := range []struct{ to, from *Setting }{{&f.Title, &later.Title}, {&f.Date, &later.Date}, {&f.Place, &later.Place}, {&f.Media, &later.Media}} {
		if pair.from.Given {
			*pair.to = *pair.from
		}
	}
	return f
}

// String is the correction in words, for a warning.
func (c Correction) String() string {
	what := "the role " + string(c.Role)
	switch {
	case c.Split != nil:
		what = fmt.Sprintf("a turn that begins with %q", c.Split.After)
	case c.Join:
		what = "that it goes on in the next turn"
	case c.Speaker.Given && c.Speaker.Value == "":
		what = "that nobody is named"
	case c.Speaker.Given:
		what = fmt.Sprintf("the speaker %s", c.Speaker.Value)
	}
	return fmt.Sprintf("%s, of the turn %q", what, c.Turn.Opening)
}
