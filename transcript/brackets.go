package transcript

import "strings"

// The label stands in brackets, <Roe> as in the log of a chat:
//
//	[Jane Roe] Good morning.

func cutBrackets(r labelReader, l line) (cut, bool) {
	if l.text[0] != '[' && l.text[0] != '<' {
		return cut{}, false
	}
	end := strings.IndexByte(l.text, "]>"[strings.IndexByte("[<", l.text[0])])
	if end < 2 || end > longestLabel {
		return cut{}, false
	}
	c := readCut(r, l.text[1:end], strings.TrimPrefix(l.text[end+1:], ":"))
	_, ok := labelForm(c.label.text)
	if l.text[0] == '<' {
		c.apart, ok = true, ok || isUserName(c.label.text)
	}
	return c, ok && c.rest != "" && !directionWords[c.label.first()]
}

// directionWords begin stage directions.
var directionWords = wordSet(`applause background break cheers cheering chuckle chuckles clip commercial crosstalk end foreign
	inaudible indiscernible interpreted laugh laughs laughing laughter music no off overlapping pause phonetic sic silence
	singing sound speaking start through unclear unintelligible video`)

func provenBrackets(s survey) bool { return s.alternates() && s.lines > 3 }
