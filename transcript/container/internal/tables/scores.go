package tables

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
)

// wordsScore scores a column as that of the words, by their number. A column without a
// name for words must hold values that differ, of four words or more.
func wordsScore(c *column) float64 {
	average := c.average()
	switch {
	case c.numbers > 0 || 2*c.files > c.n || describingNames[c.key] || speakerNames[c.key] && average < 8 || identifies.MatchString(c.path[len(c.path)-1]):
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

// identifies matches the names of columns that hold identifiers and addresses: user_id, requestId, url.
var identifies = regexp.MustCompile(`(?i:^id|[_ -]id|url)$|I[dD]$`)

// speakerScore scores a column as that of the speakers. Its values are short; under a
// name that is not one for speakers they must look like people's names and come again.
func speakerScore(c *column) float64 {
	average := c.average()
	if average > 6 || c.bytes > 60*c.n || startNames[c.key] && c.numbers == c.n || c.clocks == c.n {
		return 0
	}
	score := 0.0
	switch {
	case speakerNames[c.key]:
		score = 5
		if strings.HasPrefix(c.key, "speaker") || strings.Contains(c.key, "name") || len(c.path) > 1 && strings.HasPrefix(recognition.FoldKey(c.path[0]), "speaker") {
			score = 8
		}
		if c.key == "role" || c.key == "channel" || c.key == "label" {
			score = 2
		}
	case !documentNames[c.key] && c.numbers == 0 && c.n > 3 && c.names*10 > c.n*8 && average > 1 && len(c.values) > 1 && (len(c.values)*2 <= c.n || c.full*10 > c.n*8 && len(c.values) < c.n):
		score = 1
	}
	if c.numbers > 0 {
		score /= 2
	}
	return score
}

// named accepts columns with one of these names.
func named(names map[string]bool) func(*column) float64 {
	return func(c *column) float64 {
		if names[c.key] {
			return 1
		}
		return 0
	}
}

// partyScore accepts columns with a name for parties whose values are no numbers.
func partyScore(c *column) float64 {
	if partyNames[c.key] && c.numbers == 0 {
		return 1
	}
	return 0
}

// timeScore accepts columns with one of these names whose values are times, the less
// deep the better; next, if only clocks count, columns of any name whose values show by their form
// to be times.
func timeScore(names map[string]bool, speaker *column, clocks bool) func(*column) float64 {
	return func(c *column) float64 {
		_, named := unitOf(names, c.key)
		switch {
		case c == speaker || !named && !clocks:
			return 0
		case clocks && c.clocks == c.n:
			return 1 / float64(2*len(c.path))
		case !named || c.times < c.n:
			return 0
		}
		return 1 / float64(len(c.path))
	}
}

// unitOf reports whether a column's name is one of those for times, and how many seconds a number
// counts if the name says so: start_ms, Start time (s); 0 if not.
func unitOf(names map[string]bool, key string) (seconds float64, named bool) {
	for _, unit := range timeUnits {
		if base, ok := strings.CutSuffix(key, unit.name); ok && names[base] {
			return unit.seconds, true
		}
	}
	return 0, names[key]
}

// timeUnits are the ends of the names of columns that say in what their times count. Longer
// ones go first.
var timeUnits = []struct {
	name    string
	seconds float64
}{{"milliseconds", .001}, {"millis", .001}, {"msec", .001}, {"ms", .001}, {"seconds", 1}, {"secs", 1}, {"sec", 1}, {"insecs", 1}, {"s", 1}}
