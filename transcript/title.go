package transcript

import (
	"strings"
	"unicode"
)

var eventWords = wordSet(`briefing interview remarks conference hearing update q&a panel conversation statement testimony meeting
	roundtable gaggle forum discussion session call talk talks debate proceedings transcript questions lecture seminar
	webinar symposium keynote availability readout deposition argument`)

func hasEventWord(text string) bool {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if eventWords[strings.Trim(w, ",.:;()“”\"")] {
			return true
		}
	}
	return false
}

// chooseTitle takes the line that looks most like a title: it names an event,
// and people, place or date follow it.
func chooseTitle(rows []row) string {
	best, bestScore := -1, 0
	for i, r := range rows {
		if r.kind == rowTitle {
			return wholeTitle(rows, i)
		}
		if score := titleScore(rows, i); r.kind == rowOther && score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return ""
	}
	return wholeTitle(rows, best)
}

func titleScore(rows []row, i int) int {
	text := rows[i].text
	if text == "" || len(strings.Fields(text)) > 30 || startsLower(text) || strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return 0
	}
	score := 2
	if hasEventWord(text) {
		score += 4
	}
	if i+1 < len(rows) && rows[i+1].kind != rowOther && rows[i+1].kind != rowBanner {
		score += 3
	}
	if strings.HasSuffix(text, ".") {
		score -= 3
	}
	return score
}

// wholeTitle adds the lines on which a title goes on.
func wholeTitle(rows []row, i int) string {
	title := rows[i].text
	for i+1 < len(rows) && rows[i+1].kind == rowOther && !rows[i+1].gap && goesOn(title, rows[i+1].text) {
		i++
		title += " " + rows[i].text
	}
	return title
}

func goesOn(title, next string) bool {
	last := lastWord(title)
	caps := strings.ToUpper(title) == title && strings.ToUpper(next) == next
	return caps || officeLinks[last] || openWords[last] || strings.HasSuffix(title, ",")
}
