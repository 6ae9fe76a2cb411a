package people

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// chooseTitle takes the line that looks most like a title: it names an event,
// and people, place or date follow it. A heading goes before, then the parties of
// a case, then what stands between two rules on a cover.
func chooseTitle(rows []row) string {
	for i, r := range rows {
		if r.Kind == rowTitle {
			return cleanTitle(wholeTitle(rows, i))
		}
	}
	if title := cmp.Or(caseTitle(rows), framedTitle(rows)); title != "" {
		return title
	}
	best, bestScore := -1, 0
	for i, r := range rows {
		if score := titleScore(rows, i); r.Kind == rowOther && score > bestScore {
			best, bestScore = i, score
		}
	}
	if best >= 0 {
		return cleanTitle(recordTitle(rows[:best]) + wholeTitle(rows, best))
	}
	return datedTitle(rows)
}

// cleanTitle takes off quotation marks around the whole.
func cleanTitle(title string) string {
	for _, pair := range [][2]string{{"“", "”"}, {`"`, `"`}} {
		if inner, ok := strings.CutPrefix(title, pair[0]); ok {
			if inner, ok := strings.CutSuffix(inner, pair[1]); ok && !strings.Contains(inner, pair[1]) {
				return inner
			}
		}
	}
	return title
}

// wholeTitle joins them, from the line where a quotation mark opens if one
// closes there.
func wholeTitle(rows []row, i int) string {
	end := titleEnd(rows, i)
	for strings.HasSuffix(rows[end].text, "”") && i > 0 && !strings.Contains(rows[i].text, "“") && rows[i-1].Kind != RowDate {
		i--
	}
	parts := make([]string, 0, end-i+1)
	for _, r := range rows[i : end+1] {
		parts = append(parts, r.text)
	}
	return strings.Join(parts, " ")
}

// titleEnd is the last of the lines on which a title goes on.
func titleEnd(rows []row, i int) int {
	title := rows[i].text
	for i+1 < len(rows) && rows[i+1].Kind == rowOther && goesOn(title, rows[i+1]) {
		i++
		title += " " + rows[i].text
	}
	return i
}

func goesOn(title string, next row) bool {
	caps := strings.ToUpper(title) == title && strings.ToUpper(next.text) == next.text
	if next.gap {
		return caps && isOpen(title)
	}
	return caps || isOpen(title)
}

// isOpen reports whether a line ends with a word that wants another.
func isOpen(line string) bool {
	last := strings.ToLower(letters.LastWord(line))
	return lexicon.OfficeLinks[last] || layout.WantsAnother(last) || strings.HasSuffix(line, ",")
}

func titleScore(rows []row, i int) int {
	text := rows[i].text
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 30 || letters.StartsLower(text) || strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return 0
	}
	score := 2
	if hasEventWord(text) {
		score += 4
	}
	if end := titleEnd(rows, i); end+1 < len(rows) && rows[end+1].Kind != rowOther && rows[end+1].Kind != rowBanner {
		score += 3
	}
	if strings.HasSuffix(text, ".") || isSpaced(words) {
		score -= 3
	}
	if len(words) == 1 {
		score--
	}
	return score
}

func hasEventWord(text string) bool {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if eventWords[strings.Trim(w, ",.:;()“”\"")] {
			return true
		}
	}
	return false
}

var eventWords = lexicon.Words("events")

// isSpaced recognises P R O C E E D I N G S.
func isSpaced(words []string) bool {
	for _, w := range words {
		if len(w) > 1 {
			return false
		}
	}
	return len(words) > 3
}

// recordTitle is the kind of record that a cover names above the event: THE
// STENOGRAPHIC RECORD.
func recordTitle(above []row) string {
	for _, r := range above {
		lower := strings.ToLower(r.text)
		if r.Kind == rowOther && len(lower) < 60 && strings.HasSuffix(lower, "record") && letters.ContainsAny(lower, recordKinds...) {
			return r.text + " — "
		}
	}
	return ""
}

var recordKinds = lexicon.Phrases("kinds of records")

// framedTitle joins the lines in capitals between the first two rules of a cover.
func framedTitle(rows []row) string {
	open := -1
	for i, r := range rows {
		if r.Kind != rowRule {
			continue
		}
		if open >= 0 && i-open > 1 && i-open <= framedRows {
			if title := joinTitle(rows[open+1 : i]); title != "" {
				return title
			}
		}
		open = i
	}
	return ""
}

const framedRows = 12 // that a cover has between two rules at most

// joinTitle joins the lines of a title in capitals; a line that is whole ends in
// a colon.
func joinTitle(rows []row) string {
	title := ""
	for _, r := range rows {
		if r.Kind != rowOther && r.Kind != rowBanner || strings.ToUpper(r.text) != r.text {
			return ""
		}
		switch {
		case title == "":
		case strings.HasSuffix(title, ":") || isOpen(title) || !r.gap || strings.Contains(title, ":"):
			title += " "
		default:
			title += ": "
		}
		title += r.text
	}
	if !hasEventWord(title) {
		return ""
	}
	return title
}

// datedTitle is a line with a date that says more than the day: "May 3, 2011
// Meeting Notes".
func datedTitle(rows []row) string {
	if len(rows) == 0 || rows[0].Kind != RowDate {
		return ""
	}
	r := rows[0]
	rest := r.text[:r.date.Start] + r.text[r.date.End:]
	if len(strings.FieldsFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) })) < 2 {
		return ""
	}
	if core := strings.TrimRight(r.text, "0123456789"); strings.HasSuffix(core, ".") {
		return core // a page number, glued to it
	}
	return r.text
}
