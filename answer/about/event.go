package about

import (
	"sync"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// event reads what points at transcripts and begins phrases: "this hearing", "at the budget
// meeting of 3 May", "in it". The first n of the phrases are it.
func (v vocabulary) event(phrases []phrase) (e Event, means cue, n int) {
	is := func(i int, c cue) bool { return i < len(phrases) && phrases[i].cue&c != 0 }
	for is(n, cueIn) && !is(n, cueDeictic) {
		n++
	}
	in := n > 0
	// Without a preposition an article tells a day: le 20 juin.
	if d, length := v.date(phrases[n:]); length > 0 && (in || d.Day > 0 && is(0, cueThe)) {
		return Event{Date: d}, cueHere, n + length
	}
	pointing, determined := false, false
	for is(n, cueThe|cueDeictic) && !is(n, source|cueRecord) {
		pointing, determined = pointing || is(n, cueDeictic), true
		n++
	}
	behind := n
	if in && (is(n, cueLatest|cueEarliest) && is(n+1, source) || is(n, cueFirst|cueLast) && is(n+1, cueTranscript)) {
		return Event{Latest: is(n, cueLatest|cueLast), Earliest: is(n, cueEarliest|cueFirst)}, cueHere, n + 2
	}
	n += min(unknown(phrases[n:]), longestTitle)
	if in && is(n, cueRecord) || (in || determined) && is(n, source) {
		e = Event{Noun: key(phrases[n].words), Title: titleOf(phrases[behind:n]), Open: is(n, cueEvent) && !pointing, Pointed: pointing}
		n++
		if in && is(n, cueLatest|cueEarliest) { // la transcription la plus récente
			return Event{Latest: is(n, cueLatest), Earliest: is(n, cueEarliest)}, cueHere, n + 1
		}
		var more int
		e.Date, e.Title, more = v.specified(phrases[n:], e.Title)
		if means = cueItself; in {
			means = cueHere
		}
		return e, means, n + more
	}
	// What is an article or a conjunction as well is no pronoun before anything else: das, that.
	other := behind > 0 && is(behind-1, cueThe|cuePlain) && behind < len(phrases) && !is(behind, cueHeld)
	switch {
	case !pointing || other:
		return Event{}, 0, 0
	case in:
		return Event{}, cueHere, behind
	}
	return Event{}, cueThis, behind
}

// longestTitle is the most words of a title that a question gives before or behind what it
// calls an event: 5, as in "the harbour board's winter budget hearing". More is a sentence.
const longestTitle = 5

// specified reads what follows the noun of an event: its date, or more of its title, or with
// whom it was.
func (v vocabulary) specified(phrases []phrase, title []string) (d Date, all []string, n int) {
	for n < len(phrases) && phrases[n].cue&(cueIn|cueThe|cueWith) != 0 {
		n++
	}
	if n == 0 {
		return d, title, 0
	}
	if d, length := v.date(phrases[n:]); length > 0 {
		return d, title, n + length
	}
	more := min(unknown(phrases[n:]), longestTitle)
	if more == 0 {
		return d, title, 0
	}
	return d, append(title, titleOf(phrases[n:n+more])...), n + more
}

// nouns are what events of one kind are called in several languages.
var nouns = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, row := range lexicon.Rows("events of one kind") {
		folded := make([]string, len(row))
		for i, noun := range row {
			folded[i] = key(divide(noun))
		}
		for _, noun := range folded {
			all[noun] = folded
		}
	}
	return all
})

// Nouns are the names of events, in several languages, that may be in the title of what the
// question calls by its Noun.
func (e Event) Nouns() []string {
	if same := nouns()[e.Noun]; same != nil {
		return same
	}
	return []string{e.Noun}
}

func titleOf(phrases []phrase) []string {
	var words []string
	for _, p := range phrases {
		words = append(words, p.words[0].folded)
	}
	return words
}
