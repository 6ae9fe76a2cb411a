package captions

import "slices"

// cutRollUp takes out the lines that roll-up captions repeat: a cue begins with the last lines
// of the cue before, and adds another. A third of the cues or more do so, or a quarter where
// others only show what was said for a moment longer. Somebody may say the same again, so a
// cue that only repeats proves nothing.
func cutRollUp(cues []cue) []cue {
	shown := make([][]string, len(cues))
	for i, c := range cues {
		for _, line := range c.lines {
			if line = plainText(line); line != "" {
				shown[i] = append(shown[i], line)
			}
		}
	}
	rolling := 0
	for i := 1; i < len(cues); i++ {
		if n := repeats(shown[i-1], shown[i]); n > 0 && n < len(shown[i]) {
			rolling++
		}
	}
	if rolling < fewestRolling || rolling*4 < len(cues) {
		return cues
	}
	out := make([]cue, 0, len(cues))
	for i, c := range cues {
		if i > 0 {
			c.lines = withoutFirst(c.lines, repeats(shown[i-1], shown[i]))
		}
		out = append(out, c)
	}
	return out
}

const fewestRolling = 3 // cues that repeat and add, to prove the form

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
