package answer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A lead is what is taken of a model's own words before a quotation: a topic, in the
// record's words. The program's introduction has it.
type lead struct {
	topic string // with its article, "the mooring fee"; empty for none
	asked bool   // the question that the turn answers has it
	tells bool   // it tells more of that question than a topic
}

var (
	// creditWords make, with the names of the speaker and of the asker, a credit.
	creditWords = lexicon.Words("words of credits")
	// linkOpenings may begin a clause.
	linkOpenings = lexicon.Words("openings of links")
	// declining are words of a credit of a refusal.
	declining = lexicon.Words("words of refusals in credits")
	// topical begin the words that say what something is about.
	topical = lexicon.Words("words before a topic")
	// articles, and what may stand in their place: behind them begins what is talked about.
	articles    = lexicon.Words("articles of topics")
	determiners = lexicon.Words("words before topics in sentences")
	// predicating are words behind which something is said of somebody: is a thief.
	predicating = lexicon.Words("words before what somebody is called")
	// tellingOfQuestions are words with which a model tells what was asked.
	tellingOfQuestions = lexicon.Words("words that tell of questions")
	// inflected are forms of verbs, of which a topic has none.
	inflected = inflectedForms()
	// turning are words that turn the meaning of their sentence.
	turning  = lexicon.Union(english("negations"), english("conditions"))
	wordless = lexicon.Words("stop words")
	numerals = lexicon.Words("number words")
)

// english are the words of a list in English: those of other languages mean something else.
func english(list string) map[string]bool {
	for _, l := range lexicon.Languages(list) {
		if l.Code == "en" {
			return lexicon.Set(slices.Concat(l.Rows...))
		}
	}
	return nil
}

// inflectedForms are the irregular forms of verbs; the regular ones end in -ed.
func inflectedForms() map[string]bool {
	forms := map[string]bool{}
	for _, row := range lexicon.Rows("irregular forms") {
		for _, form := range row[1:] {
			forms[form] = true
		}
	}
	return forms
}

// longestTopic bounds a topic, in words: longer ones have verbs, and say something.
const longestTopic = 2

// lead is the gate that a model's own words have to pass. It reads them clause by clause, and
// none of them is shown as it stands:
//
//   - a credit, of the names of the speaker and of the asker and of words that claim nothing
//     ("Voss said", "asked by Emil Sand"), gives way to the program's introduction;
//   - a topic ("on the toll", "asked about the toll") goes into that introduction, where the
//     question that the turn answers, or what is quoted of it, talks of it (topicOf);
//   - of anything else nothing is taken, and ok is false; where it tells what was asked
//     ("asked whether the toll was fair"), the question itself is quoted.
//
// It is pure: the same words and quotations give the same result.
func (v voucher) lead(text string) (l lead, ok bool) {
	ok, tells := true, false
	for _, c := range clausesOf(text) {
		topic, vouched := v.clause(c)
		ok = ok && vouched
		if l.topic == "" {
			l = topic
		}
		tells = tells || !vouched && v.tellsOfQuestion(c)
	}
	l.tells = tells && !l.asked
	return l, ok
}

// tellsOfQuestion reports whether a clause tells what was asked, or talks of something in the
// question.
func (v voucher) tellsOfQuestion(c clause) bool {
	if slices.ContainsFunc(c.words, func(t proseWord) bool { return tellingOfQuestions[t.folded] }) {
		return true
	}
	q, asks := v.quote.hit.question()
	if q == nil {
		return false
	}
	asked := wordsOf(asks)
	return slices.ContainsFunc(c.words, func(t proseWord) bool {
		return !wordless[t.folded] && !creditWords[t.folded] && !v.quote.hit.names()[t.folded] && wordsOf(t.written).shared(asked) > 0
	})
}

// voucher knows what the record has of a quotation.
type voucher struct {
	quote   excerpt
	refuses func() bool // looked up when a word tells of a refusal
}

func (s *shown) voucher(quote excerpt) voucher {
	return voucher{quote, func() bool { return quote.refusing(s.shape).refuses() }}
}

// namesOf are the words that name a hit's speaker, its asker, its transcript, and the place and date of that.
func namesOf(hit retrieval.Hit) map[string]bool {
	named := []string{speakerName(hit.Credit()), string(hit.Speaker), string(hit.Affiliation), string(hit.Title), string(hit.Place), string(hit.Date)}
	if q := hit.Question; q != nil {
		named = append(named, questioner(q), string(q.Affiliation))
	}
	names := map[string]bool{}
	for _, t := range tokensOf(strings.Join(named, "; ")) {
		names[t.folded] = true
	}
	return names
}

// credits reports whether words do no more than credit the speaker, or tell who asked.
func (v voucher) credits(words []proseWord) bool {
	return !slices.ContainsFunc(words, func(t proseWord) bool {
		neutral := creditWords[t.folded] || linkOpenings[t.folded] || declining[t.folded] && v.refuses()
		return !neutral && !v.quote.hit.names()[t.folded] && !lexicon.IsTitle(t.folded)
	})
}

// creditsAll reports whether all of some words behind a quotation do no more than credit it.
func (v voucher) creditsAll(text string) bool {
	return !slices.ContainsFunc(clausesOf(text), func(c clause) bool { return !c.plain || !v.credits(c.words) })
}

// clause reads a clause: a credit with or without a topic in it.
func (v voucher) clause(c clause) (l lead, vouched bool) {
	if !c.plain {
		return lead{}, false
	}
	for i, t := range c.words {
		if !topical[t.folded] || !v.credits(c.words[:i]) {
			continue
		}
		rest := c.words[i+1:]
		if len(rest) > 0 && articles[rest[0].folded] {
			rest = rest[1:]
		}
		for n := min(longestTopic, len(rest)); n > 0; n-- {
			if topic, ok := v.topicOf(rest[:n]); ok && v.credits(rest[n:]) {
				return topic, true
			}
		}
	}
	return lead{}, v.credits(c.words)
}

// topicOf finds a topic in the question that the turn answers, in the last sentence that asks,
// where nothing may deny that it was asked about; or else in the sentences that are quoted,
// where the reader sees what is said of it.
func (v voucher) topicOf(words []proseWord) (l lead, ok bool) {
	row := make([]string, len(words))
	for i, t := range words {
		row[i] = t.folded
	}
	if q, asks := v.quote.hit.question(); q != nil && q.Doubt == "" {
		if words := tokensOf(asks); !slices.ContainsFunc(words, proseWord.turns) {
			for _, clause := range askingClauses(words) {
				if topic, ok := talkedOf(clause, row); ok {
					return lead{topic: topic, asked: true}, true
				}
			}
		}
	}
	runes := []rune(v.quote.text)
	for _, s := range sentence.Split(v.quote.text) {
		if topic, ok := talkedOf(tokensOf(string(runes[s.Start:s.End])), row); ok {
			return lead{topic: topic}, true
		}
	}
	return lead{}, false
}

// askingClauses are the clauses of a sentence that ask, or request: what stands in others may be
// what the question is not about. So may what is set aside in them: "apart from the toll".
func askingClauses(words []proseWord) (all [][]proseWord) {
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && !words[end-1].ends {
			end++
		}
		clause := words[start:end]
		start = end
		asks := slices.ContainsFunc(clause[:min(2, len(clause))], func(t proseWord) bool { return interrogative[t.folded] || requests[t.folded] }) // And did you …?
		if asks && !slices.ContainsFunc(clause, func(t proseWord) bool { return settingAside[t.folded] }) {
			all = append(all, clause)
		}
	}
	return all
}

var settingAside = lexicon.Words("words that set aside")

// talkedOf finds words as what a sentence talks of, not as a part of what it says of it, or of
// a name: they stand in small letters in a row, begin behind an article or what may stand for
// one, which follows no "is" or "called" (me), and end before punctuation or a word without a
// topic, and not with a verb: "the owner knew", "did the owner know". It returns them with
// their article.
func talkedOf(words []proseWord, row []string) (topic string, ok bool) {
	i := rowIn(words, row)
	if i < 1 || i > 1 && predicating[words[i-2].folded] || i > 2 && predicating[words[i-3].folded] {
		return "", false
	}
	before, at, last := words[i-1], words[i:i+len(row)], words[i+len(row)-1]
	ends := last.ends || i+len(row) == len(words) || wordless[words[i+len(row)].folded]
	if before.ends || !determiners[before.folded] || !ends || slices.ContainsFunc(at[:len(at)-1], func(t proseWord) bool { return t.ends }) ||
		slices.ContainsFunc(at, func(t proseWord) bool { return !t.isOfTopics() }) || strings.HasSuffix(last.folded, "ed") || inflected[last.folded] ||
		len(row) > 1 && (i > 1 && auxiliaries[words[i-2].folded] || slices.ContainsFunc(at, proseWord.mayBePlural)) {
		return "", false
	}
	article := "the"
	if articles[before.folded] {
		article = before.folded
	}
	written := []string{article}
	for _, t := range at {
		written = append(written, t.written)
	}
	return strings.Join(written, " "), true
}

// mayBePlural reports whether a word may be a noun in the plural, or a verb behind one in the
// singular: of "the ministers kill" and "the minister steals" neither is a topic.
func (t proseWord) mayBePlural() bool {
	return strings.HasSuffix(t.folded, "s") && !strings.HasSuffix(t.folded, "ss")
}

// rowIn is where some words stand in a row among others; -1 if nowhere.
func rowIn(words []proseWord, row []string) int {
	for i := range words {
		if len(words)-i >= len(row) && slices.EqualFunc(words[i:i+len(row)], row, func(t proseWord, word string) bool { return t.folded == word }) {
			return i
		}
	}
	return -1
}

// proseWord is a word as it is written, and as it is compared.
type proseWord struct {
	written, folded string
	ends            bool // punctuation follows
}

// turns reports whether a word turns the meaning of its sentence.
func (t proseWord) turns() bool { return turning[t.folded] || strings.HasSuffix(t.folded, "n't") }

// isOfTopics reports whether a word may stand in a topic: in small letters, which no name is,
// no figure, and none without a topic.
func (t proseWord) isOfTopics() bool {
	return !wordless[t.folded] && !numerals[t.folded] && !strings.ContainsFunc(t.written, func(r rune) bool { return !unicode.IsLower(r) && r != '-' })
}

// tokensOf divides a text into words.
func tokensOf(text string) []proseWord {
	var tokens []proseWord
	start, after := -1, 0 // of the word that is open, and the end of the last one
	end := func(i int) {
		if start >= 0 {
			word := strings.TrimRightFunc(text[start:i], isInWord)
			tokens = append(tokens, proseWord{written: word, folded: lexicon.Fold(word)})
			start, after = -1, start+len(word)
		}
	}
	for i, r := range text {
		switch {
		case isOfWord(r) || start >= 0 && isInWord(r):
			if start < 0 {
				if n := len(tokens); n > 0 {
					tokens[n-1].ends = strings.TrimSpace(text[after:i]) != ""
				}
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	if n := len(tokens); n > 0 {
		tokens[n-1].ends = strings.TrimSpace(text[after:]) != ""
	}
	return tokens
}

func isOfWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// isInWord reports whether a mark may stand within a word.
func isInWord(r rune) bool { return r == '\'' || r == '’' || r == '-' || r == '‑' }

// clause are the words of a model from one mark of punctuation to the next.
type clause struct {
	words []proseWord
	plain bool // it has letters, figures, apostrophes, hyphens and stops alone
}

// clausesOf divides a text into clauses. The full stop of a title or of an initial ends none.
func clausesOf(text string) []clause {
	var all []clause
	current := clause{plain: true}
	end := func() {
		if len(current.words) > 0 || !current.plain {
			all = append(all, current)
		}
		current = clause{plain: true}
	}
	for field := range strings.FieldsSeq(clauseMarks.Replace(text)) {
		word := strings.TrimRight(field, ".,;:!?-")
		stop := word != field && !(field == word+"." && (lexicon.IsTitle(lexicon.Fold(word)) || lexicon.IsInitial(word)))
		current.plain = current.plain && !strings.ContainsFunc(word, func(r rune) bool { return !isOfWord(r) && !isInWord(r) })
		current.words = append(current.words, tokensOf(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))...)
		if stop {
			end()
		}
	}
	end()
	return all
}

// clauseMarks sets apart what divides clauses within or around words.
var clauseMarks = strings.NewReplacer("(", " , ", ")", " , ", "–", " , ", "—", " , ", "…", " , ", ",", " , ", ":", " : ", ";", " ; ")
