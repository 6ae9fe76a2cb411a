package about

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// cue is what a word of a question says about what is asked of the record; a set of cues
// is one as well.
type cue uint64

const (
	cueWho cue = 1 << iota
	cueWhich
	cueList
	cueHowMany
	cueHowOften
	cueHowMuch
	cueHowLong
	cueWhen
	cueDate
	cueWhere
	cueSpeaker
	cuePerson
	cueAsker
	cueSpeak
	cueSay
	cueAppear
	cueThere
	cuePresent
	cueAsk
	cuePose
	cueQuestions
	cueQuestion
	cueRefuse
	cueAnswer
	cueMost
	cueLeast
	cueFirst
	cueLast
	cueLatest
	cueEarliest
	cueTranscript
	cueEvent
	cueRecord
	cueMention
	cueWords
	cueTurns
	cueMinutes
	cueHeld
	cueThe
	cueDeictic
	cueIn
	cueWith
	cuePlain
	cueHere  // here; also: in this transcript, at the hearing of 3 May
	cueOther // what begins with a cue and is none: asked for

	// These are of several words, or of none that the lists have.
	cueItself // this transcript, the hearing of 3 May
	cueThis   // a pronoun alone: when was this?
	cueName   // words that may be a name
)

// cueNames are those by which the lexicon calls them.
var cueNames = map[string]cue{
	"who": cueWho, "which": cueWhich, "list": cueList, "how-many": cueHowMany, "how-often": cueHowOften, "how-much": cueHowMuch,
	"how-long": cueHowLong, "when": cueWhen, "date": cueDate, "where": cueWhere, "speaker": cueSpeaker, "person": cuePerson,
	"asker": cueAsker, "speak": cueSpeak, "say": cueSay, "appear": cueAppear, "there": cueThere, "present": cuePresent, "ask": cueAsk,
	"pose": cuePose, "question": cueQuestions, "a-question": cueQuestion, "refuse": cueRefuse, "answer": cueAnswer, "most": cueMost,
	"least": cueLeast, "first": cueFirst, "last": cueLast, "latest": cueLatest, "earliest": cueEarliest, "transcript": cueTranscript,
	"event": cueEvent, "record": cueRecord, "mention": cueMention, "words": cueWords, "turns": cueTurns, "minutes": cueMinutes,
	"held": cueHeld, "the": cueThe, "deictic": cueDeictic, "in": cueIn, "with": cueWith, "plain": cuePlain, "here": cueHere, "other": cueOther,
}

// vocabulary is what the words and phrases of one language say.
type vocabulary struct {
	cues    map[string]cue // by the folded words, divided by blanks
	longest int            // phrase, in words
	months  map[string]int
}

var vocabularies = sync.OnceValue(func() []vocabulary {
	var all []vocabulary
	for _, language := range lexicon.Languages("words of questions about the record") {
		v := vocabulary{cues: map[string]cue{}, months: monthsOf(language.Code)}
		for _, row := range language.Rows {
			means := cueNames[row[0]]
			if means == 0 {
				panic("lexicon: a question about the record has no cue " + row[0])
			}
			for _, item := range row[1:] {
				words := divide(item)
				v.longest = max(v.longest, len(words))
				v.cues[key(words)] |= means
			}
		}
		all = append(all, v)
	}
	return all
})

// monthsOf are the numbers of the months in a language, and in English, whose names
// are understood everywhere.
func monthsOf(language string) map[string]int {
	months := map[string]int{}
	for _, l := range lexicon.Languages("months") {
		if l.Code != language && l.Code != "en" {
			continue
		}
		for _, row := range l.Rows {
			for i, month := range row {
				months[lexicon.Fold(month)] = i%12 + 1
			}
		}
	}
	return months
}

// word is a word of a question, with its place in the text.
type word struct {
	folded     string
	start, end int // bytes
}

// inQuestion matches the words of a question: letters, digits and the marks within words, or a
// date in digits.
var inQuestion = regexp.MustCompile(`\d{1,2}/\d{1,2}/\d{4}|[\p{L}\p{M}\p{N}]+(?:['’.\-‑][\p{L}\p{M}\p{N}]+)*['’]?`)

// divide finds the words of a text. What is written as one with an apostrophe is divided
// where a word of its own stands before or behind it: l'entretien, who's.
func divide(text string) []word {
	var words []word
	add := func(start, end int) {
		if end > start {
			words = append(words, word{lexicon.Fold(strings.TrimRight(text[start:end], "'’")), start, end})
		}
	}
	for _, at := range inQuestion.FindAllStringIndex(text, -1) {
		start, end := at[0], at[1]
		word := text[start:end]
		if i := strings.IndexAny(word, "'’"); i > 0 && (i <= len("qu") || lexicon.IsPossessive(word)) {
			_, apostrophe := utf8.DecodeRuneInString(word[i:])
			add(start, start+i)
			start += i + apostrophe
		}
		add(start, end)
	}
	return words
}

func key(words []word) string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.folded
	}
	return strings.Join(folded, " ")
}

// phrase is a word or some of a question, and what they say; a word that says nothing here
// has no cue.
type phrase struct {
	cue
	words []word
}

// phrases finds the longest phrases that say something.
func (v vocabulary) phrases(words []word) []phrase {
	var found []phrase
	for len(words) > 0 {
		n := min(v.longest, len(words))
		for n > 0 && v.cues[key(words[:n])] == 0 {
			n--
		}
		found = append(found, phrase{v.cues[key(words[:n])], words[:max(1, n)]})
		words = words[max(1, n):]
	}
	return found
}

// Date is a date as a question gives it: what it leaves open is 0.
type Date struct {
	Year, Month, Day int
	Either           bool // the day may be the month, and the month the day: 3/5/2024
}

var (
	dottedDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	slashDate  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayInDay   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|º)?$`)
	yearWord   = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// date reads a date that begins the phrases; n of them are it.
func (v vocabulary) date(phrases []phrase) (d Date, n int) {
	var words []string // the first of each phrase, which is the whole of it in a date
	for _, p := range phrases {
		if len(p.words) > 1 {
			break
		}
		words = append(words, p.words[0].folded)
	}
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	// link skips "of" and "the" within a date: 3 de mayo de 2024.
	link := func(i int) int {
		for i < len(words) && phrases[i].cue&(cueIn|cueThe) != 0 && phrases[i].cue&^(cueIn|cueThe|cuePlain) == 0 {
			i++
		}
		return i
	}
	number := func(text string) int { i, _ := strconv.Atoi(text); return i }
	if m := isoDate.FindStringSubmatch(at(0)); m != nil {
		return Date{Year: number(m[1]), Month: number(m[2]), Day: number(m[3])}, 1
	}
	if m := dottedDate.FindStringSubmatch(at(0)); m != nil {
		return Date{Year: number(m[3]), Month: number(m[2]), Day: number(m[1])}, 1
	}
	if m := slashDate.FindStringSubmatch(at(0)); m != nil {
		first, second := number(m[1]), number(m[2])
		if second > 12 {
			first, second = second, first
		}
		return Date{number(m[3]), second, first, first <= 12 && first != second}, 1
	}
	if yearWord.MatchString(at(0)) {
		return Date{Year: number(at(0))}, 1
	}
	i := link(0)
	if m := dayInDay.FindStringSubmatch(at(i)); m != nil {
		if month := v.months[at(link(i+1))]; month > 0 {
			d, n = Date{Month: month, Day: number(m[1])}, link(i+1)+1
		}
	} else if month := v.months[at(i)]; month > 0 {
		d, n = Date{Month: month}, i+1
		if m := dayInDay.FindStringSubmatch(at(n)); m != nil {
			d.Day, n = number(m[1]), n+1
		}
	}
	if y := link(n); n > 0 && yearWord.MatchString(at(y)) {
		d.Year, n = number(at(y)), y+1
	}
	if d.Day > 31 || n > 0 && d.Day == 0 && d.Year == 0 {
		return Date{}, 0 // no day, or a month of no year
	}
	return d, n
}
