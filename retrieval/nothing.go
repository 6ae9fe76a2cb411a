package retrieval

import (
	"strings"

	"github.com/pullquote/pullquote/internal/words"
)

// Nothing says, in words for the user, why nothing can be found in a scope, and what to do
// about it; empty where something can. A collection of which nothing may be shown is spoken of
// as one that is not there.
func (s Scope) Nothing() string {
	f := s.Filter
	collection := words.Title(f.Collection)
	switch {
	case s.Passages == 0 && f.Collection != DefaultCollection:
		return "There is no collection " + collection + ". Name another, or add transcripts to it: pullquote ingest --collection " + collection + " FILE."
	case s.Passages == 0:
		return "The record has no transcripts yet. Add some, pullquote ingest FILE, or name another collection."
	case f.Speaker != "" && len(s.Speakers)+len(s.Exceptions) == 0:
		return "Nobody called " + words.Title(f.Speaker) + " speaks in the collection " + collection + ". Leave the speaker out, or see who speaks: pullquote speakers list --collection " + collection + "."
	case s.Unmatched:
		return "Nothing in the collection " + collection + " matches the filter: " + f.Parts() + "." + s.dates() + " Leave out a part of it."
	}
	return ""
}

// dates tell which days a filter of dates could leave.
func (s Scope) dates() string {
	switch {
	case s.First == "" || s.Filter.From+s.Filter.To == "":
		return ""
	case s.First == s.Last:
		return " Its transcripts are of " + s.First + "."
	}
	return " Its transcripts are of " + s.First + " to " + s.Last + "."
}

// Parts are what a filter narrows by, in words.
func (f Filter) Parts() string {
	var parts []string
	for _, p := range []struct{ name, value string }{
		{"transcript", f.Transcript}, {"speaker", f.Speaker}, {"role", string(f.Role)}, {"from", f.From}, {"to", f.To},
	} {
		if p.value != "" {
			parts = append(parts, p.name+" "+words.Title(p.value))
		}
	}
	return strings.Join(parts, ", ")
}
