package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// Front is what a document says of itself before its first turn.
type Front struct {
	title, date, place string
	doubtfulDate       bool
	dateRank           int
	mentions           mentions                  // of people who speak later
	cast               []string                  // people with a line of their own
	holders            map[string][]string       // who is witness, moderator, chair
	officers           map[string][]string       // who is named with an office before the name: president
	initials           map[string][]names.Person // for whom letters stand, folded
	introduction       string                    // prose between title block and first question
	authors            []string                  // of the byline
	Subject            string                    // who is interviewed, where it is one person
	Asker              string                    // who interviews, where it is one person
	Publication        string
}

// Apply writes the front matter's facts into the transcript.
func (f Front) Apply(t *model.Transcript) {
	t.Title, t.Date, t.Place = model.Optional(f.title), model.Optional(f.date), model.Optional(f.place)
	if f.doubtfulDate {
		t.Warn("the date was read month first, as %s; if that is wrong, give the date", f.date)
	}
}

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
	f.date, f.doubtfulDate, f.dateRank = date.Iso, date.Doubtful, rank
	f.readCast(rows)
	return f
}

// ReadFront reads what comes before the first label. Only in an interview
// does the byline name who asks.
func ReadFront(fields []container.Field, title []layout.Line, introduction []string, turns []model.Turn, labels labels.Reader) Front {
	surnames := surnamesOf(turns, labels)
	f := readTitleBlock(title, surnames)
	f.readFields(fields, surnames)
	if f.date == "" && len(turns) > 0 {
		f.date = names.SpokenDate(turns[0].Text)
	}
	f.introduction = letters.Head(strings.Join(introduction, "\n"), IntroductionLimit)
	f.mentions.gather(f.introduction, surnames)
	f.readByline(title)
	if !labels.AreInterview() {
		f.Asker, f.Subject = "", ""
		return f
	}
	f.Publication = cmp.Or(f.Publication, f.spokenWith(), f.titlePublication())
	f.Subject = cmp.Or(f.Subject, f.findSubject())
	return f
}

// chooseDate prefers a line that is a date, then one that is not of the paper
// or the page (a covering letter, a later change), then any. Of those that are as
// good it takes the date that stands there most often, then the first.
func chooseDate(rows []row) (date names.Date, rank int) {
	counts := map[string]int{}
	best := -1
	for i, r := range rows {
		if r.date.Iso == "" {
			continue
		}
		counts[r.date.Iso]++
		if best < 0 || dateRank(r) > dateRank(rows[best]) {
			best = i
		}
	}
	if best < 0 {
		return names.Date{}, 0
	}
	for i, r := range rows {
		if r.date.Iso != "" && dateRank(r) == dateRank(rows[best]) && counts[r.date.Iso] > counts[rows[best].date.Iso] {
			best = i
		}
	}
	return rows[best].date, dateRank(rows[best])
}

// The ranks of dates; those of the page are of its making.
const (
	pageDate = iota + 1
	namedDate
	eventDate
)

var pageVerbs = lexicon.Phrases("verbs beside the date of a page")

func dateRank(r row) int {
	lower := strings.ToLower(r.text)
	switch {
	case r.event:
		return eventDate
	case r.letter, letters.ContainsAny(lower, pageVerbs...):
		return pageDate
	case r.Kind == RowDate || r.Kind == rowTitle:
		return eventDate
	}
	return namedDate
}

var signatures = lexicon.Phrases("closings of letters")

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

// readCast lists the people with a line of their own, and those below a
// heading such as "Witnesses:", and what they are there.
func (f *Front) readCast(rows []row) {
	heading := ""
	for i, r := range rows {
		field, value, isField := strings.Cut(r.text, ":")
		field = strings.ToLower(field)
		switch {
		case isField && labels.CastFields[field] != "":
			heading = labels.CastFields[field]
		case heading != "" && (letters.IsListItem(r.text) || !r.gap || r.Kind == rowPerson):
			value = r.text
		default:
			heading = ""
		}
		var list []string
		if r.Kind == rowPerson {
			list = []string{r.person}
		} else if heading != "" {
			list = names.FullNames(names.TitleCaseCaps(value))
		}
		for _, name := range list {
			f.addCast(name, heading)
			f.addCast(name, r.office)
			if i+1 < len(rows) && !rows[i+1].gap && lexicon.IsTitle(rows[i+1].text) {
				f.addCast(name, lexicon.Bare(rows[i+1].text))
			}
		}
		f.readOfficers(r.text)
	}
	f.settleCast()
}

// settleCast finds the two people of an interview.
func (f *Front) settleCast() {
	f.Asker, f.Subject = f.only("interviewer"), cmp.Or(f.only("interviewee"), f.only("guest"))
	if f.Subject == "" && len(f.cast) == 1 {
		f.Subject = f.cast[0]
	}
}

func (f *Front) addCast(name, as string) {
	f.cast = names.AddName(f.cast, name)
	if as != "" {
		f.holders[as] = names.AddName(f.holders[as], name)
	}
}

// only is the one person of the cast who is there as something.
func (f *Front) only(as string) string {
	if holders := f.holders[as]; len(holders) == 1 {
		return holders[0]
	}
	return ""
}

// Presiding are the people whom the title block names as conducting the event.
func (f *Front) Presiding() []string {
	return slices.Concat(f.holders["moderator"], f.holders["host"], f.holders["chair"])
}

// ReadInterviewFront reads title, date, byline and introduction of an interview
// without labels: they alone say who asks and who answers.
func ReadInterviewFront(title []layout.Line, introduction string) Front {
	f := readTitleBlock(title, nil)
	f.introduction = introduction
	f.readByline(title)
	f.Subject = f.findSubject()
	f.Publication = cmp.Or(f.Publication, f.spokenWith(), f.titlePublication())
	if f.place == "" {
		f.place = dateline(introduction)
	}
	return f
}
