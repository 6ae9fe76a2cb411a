package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// asksAnother reports whether a question is addressed to somebody other than the speaker of the turn behind
// it, as far as its asking sentence, those before it and its label tell: whoever is addressed last is asked. In
// doubt it is another.
func asksAnother(h retrieval.Hit, q *retrieval.QuestionTurn, text []rune, upToAsking []sentence.Span) bool {
	for i, s := range slices.Backward(upToAsking) {
		c := clausesIn(string(text[s.Start:s.End]))
		addressed := c.addressed(i == len(upToAsking)-1, i >= len(upToAsking)-2)
		addressed = slices.DeleteFunc(addressed, func(a address) bool { return a.means(retrieval.Hit{Speaker: q.Speaker, Affiliation: q.Affiliation}) })
		if len(addressed) > 0 {
			return !slices.ContainsFunc(addressed, func(a address) bool { return a.means(h) })
		}
	}
	if i := strings.IndexAny(string(q.Label), "(["); i > 0 { // MR. ROE [to Ms. Poe]
		addressed := clausesIn(string(q.Label[i:])).addressed(true, true)
		return len(addressed) > 0 && !slices.ContainsFunc(addressed, func(a address) bool { return a.means(h) })
	}
	return false
}

// address is what somebody is called who is spoken to.
type address struct {
	honorifics, offices, names []string // folded
}

// clausesOfSentence are the words of a sentence from one mark of punctuation to the next; full stops are none.
type clausesOfSentence []addressClause

type addressClause struct {
	words     []string
	bracketed bool
}

func clausesIn(text string) clausesOfSentence {
	var all clausesOfSentence
	start, bracketed := 0, false
	end := func(i int) {
		if words := strings.Fields(text[start:i]); len(words) > 0 {
			all = append(all, addressClause{words, bracketed})
		}
	}
	for i, r := range text {
		if strings.ContainsRune(",:;!?¿¡()[]–—…，？“”\"«»", r) {
			end(i)
			start = i + utf8.RuneLen(r)
			bracketed = r == '(' || r == '['
		}
	}
	end(len(text))
	return all
}

// addressed are those to whom a sentence is spoken: whom it calls by name or office, anywhere in a sentence
// that asks and at the ends of others, and those for whom it says that the question is. A sentence that is a
// name alone calls somebody right before the question.
func (c clausesOfSentence) addressed(asks, near bool) []address {
	var all []address
	if c.introduces() && !asks && !(near && len(c) == 1) || !asks && thanks[lexicon.Bare(c.first())] {
		return nil
	}
	for i, clause := range c {
		if a, ok := clause.directed(); ok {
			all = append(all, a)
			continue
		}
		if clause.bracketed {
			continue
		}
		if inner := i > 0 && i < len(c)-1; inner && !asks || len(c) == 1 && (asks || !near) {
			continue
		}
		a, ok := clause.calls(i == 0)
		if !ok || i > 0 && len(a.honorifics)+len(a.offices) == 0 && (asks && i < len(c)-1 || !asks) && isPartOfList(c[i-1].words) {
			continue
		}
		all = append(all, a)
	}
	return all
}

func (c clausesOfSentence) first() string {
	if len(c) == 0 {
		return ""
	}
	return c[0].words[0]
}

// introduces reports whether all clauses of a sentence are names, as where askers tell theirs: Jane Roe,
// Harbour Radio.
func (c clausesOfSentence) introduces() bool {
	for _, clause := range c {
		if words := clause.withoutOpening(); slices.ContainsFunc(words, func(w string) bool {
			return !startsUpper(w) && !lexicon.Particles[lexicon.Bare(w)] && !lexicon.OfficeLinks[lexicon.Bare(w)]
		}) {
			return false
		}
	}
	return true
}

// isPartOfList reports whether a clause ends with a name or an office, so that the name behind its comma goes
// on with a list, or says who has the office: the minister, Jane Roe, …
func isPartOfList(words []string) bool {
	last := words[len(words)-1]
	return startsUpper(last) || isOffice(last)
}

// withoutOpening is a clause without what may stand before the name of somebody spoken to: And now, Good
// morning, you.
func (c addressClause) withoutOpening() []string {
	words := c.words
	for len(words) > 0 && len(c.words)-len(words) < longestOpening && opensAddress(words[0]) {
		words = words[1:]
	}
	return words
}

const longestOpening = 4 // words: And so good morning

func opensAddress(word string) bool {
	bare := lexicon.Bare(word)
	return (openings[bare] || assenting[bare]) && !isHonorific(word)
}

// mayEndName reports whether a clause ends with a word that may be a name's, an office, or one behind a name, as
// its last word tells soonest.
func (c addressClause) mayEndName() bool {
	last := c.words[len(c.words)-1]
	return startsUpper(last) || isOffice(last) || opensAddress(last)
}

// calls is whom a clause calls that has nothing else. One word in a capital that begins a sentence may be any:
// only where it is none that opens sentences it is a name.
func (c addressClause) calls(begins bool) (address, bool) {
	if len(c.words) > longestName+longestOpening || !c.mayEndName() {
		return address{}, false
	}
	words := c.withoutOpening()
	for len(words) > 1 && !startsUpper(words[len(words)-1]) && openings[lexicon.Bare(words[len(words)-1])] { // Ms. Roe first
		words = words[:len(words)-1]
	}
	a, ok := called(words)
	if ok && begins && len(words) == 1 && len(a.names) == 1 && strings.HasSuffix(a.names[0], "ly") && len(a.names[0]) > len("Emily") {
		return address{}, false // Frankly
	}
	return a, ok
}

// directed is whom a clause names as the one for whom a question is: This one is for Jane Roe; to the Minister.
func (c addressClause) directed() (address, bool) {
	words := c.words
	if len(words) > longestDirection || !c.mayEndName() {
		return address{}, false
	}
	for i := len(words) - 2; i >= max(0, len(words)-longestName-2); i-- {
		bare := lexicon.Bare(words[i])
		if !beforeAsked[bare] {
			continue
		}
		name := words[i+1:]
		if len(name) > 1 && articlesOfOffices[lexicon.Bare(name[0])] {
			name = name[1:]
		}
		a, ok := called(name)
		return a, ok && (c.bracketed || i <= 1 || ofQuestions[bare] || slices.ContainsFunc(words[:i], func(w string) bool { return ofQuestions[lexicon.Bare(w)] }))
	}
	return address{}, false
}

const longestDirection = 20 // words of a clause that says whom the question is for

// called reads words that are a name, an office or both: Ms. Roe, Jane, Madam Secretary, monsieur le ministre.
func called(words []string) (a address, ok bool) {
	if len(words) == 0 || len(words) > longestName+1 {
		return a, false
	}
	for i, w := range words {
		bare, last := lexicon.Bare(w), i == len(words)-1
		switch {
		case len(a.names) == 0 && isHonorific(w):
			a.honorifics = append(a.honorifics, lexicon.Fold(bare))
		case len(a.names) == 0 && isOffice(w): // or a family name: Mr. King
			a.offices = append(a.offices, lexicon.Fold(bare))
		case !last && len(a.names) == 0 && len(a.honorifics)+len(a.offices) > 0 && articlesOfOffices[bare], !last && lexicon.Particles[bare] && !startsUpper(w):
		case !opensAddress(w) && !wordless[bare] && (lexicon.IsNameWord(strings.TrimRight(w, ".")) || lexicon.IsInitial(w) && startsUpper(w) || lexicon.IsElided(w)):
			a.names = append(a.names, lexicon.Fold(strings.TrimRight(bare, ".")))
		default:
			return address{}, false
		}
	}
	begins := len(a.honorifics)+len(a.offices) > 0 || startsUpper(words[0]) // von der Brücke
	return a, begins && len(a.offices)+len(a.names) > 0
}

func isHonorific(word string) bool {
	return lexicon.Honorifics[lexicon.Bare(word)] || honorificsSpoken[lexicon.Bare(word)]
}

func isOffice(word string) bool {
	return !isHonorific(word) && (lexicon.IsTitle(word) || officesSpoken[lexicon.Bare(word)])
}

func startsUpper(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

var (
	honorificsSpoken  = lexicon.Words("honorifics in addresses")
	officesSpoken     = lexicon.Words("offices in addresses")
	articlesOfOffices = lexicon.Words("articles before offices")
	beforeAsked       = lexicon.Words("words before those who are asked")
	ofQuestions       = lexicon.Words("words of whom a question is for")
	openings          = lexicon.Union(lexicon.Words("openings of addresses"), lexicon.Words("courtesies"), lexicon.Words("beginnings of asides"))
	thanks            = lexicon.Words("words of thanks")
	qualifiesOffice   = lexicon.Words("qualifiers of offices")
)

// means reports whether an address may be that of a turn's speaker. A full name has to agree whole, as
// namesakes answer for one another, and an office has to be known to be the speaker's.
func (a address) means(h retrieval.Hit) bool {
	label, _, _ := strings.Cut(string(h.Label), "(")
	speaker, printed, affiliation := lexicon.ReadName(string(h.Speaker)), lexicon.ReadName(label), lexicon.NameWords(string(h.Affiliation))
	titles := slices.Concat(speaker.Titles, printed.Titles)
	if ofOtherSex(a.honorifics, titles) {
		return false
	}
	own := slices.Concat(speaker.Words, printed.Words)
	known := func(word string) bool { return slices.ContainsFunc(own, func(w string) bool { return alike(w, word) }) }
	if len(a.names) == 0 {
		return a.holds(slices.Concat(titles, own), affiliation)
	}
	if len(a.names) > 1 && !slices.ContainsFunc(a.names, func(w string) bool { return !slices.Contains(affiliation, w) }) {
		return true
	}
	last := a.names[len(a.names)-1]
	if len(a.names) == 1 {
		return slices.Contains(own, last) || known(last)
	}
	if full := speaker.Words; len(full) > 1 {
		given := func(word string) bool {
			return slices.ContainsFunc(a.names, func(w string) bool { return alike(w, word) })
		}
		return !slices.ContainsFunc(a.names, func(w string) bool { return !slices.Contains(own, w) && !known(w) }) ||
			!slices.ContainsFunc(full, func(w string) bool { return !slices.Contains(a.names, w) && !given(w) })
	}
	return slices.Contains(own, last)
}

// holds reports whether all offices of an address are a person's, none of them with a qualifier: the vice
// president is not the president.
func (a address) holds(titles, affiliation []string) bool {
	for _, title := range a.offices {
		holds := func(words []string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return quotation.TitleInFull(w) == quotation.TitleInFull(title) })
		}
		qualified := func(words []string) bool {
			i := slices.Index(words, title)
			return i > 0 && qualifiesOffice[words[i-1]] && !slices.Contains(a.offices, words[i-1])
		}
		if !holds(titles) && !holds(affiliation) || qualified(titles) || qualified(affiliation) {
			return false
		}
	}
	return true
}

// ofOtherSex reports whether titles are of a man and others of a woman, or the other way round.
func ofOtherSex(titles, others []string) bool {
	has := func(titles []string, set map[string]bool) bool {
		return slices.ContainsFunc(titles, func(t string) bool { return set[t] })
	}
	men, women := lexicon.TitlesOfMen, lexicon.TitlesOfWomen
	return has(titles, men) && has(others, women) || has(titles, women) && has(others, men)
}
