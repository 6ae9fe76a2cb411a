package quotation

// ligatures are the letters that a typesetter has cast together, and nothing else:
// œ and æ are letters of their own.
var ligatures = map[rune]string{
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st",
	'Ĳ': "IJ", 'ĳ': "ij", 'Ǆ': "DŽ", 'ǅ': "Dž", 'ǆ': "dž", 'Ǉ': "LJ", 'ǈ': "Lj", 'ǉ': "lj", 'Ǌ': "NJ", 'ǋ': "Nj", 'ǌ': "nj",
	'ﬓ': "մն", 'ﬔ': "մե", 'ﬕ': "մի", 'ﬖ': "վն", 'ﬗ': "մխ",
	'ﻵ': "لآ", 'ﻶ': "لآ", 'ﻷ': "لأ", 'ﻸ': "لأ", 'ﻹ': "لإ", 'ﻺ': "لإ", 'ﻻ': "لا", 'ﻼ': "لا",
}

// Ligatures stand among these: Latin ones, and forms of presentation.
const (
	firstLigature     = 'Ĳ'
	lastLatinLigature = 'ǌ'
	firstPresentation = 'ﬀ'
)

// appendLetters appends a character that stands from one place to another: of a
// ligature its letters, in the same place, else the character in its common width.
func appendLetters(glyphs []glyph, r rune, from, to int32) []glyph {
	if r < firstLigature || lastLatinLigature < r && r < firstPresentation {
		return append(glyphs, glyph{r, from, to})
	}
	letters, isLigature := ligatures[r]
	if !isLigature {
		return append(glyphs, glyph{narrow(r), from, to})
	}
	for _, letter := range letters {
		glyphs = append(glyphs, glyph{letter, from, to})
	}
	return glyphs
}

// The full-width forms of ASCII, in its order.
const (
	firstFullWidth = '！'
	lastFullWidth  = '～'
	fullWidth      = firstFullWidth - '!'
)

// narrow is a character of full width in that of ASCII. The comma depends on what is
// beside it, see wideStops.
func narrow(r rune) rune {
	switch {
	case r == '，':
		return r
	case r == '､':
		return '、'
	case firstFullWidth <= r && r <= lastFullWidth:
		return r - fullWidth
	}
	return r
}

// wideStops are the full stops and commas of East Asian type that may stand for others.
var wideStops = map[rune]rune{'。': '.', '｡': '.', '，': ','}
