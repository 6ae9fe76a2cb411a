package answer

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// followUp is a question as it is searched for.
type followUp struct {
	text    string   // standing alone, as far as the questions before it say clearly what it leans on
	history []string // those questions, oldest first, if it may need them
	leans   bool     // it cannot be understood without the last of them
}

// shown is the question with what it is read with.
func (f followUp) shown() string {
	if !f.leans {
		return f.text
	}
	return f.text + " (" + f.history[len(f.history)-1] + ")"
}

// readFollowUp puts into a question what the questions before it say clearly:
//
//	What did Roe say about the toll?  And Poe?       What did Poe say about the toll?
//	                                  Why?           Why did Roe say that about the toll?
//	                                  Is he for it?  Is Roe for the toll?
func (s *Service) readFollowUp(ctx context.Context, filter retrieval.Filter, history []string, text string) (followUp, error) {
	if len(history) == 0 {
		return followUp{text: text}, nil
	}
	var words []string
	for _, w := range askedWordsOf(strings.Join(append(slices.Clone(history), text), " ")) {
		words = append(words, w.folded)
	}
	names, err := s.searcher.Names(ctx, retrieval.NamesQuery{Filter: filter, Words: words, Limit: mostNames})
	if err != nil {
		return followUp{}, err
	}
	known := knownNames(names)
	var earlier []earlierQuestion
	var read []string
	for _, question := range history {
		whole, _, _ := known.resolve(earlier, question)
		earlier, read = append(earlier, known.read(whole)), append(read, whole)
	}
	standalone, changed, leans := known.resolve(earlier, text)
	f := followUp{text: standalone, history: read, leans: leans}
	if changed && !leans {
		f.history = nil
	}
	return f, nil
}

// doing are the auxiliaries behind which a subject stands: who did Roe blame.
var doing = map[string]bool{"do": true, "does": true, "did": true}

var (
	subjectPronouns    = lexicon.Words("pronouns of persons, subjects")
	objectPronouns     = lexicon.Words("pronouns of persons, objects")
	possessivePronouns = lexicon.Words("pronouns of persons, possessives")
	thingPronouns      = lexicon.Words("pronouns of things")
	vaguePronouns      = lexicon.Words("pronouns that lean on anything")

	// additions ask the same of somebody or something else.
	additions = regexp.MustCompile(`(?i)^\W*` + lexicon.Any("beginnings of additions") + `\s+(.+)$`)
	// bareQuestion asks of what was asked before.
	bareQuestion = regexp.MustCompile(`(?i)^\W*(?:(?:and|but|so)\s+)?(why|when|where|how|how so|since when|why not)\W*$`)
	// whatItDoes and whatItIs ask of a thing itself.
	whatItDoes = regexp.MustCompile(`(?i)^\W*what (?:do|does|did) (` + thing + `) (?:do|mean|stand for)\W*$`)
	whatItIs   = regexp.MustCompile(`(?i)^\W*what(?:'s| is| are| was| were) (` + thing + `)\W*$`)
	// lastTopic is what a question wants somebody's words on.
	lastTopic = regexp.MustCompile(`(?i)\b(?:about|on|regarding|concerning)\s+(.+)$`)
	// sayingOn is a verb of saying that has no object.
	sayingOn = regexp.MustCompile(`(?i)\b(` + strings.Join(lexicon.SayingVerbs(lexicon.Infinitive), "|") + `)\s+(about|on|of)\b`)
)

// thing is a short noun with an article or whose it is: the ferry, Jane Roe's office.
const thing = `(?:(?:the|his|her|its|their|our|this) |(?:\S+ ){0,2}\S+['’]s )\S+(?: \S+)?`

// earlierQuestion is a question of the conversation with what a follow-up may lean on.
type earlierQuestion struct {
	text   string
	people []string // whom it names, as it calls them
	sayer  string   // of them, whose words it wants; empty where there is not one alone
	topic  string   // what it wants these on
}

// speakerNames are the words of the names of those who speak.
type speakerNames struct{ family, given map[string]bool }

func knownNames(names []retrieval.PrintedName) speakerNames {
	k := speakerNames{map[string]bool{}, map[string]bool{}}
	for _, n := range names {
		parts := withoutTitles(nameParts(n.Name))
		k.family[parts[len(parts)-1]] = true
		for _, p := range parts[:len(parts)-1] {
			k.given[p] = true
		}
	}
	return k
}

// read reads an earlier question.
func (k speakerNames) read(text string) earlierQuestion {
	e := earlierQuestion{text: text}
	words := askedWordsOf(text)
	for i := 0; i < len(words); i++ {
		if n := k.nameAt(words[i:], i == 0 || !usesCapitals(words)); n > 0 {
			var name []string
			for _, w := range words[i : i+n] {
				name = append(name, w.text)
			}
			if person := strings.Join(name, " "); !slices.Contains(e.people, person) {
				e.people = append(e.people, person)
			}
			i += n - 1
		}
	}
	called := readCallings(text, false)
	for _, c := range called {
		if known := !c.definite && k.speaks(askedWordsOf(c.text)); known && !slices.Contains(e.people, c.text) {
			e.people = append(e.people, c.text)
		}
	}
	if len(called) == 1 && slices.Contains(e.people, called[0].text) {
		e.sayer = called[0].text
	}
	for _, form := range []*regexp.Regexp{whatItDoes, whatItIs, lastTopic} {
		if on := form.FindStringSubmatch(text); on != nil {
			e.topic = strings.TrimRight(on[1], " ?.!")
			break
		}
	}
	return e
}

// nameAt is how many of the first words are a person's name: that of somebody who speaks, or
// in a question with capitals one with a title or of several words.
func (k speakerNames) nameAt(words []askedWord, small bool) int {
	titles := 0
	for titles < len(words)-1 && lexicon.IsTitle(words[titles].folded) {
		titles++
	}
	n := titles
	speaks, capitals := false, true
	for n < len(words) && n-titles < longestName && !nameEnds(words[n]) {
		w := words[n]
		part := k.family[w.folded] || k.given[w.folded] || w.initial
		if name := lexicon.IsNameWord(w.text) && !small; !part && !name || everyday(w.folded) && !part {
			break
		}
		speaks = speaks || k.family[w.folded] && (titles > 0 || n > 0 || isCapital(w) && !small || !everyday(w.folded)) || k.given[w.folded] && !everyday(w.folded)
		capitals = capitals && isCapital(w)
		n++
		if w.possessive || w.ends {
			break
		}
	}
	if n == titles || !speaks && !(capitals && !small && (n-titles > 1 || titles > 0)) {
		return 0
	}
	return n
}

// resolve makes a question stand alone beside earlier ones. It reports whether that changed
// it, and whether it leans on them still.
func (k speakerNames) resolve(earlier []earlierQuestion, text string) (standalone string, changed, leans bool) {
	if len(earlier) == 0 {
		return text, false, false
	}
	last := earlier[len(earlier)-1]
	if about := additions.FindStringSubmatch(text); about != nil {
		standalone, leans = k.instead(last, strings.TrimRight(about[1], " ?.!"))
		return standalone, true, leans
	}
	if bare := bareQuestion.FindStringSubmatch(text); bare != nil {
		return asking(strings.ToLower(bare[1]), last), true, false
	}
	standalone, leans = replacePronouns(earlier, text)
	changed = standalone != text
	if !changed && !leans {
		leans = len(retrieval.Words(text)) <= fewWords && len(k.read(text).people) == 0
	}
	return standalone, changed, leans
}

// fewWords are as many words of a topic as leave a question open: which group lost the most?
const fewWords = 2

// instead asks an earlier question of somebody or something else, or of that alone where the
// earlier one does not tell in whose place it comes. It reports whether it leans on that.
func (k speakerNames) instead(last earlierQuestion, other string) (standalone string, leans bool) {
	words := askedWordsOf(other)
	person := k.speaks(words)
	switch {
	case len(words) == 1 && stopWordsHere[words[0].folded]:
		return "And " + other + "?", true
	case person && last.sayer != "":
		return replaceWords(last.text, last.sayer, other), false
	case person && len(last.people) == 1:
		return replaceWords(last.text, last.people[0], other), false
	case !person && last.topic != "":
		return replaceWords(last.text, last.topic, other), false
	}
	return "What about " + other + "?", false
}

// speaks reports whether words are the name of somebody who speaks, titles apart.
func (k speakerNames) speaks(words []askedWord) bool {
	for len(words) > 1 && lexicon.IsTitle(words[0].folded) {
		words = words[1:]
	}
	return len(words) > 0 && !slices.ContainsFunc(words, func(w askedWord) bool { return !k.family[w.folded] && !k.given[w.folded] && !w.initial })
}

// asking asks why, when or how of what an earlier question asks of.
func asking(word string, last earlierQuestion) string {
	words := strings.Fields(last.text)
	for i, w := range words {
		if folded := strings.TrimSuffix(lexicon.Fold(w), "n't"); i == 0 && auxiliaries[folded] || doing[folded] {
			rest := strings.Join(words[i:], " ")
			return capital(word) + " " + sayingOn.ReplaceAllString(rest, "$1 that $2")
		}
	}
	return capital(word) + "? " + last.text
}

// replacePronouns puts what pronouns stand for in their places, where that is clear.
// It reports whether one is left.
func replacePronouns(earlier []earlierQuestion, text string) (standalone string, left bool) {
	fields := strings.Fields(text)
	person, topic := referents(earlier)
	subject := ""
	for i, field := range fields {
		bare := strings.Trim(field, ",.;:?!\"“”")
		word := lexicon.Fold(bare)
		with := ""
		switch {
		case subjectPronouns[word]:
			with, subject = person, person
		case possessivePronouns[word] && i+1 < len(fields) && strings.Trim(field, ",.;:?!") == field && !stopWordsHere[lexicon.Fold(strings.Trim(fields[i+1], ",.;:?!"))]:
			if with = person; with != "" {
				with += "'s"
			}
		case objectPronouns[word] && subject == "":
			with = person
		case thingPronouns[word]:
			with = topic
		case !objectPronouns[word] && !possessivePronouns[word] && !vaguePronouns[word]:
			continue
		}
		if with == "" {
			left = true
			continue
		}
		fields[i] = strings.Replace(field, bare, with, 1)
	}
	return strings.Join(fields, " "), left
}

// referents are the person and the thing that pronouns stand for: of the last question that
// has one, if it is one alone.
func referents(earlier []earlierQuestion) (person, topic string) {
	for _, e := range slices.Backward(earlier) {
		if len(e.people) > 0 {
			if person = e.sayer; person == "" && len(e.people) == 1 {
				person = e.people[0]
			}
			break
		}
	}
	last := earlier[len(earlier)-1]
	return person, last.topic
}

// replaceWords puts other words in the place of some in a question.
func replaceWords(text, words, other string) string {
	i := strings.LastIndex(strings.ToLower(text), strings.ToLower(words))
	if i < 0 || len(strings.ToLower(text)) != len(text) {
		return text
	}
	return text[:i] + other + text[i+len(words):]
}
