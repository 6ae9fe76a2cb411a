package marks

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const leastRepeated = 2 // words that stand behind a running head's colon, at least

// readRepeats finds the labels behind which the same words stand each time, such as those of
// a running head: "Harbour Forum: the Third Pump". Such a line stands by itself each time.
func readRepeats(lines []layout.Line, marks []Mark) map[*labels.Label]bool {
	first, repeats := map[*labels.Label]string{}, map[*labels.Label]bool{}
	for i, m := range marks {
		if m.Label == nil || m.Within || m.Label.Text == "" {
			continue
		}
		rest, seen := first[m.Label]
		switch {
		case !seen:
			first[m.Label] = m.Rest
		case rest != m.Rest, i+1 < len(lines) && !lines[i+1].Gap:
			repeats[m.Label] = false
		case letters.WordCount(rest, leastRepeated) >= leastRepeated && !letters.EndsSentence(rest) && !strings.HasSuffix(rest, ","):
			if _, settled := repeats[m.Label]; !settled {
				repeats[m.Label] = true
			}
		}
	}
	return repeats
}
