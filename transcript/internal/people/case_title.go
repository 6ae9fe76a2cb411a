package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// caseTitle reads the parties of a case from the cover of a hearing:
//
//	JANE ROE,
//	         Petitioner,    )
//	     v.                 ) No. 25-83
//	HARBOUR BOARD, ET AL.,  )
//	         Respondents.
func caseTitle(rows []row) string {
	at := -1
	for i, r := range rows {
		if first, _, _ := strings.Cut(strings.ToLower(r.text), " "); first == "v." || first == "vs." || first == "v" && len(r.text) < 40 {
			at = i
			break
		}
	}
	if at < 1 {
		return ""
	}
	one, other := partyBefore(rows[:at]), partyAfter(rows[at+1:])
	if one == "" || other == "" {
		return ""
	}
	title := one + " v. " + other
	if number := caseNumber(rows); number != "" {
		title += " (No. " + number + ")"
	}
	return title
}

// partyBefore is the name above "v.", with the lines that it takes.
func partyBefore(rows []row) string {
	name := ""
	for i := len(rows) - 1; i >= 0 && len(rows)-i < partyLines; i-- {
		text := partyLine(rows[i].text)
		if text == "" && name == "" {
			continue
		}
		if text == "" || rows[i].Kind == rowRule || name != "" && !goesOnParty(rows[i].text) {
			break
		}
		name = strings.TrimSpace(text + " " + name)
	}
	return strings.TrimRight(name, ", ")
}

const partyLines = 6 // that a party has on a cover at most

// partyAfter is the name below "v.".
func partyAfter(rows []row) string {
	name := ""
	for i, r := range rows[:min(len(rows), partyLines)] {
		text := partyLine(r.text)
		if text == "" || r.Kind == rowRule || i > 0 && !goesOnParty(rows[i-1].text) {
			break
		}
		name = strings.TrimSpace(name + " " + text)
	}
	return strings.TrimRight(name, ", ")
}

// goesOnParty reports whether a party's name goes on below a line.
func goesOnParty(line string) bool {
	line, _, _ = strings.Cut(line, ")")
	return strings.HasSuffix(strings.TrimSpace(line), ",")
}

// partyLine is what a line of a cover has of a party's name: without brackets
// at the edge, the docket number and what the party is.
func partyLine(text string) string {
	text, _, _ = strings.Cut(text, ")")
	if at := strings.Index(text, " No. "); at >= 0 {
		text = text[:at]
	}
	text = strings.Trim(text, " :|")
	comma := strings.LastIndexByte(strings.TrimRight(text, ".,"), ',')
	if parties[lexicon.Bare(text[comma+1:])] || parties[lexicon.Bare(strings.TrimSpace(text[comma+1:]))] {
		text = text[:max(comma, 0)]
	}
	return strings.TrimSpace(text)
}

var parties = lexicon.Words("parties to a case")

// caseNumber is the docket number of a cover: No. 25-83.
func caseNumber(rows []row) string {
	for _, r := range rows {
		_, after, ok := strings.Cut(r.text, "No. ")
		if !ok {
			continue
		}
		number := strings.FieldsFunc(after, func(c rune) bool { return c == ' ' || c == ',' || c == ')' })
		if len(number) > 0 && strings.Trim(number[0], "0123456789-:") != number[0] {
			return strings.TrimRight(number[0], ".")
		}
	}
	return ""
}
