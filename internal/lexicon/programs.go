package lexicon

import "strings"

const (
	longestProgramLine = 200 // bytes of a line that a program wrote
	mostProgramWords   = 6   // of a name before "stopped transcription"
)

var (
	programBeginnings = Phrases("beginnings of programs' lines")
	programEnds       = behindBlanks(Phrases("ends of programs' lines"))
	placeholders      = Set(Phrases("placeholders of chats"))
)

var (
	programFirstWords = wordsAt(programBeginnings, func(words []string) string { return words[0] })
	programLastWords  = wordsAt(programEnds, func(words []string) string { return words[len(words)-1] })
)

// wordsAt is the set of one word of each phrase.
func wordsAt(phrases []string, which func([]string) string) map[string]bool {
	set := map[string]bool{}
	for _, phrase := range phrases {
		set[Bare(which(strings.Fields(phrase)))] = true
	}
	return set
}

// behindBlanks puts a blank before each phrase, so that it begins with a word of its own.
func behindBlanks(phrases []string) []string {
	out := make([]string, len(phrases))
	for i, phrase := range phrases {
		out[i] = " " + phrase
	}
	return out
}

// IsProgramLine reports whether a line is the words of a program that transcribes, which nobody
// said: Jane Roe stopped transcription.
func IsProgramLine(text string) bool {
	if len(text) > longestProgramLine {
		return false
	}
	text = strings.TrimRight(text, ". ")
	first, _, _ := strings.Cut(text, " ")
	if !isIn(first, programFirstWords) && !isIn(text[strings.LastIndexByte(text, ' ')+1:], programLastWords) {
		return false // as nearly every line
	}
	lower := strings.ToLower(text)
	for _, phrase := range programBeginnings {
		if strings.HasPrefix(lower, phrase) {
			return true
		}
	}
	for _, phrase := range programEnds {
		if before, ok := strings.CutSuffix(lower, phrase); ok {
			return len(strings.Fields(before)) <= mostProgramWords
		}
	}
	return false
}

// IsPlaceholder reports whether a message of a chat is the words of its program, which stand in
// place of a picture, a call or a message that was taken back: <Media omitted>.
func IsPlaceholder(message string) bool {
	return len(message) <= longestProgramLine && placeholders[strings.ToLower(strings.Trim(message, "<>[](). "))]
}
