package answer

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// question is what the wording of a question tells of the answer it wants.
type question struct {
	text    string
	asking  bool // wants to know who asked, or what somebody asked
	source  bool // wants what somebody said, not what is said of them
	yesNo   bool // wants a claim confirmed or denied
	number  bool // wants a count, an amount, a date
	persons []string

	language string // of a model's prose; empty: the question's own
}

var (
	// askingWords ask who asked, or what somebody asked.
	askingWords = regexp.MustCompile(`(?i)\b(who|which ` + lexicon.Any("people who ask") + `|what did .{1,60}|what questions? .{0,60})\s*\b` + lexicon.Any("verbs of asking") + `\b`)
	// passive says that somebody was asked, which is no question about asking.
	passive = regexp.MustCompile(`(?i)\b(was|were|is|are|been|when|being) (\pL+ ){0,3}` + lexicon.Any("verbs of questioning") + `\b`)
	// sourceWords want what somebody said or holds.
	sourceWords = regexp.MustCompile(`(?i)\b` + lexicon.Any("words that ask what somebody said") + `\b`)
	// yesNoWords begin a question that wants a claim confirmed or denied.
	yesNoWords = regexp.MustCompile(`(?i)^\W*` + lexicon.Any("auxiliaries") + `\b`)
)

// readQuestion reads the wording of a question.
func readQuestion(text string) question {
	asking := askingWords.MatchString(text) && !passive.MatchString(text)
	return question{
		text:   text,
		asking: asking,
		source: !asking && sourceWords.MatchString(text),
		yesNo:  yesNoWords.MatchString(text),
		number: retrieval.AsksNumber(text),
	}
}

// name sets the persons among the speakers whose family names the question has, in
// the order in which it names them.
func (q *question) name(speakers []string) {
	words := nameWords(q.text)
	at := map[string]int{}
	for _, speaker := range speakers {
		own := nameWords(speaker)
		if len(own) == 0 || speaker == moderatorName {
			continue
		}
		if i := slices.Index(words, own[len(own)-1]); i >= 0 {
			at[speaker] = i
		}
	}
	q.persons = slices.SortedFunc(maps.Keys(at), func(a, b string) int {
		return cmp.Or(cmp.Compare(at[a], at[b]), cmp.Compare(a, b))
	})
}

// nameWords are the capitalised words of a text, in lower case and without a
// possessive.
func nameWords(text string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !isNameRune(r) }) {
		w = strings.TrimSuffix(strings.TrimSuffix(strings.Trim(w, "'’-"), "'s"), "’s")
		if w != "" && strings.ToLower(w) != w {
			words = append(words, strings.ToLower(w))
		}
	}
	return words
}

// namesOnly reports whether the question has no topic but the persons it names.
func (q question) namesOnly(topic []retrieval.Term) bool {
	names := wordsOf(strings.Join(q.persons, " "))
	return len(q.persons) > 0 && !slices.ContainsFunc(topic, func(t retrieval.Term) bool { return !names[t.Word] })
}

// topic are the terms that evidence must have: all but the names of persons,
// which are met by who speaks.
func (q question) topic(terms []retrieval.Term) []retrieval.Term {
	names := wordsOf(strings.Join(q.persons, " "))
	topic := slices.DeleteFunc(slices.Clone(terms), func(t retrieval.Term) bool { return names[t.Word] })
	if len(topic) == 0 {
		return terms
	}
	return topic
}
