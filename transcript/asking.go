package transcript

import "strings"

// endsAsking reports whether a question stands at the end of a turn, courtesies
// and stage directions apart.
func endsAsking(text string) bool {
	tail := text[tailStart(text, 400):]
	for {
		tail = strings.TrimRight(tail, " \n\t\u00a0\"'”’)]*_")
		end := strings.LastIndexAny(tail, ".?!")
		switch {
		case end < 0:
			return false
		case tail[end] == '?' && len(tail)-end < 40:
			return true
		}
		last := tail[strings.LastIndexAny(tail[:end], ".?!")+1:]
		if !isCourtesy(last) {
			return false
		}
		tail = tail[:len(tail)-len(last)]
	}
}

// tailStart is the byte at which the last n bytes of text begin, at a character.
func tailStart(text string, n int) int {
	start := max(0, len(text)-n)
	for start > 0 && start < len(text) && text[start]&0xC0 == 0x80 {
		start++
	}
	return start
}

// isCourtesy recognises what people add to a question: Thank you. Please.
func isCourtesy(sentence string) bool {
	s := strings.ToLower(strings.Trim(sentence, " \n\t().[]!"))
	for _, start := range []string{"thank", "please", "go ahead", "laughter", "inaudible", "applause", "off-mic", "crosstalk", "cross-talk"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return s == ""
}

// isHousekeeping recognises a moderator's questions about the event itself.
func isHousekeeping(text string) bool {
	return containsAny(strings.ToLower(text[tailStart(text, 200):]),
		"questions?", "question?", "anyone else?", "anybody else?", "hear me?", "anything else?", "ready?",
		"introduce yourselves?", "introduce yourself?", "quick round?")
}

// handsOn recognises the words with which a moderator asks somebody else to
// answer the same question.
func handsOn(text string) bool {
	return containsAny(strings.ToLower(text[tailStart(text, 200):]), " add", "as well", "same question", "your view",
		"respond", "weigh in", "answer", "take that", "on that", "what about you")
}

// givesFloor recognises the few words with which somebody on the stage calls
// for the next question.
func givesFloor(text string) bool {
	return len(text) < 60 && containsAny(strings.ToLower(text), "next question", "another question", "next up")
}
