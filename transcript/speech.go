package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/language"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/marks"
)

// Documentation has words before colons as well, License: and Note: and Author:, in which
// nobody speaks. Speech shows in labels that are people's, and in the words for I and we.

const (
	// Percent of turns whose labels are people's, from which on a text is a transcript.
	// Of documentation one file in twenty has a few such labels.
	personShare = 50

	// First persons in a thousand words, from which on a text is spoken. Nineteen of
	// twenty conversations have 15 and more, nineteen of twenty files of documentation
	// and licences 5 and less: measured on the folders of documentation of Debian, Go
	// and its modules, some 700 files with labels.
	spokenSelves = 9

	// First and second persons in a thousand words, which tell the same of people who talk of
	// what is before them. Nineteen of twenty files of documentation have 22 and less.
	spokenPersons = 30

	// Words of a text that is too short to have first persons for certain.
	shortText = 150

	// Percent of lines that are program code, from which on a text is documentation.
	codeShare = 10

	// Percent of turns whose labels are log levels, from which on a program wrote the text.
	levelShare = 50

	// Percent of turns whose labels are words of the text itself, in small letters, from
	// which on they are rather its subjects than its speakers.
	subjectShare = 50

	// Percent of turns that are entries, from which on a text is a list of people.
	entryShare = 60
)

// speech is what tells a transcript from other text with words before colons, or with
// questions.
type speech struct {
	turns    int
	persons  int // turns whose labels are a part in a conversation or the name of a person
	subjects int // turns whose labels are words that the text has in small letters
	levels   int // turns whose labels are log levels
	entries  int // turns that are entries of a list: Monday, Tuesday; 555-0142
	words    int
	selves   int  // words for I and we
	others   int  // words for you
	known    bool // the words for I and we of its language are known
	code     bool // much of it is program code
}

// isSpoken reports whether labelled text is a transcript rather than documentation.
func (d *document) isSpoken() bool {
	s := d.speech()
	switch {
	case s.levels > 0 && 100*s.levels >= levelShare*s.turns,
		100*s.entries > entryShare*s.turns:
		return false
	case 100*s.persons >= personShare*s.turns:
		return true
	case s.words < shortText, !s.known:
		return 100*s.subjects <= subjectShare*s.turns
	}
	return !s.code && s.hasSelves()
}

// hasSelves reports whether people speak of themselves, as far as the language shows it.
func (s speech) hasSelves() bool {
	return !s.known || 1000*s.selves >= spokenSelves*s.words || 1000*(s.selves+s.others) >= spokenPersons*s.words
}

// isTold reports whether a text without labels may be a conversation: people speak of
// themselves, and little of it is code or lists.
func (d *document) isTold() bool {
	s, items := d.speech(), 0
	for _, l := range d.lines() {
		if l.Item || letters.IsListItem(l.Text) {
			items++
		}
	}
	return !s.code && s.hasSelves() && 100*items <= itemShare*len(d.lines()) && !d.isMarked()
}

const (
	itemShare   = 20     // percent of lines that are items of lists, at most, in an interview
	sampleWords = 20_000 // of a text in which it is looked how people speak
)

// speech counts what shows that people speak.
func (d *document) speech() speech {
	text := d.labelled()
	code := language.Of(d.content.Text)
	s := speech{known: knowsSelves[code] || code == "" && language.IsLatin(d.content.Text)}
	small := map[string]bool{} // words in small letters
	codeLines, lines := 0, 0
	for i, l := range text.Lines {
		if s.words >= sampleWords {
			break
		}
		if lines++; l.Code {
			codeLines++
		}
		said := l.Text
		if text.Marks[i].Kind == marks.LineTurn {
			said = text.Marks[i].Rest
		}
		for _, w := range strings.Fields(said) {
			bare := lexicon.Bare(w)
			switch s.words++; {
			case isSelf[bare]:
				s.selves++
			case isOther[bare]:
				s.others++
			}
			if letters.StartsLower(w) {
				small[bare] = true
			}
		}
	}
	s.code = 100*codeLines >= codeShare*max(1, lines)
	turns := map[*labels.Label]int{}
	for _, m := range text.Marks {
		if m.Kind != marks.LineTurn {
			continue
		}
		s.turns++
		turns[m.Label]++
		if isEntry(m.Rest) {
			s.entries++
		}
	}
	for l, n := range turns {
		switch subject := isSubject(l, small); {
		case isLevel(l):
			s.levels += n
		case isPart(l), l.Name.Titled(), l.Name.Full() && l.Name.IsName() && !subject:
			s.persons += n
		case subject:
			s.subjects += n
		}
	}
	return s
}

const longestEntry = 60 // bytes

// isEntry reports whether what stands behind a label is an entry of a list, and nothing that is
// said: a number, or names alone, as of days and offices.
func isEntry(said string) bool {
	if len(said) > longestEntry || letters.EndsSentence(said) {
		return false
	}
	words := strings.Fields(said)
	if len(words) == 0 {
		return false
	}
	for _, w := range words {
		if letters.StartsLower(w) && !lexicon.OfficeLinks[w] {
			return false
		}
	}
	return len(words) > 1 || strings.ContainsAny(said, "0123456789")
}

// isPart reports whether a label says by its words what part its bearer has: Q, MODERATOR,
// Speaker 2, but not v10.0.2.
func isPart(l *labels.Label) bool {
	return l.Part != labels.PartNamed && (len(l.First()) > 1 || !labels.IsNumbered(l.Text))
}

// isLevel reports whether a label begins or ends with a log level: INFO, [main] ERROR,
// WARN lamp.go.
func isLevel(l *labels.Label) bool {
	words := strings.Fields(l.Text)
	return len(words) > 0 && (logLevels[lexicon.Bare(words[0])] || logLevels[lexicon.Bare(words[len(words)-1])])
}

// isSubject reports whether a label is made of words that the text has in small letters, as
// names seldom are, or heads a step, an entry or a party of some document.
func isSubject(l *labels.Label, small map[string]bool) bool {
	if len(l.Words) > 0 && letters.All(l.Words, documentHeads) {
		return true
	}
	words := l.Name.Words
	if len(words) == 0 {
		words = l.Words
	}
	for _, w := range words {
		if bare := lexicon.Bare(w); small[bare] && !lexicon.Particles[bare] && !lexicon.OfficeLinks[bare] {
			return true
		}
	}
	return false
}

var (
	isSelf    = lexicon.Union(lexicon.Words("first person singular"), lexicon.Words("first person plural"))
	logLevels = lexicon.Words("log levels")

	isOther = lexicon.Words("second person")

	documentHeads = lexicon.Words("heads of entries in documents")

	// knowsSelves are the languages whose words for I are known.
	knowsSelves = languagesOf("first person singular")
)

// languagesOf are the codes of the languages that have a list.
func languagesOf(list string) map[string]bool {
	codes := map[string]bool{}
	for _, l := range lexicon.Languages(list) {
		codes[l.Code] = true
	}
	return codes
}
