package answer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// place is where in the record a question asks to look: at the briefing of 19 February 2021,
// in the 2014 hearing, in the collection council. What a question says of a time without
// such an event is what it asks about, and narrows nothing.
type place struct {
	text       string // the question without it
	from, to   string // ISO 8601; empty: it names no date
	collection string // empty: it names none
	name       string // as a notice calls it
}

var (
	day      = `(\d{1,2})(?:st|nd|rd|th)?`
	month    = `(` + lexicon.Pattern(monthNames()) + `)\.?`
	year     = `(\d{4})`
	date     = `(?:(\d{4}-\d\d-\d\d)|` + day + ` (?:of )?` + month + `,? ` + year + `|` + month + ` ` + day + `,? ` + year + `|` + month + `,? ` + year + `|` + year + `)`
	event    = `(?:[\pL-]+ ){0,3}` + lexicon.Any("events in questions")
	datedAt  = regexp.MustCompile(`(?i)[,\s]*\b(?:at|in|during)\s+(?:the |that |this )?` + event + `,? (?:(?:of|on|from|in|held on) )?` + date + `\b`)
	eventOf  = regexp.MustCompile(`(?i)[,\s]*\b(?:at|in|during)\s+(?:the |that |this )?` + date + ` ` + event + `\b`)
	inRecord = regexp.MustCompile(`(?i)[,\s]*\b(?:in|from|within) the (?:collection ["“]?([^\s"”?]+)["”]?|["“]?([^\s"”]+)["”]? collection)`)
)

// monthNames are those of the months, with their short forms.
func monthNames() []string {
	var names []string
	for _, l := range lexicon.Languages("months") {
		if l.Code == "en" {
			names = append(names, slices.Concat(l.Rows...)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// monthOf is the number of a month.
func monthOf(name string) int {
	for _, l := range lexicon.Languages("months") {
		for _, row := range l.Rows {
			if i := slices.Index(row, lexicon.Bare(name)); l.Code == "en" && i >= 0 {
				return i + 1
			}
		}
	}
	return 0
}

// readPlace reads where a question asks to look; false where it does not. A date counts only
// where the request's own filter has none, and a collection only if it is one of those that
// the request may look in.
func readPlace(text string, req Request) (p place, ok bool) {
	if f := req.Filter; f.From+f.To+f.Transcript == "" {
		for _, form := range []*regexp.Regexp{datedAt, eventOf} {
			found := form.FindStringSubmatchIndex(text)
			if found == nil {
				continue
			}
			if p, ok = dated(form.FindStringSubmatch(text)[1:]); ok {
				p.text = without(text, found)
				return p, true
			}
		}
	}
	found := inRecord.FindStringSubmatchIndex(text)
	if found == nil {
		return p, false
	}
	groups := inRecord.FindStringSubmatch(text)
	name := groups[1] + groups[2]
	i := slices.IndexFunc(append(slices.Clone(req.Collections), req.Filter.Collection), func(c string) bool { return strings.EqualFold(c, name) })
	if i < 0 {
		return p, false
	}
	p.collection = append(slices.Clone(req.Collections), req.Filter.Collection)[i]
	p.text, p.name = without(text, found), "the collection "+words.Title(p.collection)
	return p, true
}

// without is a text without what an expression found in it.
func without(text string, found []int) string {
	return strings.TrimLeft(text[:found[0]]+text[found[1]:], ", ")
}

// dated is the place of a date, by the groups of its expression; false of a date that is none.
func dated(groups []string) (p place, ok bool) {
	iso, rest := groups[0], groups[1:]
	pick := func(values ...string) int {
		n, _ := strconv.Atoi(strings.Join(values, ""))
		return n
	}
	years, days := pick(rest[2], rest[5], rest[7], rest[8]), pick(rest[0], rest[4])
	months := monthOf(rest[1] + rest[3] + rest[6])
	switch {
	case iso != "":
		t, err := time.Parse(time.DateOnly, iso)
		return span(t, t, t.Format("2 January 2006")), err == nil
	case days > 0:
		t := time.Date(years, time.Month(months), days, 0, 0, 0, 0, time.UTC)
		return span(t, t, t.Format("2 January 2006")), t.Day() == days
	case months > 0:
		t := time.Date(years, time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		return span(t, t.AddDate(0, 1, -1), t.Format("January 2006")), true
	}
	t := time.Date(years, 1, 1, 0, 0, 0, 0, time.UTC)
	return span(t, t.AddDate(1, 0, -1), t.Format("2006")), true
}

func span(from, to time.Time, name string) place {
	return place{from: from.Format(time.DateOnly), to: to.Format(time.DateOnly), name: "transcripts of " + name}
}

// askAt asks where the question asks to look, and everywhere if that does not answer.
func (s *Service) askAt(ctx context.Context, req Request, searched followUp, emit func(Event) error) (*Answer, error) {
	p, ok := readPlace(searched.text, req)
	if !ok {
		return s.ask(ctx, req, searched, emit)
	}
	there, within := req, searched
	within.text = p.text
	there.Filter.From, there.Filter.To = max(there.Filter.From, p.from), max(there.Filter.To, p.to)
	if p.collection != "" {
		there.Collections = []string{p.collection}
	}
	notice := fmt.Sprintf("Looked only in %s.", p.name)
	a, err := s.ask(ctx, there, within, unlessDeclined(emit))
	if err == nil && !a.Answerable {
		notice = fmt.Sprintf("Nothing in %s answers this, so that all were looked in.", p.name)
		a, err = s.ask(ctx, req, within, emit)
	}
	if err != nil {
		return nil, err
	}
	a.StandaloneQuestion = searched.shown()
	a.Filter.From, a.Filter.To = req.Filter.From, req.Filter.To
	a.Notice = join(" ", a.Notice, notice)
	return a, nil
}
