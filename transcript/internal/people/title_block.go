package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readTitleBlock reads the lines of a title block. The surnames are those in the labels of
// the document, folded; their full names are gathered.
func readTitleBlock(lines []layout.Line, surnames map[string]bool) Front {
	f := Front{mentions: mentions{}, cast: newRoster(), holders: map[string]*roster{}, officers: map[string][]string{}, initials: map[string][]names.Person{}, lines: map[string]string{}}
	f.readAttendees(lines)
	if len(lines) > layout.FrontLimit {
		lines = slices.Concat(lines[:layout.FrontLimit/2], lines[len(lines)-layout.FrontLimit/2:])
	}
	rows := make([]row, len(lines))
	for i, l := range lines {
		rows[i] = readRow(l)
	}
	markCoveringLetter(rows)
	findPlaceByDate(rows, surnames)
	for _, r := range rows {
		f.place = cmp.Or(f.place, names.TitleCaseCaps(r.place))
	}
	f.title = chooseTitle(rows)
	date, rank := chooseDate(rows)
	f.date, f.doubtfulDate, f.dateRank = date.ISO, date.Doubtful, rank
	f.readColumns(lines)
	f.readPresiding(rows)
	f.readCast(rows)
	for i, r := range rows {
		if len(cells(lines[i].Text)) < 2 {
			f.mentions.gather(r.text, surnames, billed())
		}
	}
	return f
}

// markCoveringLetter marks a covering letter above the title block: all lines down to the
// last that closes a letter, if one begins "Dear ...". They say little of the event.
func markCoveringLetter(rows []row) {
	for i, r := range rows {
		if !strings.HasPrefix(r.text, "Dear ") {
			continue
		}
		end := i
		for k := i; k < len(rows); k++ {
			if letters.ContainsAny(strings.ToLower(rows[k].text), signatures...) {
				end = k
			}
		}
		for k := range rows[:end+1] {
			rows[k].letter = true
			if rows[k].kind == rowOther {
				rows[k].kind = rowBanner
			}
		}
		return
	}
}

var signatures = lexicon.Phrases("closings of letters")

// findPlaceByDate finds the place of an event by where it stands, if its region is not
// known: "Town, Region" right above the date. It has the form of a person and an office, so
// the document must have labels, and none of them the town's name.
func findPlaceByDate(rows []row, surnames map[string]bool) {
	for i := 1; i < len(rows) && len(surnames) > 0; i++ {
		above := &rows[i-1]
		if rows[i].kind != rowDate || rows[i].gap || above.kind != rowPerson && above.kind != rowOther {
			continue
		}
		town, region, comma := strings.Cut(above.text, ", ")
		if comma && isProperName(town) && isProperName(region) && !surnames[lexicon.Fold(letters.LastWord(town))] {
			above.kind, above.place, above.person = rowPlace, above.text, ""
		}
	}
}

const properNameWords = 3 // of a town or a region, at most

// isProperName reports whether a text is a few words with capitals, of which none is a
// title.
func isProperName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if lexicon.IsTitle(w) || letters.StartsLower(w) && !lexicon.Particles[w] && !lexicon.OfficeLinks[w] {
			return false
		}
	}
	return len(words) > 0 && len(words) <= properNameWords && !strings.ContainsAny(s, ",;:.!?")
}
