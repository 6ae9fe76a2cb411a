package answer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
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
	askingWords = regexp.MustCompile(`(?i)\b(who|which (reporter|journalist|correspondent|member|person|questioner)|what did .{1,60}|what questions? .{0,60})\s*\b(ask|asked|asks|asking|question|questioned|questions|raise|raised|raises|inquired|enquired|pressed|wanted to know|brought up|posed)\b`)
	passive     = regexp.MustCompile(`(?i)\b(was|were|is|are|been|when|being) (\pL+ ){0,3}(asked|questioned|pressed)\b`)
	sourceWords = regexp.MustCompile(`(?i)\b(say|says|said|saying|tell|tells|told|describ\w+|mention\w*|explain\w*|comment\w*|claim\w*|argu\w+|answer\w*|respon[ds]\w*|repl(y|ies|ied)|stat(e|es|ed)|view\w*|think|thinks|thought|believ\w+|call|calls|called|warn\w*|promis\w+|den(y|ies|ied)|admit\w*|confirm\w*|suggest\w*|recommend\w*|predict\w*|express\w*|acknowledg\w+|assert\w*|announc\w+|according to|opinion\w*|position|stance|attitude|feel|feels|felt|agree|agrees|agreed|disagree|disagrees|disagreed|refus\w+|declin\w+|discuss\w*|talk\w*|speak\w*|spoke|expect\w*|hope|hopes|hoped|fear|fears|feared|want|wants|wanted|prefer\w*|oppos\w+|prais\w+|critici[sz]\w*|worr\w+)\b`)
	yesNoWords  = regexp.MustCompile(`(?i)^\W*(did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b`)
	numberWords = regexp.MustCompile(`(?i)\b(how (many|much|long|often|old|far|big|large|wide|broad|tall|high|deep|heavy|fast|late|early|soon|strong|expensive|few)|when|what (year|date|day|month|time|percentage|share|number|amount)|which (year|date|day|month))\b`)
)

// readQuestion reads the wording of a question.
func readQuestion(text string) question {
	asking := askingWords.MatchString(text) && !passive.MatchString(text)
	return question{
		text:   text,
		asking: asking,
		source: !asking && sourceWords.MatchString(text),
		yesNo:  yesNoWords.MatchString(text),
		number: numberWords.MatchString(text),
	}
}

// name sets the persons among the speakers that the question names, in the
// order in which it names them.
func (q *question) name(speakers []string) {
	positions := map[string]int{}
	for i, word := range nameWords(q.text) {
		if _, ok := positions[word]; !ok {
			positions[word] = i
		}
	}
	at := map[string]int{}
	for _, speaker := range speakers {
		words := nameWords(speaker)
		if len(words) == 0 || speaker == moderatorName {
			continue
		}
		// A family name, or a given name that no family name shadows.
		if i, ok := positions[words[len(words)-1]]; ok {
			at[speaker] = i
		}
	}
	for speaker := range at {
		q.persons = append(q.persons, speaker)
	}
	slices.SortFunc(q.persons, func(a, b string) int {
		if at[a] != at[b] {
			return at[a] - at[b]
		}
		return strings.Compare(a, b)
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

// refusal recognises a sentence that declines to answer.
var refusal = regexp.MustCompile(`(?i)\b(` +
	`(declin\w+|refus\w+) to (comment|answer|say|discuss|speak|confirm|speculate|go into|get into)|no comment|` +
	`((not|never) (going|able|prepared|willing|here|in a position|at liberty)|won['’]t|will not|wouldn['’]t|would not|can['’]t|cannot|can not|couldn['’]t|don['’]t|do not|rather not|prefer not|not) ` +
	`(to )?(be able to |want to |be )?(comment\w*|discuss\w*|speculat\w+|get into|getting into|go into|going into|confirm|disclos\w+|characteri[sz]e|elaborate|single out|answer that|talk about|speak to|share (that|those|any)|address that|give you (a|any|that)|name (names|any)|say (more|anything|any more|whether|which|who|how))|` +
	`not my place)\b`)

// declines reports whether a turn refuses to answer: in its first sentences, for
// a refusal that comes later is about something else.
func declines(text string) (transcript.Span, bool) {
	runes := []rune(text)
	for i, s := range transcript.Sentences(text) {
		if i == 2 {
			break
		}
		if refusal.MatchString(string(runes[s.Start:s.End])) {
			return s, true
		}
	}
	return transcript.Span{}, false
}
