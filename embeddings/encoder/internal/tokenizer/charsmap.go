package tokenizer

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"
)

// charsmap rewrites characters by the rules that a SentencePiece model carries: a
// double-array trie in the format of darts-clone, whose values are offsets into a
// text of replacements, each ended by a zero byte.
type charsmap struct {
	trie         []uint32
	replacements string
	ascii        [utf8.RuneSelf]bool // whether a byte of ASCII alone has a rule
}

// maxCluster is the length in bytes of the grapheme clusters that the reference
// implementation rewrites whole; longer ones it rewrites rune by rune.
const maxCluster = 5

// newCharsmap reads the length of the trie in bytes, the trie, the replacements; all
// numbers have 32 bits, the low byte first.
func newCharsmap(data []byte) (*charsmap, error) {
	if len(data) < 4 {
		return nil, invalid("its map of characters is empty")
	}
	size := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if size < 4 || size > len(data) {
		return nil, invalid("its map of characters is cut off")
	}
	m := &charsmap{trie: make([]uint32, size/4), replacements: string(data[size/4*4:])}
	for i := range m.trie {
		m.trie[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	if !utf8.ValidString(m.replacements) {
		return nil, invalid("its map of characters holds bytes that are no text")
	}
	for c := range m.ascii {
		_, m.ascii[c] = m.replacement([]byte{byte(c)})
	}
	return m, nil
}

// replacement is that of the shortest beginning of a text which has a rule; the
// reference lets it stand for the whole text.
func (m *charsmap) replacement(text []byte) (string, bool) {
	node := offset(m.trie[0])
	for _, c := range text {
		node ^= uint32(c)
		if c == 0 || int(node) >= len(m.trie) {
			return "", false
		}
		unit := m.trie[node]
		if unit&(1<<31|0xFF) != uint32(c) { // its label; a value has the high bit
			return "", false
		}
		node ^= offset(unit)
		if int(node) >= len(m.trie) {
			return "", false
		}
		if unit>>8&1 == 1 {
			return m.entry(m.trie[node] &^ (1 << 31))
		}
	}
	return "", false
}

// offset is what leads from a unit of the trie to its children.
func offset(unit uint32) uint32 { return unit >> 10 << (unit & (1 << 9) >> 6) }

// entry is the replacement at an offset.
func (m *charsmap) entry(at uint32) (string, bool) {
	if int(at) >= len(m.replacements) || !utf8.RuneStart(m.replacements[at]) {
		return "", false
	}
	text, _, _ := strings.Cut(m.replacements[at:], "\x00")
	return text, true
}

func (m *charsmap) apply(in *aligned) *aligned {
	out := newAligned(len(in.text) + len(in.text)/8)
	for i := 0; i < len(in.text); {
		c := in.text[i]
		if c < utf8.RuneSelf && !m.ascii[c] && (i+1 == len(in.text) || in.text[i+1] < utf8.RuneSelf) {
			out.byte(c, in.start[i], in.end[i])
			i++
			continue
		}
		end := i + clusterLength(in.text[i:])
		m.cluster(out, in.slice(i, end))
		i = end
	}
	return out
}

// cluster appends a grapheme cluster, rewritten.
func (m *charsmap) cluster(out *aligned, cluster aligned) {
	if len(cluster.text) <= maxCluster {
		if text, ok := m.replacement(cluster.text); ok {
			start, end := cluster.span()
			out.write(text, int32(start), int32(end))
			return
		}
	}
	for i := 0; i < len(cluster.text); {
		_, size := utf8.DecodeRune(cluster.text[i:])
		if text, ok := m.replacement(cluster.text[i : i+size]); ok {
			out.write(text, cluster.start[i], cluster.end[i])
		} else {
			out.copy(&cluster, i, i+size)
		}
		i += size
	}
}

// clusterLength is the length of the grapheme cluster (UAX 29) that begins a text, as
// far as clusters of maxCluster bytes need it: those that syllables of Hangul,
// conjuncts, flags and emoji sequences make are all longer, and are left apart.
func clusterLength(text []byte) int {
	if bytes.HasPrefix(text, []byte("\r\n")) {
		return 2
	}
	prepended := true // as long as all that was read joins what follows
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if i > 0 && !extends(r) && (!prepended || isBreaking(r)) {
			return i
		}
		i += size
		prepended = prepended && isPrepended(r)
		if isBreaking(r) {
			return i
		}
	}
	return len(text)
}

// isBreaking is Grapheme_Cluster_Break=Control, CR or LF: nothing joins these.
func isBreaking(r rune) bool {
	if r < 0x80 {
		return r < ' ' || r == 0x7F
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && !extends(r) && !isPrepended(r)
}

// extends is Grapheme_Cluster_Break=Extend, ZWJ or SpacingMark: what joins the
// character before it.
func extends(r rune) bool {
	if r < 0x300 {
		return false
	}
	switch {
	case r == '\u200D', r == 0x0E33, r == 0x0EB3, 0x1F3FB <= r && r <= 0x1F3FF:
		return true
	case r == 0x0897, 0x1ACF <= r && r <= 0x1ADD, 0x1AE0 <= r && r <= 0x1AEB: // marks of Unicode 16 and 17, which unicode.Version may not know
		return true
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Other_Grapheme_Extend):
		return true
	}
	return unicode.Is(unicode.Mc, r) && !unicode.Is(spacingApart, r)
}

// spacingApart are the spacing marks that UAX 29 takes out of SpacingMark.
var spacingApart = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x102B, Hi: 0x102C, Stride: 1}, {Lo: 0x1038, Hi: 0x1038, Stride: 1}, {Lo: 0x1062, Hi: 0x1064, Stride: 1},
		{Lo: 0x1067, Hi: 0x106D, Stride: 1}, {Lo: 0x1083, Hi: 0x1083, Stride: 1}, {Lo: 0x1087, Hi: 0x108C, Stride: 1},
		{Lo: 0x108F, Hi: 0x108F, Stride: 1}, {Lo: 0x109A, Hi: 0x109C, Stride: 1}, {Lo: 0x1A61, Hi: 0x1A61, Stride: 1},
		{Lo: 0x1A63, Hi: 0x1A64, Stride: 1}, {Lo: 0xAA7B, Hi: 0xAA7B, Stride: 1}, {Lo: 0xAA7D, Hi: 0xAA7D, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x11720, Hi: 0x11721, Stride: 1}},
}

// isPrepended is Grapheme_Cluster_Break=Prepend: what joins the character after it.
func isPrepended(r rune) bool {
	if r < 0x600 {
		return false
	}
	switch r {
	case 0x0D4E, 0x111C2, 0x111C3, 0x1193F, 0x11941, 0x11A3A, 0x11D46, 0x11F02:
		return true
	}
	return 0x11A84 <= r && r <= 0x11A89 || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}
