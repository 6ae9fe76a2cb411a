package quotes

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// plain is a text in which the marks that typewriters, primes and ornaments stand for are
// the marks themselves. Every code point keeps its place.
func plain(text []rune) []rune {
	marks := make([]rune, len(text))
	corner := -1 // where 《 stands that is not closed yet
	for i := 0; i < len(text); i++ {
		marks[i] = plainMark(text, i)
		switch {
		case text[i] == '《':
			corner = i
		case text[i] == '》' && corner >= 0:
			if saysSo(text, corner, i) {
				marks[corner], marks[i] = '「', '」'
			}
			corner = -1
		case i+1 < len(text) && text[i] == text[i+1]:
			if first, second := doubled(text, i); first != 0 {
				marks[i], marks[i+1] = first, second
				i++
			}
		}
	}
	return marks
}

// joint stands beside a mark that is written with two characters, on the outside.
const joint = '\u2060'

// plainMark is the mark that one character stands for.
func plainMark(text []rune, i int) rune {
	switch r := text[i]; r {
	case '❝', '‟':
		return '“'
	case '❞':
		return '”'
	case '❛', '‛':
		return '‘'
	case '❜':
		return '’'
	case '″', '״':
		return '"'
	case '´':
		return '\''
	case '`':
		if begins(text, i, i+1) {
			return '‘'
		}
		return '\''
	default:
		return r
	}
}

// doubled is the mark that two like characters stand for at i, with its joint; 0 for none:
// “TeX”, ”wiki”, ,,deutsch”, <<français>>.
func doubled(text []rune, i int) (first, second rune) {
	opens := begins(text, i, i+2)
	switch r := text[i]; {
	case r == '`' && !isSpace(neighbour(text, i+2)), r == '\'' && opens:
		return joint, '“'
	case r == '\'':
		return '"', joint
	case r == ',' && opens:
		return joint, '„'
	case r == '<' && opens:
		return joint, '«'
	case r == '>' && !isSpace(neighbour(text, i-1)) && !unicode.IsLetter(neighbour(text, i+2)):
		return '»', joint
	}
	return 0, 0
}

// begins reports whether what stands from start to end is before a word and behind none.
func begins(text []rune, start, end int) bool {
	before, after := neighbour(text, start-1), neighbour(text, end)
	return (isSpace(before) || strings.ContainsRune("([{—–-/:;¿¡", before) || Closers(before) != "") && !isSpace(after)
}

var verbsBeforeColon = lexicon.Words("verbs before a colon")

// saysSo reports whether 《…》, the marks of titles, hold speech: a sentence with its
// punctuation, or what is behind a verb of saying and a colon.
func saysSo(text []rune, open, end int) bool {
	if strings.ContainsAny(string(text[open+1:end]), "，。！？.!?…") {
		return true
	}
	if before := neighbour(text, open-1); before != '：' && before != ':' {
		return false
	}
	return verbsBeforeColon[string(text[max(0, open-2):open-1])] || verbsBeforeColon[string(text[max(0, open-3):open-1])]
}
