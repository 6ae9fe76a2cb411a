package quotes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

const (
	// openBrackets and closeBrackets stand around notes.
	openBrackets, closeBrackets = "([（［", ")]）］"

	// longestNote is how long a note is at most, in bytes: (reading from the second letter of the harbour
	// master to the board, Exhibit 4). Longer ones are inserted text.
	longestNote = 120
)

// NoteOfReading is the note of a label that has its turn read aloud, as it stands before the turn's words:
// "(reading) " of MR. ROE (reading) and of MR. ROE, reading. It is empty where the label has none.
func NoteOfReading(label string) string {
	at := strings.IndexAny(label, openBrackets)
	if at < 0 {
		at = verbOfReading(label)
	}
	if at <= 0 {
		return ""
	}
	note := strings.Trim(label[at:], openBrackets+closeBrackets+": ")
	if len(note) > longestNote || !isReading(note) || isName(note) {
		return ""
	}
	return "(" + note + ") "
}

// verbOfReading is the byte at which a verb of reading begins in a label, in small letters; -1 for none.
func verbOfReading(label string) int {
	for at := strings.IndexByte(label, ' '); at >= 0 && at+1 < len(label); {
		word, _, _ := strings.Cut(label[at+1:], " ")
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) && isReading(word) {
			return at + 1
		}
		at += 1 + len(word)
	}
	return -1
}

// isName reports whether a note of a label with a word of reading is a name: a surname, (Lee), or that of the
// town, (Reading West), (Reading Chronicle), but not (Reading Exhibit 4).
func isName(note string) bool {
	words := strings.Fields(note)
	if len(words) == 1 {
		return isCapital(note) && slices.ContainsFunc(noted.from(note), func(p phrase) bool { return p.kind == alone })
	}
	return words[0] == "Reading" && isCapital(words[1]) && !readAloud[lexicon.Bare(words[1])]
}

var readAloud = lexicon.Words("what is read aloud")

func isCapital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// mayHoldNotes reports whether a text may hold a note. Looking for one bracket after the other is the fastest.
func mayHoldNotes(text string) bool {
	return strings.Contains(text, "(") || strings.Contains(text, "[") || strings.Contains(text, "（") || strings.Contains(text, "［")
}

// betweenNotes finds what is noted to be read aloud, in bytes: all of a turn behind a note at its beginning,
// since nothing tells where the reading ends, and the paragraph behind a note that stands between sentences or
// has a colon.
func betweenNotes(text string, paragraphs []sentence.Span) []sentence.Span {
	var spans []sentence.Span
	for at := 0; ; {
		open := strings.IndexAny(text[at:], openBrackets)
		if open < 0 {
			return spans
		}
		open += at
		end := strings.IndexAny(text[open:min(len(text), open+longestNote)], closeBrackets)
		if end < 0 {
			at = open + 1
			continue
		}
		end += open
		at = end
		if !isReading(text[open:end]) {
			continue
		}
		before, behind := strings.TrimRight(text[:open], " *_\n"), strings.TrimLeft(text[end:], closeBrackets+"*_ ")
		switch last, _ := utf8.DecodeLastRuneInString(before); {
		case strings.TrimFunc(before, isOutside) == "":
			return append(spans, sentence.Span{Start: 0, End: len(text)})
		case isOutside(last) && last != ',' || strings.HasPrefix(behind, ":") || strings.HasSuffix(text[:end], ":"):
			read := around(paragraphs, open)
			if next := strings.TrimLeftFunc(behind, isOutside); next != "" {
				read.End = max(read.End, around(paragraphs, len(text)-len(next)).End) // the note ends its paragraph
			}
			spans = append(spans, sentence.Span{Start: open, End: read.End})
		}
	}
}

// isReading reports whether a note says that words are read aloud or quoted, and not to oneself.
func isReading(note string) bool {
	found := false
	for at := 0; at < len(note); {
		start, end := nextWord(note, at)
		at = end
		word := note[start:end]
		if len(word) > 0 && word[0] >= utf8.RuneSelf && strings.ContainsFunc(word, isUnspaced) {
			found = found || slices.ContainsFunc(unspacedNotes, func(p string) bool { return strings.Contains(word, p) })
		}
		for _, p := range noted.from(word) {
			e, ok := p.match(note, end)
			switch {
			case !ok:
			case p.kind == silent:
				return false
			case p.kind == alone:
				found = found || strings.TrimFunc(note[:start]+note[e:], isOutside) == ""
			default:
				found = true
			}
		}
	}
	return found
}

var noted = newPhraseTable(map[spokenKind][]string{
	reading: lexicon.Phrases("notes of reading aloud"),
	silent:  lexicon.Phrases("notes of no reading aloud"),
	alone:   lexicon.Phrases("notes of reading aloud in one word"),
})

// unspacedNotes are those of scripts that put no blanks between words, or none before their endings.
var unspacedNotes = slices.DeleteFunc(lexicon.Phrases("notes of reading aloud"), func(p string) bool { return !strings.ContainsFunc(p, isUnspaced) })

func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}
