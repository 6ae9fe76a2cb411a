package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// calling is how a question calls somebody whose words it wants.
type calling struct {
	text     string   // as it was asked, titles included
	words    []string // folded, without titles
	titles   []string // folded
	definite bool     // "the president": a role, and no name
	capital  bool     // each of its words begins with one, where the question uses capitals
	sure     bool     // it stands where only a name can: "what did … say", "according to …"
	event    bool     // its saying may be told by others: "did … tell you"
}

// askedWord is a word of a question.
type askedWord struct {
	text       string // as written, without the marks around it and the possessive
	folded     string
	possessive bool
	initial    bool // one letter with a full stop
	ends       bool // a comma or the like stands behind it
}

func askedWordsOf(text string) []askedWord {
	var all []askedWord
	for _, field := range strings.Fields(lexicon.PlainMarks(text)) {
		bare := strings.Trim(field, `,.;:()[]"“”‘'?!`)
		possessive := lexicon.IsPossessive(bare) || strings.HasSuffix(strings.TrimRight(field, ",.;:?!"), "s'")
		bare = lexicon.WithoutPossessive(bare)
		if bare == "" {
			continue
		}
		w := askedWord{text: bare, folded: lexicon.Fold(bare), possessive: possessive, ends: strings.ContainsAny(field[len(field)-1:], ",;:?!)")}
		w.initial = lexicon.IsInitial(bare) && strings.HasSuffix(field, ".")
		if w.initial || lexicon.IsTitle(bare) && strings.HasSuffix(field, ".") {
			w.text += "."
		}
		all = append(all, w)
	}
	return all
}

var (
	auxiliaries   = lexicon.Words("auxiliaries")
	copulas       = lexicon.Words("copulas")
	infinitives   = lexicon.Set(append(lexicon.SayingVerbs(lexicon.Infinitive), "view"))
	sayingWord    = regexp.MustCompile(`^(?:` + lexicon.Any("words that ask what somebody said") + `|` + lexicon.Any("verbs of opinion in questions") + `)$`)
	askingWord    = regexp.MustCompile(`^` + lexicon.Any("verbs of asking") + `$`)
	eventWords    = lexicon.Words("verbs of saying that are told of")
	viewNouns     = lexicon.Words("nouns of views")
	finiteVerbs   = lexicon.Set(append(lexicon.SayingVerbs(lexicon.Third, lexicon.Past), "felt", "feels", "wanted", "wants"))
	besideSayers  = lexicon.Words("words beside those who say")
	nounMarks     = lexicon.Words("words that begin a noun")
	prepositions  = lexicon.Words("prepositions behind people")
	stopWordsHere = lexicon.Words("stop words")
)

// readCallings reads whose words a question wants: "what did … say", "according to …", "…'s
// view", "compare … and …", in small letters too. Whether these are names, and whose, the
// record decides.
func readCallings(text string, asking bool) []calling {
	words := askedWordsOf(text)
	capitals := usesCapitals(words)
	for _, find := range []func([]askedWord, bool) ([]askedWord, bool, bool){attributed, whoDid, compared, whoSaid, headed} {
		if run, sure, event := find(words, asking); len(run) > 0 {
			if called := callingsOf(run, capitals, sure, event); len(called) > 0 {
				return called
			}
		}
	}
	return nil
}

// usesCapitals reports whether a question has a capital anywhere but at its beginning and
// in "I", so that small letters tell something.
func usesCapitals(words []askedWord) bool {
	return slices.ContainsFunc(words[min(1, len(words)):], func(w askedWord) bool { return isCapital(w) && w.text != "I" })
}

func isCapital(w askedWord) bool {
	for _, r := range w.text {
		return unicode.IsUpper(r)
	}
	return false
}

// attributed finds "according to …", "in …'s view", "…'s view of", "…, says …".
func attributed(words []askedWord, _ bool) (run []askedWord, sure, event bool) {
	for i, w := range words {
		switch {
		case w.folded == "according" && i+2 < len(words) && words[i+1].folded == "to":
			return until(words[i+2:], nameEnds), true, false
		case w.possessive && slices.ContainsFunc(words[i+1:min(len(words), i+3)], func(n askedWord) bool { return viewNouns[n.folded] }):
			first := i
			for first > 0 && !nameEnds(words[first-1]) && !words[first-1].ends && !words[first-1].possessive {
				first--
			}
			if first > 0 && beginsNoun(words[first-1]) {
				first--
			}
			return words[first : i+1], true, false
		case finiteVerbs[w.folded] && i > 0 && words[i-1].ends && i+1 < len(words) && len(words)-i <= longestName+1:
			return until(words[i+1:], nameEnds), false, false
		}
	}
	return nil, false, false
}

const longestName = 5 // words of a name with its titles

// until is the beginning of words up to the first at which end is met, or behind which a
// comma stands; a list goes on behind its commas only with "and".
func until(words []askedWord, end func(askedWord) bool) []askedWord {
	for i, w := range words {
		if end(w) && !(i == 0 && beginsNoun(w)) {
			return words[:i]
		}
		if w.ends {
			return words[:i+1]
		}
	}
	return words
}

// nameEnds reports whether a word is none of a name: a stop word that is no conjunction, no
// particle and no given name, such as Will.
func nameEnds(w askedWord) bool {
	return !w.initial && stopWordsHere[w.folded] && !conjunctions[w.folded] && !lexicon.Particles[w.folded] && !lexicon.GivenNames[w.folded]
}

// whoDid finds "did … say": what stands between an auxiliary and a verb of saying.
func whoDid(words []askedWord, asking bool) (run []askedWord, sure, event bool) {
	for i, w := range words {
		if !auxiliaries[strings.TrimSuffix(w.folded, "n't")] {
			continue
		}
		copula := copulas[w.folded]
		run, verb := phraseUntil(words[i+1:], func(rest []askedWord) bool {
			return saying(rest, asking) && (!copula || strings.HasSuffix(rest[0].folded, "ing") || strings.HasSuffix(rest[0].folded, "ed"))
		})
		if len(run) > 0 {
			yesNo := !slices.ContainsFunc(words[:i], func(w askedWord) bool { return interrogatives[w.folded] })
			return run, !copula, yesNo || eventWords[verb.folded]
		}
	}
	return nil, false, false
}

// phraseUntil is the noun phrase, or a list of them, that goes up to a word; nothing where
// other words stand between.
func phraseUntil(words []askedWord, found func(rest []askedWord) bool) (phrase []askedWord, at askedWord) {
	open := true // a noun may begin
	for i, w := range words[:min(len(words), 2*longestName+1)] {
		switch {
		case i > 0 && found(words[i:]) && !goesOn(words[i+1:], found):
			return words[:i], w
		case beginsNoun(w):
			if !open {
				return nil, w
			}
		case conjunctions[w.folded], prepositions[w.folded], w.ends:
			open = true
			continue
		case nameEnds(w) && !besides(w):
			return nil, w
		}
		open = open && besides(w)
	}
	return nil, askedWord{}
}

// goesOn reports whether the word that is looked for stands behind one that is a name then:
// what did Mr. Hope say.
func goesOn(rest []askedWord, found func(rest []askedWord) bool) bool {
	switch {
	case len(rest) == 0, rest[0].folded == "to":
		return false
	case rest[0].folded == "have", found(rest):
		return true
	}
	return besides(rest[0]) && goesOn(rest[1:], found)
}

func beginsNoun(w askedWord) bool { return nounMarks[w.folded] && !w.initial }

// saying reports whether words begin with a verb of saying, or of asking where the question
// is about that.
func saying(words []askedWord, asking bool) bool {
	verb := words[0].folded
	switch {
	case words[0].possessive || viewNouns[verb] && !infinitives[verb]:
		return false
	case len(words) > 1 && phrasalViews[verb+" "+words[1].folded]:
		return true
	}
	return sayingWord.MatchString(verb) || asking && askingWord.MatchString(verb)
}

var (
	interrogatives = lexicon.Words("question words")
	phrasalViews   = lexicon.Words("verbs of opinion in two words")
)

// compared finds "compare … and …", "difference between … and …", "… and … differ".
func compared(words []askedWord, _ bool) (run []askedWord, sure, event bool) {
	for i, w := range words {
		switch {
		case w.folded == "compare" || w.folded == "between" && i > 0 && strings.HasPrefix(words[i-1].folded, "differen"):
			if run := until(words[i+1:], func(w askedWord) bool { return nameEnds(w) || finiteVerbs[w.folded] }); hasAnd(run) {
				return run, false, false
			}
		}
	}
	return nil, false, false
}

func hasAnd(run []askedWord) bool {
	return slices.ContainsFunc(run, func(w askedWord) bool { return conjunctions[w.folded] })
}

var conjunctions = map[string]bool{"and": true, "or": true, "&": true, "versus": true, "vs": true}

// whoSaid finds "what … says", "what … and … say".
func whoSaid(words []askedWord, _ bool) (run []askedWord, sure, event bool) {
	for v, verb := range words {
		if verb.possessive || !finiteVerbs[verb.folded] && !sayingWord.MatchString(verb.folded) {
			continue
		}
		first := v
		for first > 0 && v-first < 2*longestName && !nameEnds(words[first-1]) && !interrogatives[words[first-1].folded] && !words[first-1].ends {
			first--
		}
		run := words[first:v]
		if opened := first > 0 && interrogatives[words[first-1].folded]; len(run) > 0 && opened && (finiteVerbs[verb.folded] || hasAnd(run)) {
			return run, false, false
		}
	}
	return nil, false, false
}

// headed finds a name that a question begins with instead of asking: "roe on the bridge".
func headed(words []askedWord, _ bool) (run []askedWord, sure, event bool) {
	for i := 1; i < min(len(words)-1, longestName); i++ {
		if words[i].folded == "on" || words[i].folded == "about" {
			if !slices.ContainsFunc(words[:i], nameEnds) && !interrogatives[words[0].folded] {
				return words[:i], false, false
			}
			return nil, false, false
		}
	}
	return nil, false, false
}

// callingsOf makes callings of a run of words: those that "and" and commas part, without what
// stands beside names.
func callingsOf(run []askedWord, capitals, sure, event bool) []calling {
	var all []calling
	var current []askedWord
	end := func() {
		if c, ok := newCalling(current, capitals); ok {
			c.sure, c.event = sure, event
			all = append(all, c)
		}
		current = nil
	}
	behind := false // a preposition, with what tells more of somebody
	for _, w := range run {
		switch {
		case conjunctions[w.folded]:
			end()
			behind = false
			continue
		case prepositions[w.folded] && len(current) > 0:
			behind = true
		case !behind:
			current = append(current, w)
		}
		if w.ends {
			end()
			behind = false
		}
	}
	end()
	return all
}

// newCalling reads one of those whom a question names; false of what names nobody: pronouns,
// people in the plural.
func newCalling(run []askedWord, capitals bool) (c calling, ok bool) {
	for len(run) > 0 && besides(run[0]) {
		run = run[1:]
	}
	for len(run) > 0 && besides(run[len(run)-1]) {
		run = run[:len(run)-1]
	}
	if len(run) > 0 && beginsNoun(run[0]) {
		c.definite, run = run[0].folded == "the", run[1:]
		if !c.definite {
			return c, false
		}
	}
	ofSomebody := func(w askedWord) bool { return w.possessive } // Roe's deputy
	if len(run) == 0 || len(run) > longestName || !c.definite && slices.ContainsFunc(run[:len(run)-1], ofSomebody) {
		return c, false
	}
	c.capital = capitals
	var text []string
	if c.definite {
		text = []string{"the"}
	}
	for i, w := range run {
		switch {
		case lexicon.IsTitle(w.folded) && i+1 < len(run) && !c.definite:
			c.titles = append(c.titles, w.folded)
		case !c.definite && len(c.words) == 0 && describes(w, run[i+1:], capitals, len(c.titles) > 0):
		default:
			c.words = append(c.words, strings.Split(w.folded, ".")...)
			c.capital = c.capital && (isCapital(w) || lexicon.Particles[w.folded])
		}
		text = append(text, w.text)
		if w.possessive && i+1 < len(run) {
			text[len(text)-1] += "'s"
		}
	}
	c.words = slices.DeleteFunc(c.words, func(w string) bool { return w == "" })
	c.text = strings.Join(text, " ")
	ordinary := !slices.ContainsFunc(c.words, func(w string) bool { return !nobody(w) })
	return c, len(c.words) > 0 && (c.definite || !ordinary || len(c.titles) > 0 || c.capital)
}

// describes reports whether a word before a name tells what somebody is: chief engineer Roe.
// Without capitals only a word of every conversation behind a title does.
func describes(w askedWord, name []askedWord, capitals, titled bool) bool {
	switch {
	case len(name) == 0 || w.initial || lexicon.Particles[w.folded]:
		return false
	case capitals:
		return !isCapital(w) && slices.ContainsFunc(name, isCapital)
	}
	return titled && everyday(w.folded) && !noGivenNames[w.folded]
}

// besides reports whether a word stands beside those who say: each, really, have to.
func besides(w askedWord) bool {
	return besideSayers[w.folded] || len(w.folded) > 4 && strings.HasSuffix(w.folded, "ly") && !isCapital(w)
}

var (
	peopleInGeneral = lexicon.Union(lexicon.Words("people in the plural"), lexicon.Words("people who ask"), lexicon.Words("labels of nobody in particular"))
	noGivenNames    = lexicon.Union(lexicon.GivenNames, lexicon.FamilyNames)
)

// nobody reports whether a word alone is no name: a pronoun, people in general.
func nobody(word string) bool {
	return (stopWordsHere[word] || peopleInGeneral[word]) && !noGivenNames[word]
}
