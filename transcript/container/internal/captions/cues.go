package captions

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// cue is the lines that are shown together, and when.
type cue struct {
	start, end int64 // milliseconds
	lines      []string
}

var timing = regexp.MustCompile(`^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?[ \t]*-->[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`)

// findTiming takes the line with the times of a cue apart: hours, minutes, seconds
// and fraction of its start and of its end. It is nil for any other line.
func findTiming(line string) []string {
	if !strings.Contains(line, "-->") {
		return nil
	}
	return timing.FindStringSubmatch(line)
}

// readCues reads the cues. A cue has all lines up to the times of the next, but for
// blank ones and the next cue's number or name.
func readCues(lines []string) []cue {
	var cues []cue
	var open *cue
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		if m := findTiming(line); m != nil {
			cues = append(cues, cue{start: millis(m[1], m[2], m[3], m[4]), end: millis(m[5], m[6], m[7], m[8])})
			open = &cues[len(cues)-1]
			open.end = max(open.start, open.end)
			continue
		}
		if open != nil && line != "" && !isCueName(lines, i) {
			open.lines = append(open.lines, line)
		}
	}
	return cues
}

// isCueName reports whether line i is the number or name of the cue whose times
// stand below it.
func isCueName(lines []string, i int) bool {
	if i+1 == len(lines) || findTiming(strings.TrimSpace(lines[i+1])) == nil {
		return false
	}
	return isCueNumber(lines[i]) || i > 0 && strings.TrimSpace(lines[i-1]) == ""
}

func isCueNumber(s string) bool { return text.IsNumber(strings.TrimSpace(s)) }

// millis counts the milliseconds of hours, minutes, seconds and their fraction.
func millis(hours, minutes, seconds, fraction string) int64 {
	h, _ := strconv.ParseInt(hours, 10, 64)
	m, _ := strconv.ParseInt(minutes, 10, 64)
	s, _ := strconv.ParseInt(seconds, 10, 64)
	f, _ := strconv.ParseInt((fraction + "000")[:3], 10, 64)
	return ((h*60+m)*60+s)*1000 + f
}

// cutNotes takes out the comments, style sheets and regions of WebVTT, which are not
// shown.
func cutNotes(lines []string) []string {
	var out []string
	blank, note := true, false
	for _, line := range lines {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if blank && (word == "NOTE" || word == "STYLE" || word == "REGION") {
			note = true
		}
		blank = word == ""
		note = note && !blank
		if !note {
			out = append(out, line)
		}
	}
	return out
}

// cutRollUp takes out the lines that roll-up captions repeat: there, a third of the
// cues or more begin with the last line of the cue before.
func cutRollUp(cues []cue) []cue {
	again := func(i int) bool {
		before, now := cues[i-1].lines, cues[i].lines
		return len(before) > 0 && len(now) > 0 && plainText(now[0]) == plainText(before[len(before)-1])
	}
	repeated := 0
	for i := 1; i < len(cues); i++ {
		if again(i) {
			repeated++
		}
	}
	if repeated < 3 || repeated*3 < len(cues) {
		return cues
	}
	var out []cue
	for i, c := range cues {
		if i > 0 && again(i) {
			c.lines = c.lines[1:]
		}
		out = append(out, c)
	}
	return out
}
