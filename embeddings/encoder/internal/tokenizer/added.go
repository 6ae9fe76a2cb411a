package tokenizer

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addedToken is a token that is found before the text is cut into words.
type addedToken struct {
	content        string
	id             int32
	word           bool // only where no letter touches it
	lstrip, rstrip bool // takes white space on its left, on its right
}

// added finds added tokens: the leftmost first, the longest of those that begin at
// the same place.
type added struct {
	byFirst [256][]addedToken // by their first byte, the longest first
	any     bool
	first   string // the one first byte of all, if they share it
}

func newAdded(tokens []addedToken) added {
	var a added
	for _, token := range tokens {
		if token.content == "" {
			continue
		}
		c := token.content[0]
		a.byFirst[c] = append(a.byFirst[c], token)
		a.any = true
	}
	shared := 0
	for c, tokens := range a.byFirst {
		sort.SliceStable(tokens, func(i, j int) bool { return len(tokens[i].content) > len(tokens[j].content) })
		if len(tokens) > 0 {
			shared++
			a.first = string([]byte{byte(c)})
		}
	}
	if shared != 1 {
		a.first = ""
	}
	return a
}

// find gives the parts of a text in order until yield says false: those that are
// added tokens with their id, those between them with -1. No part is empty.
func (a *added) find(text string, yield func(start, end int, id int32) bool) {
	done := 0
	for at := 0; a.any; {
		token, start, ok := a.next(text, at)
		if !ok {
			break
		}
		at = start + len(token.content)
		if token.word && (isWordBefore(text[:start]) || isWordAfter(text[at:])) {
			continue
		}
		end := at
		if token.lstrip {
			start = max(done, len(strings.TrimRightFunc(text[:start], unicode.IsSpace)))
		}
		if token.rstrip {
			end = len(text) - len(strings.TrimLeftFunc(text[end:], unicode.IsSpace))
		}
		start = max(start, done)
		if done < start && !yield(done, start, -1) {
			return
		}
		if !yield(start, end, token.id) {
			return
		}
		done = end
	}
	if done < len(text) {
		yield(done, len(text), -1)
	}
}

// next is the first token in text[from:], and where it begins.
func (a *added) next(text string, from int) (token *addedToken, at int, ok bool) {
	for at = from; at < len(text); at++ {
		if a.first != "" {
			skip := strings.Index(text[at:], a.first)
			if skip < 0 {
				break
			}
			at += skip
		}
		tokens := a.byFirst[text[at]]
		for i := range tokens {
			if strings.HasPrefix(text[at:], tokens[i].content) {
				return &tokens[i], at, true
			}
		}
	}
	return nil, 0, false
}

func isWordBefore(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && isWord(r)
}

func isWordAfter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && isWord(r)
}

// isWord is \w of Unicode's regular expressions (UTS 18).
func isWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic, unicode.Join_Control)
}
