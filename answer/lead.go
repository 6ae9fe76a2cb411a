package answer

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A lead is what is shown of a model's own words before a quotation: what the quotation is
// about ("on the mooring fee"), what was asked, and by whom ("asked by Ole Brandt about the
// fee"). The program's introduction, which names the speaker, follows it.
type lead struct {
	text string // empty where none of the model's words are shown
	asks bool   // it tells of the question that the turn answers
}

var (
	// creditWords make, with the speaker's names, a credit: the program's own takes its place.
	creditWords = lexicon.Words("words of credits")
	// declining are those that tell of a refusal.
	declining = lexicon.Words("words of refusals in credits")
	// linkOpenings may begin a clause, and are not shown.
	linkOpenings = lexicon.Words("openings of links")
	// topical begin the words that say what something is about.
	topical = lexicon.Words("words before a topic")
	// askedWords and answering begin a clause that tells of the question.
	askedWords = lexicon.Words("neutral verbs of questioning")
	answering  = lexicon.Phrases("words before what is answered")
	// articles do not count where a topic is looked up; joining words may stand in one.
	articles = lexicon.Words("articles of topics")
	joining  = lexicon.Words("joining words of topics")
	// turning are words that turn the meaning of their sentence.
	turning     = lexicon.Union(lexicon.Words("negations"), lexicon.Words("conditions"))
	wordless    = lexicon.Words("stop words")
	numberWords = lexicon.Words("number words")
)

// namesOf are the words of the names of those who speak and ask in some turns, without titles.
func namesOf(hits []retrieval.Hit) map[string]bool {
	names := map[string]bool{}
	add := func(speaker string) {
		for _, word := range lexicon.ReadName(speaker).Words {
			names[word] = true
		}
	}
	for _, h := range hits {
		add(string(h.Speaker))
		if h.Question != nil {
			add(string(h.Question.Speaker))
		}
	}
	return names
}

// longestTopic bounds a topic, in words: what is longer says more than what something is about.
const longestTopic = 8

// lead is the gate that a model's own words have to pass. It reads them clause by clause:
//
//   - a credit, made of the speaker's names and of words that claim nothing ("Voss said",
//     "according to her"), gives way to the program's introduction, which says the same;
//   - a topic ("on the toll") is shown where the question, a sentence of the turn, or of the
//     question it answers has these words in a row and does not turn their meaning;
//   - a question ("asked about the toll by Emil Sand", "in reply to Emil Sand") is shown
//     where the turn answers one, that has the topic, of that asker;
//   - nothing else is shown, and ok is false.
//
// Names and figures in a topic stand in the quotations, or in what the record tells of the turn.
// It is pure: the same words and quotations give the same result.
func (v voucher) lead(text string) (l lead, ok bool) {
	ok = true
	var kept []string
	for _, c := range clausesOf(text) {
		c = c.without(linkOpenings)
		if !v.leads(c) {
			c = v.withoutCredit(c)
		}
		switch {
		case len(c.words) == 0:
		case v.leads(c):
			l.asks = l.asks || !topical[c.words[0].folded]
			kept = append(kept, c.written())
		default:
			ok = false
		}
	}
	l.text = strings.Join(kept, ", ")
	return l, ok
}

// voucher knows what the record has of a turn that is quoted.
type voucher struct {
	shown     *shown
	quote     excerpt // the first of those that are quoted
	hit       retrieval.Hit
	byline    map[string]bool // words that name the speaker, the transcript, its place and date
	vouched   map[string]bool // those, and the words quoted
	sources   []string        // that may have a topic: the question, the turn, the question that it answers
	questions []string        // that may have what was asked
}

func (s *shown) voucher(quotes []excerpt) voucher {
	hit := quotes[0].hit
	v := voucher{shown: s, quote: quotes[0], hit: hit, sources: []string{s.question, hit.Text}}
	v.byline = linkWords(speakerName(hit.Credit()), string(hit.Speaker), string(hit.Affiliation), string(hit.Title), string(hit.Place), string(hit.Date))
	v.vouched = maps.Clone(v.byline)
	for _, e := range quotes {
		for word := range linkWords(e.text) {
			v.vouched[word] = true
		}
	}
	if q := hit.Question; q != nil {
		v.questions = []string{q.Text}
		v.sources = append(v.sources, q.Text)
	}
	return v
}

// credits reports whether a clause does no more than credit the speaker.
func (v voucher) credits(c clause) bool {
	return c.plain && !slices.ContainsFunc(c.words, func(w linkWord) bool {
		neutral := creditWords[w.folded] || linkOpenings[w.folded] || declining[w.folded] && v.quote.refusing(v.shown.shape).refuses()
		return !neutral && !v.byline[w.folded] && !lexicon.IsTitle(w.folded)
	})
}

// withoutCredit is a clause without the longest credit at its end: "on the toll she said".
func (v voucher) withoutCredit(c clause) clause {
	for i := range c.words {
		if v.credits(clause{c.words[i:], c.plain}) {
			return clause{c.words[:i], c.plain}
		}
	}
	return c
}

// creditsAll reports whether all of some words behind a quotation do no more than credit it.
func (v voucher) creditsAll(text string) bool {
	return !slices.ContainsFunc(clausesOf(text), func(c clause) bool { return !v.credits(c) })
}

// leads reports whether a clause is one that is shown.
func (v voucher) leads(c clause) bool {
	return c.plain && len(c.words) > 1 && (v.isTopic(c.words, v.sources) || v.tellsOfQuestion(c.words))
}

// isTopic reports whether words say what something is about, and no more, as one of the
// sources has it.
func (v voucher) isTopic(words []linkWord, sources []string) bool {
	return topical[words[0].folded] && v.hasTopic(words[1:], sources)
}

// tellsOfQuestion reports whether words tell of the question that the turn answers what is
// true of it.
func (v voucher) tellsOfQuestion(words []linkWord) bool {
	if v.hit.Question == nil || v.hit.Question.Doubt != "" {
		return false
	}
	if askedWords[words[0].folded] {
		return v.isAsked(words[1:])
	}
	for _, opening := range answering {
		rest, ok := cutWords(words, strings.Fields(opening))
		if !ok || len(rest) == 0 {
			continue
		}
		if asked, ok := cutWords(behindArticle(rest), []string{"question"}); ok {
			if by, ok := cutWords(asked, []string{"from"}); ok {
				return v.isAsker(by)
			}
			return len(asked) == 0 || v.isAsked(asked)
		}
		return v.isAsker(rest)
	}
	return false
}

// isAsked reports whether words behind "asked" say by whom, about what, or both in either order.
func (v voucher) isAsked(words []linkWord) bool {
	if about, by, ok := splitAt(words, "by"); ok && len(by) > 0 {
		if len(about) > 0 {
			return v.isTopic(about, v.questions) && v.isAsker(by)
		}
		if i := slices.IndexFunc(by, func(w linkWord) bool { return topical[w.folded] }); i > 0 {
			return v.isAsker(by[:i]) && v.isTopic(by[i:], v.questions)
		}
		return v.isAsker(by)
	}
	return v.isTopic(words, v.questions)
}

// isAsker reports whether words name whoever asked, and nobody else.
func (v voucher) isAsker(words []linkWord) bool {
	if len(words) == 0 {
		return false
	}
	q := v.hit.Question
	asker := retrieval.Hit{TranscriptID: v.hit.TranscriptID, Turn: q.Turn, Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation}
	name := lexicon.ReadName(clause{words: words}.written())
	return len(name.Words) > 0 && v.shown.turns.Credits(name, asker)
}

// hasTopic reports whether a sentence of the sources has the words of a topic in a row, and
// nothing that turns their meaning.
func (v voucher) hasTopic(words []linkWord, sources []string) bool {
	topic := withoutArticles(words)
	if len(topic) == 0 || len(topic) > longestTopic || joining[topic[len(topic)-1]] {
		return false
	}
	for _, w := range words {
		number := strings.ContainsFunc(w.folded, unicode.IsDigit) || numberWords[w.folded]
		name := v.shown.names[w.folded] || startsUpper(w.written)
		switch {
		case w.turns(), wordless[w.folded] && !joining[w.folded] && !articles[w.folded]:
			return false
		case (number || name) && !v.vouched[w.folded]:
			return false
		}
	}
	return slices.ContainsFunc(sources, func(source string) bool { return says(source, topic) })
}

// says reports whether a sentence of a text has some words in a row, articles apart, and
// none that turns their meaning. Where one does, they are a name, or one or two words behind
// an article, which tell what is talked about and not what is said of it.
func says(text string, row []string) bool {
	if !strings.Contains(lexicon.Fold(text), row[0]) { // most have not, and are not divided
		return false
	}
	runes := []rune(text)
	for _, s := range sentence.Split(text) {
		words := splitLead(string(runes[s.Start:s.End]))
		turned := slices.ContainsFunc(words, func(w linkWord) bool { return w.turns() })
		for i := range words {
			at, ok := rowAt(words[i:], row)
			if !ok {
				continue
			}
			name := !slices.ContainsFunc(at, func(w linkWord) bool { return !startsUpper(w.written) && !articles[w.folded] })
			if !turned || name || len(row) <= 2 && i > 0 && articles[words[i-1].folded] {
				return true
			}
		}
	}
	return false
}

// rowAt are the words with which others begin, if these are a row, articles apart.
func rowAt(words []linkWord, row []string) (at []linkWord, ok bool) {
	n := 0
	for i, w := range words {
		switch {
		case n > 0 && articles[w.folded]:
		case w.folded != row[n]:
			return nil, false
		default:
			n++
		}
		if n == len(row) {
			return words[:i+1], true
		}
	}
	return nil, false
}

// linkWord is a word of a lead as it is written, and as it is compared.
type linkWord struct{ written, folded string }

// turns reports whether a word turns the meaning of its sentence.
func (w linkWord) turns() bool { return turning[w.folded] || strings.HasSuffix(w.folded, "n't") }

// clause are the words of a lead from one mark of punctuation to the next.
type clause struct {
	words []linkWord
	plain bool // it has letters, figures, apostrophes and hyphens alone
}

func (c clause) written() string {
	var words []string
	for _, w := range c.words {
		words = append(words, w.written)
	}
	return strings.Join(words, " ")
}

// without is a clause without the words of a list at its beginning.
func (c clause) without(list map[string]bool) clause {
	for len(c.words) > 0 && list[c.words[0].folded] {
		c.words = c.words[1:]
	}
	return c
}

// clausesOf divides a text into clauses. The full stop of a title or of an initial ends none.
func clausesOf(text string) []clause {
	var all []clause
	current := clause{plain: true}
	end := func() {
		if len(current.words) > 0 {
			all = append(all, current)
		}
		current = clause{plain: true}
	}
	for field := range strings.FieldsSeq(clauseMarks.Replace(text)) {
		word := strings.TrimRight(field, endOfClause)
		stop := word != field
		if bare := strings.TrimSuffix(field, "."); stop && bare == word && (lexicon.IsTitle(lexicon.Fold(word)) || lexicon.IsInitial(word)) {
			word, stop = field, false
		}
		if word != "" {
			current.words = append(current.words, linkWord{word, foldedWord(word)})
			current.plain = current.plain && !strings.ContainsFunc(strings.TrimSuffix(word, "."), isNoPartOfWord)
		}
		if stop {
			end()
		}
	}
	end()
	return all
}

const endOfClause = ".,;:!?"

// clauseMarks sets apart what divides clauses within or around words.
var clauseMarks = strings.NewReplacer("(", " , ", ")", " , ", "–", " , ", "—", " , ", "…", " , ", ",", " , ", ":", " , ", ";", " , ", " - ", " , ")

func isNoPartOfWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("'’-‑", r)
}

// foldedWord is a word as it is compared: without a possessive's ending.
func foldedWord(word string) string {
	return strings.Trim(strings.TrimSuffix(lexicon.Fold(word), "'s"), "'.")
}

// linkWords are the words of some texts as those of leads are compared with them.
func linkWords(texts ...string) map[string]bool {
	all := map[string]bool{}
	for _, text := range texts {
		for _, w := range splitLead(text) {
			all[w.folded] = true
		}
	}
	return all
}

// splitLead divides a text into words; hyphens divide none.
func splitLead(text string) []linkWord {
	var words []linkWord
	for _, word := range strings.FieldsFunc(text, isNoPartOfWord) {
		if folded := foldedWord(word); folded != "" {
			words = append(words, linkWord{word, folded})
		}
	}
	return words
}

func withoutArticles(words []linkWord) []string {
	var rest []string
	for _, w := range words {
		if !articles[w.folded] {
			rest = append(rest, w.folded)
		}
	}
	return rest
}

func behindArticle(words []linkWord) []linkWord {
	if len(words) > 0 && articles[words[0].folded] {
		return words[1:]
	}
	return words
}

// cutWords takes some words off the beginning of others.
func cutWords(words []linkWord, prefix []string) (rest []linkWord, ok bool) {
	if len(words) < len(prefix) {
		return words, false
	}
	for i, word := range prefix {
		if words[i].folded != word {
			return words, false
		}
	}
	return words[len(prefix):], true
}

// splitAt divides words at the last of one.
func splitAt(words []linkWord, at string) (before, after []linkWord, ok bool) {
	for i, w := range slices.Backward(words) {
		if w.folded == at {
			return words[:i], words[i+1:], true
		}
	}
	return words, nil, false
}

func startsUpper(word string) bool {
	for _, r := range word {
		return unicode.IsUpper(r)
	}
	return false
}
