package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word with the punctuation after it.
type word struct {
	text   string
	folded string // in small letters, with typewriter apostrophes
	after  string // . , ; : ? ! – ( or empty
}

func newWord(text, after string) word {
	folded := strings.ToLower(text)
	if !isASCII(folded) {
		folded = strings.ReplaceAll(folded, "’", "'")
	}
	return word{text, folded, after}
}

// is reports whether the word is one of texts, in small letters.
func (w word) is(texts ...string) bool {
	for _, t := range texts {
		if w.folded == t {
			return true
		}
	}
	return false
}

// capital reports whether the word is written with a capital or a digit first.
func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// endsSentence reports whether a sentence ends after the word.
func (w word) endsSentence() bool { return strings.ContainsAny(w.after, ".?!…") }

// comma reports whether a comma or dash follows the word.
func (w word) comma() bool {
	r, _ := utf8.DecodeRuneInString(w.after)
	return strings.ContainsRune(",–—-", r)
}

const longestMarks = 8 // bytes of punctuation after a word that are kept

// scanWords divides text into words. A full stop stays with an initial, a title
// and an abbreviation such as U.S.
func scanWords(text string) []word {
	words := make([]word, 0, len(text)/5)
	note := func(marks string) {
		if last := len(words) - 1; last >= 0 && len(words[last].after) < longestMarks {
			words[last].after += marks
		}
	}
	for _, field := range strings.Fields(text) {
		core := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if core == "" {
			note(field)
			continue
		}
		at := strings.Index(field, core)
		before, after := field[:at], field[at+len(core):]
		if strings.HasPrefix(after, ".") && keepsStop(core) {
			core, after = core+".", after[1:]
		}
		if strings.ContainsAny(before, "([–—") {
			note(before)
		}
		words = append(words, newWord(core, after))
	}
	return words
}

// keepsStop reports whether a full stop after a word belongs to the word.
func keepsStop(core string) bool {
	return isInitialWord(core) && core != "I" || strings.Contains(core, ".") || titleAbbreviations[strings.ToLower(core)]
}

// join puts words together again without the punctuation between them.
func join(words []word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return plainMarks(strings.Join(texts, " "))
}

// reader reads names and their company from words.
type reader struct {
	words []word
	at    int
}

func newReader(text string) *reader { return &reader{words: scanWords(text)} }

func (r *reader) done() bool { return r.at >= len(r.words) }

// peek is the word i places on; behind the last there is an empty one.
func (r *reader) peek(i int) word {
	if r.at+i >= len(r.words) {
		return word{after: "."}
	}
	return r.words[r.at+i]
}

// last is the word before the reader.
func (r *reader) last() word {
	if r.at == 0 {
		return word{}
	}
	return r.words[r.at-1]
}

// take passes the next word if it is one of texts.
func (r *reader) take(texts ...string) bool {
	if r.done() || !r.peek(0).is(texts...) {
		return false
	}
	r.at++
	return true
}

// takePhrase passes the next words if they are these, one blank between them.
func (r *reader) takePhrase(phrase string) bool {
	i := 0
	for rest := phrase; rest != ""; i++ {
		var want string
		want, rest, _ = strings.Cut(rest, " ")
		if r.peek(i).folded != want {
			return false
		}
	}
	r.at += i
	return true
}

// takeAny passes the first of the phrases that is next.
func (r *reader) takeAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
}

// takeSentence goes on behind the end of the sentence that began at start.
func (r *reader) takeSentence(start int) {
	for !r.done() && (r.at == start || !r.last().endsSentence()) {
		r.at++
	}
}

// takeTitles passes the titles before a name: Deputy Assistant Secretary of State.
func (r *reader) takeTitles() bool {
	start := r.at
	for !r.done() && (isTitle(r.peek(0).text) || r.at > start && goesOnOffice(r.peek(0).text)) {
		r.at++
		if r.last().after != "" {
			break
		}
	}
	return r.at > start
}

const maxNameWords = 5

// name reads a person's name: a few capitalised words, particles included.
// Acronyms are none, unless all of the name is in capitals.
func (r *reader) name() (string, bool) {
	start := r.at
	for r.at-start < maxNameWords && !r.done() {
		w := r.peek(0)
		if !r.isInName(start) {
			break
		}
		r.at++
		if w.after != "" {
			break
		}
	}
	for r.at > start && particles[r.last().folded] && !r.last().capital() {
		r.at--
	}
	if !isName(r.words[start:r.at]) {
		r.at = start
		return "", false
	}
	return join(r.words[start:r.at]), true
}

// isInName reports whether the next word may be part of the name that begins at
// start.
func (r *reader) isInName(start int) bool {
	w, next := r.peek(0), r.peek(1)
	switch {
	case isNameWord(w.text):
		return true
	case r.at > start:
		return particles[w.folded] && w.after == "" || familyNames[w.folded] && w.capital()
	}
	named := isNameWord(next.text) || familyNames[next.folded]
	return givenNames[w.folded] && w.capital() && w.after == "" && named && !isRegion(next.text)
}

func isName(words []word) bool {
	if len(words) == 0 || len(words) > maxNameWords {
		return false
	}
	caps, initials := 0, 0
	for _, w := range words {
		switch {
		case isInitial(w.text):
			initials++
		case isAllCaps(w.text) && !strings.Contains(w.text, "."):
			caps++
		}
	}
	last := words[len(words)-1]
	return (caps == 0 || caps+initials == len(words)) && !isInitial(last.text) && !particles[last.folded]
}

// fullName reads a name of at least two words.
func (r *reader) fullName() (string, bool) {
	start := r.at
	if name, ok := r.name(); ok && strings.Contains(name, " ") {
		return name, true
	}
	r.at = start
	return "", false
}

var (
	// orgLinks go on with the name of an organisation if a capital follows.
	orgLinks = wordSet(`of the for and de du des la le del di da & al y e at`)

	// orgStops are words in small letters that are no part of one.
	orgStops = wordSet(`i i'm i've i'd my me we our us you your he his she her they their it its it's is are was were be been
		am do does did have has had will would can could may might should who whom what when where why how which that this
		these those if as in on to by from with about asking asked ask want wanted wondering here also too just but or so because
		speaking based via please thank thanks good yes no not a an question questions again following reporting`)
)

const maxOrgWords = 10

// organisation reads the name of one, without a small article before it. It
// begins with a capital and goes on to the end of the clause; small letters may
// follow only up to there. closed reports that punctuation ends it.
func (r *reader) organisation() (name string, closed bool) {
	if r.peek(0).text == "the" {
		r.at++
	}
	if !r.peek(0).capital() || isTitle(r.peek(0).text) {
		return "", false
	}
	start, end := r.at, r.at+1
	for small := 0; r.at-start < maxOrgWords && !r.done(); {
		w, next := r.peek(0), r.peek(1)
		link := orgLinks[w.folded] && w.after == "" && (next.capital() && !orgStops[next.folded] || next.is("the"))
		capital := w.capital() && (r.at == start || !orgStops[w.folded])
		if !capital && !link {
			if small++; orgLinks[w.folded] || orgStops[w.folded] || small > 3 {
				break
			}
		}
		r.at++
		if capital || w.after != "" {
			end = r.at
		}
		if w.after != "" {
			break
		}
	}
	r.at = end
	name = strings.TrimSuffix(join(r.words[start:end]), " the")
	if r.last().after == "" {
		r.take("again", "here", "too")
	}
	return name, r.last().after != ""
}
