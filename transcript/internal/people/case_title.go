package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// caseTitle makes a title of the parties of a case, as the cover of a hearing in court prints
// them; empty if there are none:
//
//	JANE ROE,
//	         Petitioner,    )
//	     v.                 ) No. 25-83
//	HARBOUR BOARD, ET AL.,  )
//	         Respondents.
func caseTitle(rows []row) string {
	at := -1
	for i, r := range rows {
		if isVersus(r.text) {
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

const longestVersus = 39 // bytes of a line whose "v" means versus without a full stop

// isVersus reports whether a line begins with the "v." between two parties.
func isVersus(line string) bool {
	first, _, _ := strings.Cut(strings.ToLower(line), " ")
	return first == "v." || first == "vs." || first == "v" && len(line) <= longestVersus
}

// partyBefore is the name of the party above "v.", which may take several lines.
func partyBefore(rows []row) string {
	name := ""
	for i := len(rows) - 1; i >= 0 && len(rows)-i < partyLines; i-- {
		text := partyLine(rows[i].text)
		if text == "" && name == "" {
			continue
		}
		if text == "" || rows[i].kind == rowRule || name != "" && !goesOnParty(rows[i].text) {
			break
		}
		name = strings.TrimSpace(text + " " + name)
	}
	return strings.TrimRight(name, ", ")
}

const partyLines = 6 // next to "v.", among which a party's name stands

// partyAfter is the name of the party below "v.".
func partyAfter(rows []row) string {
	name := ""
	for i, r := range rows[:min(len(rows), partyLines)] {
		text := partyLine(r.text)
		if text == "" || r.kind == rowRule || i > 0 && !goesOnParty(rows[i-1].text) {
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

// partyLine is what a line of a cover has of a party's name: without the brackets at the
// edge, the docket number, and the word for what the party is.
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

// caseNumber is the docket number on a cover: 25-83 of "No. 25-83". Empty if there is none.
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
