package answer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// maxLink bounds a link, in code points: what is longer does more than introduce.
const maxLink = 160

var (
	// connecting are the words of which a link is made, between names: they claim nothing.
	connecting = lexicon.Words("connecting words of links")
	// topical begin the words that say what something is about.
	topical = lexicon.Words("words before a topic")
)

// link is the gate that the words have to pass which a plan puts before quotations. They
// may say who speaks, who asked, where and when, by connecting words, and what about in the
// words of the question and of the turn: all of it names, and none of it claims. It is empty
// where there are none, or where the program has to introduce the quotations itself: those
// of several turns, of questions, of a speaker who is not certain.
func (s *shown) link(text string, quotes []excerpt) (link string, reason Reason) {
	text = strings.TrimRight(markers.ReplaceAllString(plain(sanitize(text)), ""), " ,.;:–—-…")
	hit := quotes[0].hit
	introduced := slices.ContainsFunc(quotes, func(e excerpt) bool { return turnOf(e.hit) != turnOf(hit) })
	switch {
	case text == "", introduced, hit.Doubt != "", hit.Speaker == "", hit.Role != model.RoleAnswer && hit.Role != model.RoleStatement:
		return "", ""
	case len([]rune(text)) > maxLink, strings.ContainsAny(text, doubleMarks+"‘‚?!.;[]{}<>|"), !s.vouched(text, hit, quotes):
		return "", ReasonClaim
	}
	parts := linked(text, quotes)
	for i := range parts {
		if parts[i].quote != nil && s.misattributes(parts, i) {
			return "", ReasonMisattributed
		}
	}
	return text, ""
}

// vouched reports whether every word of a link is connecting, of a name that belongs to the
// turn, or of what something is about. Figures stand in the quotations.
func (s *shown) vouched(text string, hit retrieval.Hit, quotes []excerpt) bool {
	names := linkWords(string(hit.Speaker), string(hit.Affiliation), string(hit.Title), string(hit.Date))
	topic := linkWords(s.question, hit.Text)
	if hit.Question != nil {
		names.add(linkWords(string(hit.Question.Speaker), string(hit.Question.Affiliation)))
		topic.add(linkWords(hit.Question.Text))
	}
	cited := wordSet{}
	for _, e := range quotes {
		cited.add(linkWords(e.text))
	}
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",:()–—", r) }) {
		about := false // the words after it say what something is about
		for _, word := range splitLink(clause) {
			switch {
			case strings.ContainsFunc(word, unicode.IsDigit):
				if !cited[word] && !names[word] {
					return false
				}
			case topical[word]:
				about = true
			case connecting[word]:
				about = about && !reporting[word]
			case names[word], about && topic[word]:
			default:
				return false
			}
		}
	}
	return true
}

// reporting are the verbs that end what something is about.
var reporting = lexicon.Set(lexicon.SayingVerbs(lexicon.Infinitive, lexicon.Third, lexicon.Past))

// linkWords are the words of some texts as links are compared with them.
func linkWords(texts ...string) wordSet {
	all := wordSet{}
	for _, text := range texts {
		for _, word := range splitLink(text) {
			all[word] = true
		}
	}
	return all
}

// splitLink divides a text into words, each without a possessive's ending.
func splitLink(text string) []string {
	words := strings.FieldsFunc(lexicon.Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	for i, word := range words {
		words[i] = strings.Trim(strings.TrimSuffix(word, "'s"), "'")
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}
