package quotation

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// What an editor may leave out and put in without turning the meaning. No list of words
// understands a sentence, so these are the forms of which it is known that they are
// harmless; whatever else there is counts as altered.
const (
	// maxReplaced is how many words of the record a noun in brackets may stand for: 4, as
	// in "the annual mooring fee". More are a statement.
	maxReplaced = 4
	// maxBracketed is how many words may stand in brackets: 6, a name with its title, or a
	// noun with its genitive.
	maxBracketed = 6
	// maxOmitted is how many words an ellipsis may stand for: 50, two or three sentences.
	// Beyond that a reader takes for one statement what are several.
	maxOmitted = 50
	// minKept is how many words have to stand before an ellipsis: 2. A single one says nothing
	// by itself. Behind it one may be the verb of a German sentence.
	minKept = 2
	// minClause is how many words of a clause make a statement before an ellipsis, where the
	// clause behind it begins with "and": 4. "The minister … and the board agreed" would
	// give the minister a part in what the board did.
	minClause = 4
)

// isRemark reports whether words in brackets are an editor's remark: sic.
func (e *editing) isRemark(text string) bool {
	bare := strings.Trim(strings.ToLower(text), " .!?*")
	for _, g := range e.tongue() {
		if g.words[remark][bare] || slices.Contains(g.phrases[remark], bare) {
			return true
		}
	}
	return bare == "sic" || directions[bare]
}

var directions = lexicon.Words("stage directions")

// inserts reports whether words in brackets that stand between others may have been put in:
// a small word, or what a pronoun before them stands for. They may not touch a word that
// turns the meaning: a few is not few.
func (e *editing) inserts(text string, before, behind int) bool {
	spoken := lower(fold(text).words())
	last, first := e.neighbour(before, -1), e.neighbour(behind, 1)
	switch {
	case len(spoken) == 0 || e.tongue().turnsMeaning(last) || e.tongue().turnsMeaning(first):
		return false
	case len(spoken) == 1 && e.tongue().has(text, supplied):
		return before != behind
	}
	return e.tongue().has(last, pronoun) && e.isNoun(text)
}

// neighbour is the word of the record before or behind a place, with nothing between.
func (e *editing) neighbour(at, direction int) string {
	all := e.turn.words()
	for _, w := range all {
		if direction > 0 && w.from >= at && strings.TrimSpace(e.text(at, w.from)) == "" {
			return w.text
		}
		if direction < 0 && w.to <= at && strings.TrimSpace(e.text(w.to, at)) == "" {
			return w.text
		}
	}
	return ""
}

// replaced is the edit that puts words in brackets for the record's from one place to another, if
// they may stand for them.
func (e *editing) replaced(text string, from, to int) (edit Edit, ok bool) {
	edit = Edit{Kind: EditReplaced, Original: strings.TrimSpace(e.text(from, to))}
	if !e.replaces(text, edit.Original) {
		return edit, false
	}
	if pronoun := lower(fold(edit.Original).words()); e.allPronoun(edit.Original, pronoun) && !e.standsFor(text, pronoun, from) {
		edit.note = "the draft puts [" + text + "] for “" + edit.Original + "”; read in the record who or what that is"
	}
	return edit, true
}

// standsFor reports whether it is plain that a noun is what a pronoun at a place stands for: the
// speaker's own name or office for those who speak, and for others what the record names shortly
// before, in the same sentence or the one before it, or in the question.
func (e *editing) standsFor(text string, pronoun []string, at int) bool {
	if isOfSpeech(pronoun) {
		return e.isOf(text, e.own())
	}
	before := e.text(0, at)
	sentences := ends(before, isSentenceEnd)
	known := map[string]bool{}
	if n := len(sentences); n > 1 {
		before = before[sentences[n-2]:]
	} else if q := e.turn.hit.Question; q != nil {
		addWords(known, q.Text)
	}
	addWords(known, before)
	return e.isOf(text, func(word string) bool { return known[word] })
}

// own tells the words of the speaker's name and office.
func (e *editing) own() func(word string) bool {
	own, h := map[string]bool{}, e.turn.hit
	addWords(own, string(h.Speaker), string(h.Label), string(h.Affiliation))
	return func(word string) bool { return own[word] }
}

// mayBeOf reports whether a noun may stand for a pronoun of those who are present. Whoever says
// “I” is the speaker, and by an office that the record does not tell only where they are asked by it.
func (e *editing) mayBeOf(text string, pronoun []string) bool {
	if !slices.ContainsFunc(pronoun, func(w string) bool { return singular[w] }) {
		return e.isKnown(text)
	}
	own, asked := e.own(), map[string]bool{}
	if q := e.turn.hit.Question; q != nil && e.turn.hit.Affiliation == "" {
		addWords(asked, q.Text)
	}
	return e.isOf(text, func(word string) bool { return own(word) || asked[word] })
}

var singular = lexicon.Words("first person singular")

// replaces reports whether words in brackets may stand for words of the record: the very
// same; a noun or a name for a pronoun; or another form of a noun, which has the same words
// or fewer, or more that are known here. Relative pronouns are none: they say of whom.
func (e *editing) replaces(text, original string) bool {
	theirs, ours := lower(fold(original).words()), lower(fold(text).words())
	switch {
	case len(ours) == 0 || len(theirs) == 0 || len(theirs) > maxReplaced:
		return false
	case slices.Equal(theirs, ours):
		return true
	case hasBoundary(original) || e.tongue().turnsMeaning(original) || !e.isNoun(text):
		return false
	case e.allPronoun(original, theirs):
		return (!isGenitive(text) || e.tongue().has(original, possessive)) && (!isOfSpeech(theirs) || e.mayBeOf(text, theirs))
	}
	bare := func(spoken []string) []string {
		return slices.DeleteFunc(slices.Clone(spoken), func(w string) bool { return e.tongue().has(w, determiner) })
	}
	if !e.tongue().has(theirs[0], determiner) && hasSmall(fold(original).words()) && !e.dropsNames(original, ours) {
		return false // it may have a verb
	}
	theirs, ours = bare(theirs), bare(ours)
	if len(theirs) == 0 || len(ours) == 0 || e.tongue().has(strings.Join(theirs, " "), clauseLink, clauseSubject, auxiliary, governing) {
		return false
	}
	shared := func(of, in []string) bool {
		return !slices.ContainsFunc(of, func(w string) bool { return !slices.Contains(in, w) })
	}
	return shared(ours, theirs) || shared(theirs, ours) && e.isKnown(text)
}

// dropsNames reports whether of some words only names are left out, before a noun that they
// belong to: the [ferry] for the Gull Rock ferry.
func (e *editing) dropsNames(original string, ours []string) bool {
	theirs := fold(original).words()
	left := len(theirs) - len(ours)
	return left > 0 && slices.Equal(lower(theirs[left:]), ours) && !hasSmall(theirs[:left]) && !e.capitalNouns()
}

// allPronoun reports whether words of the record are a pronoun.
func (e *editing) allPronoun(original string, spoken []string) bool {
	if strings.ContainsFunc(original, words.ByCharacter) {
		together := strings.Join(spoken, "")
		return slices.ContainsFunc(e.tongue(), func(g *grammar) bool { return slices.Contains(g.phrases[pronoun], together) })
	}
	return len(spoken) == 1 && slices.ContainsFunc(e.tongue(), func(g *grammar) bool { return g.words[pronoun][spoken[0]] })
}

// present are the pronouns of those who speak and are spoken to. Whom they stand for is known.
var present = lexicon.Union(lexicon.Words("first person singular"), lexicon.Words("first person plural"), lexicon.Words("second person"))

// isOfSpeech reports whether a pronoun stands for somebody who is present.
func isOfSpeech(pronoun []string) bool {
	return slices.ContainsFunc(pronoun, func(w string) bool { return present[w] })
}

// isKnown reports whether all words of a text but determiners are the turn's, or of what is
// known of it.
func (e *editing) isKnown(text string) bool { return e.isOf(text, e.known) }

// isOf reports whether all words of a text but determiners are among some.
func (e *editing) isOf(text string, known func(word string) bool) bool {
	return !slices.ContainsFunc(fold(text).words(), func(w word) bool {
		bare := strings.ToLower(w.text)
		return !known(bare) && !known(lexicon.WithoutPossessive(bare)) && !e.tongue().has(w.text, determiner)
	})
}

func isGenitive(text string) bool {
	return lexicon.IsPossessive(text) || strings.HasSuffix(text, "'") || strings.HasSuffix(text, "’")
}

// isNoun reports whether words in brackets are a noun or a name: they begin with an article,
// are a name that is known here, or words of the turn's own, and none of them turns the
// meaning, or belongs to a clause.
func (e *editing) isNoun(text string) bool {
	spoken := fold(text).words()
	if len(spoken) == 0 || len(spoken) > maxBracketed || hasBoundary(text) || e.tongue().turnsMeaning(text) ||
		e.tongue().has(text, auxiliary, clauseLink) {
		return false
	}
	if e.tongue().has(spoken[0].text, pronoun, determiner) && (len(spoken) == 1 || !e.tongue().has(spoken[0].text, determiner)) ||
		slices.ContainsFunc(spoken[1:], func(w word) bool { return e.tongue().has(w.text, clauseSubject) }) {
		return false
	}
	return e.isKnown(text) || len(spoken) > 1 && e.tongue().has(spoken[0].text, determiner) && !e.hasUnknownName(spoken[1:])
}

// hasSmall reports whether one of some words begins with a small letter.
func hasSmall(spoken []word) bool {
	return slices.ContainsFunc(spoken, func(w word) bool { return !unicode.IsUpper([]rune(w.text)[0]) })
}

// hasUnknownName reports whether one of some words is a name that is not known. In German
// all nouns look like names.
func (e *editing) hasUnknownName(spoken []word) bool {
	if e.capitalNouns() {
		return false
	}
	return slices.ContainsFunc(spoken, func(w word) bool { return unicode.IsUpper([]rune(w.text)[0]) && !e.known(strings.ToLower(w.text)) })
}

// capitalNouns reports whether all nouns may look like names, as in German.
func (e *editing) capitalNouns() bool {
	return slices.ContainsFunc(e.tongue(), func(g *grammar) bool { return g.code == "de" })
}

// wordsAround are the words of a turn, and of what is known of it: who speaks, at what,
// where, and asked what.
func wordsAround(h retrieval.Hit) map[string]bool {
	known := map[string]bool{}
	addWords(known, h.Text, string(h.Speaker), string(h.Label), string(h.Affiliation), string(h.Title), string(h.Place))
	if h.Question != nil {
		addWords(known, h.Question.Text, string(h.Question.Speaker))
	}
	return known
}

// addWords adds the words of some texts to others, in small letters, with and without a possessive.
func addWords(known map[string]bool, texts ...string) {
	for _, text := range texts {
		for _, w := range lower(fold(text).words()) {
			known[w], known[lexicon.WithoutPossessive(w)] = true, true
		}
	}
}

// omits reports whether the words from one place to another may have been left out of a
// quotation that begins at start.
func (e *editing) omits(start, from, to int) bool {
	before, left := e.text(start, from), leftOut{gap: e.text(from, to)}
	words := len(fold(left.gap).words())
	wholeSentences := (endsSentence(before) || startsWithSentenceEnd(left.gap)) && endsSentence(left.gap)
	switch {
	case len(fold(before).words()) < minKept, words > maxOmitted:
		return false
	case wholeSentences && words > 0 && !e.refersBack(to) && !asksAnything(left.gap): // either side could be quoted without the other
		return true
	case words == 0:
		return !hasSentenceEnd(left.gap) || endsSentence(left.gap) // a pause
	case e.tongue().turnsMeaning(left.gap), says(left.gap):
		return false
	}
	left.kept, left.clause, left.behind = lastClause(before), lastClause(e.text(0, from)), firstClause(e.text(to, len(e.turn.runes)))
	left.opens = startsWithBoundary(left.gap) || endsWithBoundary(before)
	var rest string
	rest, left.joined = e.withoutConjunction(left.gap)
	left.closes = endsWithBoundary(rest) || left.joined && left.opens && rest == ""
	return !e.movesNegation(left) && e.keepsClauses(left) && (left.opens || left.closes || !e.subordinate(start))
}

// refersBack reports whether the sentence at a place begins with what refers to the one before: that,
// it, but. Those who are present need no reference.
func (e *editing) refersBack(at int) bool {
	behind := e.text(at, len(e.turn.runes))
	first := lower(fold(firstClause(behind)).words())
	return len(first) == 0 || !isOfSpeech(first[:1]) && e.begins(behind, pronoun, clauseLink, clauseSubject, coordination)
}

// asksAnything reports whether a text has a question: what follows may answer it.
func asksAnything(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return narrow(r) == '?' || r == '؟' })
}

// beginsWell reports whether what stands behind words that are left out begins and ends as it should:
// behind the end of a sentence with its capital, unless the small letter is in brackets, and either
// it reaches the end of its clause, or has words enough for a statement. “I sold it … my brother” is
// none.
func (e *editing) beginsWell(before, next placed, joint []editorial) bool {
	gap := e.text(before.end, next.start)
	if !slices.ContainsFunc(joint, func(mark editorial) bool { return mark.omission }) || !hasSentenceEnd(gap) && !endsSentence(e.text(before.start, before.end)) {
		return true
	}
	if first := e.wordAt(next.start); slices.ContainsFunc(next.edits, func(edit Edit) bool { return edit.Kind == EditCapital }) && !hasSmallFirst(first) {
		return false
	}
	rest := e.text(next.end, len(e.turn.runes))
	return strings.TrimSpace(rest) == "" || startsWithBoundary(rest) || endsWithBoundary(e.text(next.start, next.end)) ||
		len(fold(e.text(next.start, next.end)).words()) >= minClause
}

func hasSmallFirst(word string) bool {
	return strings.IndexFunc(word, unicode.IsLower) == 0
}

// leftOut are words that are left out, with the rest of the clauses on their two sides.
type leftOut struct {
	gap           string
	clause, kept  string // the clause before, and what the quotation has of it
	behind        string // the one behind
	opens, closes bool   // a clause ends where it begins, or begins where it ends
	joined        bool   // it ends in a conjunction
}

// movesNegation reports whether a negation or a condition may come to belong to other words
// than it does: it stands in a clause of which words are left out, or right beside them.
func (e *editing) movesNegation(o leftOut) bool {
	return (!o.opens || e.ends(o.clause, negation, condition, quantity)) && e.tongue().has(o.clause, negation, condition) ||
		(!o.closes || e.begins(o.behind, negation, condition)) && e.tongue().has(o.behind, negation, condition)
}

// keepsClauses reports whether what is kept on the two sides does not become another clause,
// of one's subject and another's predicate.
func (e *editing) keepsClauses(o leftOut) bool {
	switch {
	case hasSentenceEnd(o.gap): // then a clause ends before it, and a sentence begins behind it
		return o.opens && endsSentence(o.gap)
	case o.opens && o.closes: // a whole clause, or an aside
		return o.joined || !e.begins(o.gap, coordination) || e.begins(o.behind, clauseLink, clauseSubject, coordination)
	case o.opens: // the beginning of a clause
		return false
	case o.closes: // the end of one
		return e.begins(o.behind, clauseLink, clauseSubject, coordination) && !e.cutShort(o)
	}
	if e.begins(o.gap, determiner) && !e.begins(o.behind, governing, determiner) {
		return false // it may be the subject of what stands behind it
	}
	return !hasBoundary(o.gap) && !e.tongue().has(o.gap, clauseLink, clauseSubject, coordination, auxiliary) &&
		!e.ends(o.gap, governing, determiner) && !e.ends(o.kept, quantity)
}

// withoutConjunction is a text without the conjunction in which it ends, if it does.
func (e *editing) withoutConjunction(text string) (rest string, joined bool) {
	text = strings.TrimSpace(text)
	spoken := fold(text).words()
	if len(spoken) == 0 || !e.tongue().has(spoken[len(spoken)-1].text, coordination) {
		return text, false
	}
	return string([]rune(text)[:spoken[len(spoken)-1].from]), true
}

// cutShort reports whether a clause is hardly begun before words are left out, and the one
// behind them joins another subject to it.
func (e *editing) cutShort(o leftOut) bool {
	spoken := fold(o.behind).words()
	joins := e.begins(o.behind, coordination) && len(spoken) > 1 && !e.tongue().has(spoken[1].text, clauseSubject)
	return joins && len(fold(o.kept).words()) < minClause
}

// depends reports whether what the record says from a place on depends on what stands
// before it: on a condition in its sentence, on a negation in its clause, on who says so.
func (e *editing) depends(at int) bool {
	before := e.text(0, at)
	clause := lastClause(before)
	return e.tongue().has(before[lastEnd(before, isSentenceEnd):], condition) || e.tongue().has(clause, negation) || says(clause) || e.subordinate(at)
}

// subordinate reports whether a place is in a clause that belongs to another one: that the
// bridge is unsafe.
func (e *editing) subordinate(at int) bool {
	clause := lastClause(e.text(0, at))
	return slices.ContainsFunc(fold(clause).words(), func(w word) bool {
		return e.tongue().has(w.text, clauseLink) && !e.tongue().has(w.text, coordination)
	})
}

// begins and ends report whether the first or the last word of a text is of a kind. In
// scripts whose words are told by their characters it may have two of them.
func (e *editing) begins(text string, kinds ...vocable) bool {
	spoken := fold(text).words()
	return len(spoken) > 0 && e.tongue().has(spoken[0].text, kinds...) ||
		len(spoken) > 1 && strings.ContainsFunc(spoken[0].text, words.ByCharacter) && e.tongue().has(spoken[0].text+spoken[1].text, kinds...)
}

func (e *editing) ends(text string, kinds ...vocable) bool {
	spoken := fold(text).words()
	n := len(spoken)
	return n > 0 && e.tongue().has(spoken[n-1].text, kinds...) ||
		n > 1 && strings.ContainsFunc(spoken[n-1].text, words.ByCharacter) && e.tongue().has(spoken[n-2].text+spoken[n-1].text, kinds...)
}

// saying are the verbs of saying, but for forms that are nouns as often: answer, report.
var saying, sayingOrNoun = lexicon.Union(lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past)), lexicon.Words("infinitives before quotations")),
	lexicon.Words("forms of verbs of saying that are nouns")

// says reports whether words have a verb of saying: what follows it is somebody's word.
func says(text string) bool {
	return slices.ContainsFunc(lower(fold(text).words()), func(w string) bool { return saying[w] && !sayingOrNoun[w] })
}
