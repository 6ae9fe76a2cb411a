package captions

import (
	"slices"
	"strings"
)

// cutRepeated takes out what captions show again of what was said.
func cutRepeated(cues []cue) []cue {
	shown := make([][]string, len(cues))
	for i, c := range cues {
		for _, line := range c.lines {
			if line = plainText(line); line != "" {
				shown[i] = append(shown[i], line)
			}
		}
	}
	if rolls(shown) {
		for i := range cues[min(1, len(cues)):] {
			c := &cues[i+1]
			c.lines = withoutFirst(c.lines, repeats(shown[i], shown[i+1]))
		}
		return cues
	}
	cutGrowing(cues, shown)
	for i := range cues[min(1, len(cues)):] {
		if c := &cues[i+1]; c.end-c.start < shortestCue && slices.Equal(shown[i], shown[i+1]) {
			c.lines = nil
		}
	}
	return cues
}

const (
	fewest      = 3   // cues that repeat and add, to prove a form
	shownAgain  = 4   // one cue in so many does
	shortestCue = 100 // milliseconds, in which nobody says anything again
)

// rolls reports whether captions roll up: a cue begins with the last lines of the cue before, and
// adds another. Somebody may say the same again, so a cue that only repeats proves nothing.
func rolls(shown [][]string) bool {
	rolling := 0
	for i := 1; i < len(shown); i++ {
		if n := repeats(shown[i-1], shown[i]); n > 0 && n < len(shown[i]) {
			rolling++
		}
	}
	return rolling >= fewest && rolling*shownAgain >= len(shown)
}

const tallestCue = 4 // lines that captions show at once, at most

// repeats is how many lines at the start of a cue are the last ones of the cue before.
func repeats(before, now []string) int {
	for n := min(len(before), len(now), tallestCue); n > 0; n-- {
		if slices.Equal(before[len(before)-n:], now[:n]) {
			return n
		}
	}
	return 0
}

// withoutFirst is lines without the first n of those that have words.
func withoutFirst(lines []string, n int) []string {
	for n > 0 && len(lines) > 0 {
		if plainText(lines[0]) != "" {
			n--
		}
		lines = lines[1:]
	}
	return lines
}

// cutGrowing empties cues that the next one shows again with more words, as live captions do
// word by word, where many cues are so.
func cutGrowing(cues []cue, shown [][]string) {
	var growing []int
	for i := 1; i < len(shown); i++ {
		before, now := strings.Join(shown[i-1], " "), strings.Join(shown[i], " ")
		if before != "" && strings.HasPrefix(now, before+" ") {
			growing = append(growing, i-1)
		}
	}
	if len(growing) < fewest || len(growing)*shownAgain < len(cues) {
		return
	}
	for _, i := range growing {
		cues[i].lines, cues[i+1].start = nil, min(cues[i].start, cues[i+1].start)
	}
}
