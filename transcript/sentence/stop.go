package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// stop is final punctuation in its context; positions are bytes of text.
type stop struct {
	text     string
	sentence int  // where the sentence begins
	before   int  // where the punctuation begins
	after    int  // where it ends, closing quotes and brackets included
	first    rune // its first mark
	marks    int  // how many marks it has: three in "..."
	asks     bool // a mark behind the first is ? or !
	closed   bool // closing quotes or brackets come last
	quoted   bool // one of those is a quotation mark
}

// ends reports whether the sentence ends here.
func (m stop) ends() bool {
	switch m.first {
	case '。', '！', '？', '｡', '．': // scripts without blanks between sentences
		return !m.isQuotedOn()
	}
	if next, _ := utf8.DecodeRuneInString(m.text[m.after:]); !unicode.IsSpace(next) {
		return false
	}
	f := follows(m.text[m.after:])
	switch {
	case f.nothing:
		return true
	case strings.ContainsRune("।॥؟۔።։។៕။", m.first): // marks that do nothing but end sentences
		return true
	case m.quoted && attributes(m.text[m.after:]):
		return false
	case m.first == '?' || m.first == '!' || m.asks: // "Ah! well" goes on; "Why? because" does not
		return !f.lower || !m.quoted && m.first == '?'
	case m.first == '…' || m.marks > 1: // a pause unless a capital shows a new sentence
		return f.upper && !f.isPronounI() || f.opens && !f.lower
	case m.closed:
		return !f.lower || f.bracket
	}
	return m.fullStopEnds(f)
}

// fullStopEnds reports whether a single full stop ends the sentence, by the word before it
// and the word after it.
func (m stop) fullStopEnds(f follower) bool {
	word := m.word()
	lower := strings.ToLower(word[strings.LastIndexAny(word, "'’")+1:]) // of l'art. the last part
	initial := letters.IsInitialWord(word) && word != "I"
	switch {
	case word == "":
		return !f.lower
	case m.isOrdinal(word):
		return false
	case m.opensSentence(word) && (initial || isListNumber(word) || letters.IsRoman(word)):
		return false
	case len(word) == 1 && unicode.IsLower(rune(word[0])): // an abbreviation in two parts, as in German: z. B.
		return f.begins()
	case initial:
		return f.begins() || f.digit
	case numberAbbreviations[lower]:
		return !f.digit && !letters.IsRoman(f.word) && (!f.lower || lower == "no")
	case titleAbbreviations[lower], neverFinal[lower]:
		return false
	case lower == "a.m" || lower == "p.m":
		return (f.upper || f.bracket) && !afterClock[strings.ToLower(f.word)]
	case isDotted(word), maybeFinal[lower], monthAbbreviations[lower]:
		return f.begins() || f.opens && f.upper
	case f.lower && !f.bracket: // a slip for a capital, if the word is too plain for an abbreviation
		return len(word) >= shortestPlainWord && lower == word && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	}
	return true
}

const shortestPlainWord = 4 // bytes, below which an unknown word with a full stop may be an abbreviation

// word is the word right before the punctuation, with the full stops inside it: U.S.
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

// opensSentence reports whether the word before the punctuation is the sentence's first,
// so that its full stop may mark the item of a list.
func (m stop) opensSentence(word string) bool {
	return m.before-m.sentence == len(word)
}

// isListNumber reports whether a word is a number of up to two digits, as it counts items.
func isListNumber(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

// isDotted reports whether a word is an abbreviation with a full stop inside, such as U.S
// and Ph.D, rather than an address or the number of a version.
func isDotted(word string) bool {
	return strings.Contains(word, ".") && !strings.ContainsAny(word, "@/0123456789") && len(word) <= longestDotted
}

const longestDotted = 8 // bytes; longer words with a full stop inside lack a blank

// isOrdinal reports whether a number with a full stop is an ordinal, as German writes
// them: am 3. Oktober, im 19. Jahrhundert. The word before it tells.
func (m stop) isOrdinal(number string) bool {
	if !isListNumber(number) {
		return false
	}
	before := strings.TrimRightFunc(m.text[m.sentence:m.before-len(number)], unicode.IsSpace)
	return beforeOrdinals[strings.ToLower(before[strings.LastIndexFunc(before, unicode.IsSpace)+1:])]
}

// goesOnBehindBlank reports whether the punctuation goes on behind the blank with which s
// begins: with a French closing mark, as in « Non ! », or with the dots of . . .
func (m stop) goesOnBehindBlank(s string) bool {
	_, blank := utf8.DecodeRuneInString(s)
	r, size := utf8.DecodeRuneInString(s[blank:])
	after, _ := utf8.DecodeRuneInString(s[blank+size:])
	switch r {
	case '»':
		return !unicode.IsLetter(after) && !unicode.IsDigit(after)
	case '.':
		return m.first == '.' && (after == ' ' || after == '.' || after == utf8.RuneError)
	}
	return false
}

// isQuotedOn reports whether, in a script without blanks, a sentence goes on behind
// another that it quotes: 「行く。」と言った。
func (m stop) isQuotedOn() bool {
	next, _ := utf8.DecodeRuneInString(m.text[m.after:])
	return m.closed && strings.ContainsRune("と、，って", next)
}

// attributes reports whether a text begins by saying who has just been quoted: "Roe
// asked", "I said". It belongs to the sentence of the quotation then.
func attributes(text string) bool {
	for range attributionWords {
		text = strings.TrimLeft(text, " \u00a0")
		word := text[:wordLength(text)]
		switch {
		case word == "":
			return false
		case quotingVerbs[word]:
			return true
		case letters.StartsLower(word) || starters[strings.ToLower(word)] && word != "I":
			return false
		}
		text = text[len(word):]
	}
	return false
}

const attributionWords = 3 // within which the verb stands: a given name, a surname, the verb

// follower is what comes after final punctuation.
type follower struct {
	word    string // the next word, without quotes and brackets before it
	lower   bool   // begins with a small letter
	upper   bool   // begins with a capital
	digit   bool   // begins with a digit
	opens   bool   // a quotation mark, bracket or dash comes first
	bracket bool
	nothing bool // the paragraph ends
}

// follows reads the word that comes next in a text that begins with white space. At the
// end of a paragraph nothing follows.
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

// isPronounI reports whether the word is I, whose capital says nothing of a new sentence.
func (f follower) isPronounI() bool {
	return f.word == "I" || strings.HasPrefix(f.word, "I'") || strings.HasPrefix(f.word, "I’")
}

// begins reports whether what follows begins a sentence even behind an abbreviation: a
// word that does so far more often than not, or a bracket.
func (f follower) begins() bool {
	return f.upper && starters[strings.ToLower(f.word)] || f.bracket
}

const longestWord = 40 // bytes of a word that are looked at

// wordLength counts the bytes of the word with which a text begins.
func wordLength(s string) int {
	s = s[:min(len(s), longestWord)]
	if end := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) }); end >= 0 {
		return end
	}
	return len(s)
}

// isWordRune reports whether a character belongs to a word: a letter, a digit, an apostrophe.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}
