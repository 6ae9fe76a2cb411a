package captions

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// labelled knows which words before a colon are labels. The form is proven by all cues
// together: most of them begin with one, or some of the labels come again. In a file of that
// form every label begins a turn, also one that stands once.
type labelled struct {
	counts map[string]int // how often each of the labels that are possible stands
	proven bool           // the file has labels
	weak   bool           // whatever stands before a colon is one, so many cues have it

	bracketed map[string]int // how often each of the possible labels in brackets stands
	brackets  bool           // the file has labels in brackets
}

const (
	weakShare   = 95 // percent of cues that begin with words before a colon where those are always labels
	strongShare = 50 // percent that begin with a label of plain form where each is one
)

// newLabelled looks at all parts first that are in nobody's voice.
func newLabelled(cues [][]part) labelled {
	l := labelled{counts: map[string]int{}, bracketed: map[string]int{}}
	spoken, strong, weak, bracketed := 0, 0, 0, 0
	for _, parts := range cues {
		for i, p := range parts {
			line, _, _ := cutSpeakerMark(p.text)
			if p.tagged || line == "" || utterance.IsUnspoken(line) {
				continue
			}
			if inside, _ := speaker.CutBracketed(line); inside != "" {
				l.bracketed[inside]++
				bracketed += count(i == 0 && (speaker.IsAnonymous(inside) || speaker.IsFullName(inside) || strings.ToUpper(inside) == inside))
			}
			label, _ := speaker.CutLabel(line)
			words, _ := speaker.CutWords(line)
			if label != "" {
				l.counts[label]++
			} else if words != "" {
				l.counts[words]++
			}
			if i == 0 {
				spoken++
				strong += count(label != "" && !speaker.NamesNobody(label))
				weak += count(words != "")
			}
		}
	}
	again, twice, full := 0, 0, false // labels that prove themselves; that stand twice; that name somebody
	for label, n := range l.counts {
		plain, _ := speaker.CutLabel(label + ":")
		again += count(plain != "" && comesAgain(label, n))
		twice += count(n > 1)
		full = full || plain != "" && speaker.IsFullName(label)
	}
	l.brackets = bracketed > 1 && bracketed*100 >= strongShare*spoken
	l.weak = weak*100 >= weakShare*spoken && (again > 0 || strong > 1 || twice > 0)
	l.proven = l.weak || again > 0 || (strong > 1 || full) && strong*100 >= strongShare*spoken
	return l
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// comesAgain reports whether a label that stands n times proves by it that it is one. One word
// in small letters must come three times, because "Remember: ..." may come twice.
func comesAgain(label string, n int) bool {
	several := len(strings.Fields(label)) > 1
	switch {
	case speaker.NamesNobody(label):
		return false
	case speaker.IsAnonymous(label):
		return true
	case strings.ToUpper(label) == label && strings.ToLower(label) != label:
		return n > 1 || several
	}
	return n > 2 || n > 1 && (several || strings.ContainsAny(label, "0123456789"))
}

// cut takes the label off a line, of which the first of a cue may have one of any form. A doubt
// says that it may be none: one word, not of many cues' form, that stands once.
func (l labelled) cut(line string, first bool) (label, rest, doubt string) {
	if l.brackets {
		if label, rest = speaker.CutBracketed(line); label != "" {
			return label, rest, ""
		}
	}
	if !l.proven {
		return "", line, ""
	}
	if label, rest = speaker.CutBracketed(line); label != "" && l.counts[label] > 0 {
		return label, rest, "" // a label that has a colon elsewhere
	}
	if label, rest = speaker.CutLabel(line); label == "" && l.weak && first {
		if label, rest = speaker.CutWords(line); l.counts[label] < 2 && len(strings.Fields(label)) > mostOnce {
			label = ""
		}
	}
	switch {
	case label == "" || speaker.NamesNobody(label) && l.counts[label] < 2:
		return "", line, ""
	case l.counts[label] == 1 && !l.weak && len(strings.Fields(label)) == 1 && !strings.ContainsAny(label, "0123456789"):
		doubt = "the label stands once and may be none"
	}
	return label, rest, doubt
}

const mostOnce = 2 // words of a label without capitals that stands once

// divide cuts a line before the labels within it that stand more than once at the start of lines,
// and here behind the end of a sentence.
func (l labelled) divide(line string) []string {
	var lines []string
	for l.proven || l.brackets {
		at := -1
		for _, m := range within.FindAllStringSubmatchIndex(line, mostWithin) {
			label, _, _ := l.cut(line[m[2]:], false)
			if label != "" && max(l.counts[label], l.bracketed[label]) > 1 {
				at = m[2]
				break
			}
		}
		if at < 0 {
			break
		}
		lines, line = append(lines, strings.TrimSpace(line[:at])), line[at:]
	}
	return append(lines, line)
}

const mostWithin = 20 // places within a line at which labels are looked for

// within finds where a label may begin within a line.
var within = regexp.MustCompile(`[.?!…"”)\]] +([\[(\p{L}+])`)
