package answer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// question is what the wording of a question tells of the answer it wants.
type question struct {
	retrieval.QuestionForm
	text      string
	number    bool      // wants a count, an amount, a date
	called    []calling // whose words it wants, as it calls them
	binding             // whose they are
	mentioned []string  // speakers whom it names otherwise
	each      string    // the words by which it wants what several transcripts say: "each hearing"; empty: it does not

	namesakes []retrieval.PrintedName // names of the record with the family names of those found

	language string // of a model's prose; empty: the question's own
}

// comparingWords want sides compared, and are said by none of them.
var comparingWords = wordsOf(strings.Join(lexicon.Phrases("words of comparing"), " "))

// readQuestion reads the wording of a question.
func readQuestion(text string) question {
	if strings.ToUpper(text) == text {
		text = strings.ToLower(text) // capitals alone tell nothing
	}
	form := retrieval.ReadForm(text)
	each := eachTranscript.FindString(text)
	return question{
		QuestionForm: form,
		text:         text,
		number:       form.Kinds&retrieval.Numbers != 0,
		called:       readCallings(strings.Replace(text, each, "", 1), form.Asking),
		each:         each,
	}
}

// mention sets those of some speakers whose family names the question has, in the order in
// which it names them.
func (q *question) mention(speakers []string) {
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
	q.mentioned = slices.SortedFunc(maps.Keys(at), func(a, b string) int {
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

// names are the words of the names of all speakers whom the question names.
func (q question) names() wordSet {
	names := slices.Concat(q.mentioned, q.asked)
	for _, p := range q.persons {
		names = append(names, p.name)
		names = append(names, p.names...)
	}
	for _, c := range q.absent {
		names = append(names, c.text)
	}
	return wordsOf(strings.Join(names, " "))
}

// namesOnly reports whether the question has no topic but the persons it names.
func (q question) namesOnly(topic []retrieval.Term) bool {
	names := q.names()
	other := func(t retrieval.Term) bool { return !names[t.Word] && !sayingWord.MatchString(t.Word) }
	return len(q.persons) > 0 && !slices.ContainsFunc(topic, other)
}

// topic are the terms that evidence must have: all but the names of persons,
// which are met by who speaks, and the words that compare.
func (q question) topic(terms []retrieval.Term) []retrieval.Term {
	names := q.names()
	comparing := wordsOf(q.each)
	if len(q.called) > 1 || q.each != "" {
		comparing = lexicon.Union(comparing, comparingWords)
	}
	topic := slices.DeleteFunc(slices.Clone(terms), func(t retrieval.Term) bool { return names[t.Word] || comparing[t.Word] })
	if len(topic) == 0 {
		return terms
	}
	return topic
}

// metByName are the words that are met by a speaker's name.
func (q question) metByName(name string) wordSet {
	words := wordsOf(name)
	for w := range q.nobody {
		delete(words, w)
	}
	return words
}
