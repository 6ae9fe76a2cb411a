package words

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name, a label, an affiliation and a title are what somebody printed. In a sentence of
// the program's they could say anything and pass for the record: with quotation marks they
// would quote, with a number in brackets cite, and behind a colon speak.

// Name is somebody's name, label or affiliation, or a place's name, as a sentence of the
// program's has it: up to a colon or the end of its line, without marks of quotation,
// brackets or numbers of citations. Parentheses stay where they are closed. It is empty where no letter is left;
// then it is as if nobody were named.
func Name(text string) string {
	if isName(text) {
		return text
	}
	name := strings.TrimSpace(cleanLines(text))
	if end := strings.IndexFunc(name, endsName); end >= 0 {
		name = name[:end]
	}
	if name = fit(OneLine(name), longestName); !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	return name
}

// isName reports whether a text is a name as Name makes them, as far as its bytes tell: nothing, or
// letters of ASCII, with single blanks and full stops between them, as most names are.
func isName(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (before == ' ' || c != ' ' && c != '.') {
			return false
		}
		before = c
	}
	return text == "" || before != ' ' && len(text) <= longestName
}

// Title is a title or a topic as a sentence of the program's has it: as Name, but
// further lines and what follows a colon belong to it, and a number is one: 1984.
func Title(text string) string {
	title := fit(Clean(text), longestTitle)
	if !strings.ContainsFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return ""
	}
	return title
}

// How many characters a sentence of the program's has room for: of a name with titles and
// an office, and of a headline.
const (
	longestName  = 80
	longestTitle = 160
)

// endsName reports whether a name ends before a character: what follows is what somebody
// says, or another line.
func endsName(r rune) bool { return strings.ContainsRune(":：﹕꞉∶\n", r) }

// citationNumbers are numbers as answers and plans have them behind a quotation, [1] or [s1],
// in any brackets but parentheses, or raised.
var citationNumbers = regexp.MustCompile(`[\[{<［【〔〚⟦｛＜〈《](?:[^\p{L}]|[sS]\p{N}){0,20}?[\]}>］】〕〛⟧｝＞〉》]|[\x{00B9}\x{00B2}\x{00B3}\x{2070}\x{2074}-\x{207E}]+`)

// fit takes marks out of one clean line, and bounds it to a number of characters.
func fit(text string, most int) string {
	text = citationNumbers.ReplaceAllString(text, " ")
	runes := []rune(text)
	var b strings.Builder
	for i, r := range runes {
		switch {
		case isParenthesis(r):
			b.WriteRune(r)
		case isBracket(r):
			b.WriteByte(' ')
		case !isQuotationMark(r), isApostrophe(r) && betweenLetters(runes, i):
			b.WriteRune(r)
		}
	}
	text = balanced(Shortened(OneLine(b.String()), most))
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;–—-", r) })
	return text
}

func isParenthesis(r rune) bool { return strings.ContainsRune("()（）", r) }

func isBracket(r rune) bool {
	return unicode.In(r, unicode.Ps, unicode.Pe) && !isQuotationMark(r) || r == '<' || r == '>' || r == '＜' || r == '＞'
}

// isQuotationMark reports whether a character sets words apart as somebody's, or passes for
// one that does.
func isQuotationMark(r rune) bool {
	return unicode.In(r, unicode.Pi, unicode.Pf, unicode.Quotation_Mark) ||
		strings.ContainsRune("`´ʹʺˊˋ˝ˮʻʼʽ′″‴‵‶‷⁗״׳❛❜❝❞❟❠🙶🙷🙸", r)
}

// isApostrophe reports whether a character also leaves out letters, or is one, within a name: O’Neil,
// Tuʻi, and in Hebrew.
func isApostrophe(r rune) bool { return strings.ContainsRune("'’ʻʼ׳״", r) }

func betweenLetters(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && isOfWord(runes[i-1]) && isOfWord(runes[i+1])
}

func isOfWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }

// Shortened ends a text at a word, if it has more characters than most.
func Shortened(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	kept := string([]rune(text)[:most-1])
	if space := strings.LastIndexByte(kept, ' '); space > len(kept)/2 {
		kept = kept[:space]
	}
	return strings.TrimRightFunc(kept, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) && !isParenthesis(r) }) + "…"
}

// balanced takes parentheses out where one of them is not closed or not opened.
func balanced(text string) string {
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth == 0 {
		return text
	}
	return OneLine(strings.Map(func(r rune) rune {
		if isParenthesis(r) {
			return ' '
		}
		return r
	}, text))
}
