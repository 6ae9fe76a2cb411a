package transcript

import "strings"

// noteMark recognises lines that no turn has: end marks and times alone.
func noteMark(s string) lineKind {
	kind := endMark(s)
	if kind == lineEnd {
		return kind
	}
	if c, rest, ok := leadingClock(s); ok && rest == "" {
		if c.bare {
			return lineClock
		}
		return lineTime
	}
	return kind
}

// endMark recognises what closes a transcript: # # #, END 2:15 P.M. EST, (End of
// transcript.), and what may: ***, the bare time of the end, [00:12:30].
func endMark(s string) lineKind {
	if s == "" || len(s) > 90 || !strings.ContainsAny(s[:1], "#*-[(<.0123456789EeFf") {
		return lineText
	}
	switch strings.ReplaceAll(s, " ", "") {
	case "###", "##", "####", "-30-":
		return lineEnd
	case "***", "****", "*****", "---":
		return lineBreak
	}
	lower := strings.ToLower(strings.Trim(s, "-–—*#.()[]<> "))
	note := strings.HasPrefix(s, "(") || strings.HasPrefix(s, "[")
	switch after, ends := strings.CutPrefix(lower, "end"); {
	case isClock(lower), note && strings.Trim(s, "[]()0123456789:., -") == "" && strings.Contains(s, ":"):
		return lineBreak
	case ends && (after == "" || isClock(strings.TrimSpace(after)) || endedThings[lastWord(after)]),
		note && containsAny(lower, "concluded", "adjourned", "was recessed"):
		return lineEnd
	}
	return lineText
}

// endedThings are what "End of ..." tells the end of.
var endedThings = wordSet(`transcript transcription interview briefing hearing recording call session audio video tape proceedings
	part file conversation meeting document`)
