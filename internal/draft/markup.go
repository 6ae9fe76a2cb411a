package draft

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/internal/marks"
)

// withoutMarkup is a paragraph without Markdown's and HTML's inline markup. What is code stands as
// it is written, shielded; italics behind a colon, which quote, become quotation marks. Of the
// ends of lines each is kept.
func withoutMarkup(text string) string {
	text = noteReference.ReplaceAllStringFunc(codeSpans(withoutShields(text)), shieldReference)
	for _, m := range inlineMarkup {
		text = m.pattern.ReplaceAllString(text, m.text)
	}
	text = italicSpeech.ReplaceAllStringFunc(text, quotedItalics)
	text = tag.ReplaceAllStringFunc(text, withoutTag)
	for range deepestEmphasis {
		text = emphasis.ReplaceAllString(text, "$1")
		text = underscores.ReplaceAllString(text, "$1$2$3")
	}
	text = escaped.ReplaceAllString(text, "$1")
	return html.UnescapeString(text)
}

// noteNumber is the number or the mark of a note, raisedNote one that may be a link. Behind
// a word of three letters, a year or punctuation it is no power, as in 12 m^2^.
const (
	noteNumber = `(?:\d{1,3}|[*†‡§¶])`
	raisedNote = `(?:<a [^>]*>)?\[?` + noteNumber + `\]?(?:</a>)?`
)

// inlineMarkup is Markdown inside a line, with what is left of it.
var inlineMarkup = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`), ""},
	{regexp.MustCompile(`(\pL{3}|\d{4}|\pP)<sup>` + raisedNote + `</sup>`), "$1"},
	{regexp.MustCompile(`(\pL{3}|\d{4}|\pP)\^` + raisedNote + `\^`), "$1"},               // as Pandoc raises numbers
	{regexp.MustCompile(`([^\s(])\[\\?\[?` + noteNumber + `\\?\]?\]\(#[^)\n]*\)`), "$1"}, // a link to a note
	{regexp.MustCompile(`\[([^\]]+)\]\([^)\n]*\)`), "$1"},
	{regexp.MustCompile(`\[([^\]]+)\]\[[^\]\n]*\]`), "$1"},
	{regexp.MustCompile(`~~[^~\n]*~~`), ""},
	{regexp.MustCompile(`([:：]\s*)\*{1,3}([^\s*"“‘«„'][^*]*[^\s*])\*{1,3}`), "$1“$2”"},
	{regexp.MustCompile(`([:：]\s*)_{1,3}([^\s_"“‘«„'](?:[^_]|_[\pL\pN])*[^\s_])_{1,3}`), "$1“$2”"},
}

// italicSpeech is a statement in italics that begins a line, with a credit that ends its sentence right
// behind it: *We close the port*, said Brandl.
var italicSpeech = regexp.MustCompile(`(?m)^(\s*)(?:\*([^\s*"“‘«„][^*\n]*[^\s*])\*|_([^\s_"“‘«„][^_\n]*[^\s_])_)(\s*,\s+(?:(?:` + said + `|` + verbBeside + `)\s+` + described + personName +
	`|` + personName + `\s+(?:` + said + `|` + verbBeside + `))\s*[.\n]|\s*,\s+(?:` + said + `|` + verbBeside + `)\s+` + described + personName + `$)`)

// quotedItalics has quotation marks instead of the italics, unless they are a title.
func quotedItalics(text string) string {
	m := italicSpeech.FindStringSubmatch(text)
	if words := m[2] + m[3]; wordsOf(words) > maxShort && !isTitleCase(words) {
		return m[1] + "“" + words + "”" + m[4]
	}
	return text
}

var (
	tag = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s+[^<>\n]*)?/?>`)

	emphasis    = regexp.MustCompile(`\*{1,3}([^\s*](?:[^*]*[^\s*])?)\*{1,3}`)
	underscores = regexp.MustCompile(`(^|[^\pL\pN_])_{1,3}([^\s_](?:(?:[^_]|_[\pL\pN])*[^\s_])?)_{1,3}([^\pL\pN_]|$)`)

	noteReference = regexp.MustCompile(`\[\^([^\]\n]+)\]:?`)

	escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
)

// deepestEmphasis is how deep emphasis stands within emphasis.
const deepestEmphasis = 3

// withoutTag makes quotation marks of the tags that quote, and nothing of others. What is no
// element of HTML stays, as <<so>> may be a quotation.
func withoutTag(tag string) string {
	name := strings.ToLower(strings.Trim(tag, "</>"))
	name, _, _ = strings.Cut(strings.Join(strings.Fields(name), " "), " ")
	switch a := atom.Lookup([]byte(name)); {
	case a == atom.Q && strings.HasPrefix(tag, "</"):
		return "”"
	case a == atom.Q:
		return "“"
	case a == 0:
		return tag
	}
	return ""
}

var backticks = regexp.MustCompile("`+")

// codeSpans shields the spans of code, each between as many backticks as open it, with them. One
// that is a sentence is no code, and the backticks are its quotation marks: `We found peat.`
func codeSpans(text string) string {
	runs := backticks.FindAllStringIndex(text, -1)
	if len(runs) < 2 {
		return text
	}
	closing, last := make([]int, len(runs)), map[int]int{} // the next run of the same length; 0 for none
	for i, run := range slices.Backward(runs) {
		closing[i] = last[run[1]-run[0]]
		last[run[1]-run[0]] = i
	}
	var b strings.Builder
	at := 0
	for i := 0; i < len(runs); i++ {
		end := closing[i]
		if end == 0 {
			continue
		}
		if !isSentence(text[runs[i][1]:runs[end][0]]) {
			b.WriteString(text[at:runs[i][0]])
			b.WriteString(shield(text[runs[i][0]:runs[end][1]], codePlane))
			at = runs[end][1]
		}
		i = end
	}
	return b.String() + text[at:]
}

// isSentence reports whether words are a sentence of speech.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsUpper(first) && wordsOf(text) > maxShort && (last == ',' || unicode.Is(unicode.Sentence_Terminal, last))
}

// Code, and the names of notes that are referred to, are shielded from all that reads markup by
// being written in planes of Unicode that have no characters of their own.
const (
	codePlane  = 0xF0000
	notePlane  = 0x100000
	shieldable = 0xFFFD
)

func shield(text string, plane rune) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r > shieldable {
			return r
		}
		return r + plane
	}, text)
}

// withoutShields takes out what would pass for shielded.
func withoutShields(text string) string {
	return strings.Map(func(r rune) rune {
		if isShielded(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// shieldReference is a reference to a note, of which only the shielded name is left.
func shieldReference(reference string) string {
	return shield(noteReference.FindStringSubmatch(reference)[1], notePlane)
}

func isShielded(r rune) bool { return isIn(r, codePlane) || isIn(r, notePlane) }

func isIn(r, plane rune) bool { return r >= plane && r <= plane+shieldable }

// addShielded adds text, of which what is shielded becomes code, or a reference to a note. At its
// beginning a paragraph with such a name is the note.
func (b *block) addShielded(text string, line int) {
	for text != "" {
		n := strings.IndexFunc(text, isShielded)
		if n < 0 {
			n = len(text)
		}
		if n > 0 {
			b.add(text[:n], line)
			text = text[n:]
			continue
		}
		plane := rune(codePlane)
		if first, _ := utf8.DecodeRuneInString(text); isIn(first, notePlane) {
			plane = notePlane
		}
		end := strings.IndexFunc(text, func(r rune) bool { return !isIn(r, plane) })
		if end < 0 {
			end = len(text)
		}
		plain := strings.Map(func(r rune) rune { return r - plane }, text[:end])
		switch {
		case plane == codePlane:
			b.addCode(plain, line)
		case b.empty():
			b.note = plain
		default:
			b.notes = append(b.notes, noteRef{len(b.text), plain})
		}
		text = text[end:]
	}
}

// addReferring adds text in which references to notes are written as in Markdown.
func (b *block) addReferring(text string, line int) {
	b.addShielded(noteReference.ReplaceAllStringFunc(withoutShields(text), shieldReference), line)
}

// withoutCode is the text as marks are looked for in it: code has none.
func (b *block) withoutCode() []rune {
	if len(b.code) == 0 {
		return b.text
	}
	text := make([]rune, len(b.text))
	copy(text, b.text)
	for _, c := range b.code {
		for i := c.start; i < c.end; i++ {
			if marks.Is(text[i]) || strings.ContainsRune("<>,", text[i]) {
				text[i] = 'x'
			}
		}
	}
	return text
}
