package tables

import (
	"strconv"
	"strings"
)

// wordsScore scores a column as that of the words, by their number. A column without a
// name for words must hold values that differ, of four words or more.
func wordsScore(c *column) float64 {
	average := c.average()
	switch {
	case c.numbers > 0 || speakerNames[c.key] && average < 8 || strings.HasSuffix(c.key, "url") || strings.HasSuffix(c.key, "id"):
		return 0
	case c.speaking && !c.deep:
		return 3 * float64(c.words)
	case c.speaking:
		return 2 * float64(c.words)
	case average >= 4 && !c.deep && len(c.values)*2 > min(c.n, sampledElements):
		return float64(c.words)
	}
	return 0
}

// speakerScore scores a column as that of the speakers. Its values are short; under a
// name that is not one for speakers they must look like people's names and come again.
func speakerScore(c *column) float64 {
	average := c.average()
	if average > 6 || c.bytes > 60*c.n || startNames[c.key] && c.numbers == c.n {
		return 0
	}
	score := 0.0
	switch {
	case speakerNames[c.key]:
		score = 5
		if strings.HasPrefix(c.key, "speaker") || strings.Contains(c.key, "name") || len(c.path) > 1 && strings.HasPrefix(foldKey(c.path[0]), "speaker") {
			score = 8
		}
		if c.key == "role" || c.key == "channel" || c.key == "label" {
			score = 2
		}
	case c.numbers == 0 && c.n > 3 && c.names*10 > c.n*8 && average > 1 && len(c.values) > 1 && len(c.values)*2 <= c.n:
		score = 1
	}
	if c.numbers > 0 {
		score /= 2
	}
	return score
}

// named accepts columns with one of these names whose values are no numbers.
func named(names map[string]bool) func(*column) float64 {
	return func(c *column) float64 {
		if names[c.key] && c.numbers == 0 {
			return 1
		}
		return 0
	}
}

// timeScore accepts columns with one of these names whose values are times, the less
// deep the better.
func timeScore(names map[string]bool, speaker *column) func(*column) float64 {
	return func(c *column) float64 {
		if !names[c.key] || c == speaker {
			return 0
		}
		for value := range c.values {
			if _, ok := readTime(value); !ok {
				return 0
			}
		}
		return 1 / float64(len(c.path))
	}
}

// readTime reads "12.5", "12.5s" and "1:02:03.5" as seconds. Behind seconds there may
// be frames, which are left out.
func readTime(s string) (float64, bool) {
	parts := strings.Split(strings.TrimSuffix(strings.Replace(strings.TrimSpace(s), ",", ".", 1), "s"), ":")
	if len(parts) > 4 {
		return 0, false
	}
	total := 0.0
	for _, part := range parts[:min(len(parts), 3)] {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || v < 0 || v > 1e13 {
			return 0, false
		}
		total = total*60 + v
	}
	return total, true
}
