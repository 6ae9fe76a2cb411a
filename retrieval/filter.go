package retrieval

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// Validate completes the filter with its defaults, or says what is wrong with it.
func (f Filter) Validate(ctx context.Context) (Filter, error) {
	f.Collection = strings.TrimSpace(f.Collection)
	if f.Collection == "" {
		f.Collection = access.Collection(ctx)
	}
	if f.Transcript != "" && !ValidID(f.Transcript) {
		return f, fault.New(fault.Invalid, "filter transcript %q is not an id; list the transcripts to see theirs", f.Transcript)
	}
	if f.Speaker = strings.TrimSpace(f.Speaker); f.Speaker != "" && len(NameWords(f.Speaker)) == 0 {
		return f, fault.New(fault.Invalid, "filter speaker %q is not a name; use a name or a part of one", f.Speaker)
	}
	if f.Role != "" && !slices.Contains(model.Roles, f.Role) {
		return f, unknownRole(string(f.Role))
	}
	for name, date := range map[string]string{"from": f.From, "to": f.To} {
		if err := validDate(name, date); err != nil {
			return f, err
		}
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return f, fault.New(fault.Invalid, "filter from %s is after to %s; swap them", f.From, f.To)
	}
	return f, nil
}

func unknownRole(role string) error {
	var names []string
	for _, r := range model.Roles {
		names = append(names, string(r))
	}
	meant := ""
	if nearest := words.Nearest(role, names); nearest != "" {
		meant = "did you mean " + nearest + "? "
	}
	return fault.New(fault.Invalid, "filter role %q is unknown; %sthe roles are %s", role, meant, strings.Join(names, ", "))
}

func validDate(name, date string) error {
	if date == "" {
		return nil
	}
	if day, err := time.Parse(time.DateOnly, date); err != nil || day.Year() < 1 { // there is no year 0
		return fault.New(fault.Invalid, "filter %s %q is not a date; write it as 2026-01-31", name, date)
	}
	return nil
}

// ValidID reports whether id has the form of the record's ids, which is the
// plain one of UUIDs.
func ValidID(id string) bool { return len(id) == 36 && uuid.Validate(id) == nil }

// NameWords are the words of a person's name by which a filter finds it: without
// case, diacritics and typographic variants.
func NameWords(name string) []string {
	return strings.FieldsFunc(fold(name), func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == ',' })
}
