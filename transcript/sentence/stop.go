package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
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
	case '。', '！', '？', '｡', '．':
		return !m.isQuotedOn()
	}
	if next, _ := utf8.DecodeRuneInString(m.text[m.after:]); !unicode.IsSpace(next) {
		return false
	}
	f := follows(m.text[m.after:])
	switch {
	case f.nothing:
		return true
	case strings.ContainsRune("।॥؟۔።։។៕။", m.first):
		return true
	case m.quoted && attributes(m.text[m.after:]):
		return false
	case m.first == '?' || m.first == '!' || m.asks:
		return !f.lower || !m.quoted && m.first == '?'
	case m.first == '…' || m.marks > 1:
		return f.upper && !f.isPronounI() || f.opens && !f.lower
	case m.closed:
		return !f.lower || f.bracket
	}
	return m.fullStopEnds(f)
}

// fullStopEnds decides for a single full stop by the word before it and the
// word after it.
func (m stop) fullStopEnds(f follower) bool {
	word := m.word()
	lower := strings.ToLower(word[strings.LastIndexAny(word, "'’")+1:]) // of l'art.
	initial := letters.IsInitialWord(word) && word != "I"
	switch {
	case word == "":
		return !f.lower
	case m.isOrdinal(word):
		return false
	case m.opensSentence(word) && (initial || isListNumber(word) || letters.IsRoman(word)):
		return false
	case len(word) == 1 && unicode.IsLower(rune(word[0])): // z. B.
		return f.begins()
	case initial:
		return f.begins() || f.digit
	case numberAbbreviations[lower]:
		return !f.digit && !letters.IsRoman(f.word) && (!f.lower || lower == "no")
	case TitleAbbreviations[lower], neverFinal[lower]:
		return false
	case lower == "a.m" || lower == "p.m":
		return (f.upper || f.bracket) && !afterClock[strings.ToLower(f.word)]
	case isDotted(word), maybeFinal[lower], Months[lower]:
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

// isListNumber reports whether a word is a number that may count items.
func isListNumber(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

// isDotted recognises U.S, Ph.D and the like, but no addresses or versions.
func isDotted(word string) bool {
	return strings.Contains(word, ".") && !strings.ContainsAny(word, "@/0123456789") && len(word) <= 8
}

// isOrdinal reports whether a number with a full stop is an ordinal, as in
// German: am 3. Oktober, im 19. Jahrhundert.
func (m stop) isOrdinal(number string) bool {
	if len(number) > 2 || strings.Trim(number, "0123456789") != "" {
		return false
	}
	before := strings.TrimRightFunc(m.text[m.sentence:m.before-len(number)], unicode.IsSpace)
	return beforeOrdinals[strings.ToLower(before[strings.LastIndexFunc(before, unicode.IsSpace)+1:])]
}

// goesOnBehindBlank reports whether the punctuation goes on behind a blank: a
// French closing mark, as in « Non ! », or the dots of . . .
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

// isQuotedOn reports whether a sentence goes on behind one that it quotes, in a
// script without blanks: 「行く。」と言った。
func (m stop) isQuotedOn() bool {
	next, _ := utf8.DecodeRuneInString(m.text[m.after:])
	return m.closed && strings.ContainsRune("と、，って", next)
}

// attributes reports whether a text says who has just been quoted: "Roe asked",
// "I said".
func attributes(text string) bool {
	for range 3 {
		text = strings.TrimLeft(text, " \u00a0")
		word := text[:wordLength(text)]
		switch {
		case word == "":
			return false
		case quoteVerbs[word]:
			return true
		case letters.StartsLower(word) || Starters[strings.ToLower(word)] && word != "I":
			return false
		}
		text = text[len(word):]
	}
	return false
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

func (f follower) isPronounI() bool {
	return f.word == "I" || strings.HasPrefix(f.word, "I'") || strings.HasPrefix(f.word, "I’")
}

// begins reports whether the word is one that begins sentences.
func (f follower) begins() bool {
	return f.upper && Starters[strings.ToLower(f.word)] || f.bracket
}

const longestWord = 40 // bytes of a word that are looked at

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
