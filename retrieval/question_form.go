package retrieval

import (
	"maps"
	"regexp"
	"slices"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// QuestionForm is what the wording of a question tells of the answer it wants.
type QuestionForm struct {
	Asking     bool // who asked, or what somebody asked
	Attributed bool // what somebody says or holds
	YesNo      bool // a claim confirmed or denied
	Kinds      AnswerKinds
}

// AnswerKinds are the kinds of things that a question wants named, or that a text names: the
// expected answer types of question answering (Voorhees and Tice, 2000, "The TREC-8 Question
// Answering Track Evaluation").
type AnswerKinds uint8

const (
	Amount AnswerKinds = 1 << iota // any number
	Money
	Duration
	Date
	Place
	Person
	Reason

	Numbers = Amount | Money | Duration | Date // the kinds that have a number
)

// eachKind has the kinds one by one.
var eachKind = []AnswerKinds{Amount, Money, Duration, Date, Place, Person, Reason}

// Count is how many kinds there are in a set.
func (k AnswerKinds) Count() int {
	n := 0
	for _, one := range eachKind {
		if k&one != 0 {
			n++
		}
	}
	return n
}

var (
	// askingWords ask who asked, or what somebody asked.
	askingWords = regexp.MustCompile(`(?i)\b(who|which ` + lexicon.Any("people who ask") + `|what did .{1,60}|what questions? .{0,60})\s*\b` + lexicon.Any("verbs of asking") + `\b`)
	// passiveAsking says that somebody was asked, which is no question about asking.
	passiveAsking = regexp.MustCompile(`(?i)\b(was|were|is|are|been|when|being) (\pL+ ){0,3}` + lexicon.Any("verbs of questioning") + `\b`)
	// sourceWords want what somebody said or holds.
	sourceWords = regexp.MustCompile(`(?i)\b(` + lexicon.Any("words that ask what somebody said") + `|` + lexicon.Any("verbs of opinion in questions") + `)\b`)
	// yesNoWords begin a question that wants a claim confirmed or denied.
	yesNoWords = regexp.MustCompile(`(?i)^\W*` + lexicon.Any("auxiliaries") + `\b`)
)

// ReadForm reads the wording of a question.
func ReadForm(question string) QuestionForm {
	f := QuestionForm{
		Asking: askingWords.MatchString(question) && !passiveAsking.MatchString(question),
		YesNo:  yesNoWords.MatchString(question),
	}
	f.Attributed = !f.Asking && sourceWords.MatchString(question)
	for kind, asked := range kindsAsked {
		if asked.MatchString(question) {
			f.Kinds |= kind
		}
	}
	return f
}

const which = `(what|which) `

// numbered is what stands before a unit.
var numbered = `(\d|\b` + lexicon.Any("number words") + `)[ -]`

// kindsAsked are the words that want something of a kind.
var kindsAsked = map[AnswerKinds]*regexp.Regexp{
	Amount:   regexp.MustCompile(`(?i)\b(how ` + lexicon.Any("measures") + `|` + which + lexicon.Any("amounts that are asked for") + `)\b`),
	Money:    regexp.MustCompile(`(?i)\bhow much\b.*\b` + lexicon.Any("words that ask for money") + `\b`),
	Duration: regexp.MustCompile(`(?i)\bhow (long|old)\b`),
	Date:     regexp.MustCompile(`(?i)\b(when|how (soon|late|early)|` + which + lexicon.Any("dates that are asked for") + `)\b`),
	Place:    regexp.MustCompile(`(?i)\b(where|` + which + lexicon.Any("places that are asked for") + `)\b`),
	Person:   regexp.MustCompile(`(?i)\b(who|whom|whose|` + which + lexicon.Any("people who are asked for") + `)\b`),
	Reason:   regexp.MustCompile(`(?i)\b` + lexicon.Any("words that ask for a reason") + `\b`),
}

// kindsNamed are the words that name something of a kind. Capitals tell names, within a
// sentence: those of places stand behind a preposition.
var kindsNamed = map[AnswerKinds]*regexp.Regexp{
	Amount:   regexp.MustCompile(`(?i)\d|\b` + lexicon.Any("number words") + `\b`),
	Money:    regexp.MustCompile(`(?i)\p{Sc}|\bR\d|\b` + lexicon.Any("words of money") + `\b`),
	Duration: regexp.MustCompile(`(?i)` + numbered + lexicon.Any("units of time") + `\b`),
	Date:     regexp.MustCompile(`(?i)\b((1[5-9]|20)\d\d|` + lexicon.Pattern(dateWords()) + `)\b|` + numbered + lexicon.Any("units of time") + `\b`),
	Place:    regexp.MustCompile(`\b` + lexicon.Any("prepositions of places") + ` (the )?\p{Lu}\p{Ll}+`),
	Person:   regexp.MustCompile(`[\p{Ll},;:] \p{Lu}\p{Ll}+`),
	Reason:   regexp.MustCompile(`(?i)\b` + lexicon.Any("words that give a reason") + `\b`),
}

// In are those of the kinds that a text names something of.
func (k AnswerKinds) In(text string) AnswerKinds {
	var named AnswerKinds
	for _, one := range eachKind {
		if k&one != 0 && kindsNamed[one].MatchString(text) {
			named |= one
		}
	}
	return named
}

// HasNumber reports whether a text has a number, an amount or a date.
func HasNumber(text string) bool { return (Amount | Date).In(text) != 0 }

// dateWords are those of dates; May is a month and more often a verb.
func dateWords() []string {
	months := slices.DeleteFunc(slices.Sorted(maps.Keys(lexicon.Months("en"))), func(month string) bool { return month == "may" })
	return slices.Concat(lexicon.Phrases("words of dates"), lexicon.Phrases("weekdays"), months)
}
