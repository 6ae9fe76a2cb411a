package answer

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// mostToChooseFrom bounds the transcripts among which the one is looked for that a question
// names by its title or by a date without a year: 20,000. In a record that is larger the
// question is searched for like any other.
const mostToChooseFrom = 20_000

// chooseTranscripts narrows a filter to the transcripts that a question asks about: the
// latest, the one whose title has all words, those of a day. The first of the outline is the
// latest where that is asked for. They are not chosen (false) where none or
// several could be meant. Of a date on which there is nothing it says so.
func chooseTranscripts(e about.Event, o retrieval.Outline, f retrieval.Filter) (narrowed retrieval.Filter, nothing string, ok bool) {
	if e.IsZero() || e.Open && o.Transcripts == 1 && len(e.Title) == 0 && e.Date == (about.Date{}) {
		return f, "", true
	}
	if e.Latest || e.Earliest {
		f.Transcript = o.List[0].ID
		return f, "", o.List[0].Date != ""
	}
	if o.Transcripts > len(o.List) {
		return f, "", false
	}
	chosen := slices.DeleteFunc(slices.Clone(o.List), func(p retrieval.TranscriptOutline) bool { return !isMeant(e, p) })
	switch {
	case len(chosen) == 1:
		f.Transcript = chosen[0].ID
	case len(chosen) > 1 && e.Date.Year > 0 && !e.Date.Either && len(e.Title) == 0, len(chosen) > 1 && sameDay(chosen):
		f.From, f.To = string(chosen[0].Date), string(chosen[len(chosen)-1].Date)
		if f.From > f.To {
			f.From, f.To = f.To, f.From
		}
	case len(chosen) == 0 && e.Noun != "" && len(e.Title) == 0 && e.Date != about.Date{}:
		return f, fmt.Sprintf("The record has no transcript of %s.", dateText(e.Date)), true
	default:
		return f, "", false
	}
	return f, "", true
}

// isMeant reports whether a transcript has what a question says of it. What an event is
// called need not be in the title where anything else is said of it.
func isMeant(e about.Event, p retrieval.TranscriptOutline) bool {
	title := strings.FieldsFunc(lexicon.Fold(string(p.Title)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	has := func(words []string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(title, w) })
	}
	if !has(e.Title) {
		return false
	}
	if e.Date == (about.Date{}) {
		return len(e.Title) > 0 || slices.ContainsFunc(e.Nouns(), func(noun string) bool { return has(strings.Fields(noun)) })
	}
	date, err := time.Parse(time.DateOnly, string(p.Date))
	is := func(wanted, is int) bool { return wanted == 0 || wanted == is }
	day, month := date.Day(), int(date.Month())
	return err == nil && is(e.Date.Year, date.Year()) &&
		(is(e.Date.Month, month) && is(e.Date.Day, day) || e.Date.Either && is(e.Date.Month, day) && is(e.Date.Day, month))
}

func sameDay(parts []retrieval.TranscriptOutline) bool {
	return parts[0].Date != "" && !slices.ContainsFunc(parts, func(p retrieval.TranscriptOutline) bool { return p.Date != parts[0].Date })
}

// dateText writes what a question gives of a date.
func dateText(d about.Date) string {
	if d.Either {
		return fmt.Sprintf("%d/%d/%d", d.Day, d.Month, d.Year)
	}
	var parts []string
	if d.Day > 0 {
		parts = append(parts, fmt.Sprint(d.Day))
	}
	if d.Month > 0 {
		parts = append(parts, time.Month(d.Month).String())
	}
	if d.Year > 0 {
		parts = append(parts, fmt.Sprint(d.Year))
	}
	return strings.Join(parts, " ")
}
