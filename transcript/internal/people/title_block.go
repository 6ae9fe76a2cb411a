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

// readTitleBlock reads a title block. Surnames are those of the labels, folded.
func readTitleBlock(lines []layout.Line, surnames map[string]bool) Front {
	f := Front{mentions: mentions{}, holders: map[string][]string{}, officers: map[string][]string{}, initials: map[string][]names.Person{}}
	f.readAttendees(lines)
	if len(lines) > layout.FrontLimit {
		lines = slices.Concat(lines[:layout.FrontLimit/2], lines[len(lines)-layout.FrontLimit/2:])
	}
	rows := make([]row, len(lines))
	for i, l := range lines {
		rows[i] = ReadRow(l)
		f.mentions.gather(rows[i].text, surnames)
	}
	markLetter(rows)
	findUnknownPlace(rows, surnames)
	for _, r := range rows {
		f.place = cmp.Or(f.place, names.TitleCaseCaps(r.place))
	}
	f.title = chooseTitle(rows)
	date, rank := chooseDate(rows)
	f.date, f.doubtfulDate, f.dateRank = date.ISO, date.Doubtful, rank
	f.readCast(rows)
	return f
}

// markLetter finds a covering letter above a transcript: what stands before
// "Dear Sir" and down to the signature is not of the event.
func markLetter(rows []row) {
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
			if rows[k].Kind == rowOther {
				rows[k].Kind = rowBanner
			}
		}
		return
	}
}

var signatures = lexicon.Phrases("closings of letters")

// findUnknownPlace finds a place of which no country is known: "Town, Region"
// right above the date, of a document whose people the labels tell.
func findUnknownPlace(rows []row, surnames map[string]bool) {
	for i := 1; i < len(rows) && len(surnames) > 0; i++ {
		above := &rows[i-1]
		if rows[i].Kind != RowDate || rows[i].gap || above.Kind != rowPerson && above.Kind != rowOther {
			continue
		}
		town, region, comma := strings.Cut(above.text, ", ")
		if comma && isProperName(town) && isProperName(region) && !surnames[lexicon.Fold(letters.LastWord(town))] {
			above.Kind, above.place, above.person = rowPlace, above.text, ""
		}
	}
}

// isProperName reports whether a text is up to three words with capitals, of
// which none is a title.
func isProperName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if lexicon.IsTitle(w) || letters.StartsLower(w) && !lexicon.Particles[w] && !lexicon.OfficeLinks[w] {
			return false
		}
	}
	return len(words) > 0 && len(words) < 4 && !strings.ContainsAny(s, ",;:.!?")
}
