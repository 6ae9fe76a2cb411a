package captions

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// cue is the lines that are shown together, and when.
type cue struct {
	start, end int64  // milliseconds
	name       string // above the times, if it is no number
	lines      []string
}

// grammar is how a kind of captions writes the times of a cue.
type grammar struct {
	mark   string // between start and end
	timing *regexp.Regexp
}

// A time may be negative where a recording began within a word, as Teams writes it:
// 0:0:-6.-820.
const timePattern = `(?:(-?\d{1,3}):)?(-?\d{1,2}):(-?\d{1,2})(?:[.,](-?\d{1,3}))?`

func arrowGrammar() grammar { return newGrammar("-->") }
func commaGrammar() grammar { return newGrammar(",") }

func newGrammar(mark string) grammar {
	return grammar{mark, regexp.MustCompile(`^` + timePattern + `[ \t]*` + mark + `[ \t]*` + timePattern)}
}

// find takes the line with the times of a cue apart: hours, minutes, seconds and
// fraction of its start and of its end. It is nil for any other line.
func (g grammar) find(line string) []string {
	if !strings.Contains(line, g.mark) {
		return nil
	}
	return g.timing.FindStringSubmatch(line)
}

// readCues reads the cues. A cue has all lines up to the times of the next, but for
// blank ones and the next cue's number or name.
func (g grammar) readCues(lines []string) []cue {
	var cues []cue
	var open *cue
	name := ""
	for i, raw := range lines {
		line := strings.TrimSpace(raw)
		if m := g.find(line); m != nil {
			cues = append(cues, cue{start: millis(m[1], m[2], m[3], m[4]), end: millis(m[5], m[6], m[7], m[8]), name: name})
			open, name = &cues[len(cues)-1], ""
			open.end = max(open.start, open.end)
			continue
		}
		switch {
		case line == "":
		case g.isCueName(lines, i):
			if !text.IsNumber(line) {
				name = line
			}
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return cues
}

// isCueName reports whether line i is the number or name of the cue whose times
// stand below it.
func (g grammar) isCueName(lines []string, i int) bool {
	if i+1 == len(lines) || g.find(strings.TrimSpace(lines[i+1])) == nil {
		return false
	}
	return isCueNumber(lines[i]) || i > 0 && strings.TrimSpace(lines[i-1]) == ""
}

func isCueNumber(s string) bool { return text.IsNumber(strings.TrimSpace(s)) }

// millis counts the milliseconds of hours, minutes, seconds and their fraction, of which a
// negative one is before the start of the recording.
func millis(hours, minutes, seconds, fraction string) int64 {
	if strings.HasPrefix(hours, "-") || strings.HasPrefix(minutes, "-") || strings.HasPrefix(seconds, "-") || strings.HasPrefix(fraction, "-") {
		return 0
	}
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
