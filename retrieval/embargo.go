package retrieval

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// Embargo is until when a transcript or a turn is shown to nobody: a time in UTC as RFC 3339
// has it, or ForGood; empty for no embargo. It ends by the database's clock.
type Embargo string

// ForGood is the embargo of what is off the record.
const ForGood Embargo = "for-good"

// UntoldEmbargo stands for one of which it is not told when it ends.
const UntoldEmbargo Embargo = "untold"

// UntoldSHA256 stands for the hash of a file of which something may not be shown: whoever has
// all but some words of it could find these by trying.
const UntoldSHA256 = "0000000000000000000000000000000000000000000000000000000000000000"

// EmbargoedTurn is a turn that is under embargo.
type EmbargoedTurn struct {
	Turn    int     `json:"turn"`
	Embargo Embargo `json:"embargo"`
}

// ParseEmbargo reads an embargo as people give it: a date, whose beginning in UTC it is, a time
// as RFC 3339 has it, to the second, or "for-good"; empty for none.
func ParseEmbargo(text string) (Embargo, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == string(ForGood) {
		return Embargo(text), nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		until, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if until.Nanosecond() > 0 {
			until = until.Truncate(time.Second).Add(time.Second) // never before its time
		}
		if until = until.UTC(); until.Year() < 1 || until.Year() > 9999 { // of four digits, so that their texts are in order, and there is no year 0
			break
		}
		return Embargo(until.Format(time.RFC3339)), nil
	}
	return "", fault.New(fault.Invalid, "embargo %q is no time; give a date such as 2026-01-31, a time such as 2026-01-31T18:00:00Z, or %s", text, ForGood)
}

// Embargo embargoes a transcript in all its versions, or a turn of the newest one; an empty
// embargo lifts it. It needs the scope admin, without which nobody is shown what they embargo.
func (l *Library) Embargo(ctx context.Context, id string, turn *int, until Embargo) (r StoredTranscript, err error) {
	if until, err = ParseEmbargo(string(until)); err != nil {
		return r, err
	}
	if g, ok := access.Of(ctx); ok {
		if _, err := l.store.Get(ctx, id); err != nil {
			return r, err
		}
		if err := g.Require(access.Admin); err != nil {
			return r, err
		}
	}
	return l.store.Embargo(ctx, id, turn, until)
}

// embargoed reports whether a transcript is under embargo, or turns of it are.
func (r StoredTranscript) embargoed() bool { return r.Embargo != "" || len(r.EmbargoedTurns) > 0 }

// shown is what whoever adds a file is told of the transcript that it became, or is. Who may not
// see what is under embargo is told that it is, or they would look for it; but not until when,
// unless that is theirs: what they have asked for of a new file, in which nothing else that is
// under embargo has taken part, so that no time that they try is answered by another's. Nor are
// they told what others mended or were warned of.
func (l *Library) shown(ctx context.Context, r StoredTranscript, theirs bool) StoredTranscript {
	if !r.embargoed() || access.Manages(ctx) {
		return r
	}
	if open, err := l.store.Get(ctx, r.ID); err == nil {
		return open
	}
	r.Warnings, r.Corrections = nil, nil
	if !theirs {
		r.Embargo = UntoldEmbargo
		return r.warned("this file is under embargo, so that nobody is shown it; an administrator of the record can tell until when, change it and lift it")
	}
	return r
}

// warned is a transcript with a warning for whoever has stored it, which is not stored with it:
// others read it when the embargo has been lifted.
func (r StoredTranscript) warned(text string) StoredTranscript {
	r.Warnings = append(slices.Clone(r.Warnings), text)
	return r
}

// namesakeEmbargoed is the warning of PreparedTranscript.Namesake, for whoever may see why.
const namesakeEmbargoed = "another file of this name is under embargo, or turns of it, and so is this one now; lift it if it is not the same conversation"

// EmbargoedText is a turn with its embargo.
type EmbargoedText struct {
	Turn    int
	Text    string
	Embargo Embargo
}

// OrLater is the later of two embargoes.
func (a Embargo) OrLater(b Embargo) Embargo {
	if a == ForGood || b == ForGood {
		return ForGood
	}
	return max(a, b) // times in UTC are in the order of their texts
}

// keepEmbargo embargoes a file that comes under the name of others which are under embargo,
// wholly or in turns, and is told apart from them: whoever has reworded one may know nothing of
// the embargo. It is for whoever may lift it to say that this is another file.
func (d *PreparedTranscript) keepEmbargo(ctx context.Context, namesakes []StoredTranscript) {
	if d.Embargo != "" && access.Manages(ctx) {
		return
	}
	for _, r := range namesakes {
		d.Namesake = d.Namesake || r.embargoed()
		d.Embargo = d.Embargo.OrLater(r.Embargo)
		for _, t := range r.EmbargoedTurns {
			d.Embargo = d.Embargo.OrLater(t.Embargo)
		}
	}
}

// CarryEmbargoes are the embargoes of the turns of one version by those of another. A turn
// whose words both have once is the same. What stands in the place of one that was changed,
// divided or joined, between the nearest turns that are the same, has its embargo: rather too
// much than too little. Of another file what is not word for word an open turn has it, too, since words
// may have been moved and changed at once.
func CarryEmbargoes(former, next []EmbargoedText, another bool) []Embargo {
	carried := make([]Embargo, len(next))
	if another {
		var latest Embargo
		open := map[string]bool{}
		for _, t := range former {
			latest = latest.OrLater(t.Embargo)
			open[t.Text] = open[t.Text] || t.Embargo == ""
		}
		for i, t := range next {
			if !open[t.Text] {
				carried[i] = latest
			}
		}
	}
	places := samePlaces(former, next)
	for i, t := range former {
		if t.Embargo == "" {
			continue
		}
		first, last := places[i], places[i]
		if first < 0 {
			first, last = 0, len(next)-1
			for j := i - 1; j >= 0; j-- {
				if places[j] >= 0 {
					first = places[j] + 1
					break
				}
			}
			for j := i + 1; j < len(former); j++ {
				if places[j] >= 0 {
					last = places[j] - 1
					break
				}
			}
			if first > last+1 { // turns were moved: then what is between and they themselves
				first, last = last+1, first-1
			}
		}
		for j := first; j <= last; j++ {
			carried[j] = carried[j].OrLater(t.Embargo)
		}
	}
	return carried
}

// samePlaces are the places in next of the turns of former, -1 for those that are not the same:
// whose words one of them has not once.
func samePlaces(former, next []EmbargoedText) []int {
	place := func(turns []EmbargoedText) map[string]int {
		places := map[string]int{}
		for i, t := range turns {
			if _, again := places[t.Text]; again {
				i = -1
			}
			places[t.Text] = i
		}
		return places
	}
	before, after := place(former), place(next)
	places := make([]int, len(former))
	for i, t := range former {
		places[i] = -1
		if j, found := after[t.Text]; found && before[t.Text] >= 0 {
			places[i] = j
		}
	}
	return places
}
