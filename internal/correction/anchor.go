package correction

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/model"
)

const (
	quoted      = 80 // code points of the words that an anchor quotes
	unmistaken  = 40 // letters of a turn whose words hardly stand twice in a transcript
	wordsEnough = 20 // letters that tell where a turn begins
)

// Anchor finds a turn by its words. Words are compared by their letters alone, without
// case, white space and punctuation, which a parser may come to read differently.
type Anchor struct {
	SHA256  string `json:"sha256"`  // of the turn's letters, hexadecimal
	Opening string `json:"opening"` // the first words
	Closing string `json:"closing"` // the last words
	Before  string `json:"before"`  // the last words of the turn before; empty for the first turn
	After   string `json:"after"`   // the first words of the turn after; empty for the last
	Same    int    `json:"same"`    // turns with these words
	Alike   int    `json:"alike"`   // those of them that have the same words before and after
	Nth     int    `json:"nth"`     // which of those it is, from 1 on
}

// Point finds a place within a turn: between two words.
type Point struct {
	Before  string `json:"before"`  // the words up to it
	After   string `json:"after"`   // the words from it on
	Letters int    `json:"letters"` // of the turn that stand before it
	Lead    int    `json:"lead"`    // code points from it to the next letter
}

// card is what turns are recognised by.
type card struct {
	letters string // see fold
	sum     string // SHA-256 of the letters, or of all of the text where it has none
}

func newCard(text string) card {
	letters := fold(text)
	words := letters
	if words == "" {
		words = text
	}
	sum := sha256.Sum256([]byte(words))
	return card{letters, hex.EncodeToString(sum[:])}
}

// fold is the letters and digits of a text, in small letters.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if isLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

func newCards(turns []model.Turn) []card {
	cards := make([]card, len(turns))
	for i, t := range turns {
		cards[i] = newCard(t.Text)
	}
	return cards
}

// anchorOf describes turn i.
func anchorOf(turns []model.Turn, i int) *Anchor {
	t := turns[i]
	a := &Anchor{SHA256: newCard(t.Text).sum, Opening: head(t.Text), Closing: tail(t.Text)}
	if i > 0 {
		a.Before = tail(turns[i-1].Text)
	}
	if i+1 < len(turns) {
		a.After = head(turns[i+1].Text)
	}
	same, alike := candidates(newCards(turns), *a)
	a.Same, a.Alike, a.Nth = len(same), len(alike), slices.Index(alike, i)+1
	return a
}

// pointAt describes a place of a turn, counted in code points from the turn's start.
func pointAt(text string, at int) *Point {
	runes := []rune(text)
	before, after := string(runes[:at]), string(runes[at:])
	p := &Point{Before: tail(before), After: head(after), Lead: leading(runes[at:])}
	for _, r := range runes[:at] {
		if isLetter(r) {
			p.Letters++
		}
	}
	return p
}

// leading counts the code points before the first letter.
func leading(runes []rune) int {
	for i, r := range runes {
		if isLetter(r) {
			return i
		}
	}
	return len(runes)
}

func head(text string) string {
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:min(quoted, len(runes))]))
}

func tail(text string) string {
	runes := []rune(text)
	return strings.TrimSpace(string(runes[max(0, len(runes)-quoted):]))
}

// find is the index of the turn that is meant; -1 where it cannot be told. Turns that say
// the same amid the same are told apart by their order alone, and only while there are as
// many as there were.
func (e *editor) find(a Anchor) int {
	if a.Same == 0 { // from before they were counted
		a.Same, a.Alike, a.Nth = 1, 1, 1
	}
	same, alike := candidates(e.cards, a)
	switch {
	case a.Nth > 0 && a.Nth <= len(alike) && len(alike) == a.Alike && (len(same) == a.Same || unmistakable(a)):
		return alike[a.Nth-1]
	case len(alike) > 0 || len(same) > 1 || a.Same != 1:
		return -1
	case len(same) == 1:
		return e.unlessShort(a, same[0])
	}
	return e.findByEnds(a)
}

// candidates are the turns that have the words of an anchor, and those of them that have
// its words before and after.
func candidates(cards []card, a Anchor) (same, alike []int) {
	for i, c := range cards {
		if c.sum != a.SHA256 {
			continue
		}
		same = append(same, i)
		if before, after := neighbours(cards, a, i); before && after {
			alike = append(alike, i)
		}
	}
	return same, alike
}

// unmistakable reports whether the words of an anchor and those around it hardly stand
// twice in a transcript.
func unmistakable(a Anchor) bool {
	return utf8.RuneCountInString(fold(a.Opening+a.Before+a.After)) >= unmistaken
}

// neighbours reports whether the words before and after turn i are those of the anchor.
func neighbours(cards []card, a Anchor, i int) (before, after bool) {
	before, after = a.Before == "", a.After == ""
	if i > 0 {
		before = a.Before != "" && strings.HasSuffix(cards[i-1].letters, fold(a.Before))
	}
	if i+1 < len(cards) {
		after = a.After != "" && strings.HasPrefix(cards[i+1].letters, fold(a.After))
	}
	return before, after
}

// unlessShort is i, unless turn i says only what may have been said elsewhere, and
// neither the turn before nor the one after is as it was.
func (e *editor) unlessShort(a Anchor, i int) int {
	before, after := neighbours(e.cards, a, i)
	if before || after || utf8.RuneCountInString(e.cards[i].letters) >= unmistaken {
		return i
	}
	return -1
}

// findByEnds finds the turn that begins and ends as the anchor does: something was
// mended within it.
func (e *editor) findByEnds(a Anchor) int {
	opening, closing := fold(a.Opening), fold(a.Closing)
	if len(opening) < wordsEnough || len(closing) < wordsEnough {
		return -1
	}
	found := -1
	for i, c := range e.cards {
		if len(c.letters) < len(opening)+len(closing) || !strings.HasPrefix(c.letters, opening) || !strings.HasSuffix(c.letters, closing) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// locate is where a point lies in turn i, in code points from the turn's start; -1 where
// it does not. Its words may stand there twice; then the number of letters tells.
func (e *editor) locate(p Point, i int) int {
	letters, before, after := e.cards[i].letters, fold(p.Before), fold(p.After)
	if at := skip(letters, p.Letters); strings.HasSuffix(letters[:at], before) && strings.HasPrefix(letters[at:], after) {
		return e.offset(i, p.Letters, p.Lead)
	}
	if words := before + after; len(words) < wordsEnough || strings.Count(letters, words) != 1 {
		return -1
	}
	at := strings.Index(letters, before+after) + len(before)
	return e.offset(i, utf8.RuneCountInString(letters[:at]), p.Lead)
}

// tells reports whether the words of a point are enough to find it in another turn.
func (p Point) tells() bool { return len(fold(p.Before+p.After)) >= wordsEnough }

// skip is where a text goes on after n code points, in bytes.
func skip(text string, n int) int {
	for at := range text {
		if n == 0 {
			return at
		}
		n--
	}
	return len(text)
}

// offset is where letter n of turn i stands, or up to lead code points before it.
func (e *editor) offset(i, n, lead int) int {
	since := 0 // code points since the letter before
	for at, r := range []rune(e.t.Turns[i].Text) {
		switch {
		case !isLetter(r):
			since++
		case n == 0:
			return at - min(lead, since)
		default:
			n, since = n-1, 0
		}
	}
	return -1
}

// begins is the turn that begins at a point already, -1 for none: the parser has come to
// see what was mended. A label that it found there may be a part of the point's words.
func (e *editor) begins(p Point) int {
	before, after := fold(p.Before), fold(p.After)
	found := -1
	for i := 1; i < len(e.cards); i++ {
		opening := e.cards[i].letters
		if !strings.HasSuffix(e.cards[i-1].letters, before) ||
			!sameBeginning(opening, after) && !sameBeginning(fold(string(e.t.Turns[i].Label))+opening, after) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

func sameBeginning(a, b string) bool {
	return strings.HasPrefix(a, b) || len(a) >= wordsEnough && strings.HasPrefix(b, a)
}
