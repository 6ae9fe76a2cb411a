package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stop is a final punctuation in its context; positions are bytes of text.
type stop struct {
	text     string
	sentence int // where the sentence begins
	before   int // where the punctuation begins
	after    int // where it ends, closing quotes and brackets included
	first    rune
	marks    int  // 3 in "..."
	asks     bool // holds ? or ! after the first mark
	closed   bool // quotes or brackets come last
	quoted   bool // one of them is a quotation mark
}

// ends reports whether the sentence ends here.
func (m stop) ends() bool {
	switch m.first {
	case '。', '！', '？', '｡':
		return true
	}
	if next, _ := utf8.DecodeRuneInString(m.text[m.after:]); !unicode.IsSpace(next) {
		return false
	}
	f := follows(m.text[m.after:])
	switch {
	case f.nothing:
		return true
	case m.first == '?' || m.first == '!' || m.asks:
		return !f.lower || !m.quoted && m.first == '?'
	case m.first == '…' || m.marks > 1:
		return f.upper && !f.isPronounI() || f.opens && !f.lower
	case m.closed:
		return !f.lower || f.bracket
	}
	return m.fullStopEnds(f)
}

// follower is what comes after a final punctuation.
type follower struct {
	word    string
	lower   bool // begins with a small letter
	upper   bool // begins with a capital
	digit   bool // begins with a digit
	opens   bool // a quotation mark, bracket or dash comes first
	bracket bool
	nothing bool // the paragraph ends
}

const longestWord = 40 // bytes of a word that are looked at

// follows reads the next word of a text that begins with white space.
func follows(s string) follower {
	trimmed := strings.TrimLeftFunc(s, unicode.IsSpace)
	if trimmed == "" || strings.Count(s[:len(s)-len(trimmed)], "\n") > 1 {
		return follower{nothing: true}
	}
	word := strings.TrimLeft(trimmed, "([{\"'“‘«„¿¡—–-*_")
	first, _ := utf8.DecodeRuneInString(word)
	return follower{
		word:    word[:wordLength(word)],
		lower:   unicode.IsLower(first),
		upper:   unicode.IsUpper(first),
		digit:   unicode.IsDigit(first),
		opens:   word != trimmed,
		bracket: trimmed[0] == '(' || trimmed[0] == '[',
	}
}

func wordLength(s string) int {
	s = s[:min(len(s), longestWord)]
	if end := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) }); end >= 0 {
		return end
	}
	return len(s)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}

func (f follower) isPronounI() bool {
	return f.word == "I" || strings.HasPrefix(f.word, "I'") || strings.HasPrefix(f.word, "I’")
}

// begins reports whether the word is one that begins sentences.
func (f follower) begins() bool {
	return f.upper && sentenceStarters[strings.ToLower(f.word)] || f.bracket
}

// fullStopEnds decides for a single full stop by the word before it and the
// word after it.
func (m stop) fullStopEnds(f follower) bool {
	word := m.word()
	lower := strings.ToLower(word)
	initial := isInitialWord(word) && word != "I"
	switch {
	case word == "":
		return !f.lower
	case m.opensSentence(word) && (initial || isListNumber(word)):
		return false
	case initial:
		return f.begins() || f.digit
	case numberAbbreviations[lower]:
		return !f.digit && !isRoman(f.word) && (!f.lower || lower == "no")
	case titleAbbreviations[lower], neverFinal[lower]:
		return false
	case lower == "a.m" || lower == "p.m":
		return f.upper && !afterClock[strings.ToLower(f.word)] || f.bracket
	case isDotted(word), maybeFinal[lower], months[lower]:
		return f.begins() || f.opens && f.upper
	case f.lower && !f.bracket:
		return len(word) >= 4 && lower == word && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	}
	return true
}

// word is the word right before the punctuation, with the full stops inside it.
func (m stop) word() string {
	start := m.before
	for start > m.sentence && m.before-start < longestWord {
		r, size := utf8.DecodeLastRuneInString(m.text[m.sentence:start])
		if !isWordRune(r) && !strings.ContainsRune(".@/&", r) {
			break
		}
		start -= size
	}
	return strings.TrimLeft(m.text[start:m.before], ".'’")
}

// opensSentence reports whether nothing but the word stands before the stop.
func (m stop) opensSentence(word string) bool {
	return m.before-m.sentence == len(word)
}

func isInitialWord(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

// isListNumber reports whether a word is a number that may count items.
func isListNumber(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

// isDotted recognises U.S, Ph.D and the like, but no addresses or versions.
func isDotted(word string) bool {
	return strings.Contains(word, ".") && !strings.ContainsAny(word, "@/0123456789") && len(word) <= 8
}
