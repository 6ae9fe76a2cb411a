package transcript

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
)

// frontMatter is what a document says of itself before its first turn.
type frontMatter struct {
	title, date, place string
	doubtfulDate       bool
	dateRank           int
	mentions           mentions              // of people who speak later
	cast               []string              // people with a line of their own
	holders            map[string][]string   // who is witness, moderator, chair
	officers           map[string][]string   // who is named with an office before the name: president
	initials           map[string][]identity // for whom letters stand, folded
	introduction       string                // prose between title block and first question
	authors            []string              // of the byline
	subject            string                // who is interviewed, where it is one person
	asker              string                // who interviews, where it is one person
	publication        string
}

// apply writes the front matter's facts into the transcript.
func (f frontMatter) apply(t *Transcript) {
	t.Title, t.Date, t.Place = Optional(f.title), Optional(f.date), Optional(f.place)
	if f.doubtfulDate {
		t.warn("the date was read month first, as %s; if that is wrong, give the date", f.date)
	}
}

// readFront reads a title block. Surnames are those of the labels, folded.
func readFront(lines []line, surnames map[string]bool) frontMatter {
	f := frontMatter{mentions: mentions{}, holders: map[string][]string{}, officers: map[string][]string{}, initials: map[string][]identity{}}
	f.readAttendees(lines)
	if len(lines) > frontLimit {
		lines = slices.Concat(lines[:frontLimit/2], lines[len(lines)-frontLimit/2:])
	}
	rows := make([]row, len(lines))
	for i, l := range lines {
		rows[i] = readRow(l)
		f.mentions.gather(rows[i].text, surnames)
	}
	markLetter(rows)
	findUnknownPlace(rows, surnames)
	for _, r := range rows {
		f.place = firstOf(f.place, titleCaseCaps(r.place))
	}
	f.title = chooseTitle(rows)
	date, rank := chooseDate(rows)
	f.date, f.doubtfulDate, f.dateRank = date.iso, date.doubtful, rank
	f.readCast(rows)
	return f
}

// readLabelledFront reads what comes before the first label. Only in an interview
// does the byline name who asks.
func readLabelledFront(fields []container.Field, title []line, introduction []string, turns []Turn, labels labelReader) frontMatter {
	surnames := surnamesOf(turns, labels)
	f := readFront(title, surnames)
	f.readFields(fields, surnames)
	if f.date == "" && len(turns) > 0 {
		f.date = spokenDate(turns[0].Text)
	}
	f.introduction = head(strings.Join(introduction, "\n"), introductionLimit)
	f.mentions.gather(f.introduction, surnames)
	f.readByline(title)
	if !labels.areInterview() {
		f.asker, f.subject = "", ""
		return f
	}
	f.publication = firstOf(f.publication, f.spokenWith(), f.titlePublication())
	f.subject = firstOf(f.subject, f.findSubject())
	return f
}

// chooseDate prefers a line that is a date, then one that is not of the paper
// or the page (a covering letter, a later change), then any. Of those that are as
// good it takes the date that stands there most often, then the first.
func chooseDate(rows []row) (date foundDate, rank int) {
	counts := map[string]int{}
	best := -1
	for i, r := range rows {
		if r.date.iso == "" {
			continue
		}
		counts[r.date.iso]++
		if best < 0 || dateRank(r) > dateRank(rows[best]) {
			best = i
		}
	}
	if best < 0 {
		return foundDate{}, 0
	}
	for i, r := range rows {
		if r.date.iso != "" && dateRank(r) == dateRank(rows[best]) && counts[r.date.iso] > counts[rows[best].date.iso] {
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

func dateRank(r row) int {
	lower := strings.ToLower(r.text)
	switch {
	case r.event:
		return eventDate
	case r.letter, containsAny(lower, "updated", "modified", "accessed", "retrieved", "printed", "published", "posted", "uploaded", "submitted"):
		return pageDate
	case r.kind == rowDate || r.kind == rowTitle:
		return eventDate
	}
	return namedDate
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
			if containsAny(strings.ToLower(rows[k].text), "yours faithfully", "yours sincerely", "yours truly", "sincerely") {
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

// findUnknownPlace finds a place of which no country is known: "Town, Region"
// right above the date, of a document whose people the labels tell.
func findUnknownPlace(rows []row, surnames map[string]bool) {
	for i := 1; i < len(rows) && len(surnames) > 0; i++ {
		above := &rows[i-1]
		if rows[i].kind != rowDate || rows[i].gap || above.kind != rowPerson && above.kind != rowOther {
			continue
		}
		town, region, comma := strings.Cut(above.text, ", ")
		if comma && isProperName(town) && isProperName(region) && !surnames[fold(lastWord(town))] {
			above.kind, above.place, above.person = rowPlace, above.text, ""
		}
	}
}

// isProperName reports whether a text is up to three words with capitals, of
// which none is a title.
func isProperName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if isTitle(w) || startsLower(w) && !particles[w] && !officeLinks[w] {
			return false
		}
	}
	return len(words) > 0 && len(words) < 4 && !strings.ContainsAny(s, ",;:.!?")
}

// readCast lists the people with a line of their own, and those below a
// heading such as "Witnesses:", and what they are there.
func (f *frontMatter) readCast(rows []row) {
	heading := ""
	for i, r := range rows {
		field, value, isField := strings.Cut(r.text, ":")
		field = strings.ToLower(field)
		switch {
		case isField && castFields[field] != "":
			heading = castFields[field]
		case heading != "" && (isListItem(r.text) || !r.gap || r.kind == rowPerson):
			value = r.text
		default:
			heading = ""
		}
		var names []string
		if r.kind == rowPerson {
			names = []string{r.person}
		} else if heading != "" {
			names = fullNames(titleCaseCaps(value))
		}
		for _, name := range names {
			f.addCast(name, heading)
			f.addCast(name, r.office)
			if i+1 < len(rows) && !rows[i+1].gap && isTitle(rows[i+1].text) {
				f.addCast(name, bare(rows[i+1].text))
			}
		}
		f.readOfficers(r.text)
	}
	f.settleCast()
}

// settleCast finds the two people of an interview.
func (f *frontMatter) settleCast() {
	f.asker, f.subject = f.only("interviewer"), firstOf(f.only("interviewee"), f.only("guest"))
	if f.subject == "" && len(f.cast) == 1 {
		f.subject = f.cast[0]
	}
}

func (f *frontMatter) addCast(name, as string) {
	f.cast = addName(f.cast, name)
	if as != "" {
		f.holders[as] = addName(f.holders[as], name)
	}
}

// only is the one person of the cast who is there as something.
func (f *frontMatter) only(as string) string {
	if holders := f.holders[as]; len(holders) == 1 {
		return holders[0]
	}
	return ""
}

// presiding are the people whom the title block names as conducting the event.
func (f *frontMatter) presiding() []string {
	return slices.Concat(f.holders["moderator"], f.holders["host"], f.holders["chair"])
}

// readInterviewFront reads title, date, byline and introduction of an interview
// without labels: they alone say who asks and who answers.
func readInterviewFront(title []line, introduction string) frontMatter {
	f := readFront(title, nil)
	f.introduction = introduction
	f.readByline(title)
	f.subject = f.findSubject()
	f.publication = firstOf(f.publication, f.spokenWith(), f.titlePublication())
	if f.place == "" {
		f.place = dateline(introduction)
	}
	return f
}
