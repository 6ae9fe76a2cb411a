package transcript

// A talk may come before the questions, without a label, because all of the
// document is its speaker's:
//
//	Speaker: Jane Roe
//
//	I want to tell you of a gate ...
//
//	Q: Will it hold?
//	A: It will.

const talkWords = 120 // that a talk has at least

// isTalk reports whether lines are somebody's own words, at length: they say I.
func isTalk(lines []line) bool {
	words, own := 0, 0
	for _, l := range lines[talkStart(lines):] {
		for _, w := range lowerWords(l.text) {
			words++
			if firstPersons[w] {
				own++
			}
		}
	}
	return words >= talkWords && own*200 >= words
}

// firstPersons are the words for I and we of several languages.
var firstPersons = wordSet(`i i'm i've i'd i'll me my we we're we've us our yo me mi mis nos nuestro nuestra hemos eu minha meu nós
	je j'ai moi mon ma nous notre ich mich mir mein meine wir uns unser io mio mia noi nostro`)

// talkStart is the line with which prose begins behind a title block.
func talkStart(lines []line) int {
	for i, l := range lines {
		if !l.aside && l.heading == 0 && isProse(l.text) {
			return i
		}
	}
	return len(lines)
}
