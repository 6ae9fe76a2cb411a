package transcript

import "strings"

// A label and a time have a line of their own, the words follow below:
//
//	Jane Roe  0:24
//	Good morning.
//
// The time may come first: [00:00:24] Jane Roe.

func cutTimed(r labelReader, l line) (cut, bool) {
	if len(l.text) > longestLabel {
		return cut{}, false
	}
	c, text := cut{apart: true}, l.text
	if found, before, ok := trailingClock(l.text); ok {
		c.clock, text = found, before
	} else if !l.timed {
		return cut{}, false
	}
	if _, ok := labelForm(text); !ok && !(text != l.text && isUserName(text)) {
		return cut{}, false
	}
	c.label = r.read(text)
	return c, !endsSentence(text)
}

// isUserName recognises a speaker by one word: jane.roe, jroe42.
func isUserName(text string) bool {
	return text != "" && !strings.ContainsAny(text, " \t:;!?\"“”<>=/\\|{}()[]#*") && !isDigit(text[0])
}

func provenTimed(s survey) bool { return s.lines > 1 && s.worded*5 >= s.lines*4 }
