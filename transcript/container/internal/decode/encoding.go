package decode

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// guess decodes bytes whose encoding nobody states: UTF-8 if they are valid UTF-8,
// UTF-16 if every other byte of mostly Latin text is zero, Windows-1252 if its
// letters and marks beyond ASCII stand where words have them. What may as well be
// another encoding is an error.
func guess(data []byte) (text, guessed string, err error) {
	if end := zeroEnd(data); end != noEnd {
		text, err := fromUTF16(data, end)
		return text, end.String(), err
	}
	text, err = checkUTF8(data, 0)
	if err != nil && isWindows1252(data) {
		decoded, _ := charmap.Windows1252.NewDecoder().Bytes(data)
		return string(decoded), "Windows-1252", nil
	}
	return text, "", err
}

// endianness is the order of the two bytes of a UTF-16 code unit.
type endianness int

const (
	noEnd endianness = iota
	littleEnd
	bigEnd
)

func (e endianness) String() string {
	return map[endianness]string{littleEnd: "UTF-16LE", bigEnd: "UTF-16BE"}[e]
}

// zeroEnd recognises UTF-16 without a byte order mark: the high bytes of Latin
// letters are zero. It needs two fifths of the high bytes to be zero, so that texts
// with many other characters pass, and fewer than a twentieth of the low ones.
func zeroEnd(data []byte) endianness {
	start := data[:min(len(data), SniffBytes)]
	var zeros [2]int
	for i, b := range start {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch units := len(start) / 2; {
	case len(data)%2 != 0 || units < 2:
		return noEnd
	case zeros[1]*5 > units*2 && zeros[0]*20 < units:
		return littleEnd
	case zeros[0]*5 > units*2 && zeros[1]*20 < units:
		return bigEnd
	}
	return noEnd
}

// fromUTF16 decodes without a copy of the code units, because files may be large.
func fromUTF16(data []byte, end endianness) (string, error) {
	if len(data)%2 != 0 {
		return "", content.Invalid("the UTF-16 file ends within a character; convert it to UTF-8")
	}
	unit := func(i int) rune {
		if end == bigEnd {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	text := make([]byte, 0, len(data)/2+len(data)/8)
	for i := 0; i < len(data); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			if i+4 > len(data) {
				return "", content.Invalid("the UTF-16 file ends within a character; convert it to UTF-8")
			}
			if r = utf16.DecodeRune(r, unit(i+2)); r == utf8.RuneError {
				return "", content.Invalid("byte %d of the UTF-16 text begins half a character; convert the file to UTF-8", i)
			}
			i += 2
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text), nil
}

// isWindows1252 reports whether bytes read well as Windows-1252: fewer than a third
// are beyond ASCII, none is undefined, and of those beyond ASCII at most a twentieth
// are UTF-8 or stand where such a character does not belong.
func isWindows1252(data []byte) bool {
	special, odd := 0, 0
	for i := 0; i < len(data); i++ {
		b := data[i]
		switch {
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f', b == 0x81, b == 0x8D, b == 0x8F, b == 0x90, b == 0x9D:
			return false
		case b < utf8.RuneSelf:
			continue
		}
		special++
		if _, size := utf8.DecodeRune(data[i:]); size > 1 {
			odd++
			i += size - 1
		} else if !belongs(data, i) {
			odd++
		}
	}
	return special > 0 && odd*20 <= special && special*3 < len(data)
}

// belongs reports whether the character at i, which is beyond ASCII, is a letter
// of a word with Latin letters, or a word by itself, or punctuation at the edge of a word.
func belongs(data []byte, i int) bool {
	before, after := neighbour(data, i-1), neighbour(data, i+1)
	switch r := at(data, i); {
	case isLetter(r):
		return text.IsLatin(before) || text.IsLatin(after) || isSecond(data, i) || isWord(data, i)
	case r == '’' || r == '\u00A0' || r == '\u00AD' || r == '—' || r == '–':
		return true
	}
	return !(text.IsLatin(before) && text.IsLatin(after))
}

// isSecond reports whether the letter at i stands beside one like it that is itself beside a
// Latin letter: süß. More in a row are rather words of another alphabet.
func isSecond(data []byte, i int) bool {
	return isLetter(at(data, i-1)) && text.IsLatin(neighbour(data, i-2)) && !isLetter(at(data, i+1)) ||
		isLetter(at(data, i+1)) && text.IsLatin(neighbour(data, i+2)) && !isLetter(at(data, i-1))
}

// isWord reports whether the letter at i is a word of Italian, French, Portuguese, Swedish or
// others that have words of one such letter: l’anno è finito, à la mairie.
func isWord(data []byte, i int) bool {
	return strings.ContainsRune("ÀÁÅÈÉÊÍÒÓÔÖàáåèéêíòóôö", at(data, i)) && !isLetter(at(data, i-1)) && !isLetter(at(data, i+1))
}

// isLetter reports whether a character of Windows-1252 beyond ASCII is a letter of words.
func isLetter(r rune) bool {
	return r >= utf8.RuneSelf && unicode.IsLetter(r) && r != 'ª' && r != 'º' && r != 'µ' && r != 'ƒ'
}

// at is the character of Windows-1252 at i; 0 where there is none.
func at(data []byte, i int) rune {
	if i < 0 || i >= len(data) {
		return 0
	}
	return charmap.Windows1252.DecodeByte(data[i])
}

// neighbour is the ASCII character at i; 0 where there is none.
func neighbour(data []byte, i int) byte {
	if i < 0 || i >= len(data) || data[i] >= utf8.RuneSelf {
		return 0
	}
	return data[i]
}
