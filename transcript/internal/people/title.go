package people

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// chooseTitle chooses the title from a title block: a field or a heading, or else the parties
// of a case, or what stands between two rules on a cover, or the line that looks most like a
// title, or a date that says more than the day.
func chooseTitle(rows []row) string {
	if len(rows) > 0 {
		if m := meetingName.FindStringSubmatch(rows[0].text); m != nil {
			return m[1]
		}
	}
	for i, r := range rows {
		if r.kind == rowTitle {
			return cleanTitle(wholeTitle(rows, i))
		}
	}
	if title := cmp.Or(caseTitle(rows), framedTitle(rows)); title != "" {
		return title
	}
	best, bestScore := -1, 0
	for i, r := range rows {
		if score := titleScore(rows, i); r.kind == rowOther && score > bestScore {
			best, bestScore = i, score
		}
	}
	if best >= 0 {
		return cleanTitle(coverKind(rows[:best]) + wholeTitle(rows, best))
	}
	return datedTitle(rows)
}

// meetingName finds the name of a meeting before the moment at which a program wrote it
// down: Harbour weekly (2031-05-04 10:01 GMT+2) - Transcript.
var meetingName = regexp.MustCompile(`^(\S.*?)\s*\(\d{4}[-/]\d\d[-/]\d\d[^)]*\)(?:\s*[-–—].*)?$`)

// cleanTitle is a title without the quotation marks around all of it.
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

// wholeTitle joins the lines of the title of which row i is the first. If a quotation mark
// closes at its end, it begins with the line that opens it.
func wholeTitle(rows []row, i int) string {
	end := titleEnd(rows, i)
	for strings.HasSuffix(rows[end].text, "”") && i > 0 && !strings.Contains(rows[i].text, "“") && rows[i-1].kind != rowDate {
		i--
	}
	lines := make([]string, 0, end-i+1)
	for _, r := range rows[i : end+1] {
		lines = append(lines, r.text)
	}
	return strings.Join(lines, " ")
}

// titleEnd is the last row on which the title goes on that begins with row i.
func titleEnd(rows []row, i int) int {
	title := rows[i].text
	for i+1 < len(rows) && rows[i+1].kind == rowOther && goesOn(title, rows[i+1]) {
		i++
		title += " " + rows[i].text
	}
	return i
}

// goesOn reports whether a title goes on with the next row: both are in capitals, or the title
// ends with a comma, a preposition, an article or a conjunction. Across a blank line it must
// be both.
func goesOn(title string, next row) bool {
	caps := strings.ToUpper(title) == title && strings.ToUpper(next.text) == next.text
	if next.gap {
		return caps && endsOpen(title)
	}
	return caps || endsOpen(title)
}

// endsOpen reports whether a line ends with a comma, a preposition, an article or a
// conjunction.
func endsOpen(line string) bool {
	last := strings.ToLower(letters.LastWord(line))
	return lexicon.OfficeLinks[last] || layout.WantsAnother(last) || strings.HasSuffix(line, ",")
}

// How much it counts that a line may be the title of the event.
const (
	titleLike    = 2  // it has the form of one
	titleEvent   = 4  // it names an event: briefing, hearing
	titleAbove   = 3  // people, a place, a date or a time follow it
	titleUnlike  = -3 // it ends as a sentence does, or is spaced out, as headings of sections are
	titleOneWord = -1
	titleGeneric = 1 // at most, of what stands above any transcript: Meeting minutes

	titleWords = 30 // at most
)

// titleScore judges how likely row i is the title; not at all if it is zero or less.
func titleScore(rows []row, i int) int {
	text := rows[i].text
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > titleWords || letters.StartsLower(text) || strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return 0
	}
	score := titleLike
	if hasEventWord(text) {
		score += titleEvent
	}
	if end := titleEnd(rows, i); end+1 < len(rows) && rows[end+1].kind != rowOther && rows[end+1].kind != rowBanner {
		score += titleAbove
	}
	if strings.HasSuffix(text, ".") || isSpaced(words) {
		score += titleUnlike
	}
	if len(words) == 1 {
		score += titleOneWord
	}
	if isGenericTitle(text) {
		score = min(score, titleGeneric)
	}
	return score
}

// isGenericTitle reports whether a title says of what kind the document is, and not what it is
// about: Meeting minutes, Transcript.
func isGenericTitle(text string) bool { return letters.All(letters.LowerWords(text), genericTitles) }

var genericTitles = lexicon.Words("words of generic titles")

// hasEventWord reports whether a text has a word for an event: briefing, hearing, interview.
func hasEventWord(text string) bool {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if eventWords[strings.Trim(w, ",.:;()“”\"")] {
			return true
		}
	}
	return false
}

var eventWords = lexicon.Words("events")

// isSpaced reports whether words are the letters of a heading that is spaced out: P R O C E
// E D I N G S.
func isSpaced(words []string) bool {
	for _, w := range words {
		if len(w) > 1 {
			return false
		}
	}
	return len(words) > 3
}

// coverKind is the kind of document that a cover names above the title of the event, with a
// dash behind it: THE STENOGRAPHIC RECORD. Empty if it names none.
func coverKind(above []row) string {
	for _, r := range above {
		lower := strings.ToLower(r.text)
		if r.kind == rowOther && len(lower) <= longestCoverKind && strings.HasSuffix(lower, "record") && letters.ContainsAny(lower, recordKinds...) {
			return r.text + " — "
		}
	}
	return ""
}

const longestCoverKind = 59 // bytes

var recordKinds = lexicon.Phrases("kinds of records")

// framedTitle is the title that stands in capitals between two rules of a cover; empty if
// there is none.
func framedTitle(rows []row) string {
	open := -1
	for i, r := range rows {
		if r.kind != rowRule {
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

const framedRows = 12 // from one rule of a cover to the next, at most

// joinTitle joins the lines of a title in capitals, with a colon behind the first of its
// paragraphs. It is empty if a line is not in capitals, or if none names an event.
func joinTitle(rows []row) string {
	title := ""
	for _, r := range rows {
		if r.kind != rowOther && r.kind != rowBanner || strings.ToUpper(r.text) != r.text {
			return ""
		}
		switch {
		case title == "":
		case strings.HasSuffix(title, ":") || endsOpen(title) || !r.gap || strings.Contains(title, ":"):
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

// datedTitle is the first line if it is a date that says more than the day: "May 3, 2011
// Meeting Notes". Empty if it is not.
func datedTitle(rows []row) string {
	if len(rows) == 0 || rows[0].kind != rowDate {
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
