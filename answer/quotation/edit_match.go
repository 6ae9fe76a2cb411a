package quotation

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// locateEdited finds the places where a quotation stands that an editor has changed: its
// words are the record's, in their order and within one turn, but for what the edits say.
// Where the meaning may have turned it is none.
func (t *Turns) locateEdited(quote string) []Match {
	var matches []Match
	for _, reading := range t.readings(quote) {
		parts, ok := partsOf(reading)
		if !ok {
			continue
		}
		for i := range t.turns {
			m, ok := t.editing(parts, i).locate()
			if m.Hit = i; ok && !overlaps(matches, m) {
				matches = append(matches, m)
			}
		}
	}
	return matches
}

// editing looks for an edited quotation in a turn.
type editing struct {
	draftParts
	turn   *preparedTurn
	tongue func() tongue
	known  func(word string) bool // whether a word is one of the turn's, or of what is known of it
	tries  int                    // left
}

// maxTries bounds the places of literals that are tried in a turn: 200. There are more only
// where a few small words stand between one omission and the next.
const maxTries = 200

func (t *Turns) editing(parts draftParts, turn int) *editing {
	prepared := &t.turns[turn]
	around := sync.OnceValue(func() map[string]bool { return wordsAround(prepared.hit) })
	return &editing{
		draftParts: parts, turn: prepared, tries: maxTries,
		tongue: sync.OnceValue(func() tongue { return tongueOf(prepared.hit.Text) }),
		known:  func(word string) bool { return around()[word] || around()[lexicon.WithoutPossessive(word)] },
	}
}

// placed is what of a quotation has its place: code points of the turn.
type placed struct {
	start, end int
	edits      []Edit
}

// locate is the first place of the quotation. One without any edit is no edited quotation.
func (e *editing) locate() (Match, bool) {
	for _, first := range e.places(0, 0) {
		opened, ok := e.opened(first)
		if !ok {
			continue
		}
		if p, ok := e.extended(1, opened); ok && len(p.edits) > 0 {
			offset := e.turn.hit.Start
			return Match{Span: sentence.Span{Start: offset + p.start, End: offset + p.end}, Status: StatusEdited, Edits: p.edits}, true
		}
	}
	return Match{}, false
}

// extended places the literals from i on, and what stands behind the last.
func (e *editing) extended(i int, p placed) (placed, bool) {
	if i == len(e.literals) {
		return e.closed(p)
	}
	for _, next := range e.places(i, p.end) {
		if e.tries--; e.tries < 0 {
			break
		}
		edits, ok := e.between(e.joints[i], p, next)
		if !ok || len(next.edits) > 0 && len(e.joints[i]) > 0 && e.depends(next.start) || !e.beginsWell(p, next, e.joints[i]) {
			continue
		}
		if all, ok := e.extended(i+1, placed{p.start, next.end, slices.Concat(p.edits, edits, next.edits)}); ok {
			return all, true
		}
	}
	return placed{}, false
}

// places are those of a literal from a code point of the turn on.
func (e *editing) places(i, from int) []placed {
	l := e.literals[i]
	patterns := addPattern(nil, l.text, "", 0)
	if shorter, cut := withoutStop(l.text); cut != 0 && i == len(e.literals)-1 && len(e.joints[i+1]) == 0 {
		patterns = addPattern(patterns, shorter, "", cut)
	}
	var found []placed
	for _, p := range patterns {
		found = append(found, e.find(p, from, l.kind == EditBracketedLetter, l.kind)...)
		if other, ok := otherCase(p.text); ok && l.kind != "" {
			p.text = other
			found = append(found, e.find(p, from, true, l.kind)...)
		}
	}
	slices.SortStableFunc(found, func(a, b placed) int { return a.start - b.start })
	return found
}

// find finds a pattern from a place on. If it is edited, its first word is.
func (e *editing) find(text pattern, from int, edited bool, kind EditKind) []placed {
	var found []placed
	for _, m := range e.turn.find(text) {
		p := placed{start: m.Span.Start - e.turn.hit.Start, end: m.Span.End - e.turn.hit.Start}
		if p.start < from {
			continue
		}
		if edited {
			p.edits = []Edit{{Kind: kind, Original: e.wordAt(p.start)}}
		}
		found = append(found, p)
	}
	return found
}

// wordAt is the word of the record that stands at a place, or behind the marks that do.
func (e *editing) wordAt(at int) string {
	i := sort.Search(len(e.turn.words()), func(i int) bool { return e.turn.words()[i].to > at })
	if i == len(e.turn.words()) {
		return ""
	}
	w := e.turn.words()[i]
	end := w.to
	for insideWord(e.turn.runes, end) {
		end++
	}
	return string(e.turn.runes[w.from:end])
}

// text is the record's text from one place to another.
func (e *editing) text(from, to int) string { return string(e.turn.runes[from:to]) }

// between reads what the editor put between two literals, and what the record has there.
func (e *editing) between(joint []editorial, before, next placed) (edits []Edit, ok bool) {
	remarks, joint := e.withoutRemarks(joint)
	edits, ok = e.change(joint, before, next)
	return append(remarks, edits...), ok
}

// change is between without remarks.
func (e *editing) change(joint []editorial, before, next placed) ([]Edit, bool) {
	gap := e.text(before.end, next.start)
	switch {
	case len(joint) == 0:
		return nil, strings.TrimSpace(gap) == ""
	case len(joint) == 1 && joint[0].omission:
		return []Edit{omitted(gap)}, e.omits(before.start, before.end, next.start)
	case len(joint) == 1 && strings.TrimSpace(gap) == "":
		return []Edit{{Kind: EditInserted}}, e.inserts(joint[0].text, before.end, next.start)
	case len(joint) == 1:
		edit, ok := e.replaced(joint[0].text, before.end, next.start)
		return []Edit{edit}, ok
	case len(joint) > 2 || joint[0].omission == joint[1].omission:
		return nil, false
	}
	for n := maxReplaced; n > 0; n-- {
		if joint[0].omission { // … [the fee] will
			from, ok := e.wordsBefore(next.start, n)
			if !ok || from <= before.end {
				continue
			}
			if edit, ok := e.replaced(joint[1].text, from, next.start); ok && e.omits(before.start, before.end, from) {
				return []Edit{omitted(e.text(before.end, from)), edit}, true
			}
		} else if to, ok := e.wordsBehind(before.end, n); ok && to < next.start {
			if edit, ok := e.replaced(joint[0].text, before.end, to); ok && e.omits(before.start, to, next.start) {
				return []Edit{edit, omitted(e.text(to, next.start))}, true
			}
		}
	}
	return nil, false
}

// omitted is the edit that left out a text, without the punctuation around it.
func omitted(text string) Edit {
	return Edit{Kind: EditOmitted, Original: strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || isClauseEnd(r, ' ') })}
}

// withoutRemarks takes out what editors remark, and tells it.
func (e *editing) withoutRemarks(joint []editorial) (remarks []Edit, rest []editorial) {
	for _, mark := range joint {
		if !mark.omission && e.isRemark(mark.text) {
			remarks = append(remarks, Edit{Kind: EditInserted})
		} else {
			rest = append(rest, mark)
		}
	}
	return remarks, rest
}

// opened reads what stands before the first literal. Where it, or its first letter, is the
// editor's, a sentence seems to begin here: it must not depend on what the record has before.
func (e *editing) opened(first placed) (placed, bool) {
	remarks, joint := e.withoutRemarks(e.joints[0])
	p := placed{first.start, first.end, append(remarks, first.edits...)}
	switch {
	case len(joint) == 0:
		return p, len(first.edits) == 0 || !e.depends(first.start)
	case len(joint) > 1 || joint[0].omission:
		return p, false
	}
	for n := maxReplaced; n > 0; n-- {
		from, ok := e.wordsBefore(first.start, n)
		if !ok {
			continue
		}
		if edit, ok := e.replaced(joint[0].text, from, first.start); ok {
			return placed{from, p.end, append([]Edit{edit}, p.edits...)}, !e.depends(from)
		}
	}
	return p, false
}

// closed reads what stands behind the last literal.
func (e *editing) closed(p placed) (placed, bool) {
	remarks, joint := e.withoutRemarks(e.joints[len(e.joints)-1])
	p.edits = append(slices.Clone(p.edits), remarks...)
	switch {
	case len(joint) == 0:
		return p, true
	case len(joint) > 1 || joint[0].omission:
		return p, false
	case e.inserts(joint[0].text, p.end, p.end):
		return placed{p.start, p.end, append(p.edits, Edit{Kind: EditInserted})}, true
	}
	for n := maxReplaced; n > 0; n-- {
		to, ok := e.wordsBehind(p.end, n)
		if !ok {
			continue
		}
		if edit, ok := e.replaced(joint[0].text, p.end, to); ok {
			return placed{p.start, to, append(p.edits, edit)}, true
		}
	}
	return p, false
}

// wordsBefore is where the last n words before a place begin.
func (e *editing) wordsBefore(at, n int) (from int, ok bool) {
	all := e.turn.words()
	i := sort.Search(len(all), func(i int) bool { return all[i].to > at }) - n
	if i < 0 || insideWord(e.turn.runes, all[i].from) {
		return 0, false
	}
	return all[i].from, true
}

// wordsBehind is where the first n words behind a place end.
func (e *editing) wordsBehind(at, n int) (to int, ok bool) {
	all := e.turn.words()
	i := sort.Search(len(all), func(i int) bool { return all[i].from >= at }) + n - 1
	if i >= len(all) || insideWord(e.turn.runes, all[i].to) {
		return 0, false
	}
	return all[i].to, true
}
