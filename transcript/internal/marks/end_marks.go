package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const longestEndMark = 90 // bytes

// EndMark classifies a line that may close a transcript. It is LineEnd for a line that
// certainly does: # # #, END 2:15 P.M. EST, (End of transcript.). It is another kind for
// *** or a time of day, which may also stand between turns, and LineText for all else.
func EndMark(s string) Kind {
	if s == "" || len(s) > longestEndMark || !strings.ContainsAny(s[:1], "#*-[(<.0123456789EeFf") {
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

// endedThings are the last words of "End of transcript" and the like.
var endedThings = lexicon.Words("things that end")

// noteMark says what a line is that belongs to no turn: an end mark, or a time alone; else
// it says LineText.
func noteMark(s string) Kind {
	kind := EndMark(s)
	switch {
	case kind == LineEnd:
		return kind
	case lexicon.IsProgramLine(s):
		return LineNote
	}
	if c, rest, ok := layout.LeadingClock(s); ok && (rest == "" || rest == ":") {
		if c.Bare {
			return lineClock
		}
		return lineTime
	}
	return kind
}
