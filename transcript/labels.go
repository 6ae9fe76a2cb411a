package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// part is what a label says of its bearer's part in the conversation.
type part int

const (
	partNamed     part = iota // a person; the part shows in the conversation
	partAsker                 // QUESTION, Q: somebody, perhaps somebody else each time
	partAnswerer              // ANSWER, A
	partModerator             // MODERATOR, OPERATOR, THE CHAIR
	partPresider              // CHAIR ROE: a person who conducts the event
	partAnonymous             // PARTICIPANT, AUDIENCE MEMBER: somebody, asking or not
)

var (
	askerLabels = wordSet(`q question questioner reporter journalist press media interviewer questions pregunta frage`)

	answererLabels = wordSet(`a answer interviewee respuesta antwort`)

	moderatorLabels = wordSet(`moderator operator host facilitator chair chairman chairwoman chairperson presider emcee mc anchor coordinator announcer introducer`)

	presiderLabels = wordSet(`chair chairman chairwoman chairperson moderator host facilitator`)

	anonymousLabels = wordSet(`participant audience attendee unidentified unknown voice voices member members male female
		man woman speaker crowd all several various caller`)

	// functionLabels are people by what they do; in capitals they need no proof.
	functionLabels = wordSet(`interpreter translator clerk witness court bailiff counsel juror defendant plaintiff foreperson
		narrator stenographer petitioner respondent examiner`)

	// fieldLabels head lines of a title block, or remarks of an editor.
	fieldLabels = wordSet(`agenda attachment attendees bcc briefer briefers byline category cc citation contact contacts copyright
		credit date dateline duration email embargo embargoed event fax from keywords language link location media mp3
		note notes page participants phone photo place posted present presenters published re recorded ref reference
		related sent session slug source speakers subject summary tags tel telephone time title to topic topics transcriber
		transcript translation translator tweet updated url venue via video webcast website what when where who why
		witnesses panelists panel length`)

	// proseLabels begin sentences with a colon; none is a person.
	proseLabels = wordSet(`again also and another answer because but consider example examples fact finally first firstly
		fourth fifth further here hence however imagine important last lastly look next no now number one or other point
		quote remember result second secondly similarly so still sum that then think third thirdly this three thus today two
		update warning well yes yet correction clarification conclusion background overview introduction english`)
)

// label is the speaker's mark at the start of a line.
type label struct {
	text  string // as printed, without the colon and emphasis
	upper bool   // printed in capitals
	bare  bool   // has no colon: "Q    Thank you"
}

// key is what the same label has in common however it is printed.
func (l label) key() string { return fold(withoutNote(l.text)) }

// printed is the label as it stands before its turn.
func (l label) printed() string {
	if l.bare {
		return l.text + " "
	}
	return l.text + ": "
}

// splitLabel takes a label off the start of a line. It only looks at the form;
// whether the label is a speaker's the whole document must say.
func splitLabel(s string) (l label, rest string, ok bool) {
	unmarked := strings.TrimLeft(s, "*_")
	emphasis := len(unmarked) < len(s)
	if l, rest, ok := splitBareLabel(unmarked); ok {
		return l, rest, true
	}
	colon := strings.IndexByte(unmarked[:min(len(unmarked), 100)], ':')
	if colon <= 0 {
		return label{}, "", false
	}
	text, rest := unmarked[:colon], unmarked[colon+1:]
	if emphasis {
		text = strings.TrimRight(text, "*_")
		rest = strings.TrimLeft(rest, "*_")
	}
	if next, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(next) && !strings.ContainsRune("“\"‘[(", next) {
		return label{}, "", false
	}
	text = strings.TrimSpace(text)
	upper, ok := labelForm(text)
	return label{text: text, upper: upper}, strings.TrimSpace(rest), ok
}

// splitBareLabel reads Q and A with a full stop or a wide blank after them.
func splitBareLabel(s string) (l label, rest string, ok bool) {
	if len(s) < 3 || s[0] != 'Q' && s[0] != 'A' {
		return label{}, "", false
	}
	rest = strings.TrimPrefix(s[1:], ".")
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	blanks := utf8.RuneCountInString(rest[:len(rest)-len(trimmed)])
	stop := len(rest) < len(s)-1
	wide := blanks > 1 || strings.HasPrefix(rest, "\t")
	return label{text: s[:1], upper: true, bare: true}, trimmed, wide || stop && blanks == 1 && s[0] == 'Q'
}

// labelForm reports whether text could name a speaker, and whether it is in
// capitals: a few words, each with a capital but for links and particles.
func labelForm(text string) (upper, ok bool) {
	words := strings.Fields(withoutNote(text))
	if len(words) == 0 || len(words) > 9 {
		return false, false
	}
	upper = true
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		link := i > 0 && (particles[bare(w)] || officeLinks[bare(w)] || w == "&")
		digit := i > 0 && unicode.IsDigit(first)
		if !unicode.IsUpper(first) && !link && !digit || strings.ContainsAny(w, "?!;\"“”<>=@/\\|{}") {
			return false, false
		}
		upper = upper && (link || digit || strings.ToUpper(w) == w || mixedCaps(w) || isTitle(w))
	}
	hasCaps := strings.ToUpper(words[len(words)-1]) == words[len(words)-1] || mixedCaps(words[len(words)-1])
	return upper && hasCaps, upper && hasCaps || len(words) <= 6
}

// withoutNote drops what a label has in brackets: MR. ROE (via interpreter).
func withoutNote(text string) string {
	if i := strings.IndexAny(text, "(["); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// partOf reads the part from a label: Q, THE MODERATOR, AUDIENCE MEMBER 2.
func partOf(text string) part {
	words := labelWords(text)
	switch {
	case len(words) == 0:
		return partNamed
	case all(words, askerLabels):
		return partAsker
	case len(words) == 1 && answererLabels[words[0]]:
		return partAnswerer
	case len(words) == 1 && moderatorLabels[words[0]], strings.EqualFold(text, "the speaker"):
		return partModerator
	case all(words, anonymousLabels):
		return partAnonymous
	case presiderLabels[words[0]], words[0] == "vice" && presiderLabels[words[1]], words[0] == "acting" && words[1] == "president":
		return partPresider
	}
	return partNamed
}

// isPerson reports whether a label of this part stands for one person.
func (p part) isPerson() bool { return p == partNamed || p == partPresider }

// labelWords are the words of a label without article, number and note.
func labelWords(text string) []string {
	var words []string
	for _, w := range strings.Fields(withoutNote(text)) {
		w = strings.TrimFunc(strings.ToLower(w), func(r rune) bool { return !unicode.IsLetter(r) })
		if w != "" && w != "the" && w != "an" {
			words = append(words, w)
		}
	}
	return words
}

func isNumbered(text string) bool {
	return strings.ContainsAny(text, "0123456789")
}

func all(words []string, set map[string]bool) bool {
	for _, w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}
