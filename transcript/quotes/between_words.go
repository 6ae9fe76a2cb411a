package quotes

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// betweenWords finds what stands between marks that are said, "quote … end quote", in
// bytes. A mark that is never closed holds to the end of its paragraph if it cannot be
// another word.
func betweenWords(text string, paragraphs []sentence.Span) []sentence.Span {
	var spans []sentence.Span
	var open []spokenMark // that no mark has closed yet
	for _, m := range spokenMarks(text) {
		if m.kind != closing {
			open = append(open, m)
			continue
		}
		from, others := opened(text, open, m, paragraphs)
		if from < m.start {
			behind := strings.TrimLeft(text[m.end:], ".,;!?…。、，！？")
			spans = append(spans, sentence.Span{Start: from, End: len(text) - len(behind)})
		}
		spans, open = append(spans, unclosed(text, others, paragraphs)...), nil
	}
	return append(spans, unclosed(text, open, paragraphs)...)
}

// opened is where the quotation begins that a spoken mark closes, and the other marks
// that may open one. In doubt it is the beginning of the paragraph. "Quote, unquote" is
// a scare quote and begins nothing.
func opened(text string, open []spokenMark, closes spokenMark, paragraphs []sentence.Span) (from int, others []spokenMark) {
	for _, sure := range []bool{true, false} {
		for i, o := range slices.Backward(open) {
			switch {
			case strings.TrimFunc(text[o.end:closes.start], isOutside) == "":
				return closes.start, slices.Delete(open, i, i+1)
			case o.word && sure:
				continue
			}
			return o.start, slices.Delete(open, i, i+1)
		}
	}
	return around(paragraphs, closes.start).Start, open
}

// unclosed is what follows the marks that are announced, each to the end of its paragraph.
func unclosed(text string, open []spokenMark, paragraphs []sentence.Span) []sentence.Span {
	var spans []sentence.Span
	for _, o := range open {
		if at, ok := announced(text, o); ok {
			spans = append(spans, sentence.Span{Start: o.start, End: around(paragraphs, at).End})
		}
	}
	return spans
}

var blankLines = regexp.MustCompile(`\n[^\S\n]*\n\s*`)

// paragraphsOf divides a text at its blank lines, in bytes.
func paragraphsOf(text string) []sentence.Span {
	var paragraphs []sentence.Span
	start := 0
	for _, blank := range append(blankLines.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if start < blank[0] {
			paragraphs = append(paragraphs, sentence.Span{Start: start, End: blank[0]})
		}
		start = blank[1]
	}
	return paragraphs
}

// around is the paragraph that a word is in.
func around(paragraphs []sentence.Span, at int) sentence.Span {
	n, _ := slices.BinarySearchFunc(paragraphs, at+1, func(p sentence.Span, at int) int { return cmp.Compare(p.End, at) })
	return paragraphs[n]
}

// announced finds where the quotation begins that a spoken mark opens which is never
// closed. It is a mark all the same if a comma, a colon or a dash follows it, and if it may
// be another word, one comes before. Where a written mark follows, that one tells how far
// the quotation goes.
func announced(text string, m spokenMark) (at int, ok bool) {
	rest := strings.TrimLeft(text[m.end:], " ")
	if m.kind == announcing {
		if colon := strings.IndexAny(rest[:min(len(rest), longestAnnouncement)], ":.?!;\n"); colon > 0 && rest[colon] == ':' {
			rest = rest[colon:]
		}
	}
	if r, size := utf8.DecodeRuneInString(rest); strings.ContainsRune(",:–—-，：、。", r) {
		rest = rest[size:]
	} else if m.kind != insisting {
		return 0, false
	}
	rest = strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == joint })
	if first, _ := utf8.DecodeRuneInString(rest); strings.TrimFunc(rest, isOutside) == "" || Closers(first) != "" {
		return 0, false
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:m.start], " "))
	return len(text) - len(rest), m.kind != opening || m.start == 0 || strings.ContainsRune("\n,:;–—-(.?!，：、。", before)
}

// longestAnnouncement is how much may stand between "I quote" and its colon, in bytes:
// I quote from the second letter of the harbour master.
const longestAnnouncement = 100

// inCodePoints makes spans in code points of those in bytes, in order and united.
func inCodePoints(text string, spans []sentence.Span) []sentence.Span {
	slices.SortFunc(spans, func(a, b sentence.Span) int { return cmp.Compare(a.Start, b.Start) })
	var all []sentence.Span
	bytes, runes, last := 0, 0, 0
	to := func(at int) int {
		if at > bytes {
			runes += utf8.RuneCountInString(text[bytes:at])
			bytes = at
		}
		return runes
	}
	for _, s := range spans {
		if s.End > last {
			all = append(all, sentence.Span{Start: to(max(s.Start, last)), End: to(s.End)})
			last = s.End
		}
	}
	return all
}

// spokenMark is a mark that is said, from start to end in bytes.
type spokenMark struct {
	start, end int
	kind       spokenKind
	word       bool // it may be a noun or a verb: a quote, to quote
}

type spokenKind int

const (
	opening    spokenKind = iota // quote
	announcing                   // I quote
	insisting                    // and I quote
	reading                      // the letter reads
	closing                      // end quote
	alone                        // in a note, nothing beside it: (lee)
	silent                       // in a note: reading silently
)

// phrase is a spoken mark, or what a note says, as the lists have it, in words.
type phrase struct {
	words []string
	kind  spokenKind
}

// phraseTable is phrases by their first word, the longest first.
type phraseTable struct {
	byFirst map[string][]phrase
	lengths [utf8.RuneSelf]uint64 // of the first words, in bits, by their letter
}

func newPhraseTable(kinds map[spokenKind][]string) *phraseTable {
	t := &phraseTable{byFirst: map[string][]phrase{}}
	for kind, list := range kinds {
		for _, item := range list {
			words := strings.Fields(item)
			t.byFirst[words[0]] = append(t.byFirst[words[0]], phrase{words, kind})
		}
	}
	for first, list := range t.byFirst {
		slices.SortFunc(list, func(a, b phrase) int {
			return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(b.kind, a.kind))
		})
		if first[0] < utf8.RuneSelf {
			t.lengths[first[0]] |= 1 << len(first)
			t.lengths[first[0]] |= 1 << (len(first) + len("’") - len("'"))
		}
	}
	return t
}

// from are the phrases that begin with a word. Most words are none's, as their letter and
// length tell sooner.
func (t *phraseTable) from(word string) []phrase {
	if word == "" || word[0] < utf8.RuneSelf && t.lengths[word[0]|' ']&(1<<len(word)) == 0 {
		return nil
	}
	return t.byFirst[lexicon.Bare(word)]
}

var spoken = newPhraseTable(map[spokenKind][]string{
	closing:    lexicon.Phrases("spoken marks that close"),
	announcing: lexicon.Phrases("announcements of quotations"),
	insisting:  lexicon.Phrases("announcements of quotations that need no mark"),
	reading:    lexicon.Phrases("announcements of quotations before a colon"),
	opening:    lexicon.Phrases("spoken marks that open"),
})

// nounBefore is what stands before a quote that is none: a quote, to quote.
var nounBefore = lexicon.Words("words before a quote that is none")

// spokenMarks finds the marks that are said.
func spokenMarks(text string) []spokenMark {
	var marks []spokenMark
	before := ""
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		word := text[start:end]
		for _, p := range spoken.from(word) {
			if e, ok := p.match(text, end); ok && (p.kind != reading || strings.HasPrefix(text[e:], ":")) {
				marks = append(marks, spokenMark{start, e, p.kind, p.kind == opening && nounBefore[lexicon.Bare(before)] && isPlain(text[at:start])})
				end = e
				break
			}
		}
		before, at = word, end
	}
	return marks
}

// isPlain reports whether nothing stands between two words but a blank.
func isPlain(between string) bool { return strings.TrimSpace(between) == "" }

// match reports whether the words of a phrase after the first follow at a place, with a
// blank or a hyphen between them, and where they end.
func (p phrase) match(text string, at int) (end int, ok bool) {
	end = at
	for _, word := range p.words[1:] {
		start, e := nextWord(text, end)
		if between := text[end:start]; strings.Trim(between, " -\n") != "" || lexicon.Bare(text[start:e]) != word {
			return 0, false
		}
		end = e
	}
	return end, true
}

// nextWord is the next word from a place on, in bytes; empty at the end of the text.
func nextWord(text string, at int) (start, end int) {
	start = strings.IndexFunc(text[at:], isOfWord)
	if start < 0 {
		return len(text), len(text)
	}
	start += at
	for end = start; end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isOfWord(r) && r != '\'' && r != '’' {
			break
		}
		end += size
	}
	return start, end
}

// isOfWord reports whether a character is of a word that may be a spoken mark.
func isOfWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetter(byte(r)) || '0' <= r && r <= '9'
	}
	return !isOutside(r) || unicode.IsMark(r)
}
