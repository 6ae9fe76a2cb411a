package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// EndMark recognises what closes a transcript: # # #, END 2:15 P.M. EST, (End of
// transcript.), and what may: ***, the bare time of the end, [00:12:30].
func EndMark(s string) Kind {
	if s == "" || len(s) > 90 || !strings.ContainsAny(s[:1], "#*-[(<.0123456789EeFf") {
		return LineText
	}
	switch strings.ReplaceAll(s, " ", "") {
	case "###", "##", "####", "-30-":
		return LineEnd
	case "***", "****", "*****", "---":
		return lineBreak
	}
	lower := strings.ToLower(strings.Trim(s, "-–—*#.()[]<> "))
	note := strings.HasPrefix(s, "(") || strings.HasPrefix(s, "[")
	switch after, ends := strings.CutPrefix(lower, "end"); {
	case layout.IsClock(lower), note && strings.Trim(s, "[]()0123456789:., -") == "" && strings.Contains(s, ":"):
		return lineBreak
	case ends && (after == "" || layout.IsClock(strings.TrimSpace(after)) || endedThings[letters.LastWord(after)]),
		note && letters.ContainsAny(lower, endings...):
		return LineEnd
	}
	return LineText
}

var endings = lexicon.Phrases("verbs of endings")

// endedThings are what "End of ..." tells the end of.
var endedThings = lexicon.Words("things that end")

// noteMark recognises lines that no turn has: end marks and times alone.
func noteMark(s string) Kind {
	kind := EndMark(s)
	if kind == LineEnd {
		return kind
	}
	if c, rest, ok := layout.LeadingClock(s); ok && rest == "" {
		if c.Bare {
			return lineClock
		}
		return lineTime
	}
	return kind
}
