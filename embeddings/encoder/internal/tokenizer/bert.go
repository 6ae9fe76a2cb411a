package tokenizer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// alphabets is where the blocks of alphabets end and those of ideographs begin:
// what becomes of a rune below is looked up.
const alphabets = 0x3400

// bertRules say what becomes of characters: they are cleaned, ideographs spaced out,
// accents dropped and case lowered, in this order.
type bertRules struct {
	clean, ideographs, accents, lower bool // accents: whether they are dropped
}

// bertNormalizer writes each character by the rules.
type bertNormalizer struct {
	rules bertRules
	table [alphabets]string
}

func newBertNormalizer(rules bertRules) *bertNormalizer {
	b := &bertNormalizer{rules: rules}
	for r := range b.table {
		b.table[r] = rules.rewrite(rune(r))
	}
	return b
}

func (b *bertNormalizer) apply(in *aligned) *aligned {
	out := newAligned(len(in.text) + len(in.text)/8)
	for i := 0; i < len(in.text); {
		r, size := rune(in.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(in.text[i:])
		}
		var text string
		if r < alphabets {
			text = b.table[r]
		} else {
			text = b.rules.rewrite(r)
		}
		out.write(text, in.start[i], in.end[i])
		i += size
	}
	return out
}

// rewrite is what becomes of a character. That each is taken alone leaves out the
// canonical reordering of marks: the marks that it moves are dropped.
func (b bertRules) rewrite(r rune) string {
	if b.clean {
		if r == 0 || r == utf8.RuneError || isControl(r) {
			return ""
		}
		if unicode.IsSpace(r) {
			return " "
		}
	}
	text := string(r)
	if b.accents {
		text = strings.Map(dropMark, norm.NFD.String(text))
	}
	if b.lower {
		text = lower(text)
	}
	if b.ideographs && isIdeograph(r) {
		text = " " + text + " "
	}
	return text
}

func dropMark(r rune) rune {
	if isMark(r) {
		return -1
	}
	return r
}

// lower maps each rune by itself, so that no sigma is final. One capital has two
// runes in lower case.
func lower(text string) string {
	return strings.Map(unicode.ToLower, strings.ReplaceAll(text, "İ", "i\u0307"))
}

// bertSplitter cuts at white space, which it drops, and around each punctuation
// mark.
type bertSplitter struct {
	table [alphabets]cut
}

// cut is how a character ends a word.
type cut byte

const (
	within cut = iota // it does not
	space
	punctuation
)

func cutAt(r rune) cut {
	switch {
	case unicode.IsSpace(r):
		return space
	case isPunctuation(r):
		return punctuation
	}
	return within
}

func newBertSplitter() *bertSplitter {
	b := new(bertSplitter)
	for r := range b.table {
		b.table[r] = cutAt(rune(r))
	}
	return b
}

func (b *bertSplitter) cut(r rune) cut {
	if r < alphabets {
		return b.table[r]
	}
	return cutAt(r)
}

func (b *bertSplitter) words(text *aligned, yield func(aligned) bool) {
	from := 0 // of the word that is being read
	for i := 0; i < len(text.text); {
		r, size := rune(text.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text.text[i:])
		}
		kind := b.cut(r)
		if kind == within {
			i += size
			continue
		}
		if from < i && !yield(text.slice(from, i)) {
			return
		}
		if kind == punctuation && !yield(text.slice(i, i+size)) {
			return
		}
		i += size
		from = i
	}
	if from < len(text.text) {
		yield(text.slice(from, len(text.text)))
	}
}
