package labels

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

const mostLooseWords = 18 // of a label that has not the form of one: a name and an office

// MayBe reports whether a text that has not the form of a label (see Form) may be one all
// the same, if what surrounds it sets it apart: a telephone number, a user name, a name
// and an office, words in small letters. It holds no end of a sentence and no speech; a
// question mark behind a single word is a typist's, who is not sure: P?
func MayBe(text string) bool {
	if unsure, found := strings.CutSuffix(text, "?"); found && HasForm(unsure) && !strings.Contains(unsure, " ") {
		text = unsure
	}
	if len(text) > LongestLabel || strings.ContainsAny(text, "!?！？؟;<>{}。，=\\") || !balanced(text) {
		return false
	}
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > mostLooseWords {
		return false
	}
	for i, w := range words {
		if isDay(w) && !IsNumber(text) {
			return false
		}
		if i+1 == len(words) && (w == "http" || w == "https") {
			return false
		}
		if i+1 < len(words) && (strings.HasSuffix(w, ":") || strings.HasSuffix(w, "?") || strings.HasSuffix(w, ".") && !lexicon.IsInitial(w) && !names.KeepsStop(strings.TrimSuffix(w, ".")) && !opensOffice(words, i)) {
			return false
		}
	}
	return IsNumber(text) || strings.IndexFunc(text, unicode.IsLetter) >= 0
}

// opensOffice reports whether word i is the first behind a comma and has a capital, so that its
// full stop rather shortens an office than ends a sentence: Jane Roe, Parl. Secretary.
func opensOffice(words []string, i int) bool {
	first, _ := utf8.DecodeRuneInString(words[i])
	return i > 0 && strings.HasSuffix(words[i-1], ",") && unicode.IsUpper(first)
}

// isDay reports whether a word is a year or a date in figures.
func isDay(word string) bool {
	if word[0] > '9' || strings.Trim(word, "0123456789.,/-") != "" || !strings.ContainsAny(word, "0123456789") {
		return false
	}
	figures := strings.Trim(word, ".,")
	return strings.ContainsAny(figures, "/-.") || len(figures) == 4 && (figures[:2] == "19" || figures[:2] == "20")
}

// balanced reports whether the brackets and quotation marks of a text come in pairs.
func balanced(text string) bool {
	return strings.Count(text, "(") == strings.Count(text, ")") && strings.Count(text, "“") == strings.Count(text, "”") && strings.Count(text, `"`)%2 == 0
}

const shortestNumber = 6 // figures, shown or masked, of a telephone number

// IsNumber reports whether a label is a telephone number, some figures of which may be
// masked: +44 20*****12.
func IsNumber(text string) bool {
	figures := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r) || r == '*' || r == 'X' || r == 'x' || r == '•':
			figures++
		case !strings.ContainsRune("+-–(). /\u00a0", r):
			return false
		}
	}
	return figures >= shortestNumber && strings.ContainsAny(text, "0123456789")
}

// IsUserName reports whether a text may be a user name, which is one word without the form
// of a label: jane.roe, jroe42.
func IsUserName(text string) bool {
	return text != "" && !strings.ContainsAny(text, " \t:;!?\"“”<>=/\\|{}()[]#*,") && !letters.IsDigit(text[0])
}

// BeginsWithName reports whether a label that is not of the form of one begins with a
// person's name, given name and surname or title and name, or with a part of the
// conversation, before a comma, a dash or the like: Jane Roe, head of the harbour.
func (l *Label) BeginsWithName() bool {
	head := strings.TrimSpace(l.Text)
	if strings.Contains(head, "  ") || strings.ContainsAny(head, "—\t") || goesOnBehindNote(head) {
		return false
	}
	if at := strings.IndexAny(head, ",(|[/@"); at > 0 {
		head = head[:at]
	}
	head, _, _ = cutDash(head)
	if partOf(head) != PartNamed {
		return true // Several members
	}
	if _, ok := Form(head); !ok {
		return false
	}
	n := ReadName(head)
	return n.IsName() && (n.Full() || n.Titled())
}

// goesOnBehindNote reports whether words follow the note in brackets of a label, rather than
// an office behind a comma.
func goesOnBehindNote(label string) bool {
	at := noteStart(label)
	if at <= 0 || label[at] == '|' {
		return false
	}
	end := strings.LastIndexAny(label, ")]")
	return end < at || strings.Trim(label[end+1:], " ") != "" && !strings.HasPrefix(strings.TrimLeft(label[end+1:], " "), ",")
}

var sayingVerbs = lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past, lexicon.Participle))

// IsDistinct reports whether the text of a label can hardly be words of a sentence: it has the
// form of a label, begins with a name, or is a number or a user name.
func (l *Label) IsDistinct() bool {
	_, ok := Form(l.Text)
	return ok && len(l.Words) > 0 || l.BeginsWithName() || IsNumber(l.Text) || IsUserName(l.Text) && strings.ContainsAny(l.Text[1:], "0123456789_.ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// IsSaying reports whether a word is a verb of saying, as it stands between a name and a
// colon: says, said.
func IsSaying(word string) bool { return sayingVerbs[lexicon.Bare(word)] }

// Says reports whether the words of a label have a verb of saying, so that they rather
// introduce what they stand before: Jane Roe, the pilot, said.
func (l *Label) Says() bool {
	for _, w := range strings.Fields(l.Text) {
		if IsSaying(w) {
			return true
		}
	}
	return false
}
