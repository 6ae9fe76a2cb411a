package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/language"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// Front is what a document says of itself before its first turn, in its fields, its title
// block and its introduction.
type Front struct {
	title, date, place string // date in ISO form
	doubtfulDate       bool   // day and month of the date may be the other way round
	dateRank           int    // how good the date is: see dateRank

	mentions     mentions                  // full names of people who have a label by their surname
	cast         *roster                   // people with a line of their own, or listed
	holders      map[string]*roster        // people by the part or office that a list gives them: witness, chair
	officers     map[string][]string       // people by the office before their names, folded: president
	initials     map[string][]names.Person // people by the letters that are said to stand for them, folded
	lines        map[string]string         // of the title block, which present the people alone
	said         map[string]bool           // words of the introduction and the first turns, as written
	authors      []string                  // of the byline
	introduction string                    // prose between the title block and the first question

	Subject     string // who is interviewed, where it is one person
	Asker       string // who interviews, where it is one person
	Publication string // for which the interview was made
}

// ReadFront reads the front matter of a document with labels: its fields, the lines of the
// title block, and the paragraphs of the introduction. The turns are
// passed because their labels help to find full names, and the first may say the date. Only
// in an interview does the byline name who asks.
func ReadFront(fields []content.Field, title []layout.Line, introduction []string, turns []model.Turn, labels labels.Reader) Front {
	surnames := surnamesOf(turns, labels)
	f := readTitleBlock(title, surnames)
	f.readFields(fields, surnames)
	if f.date == "" && len(turns) > 0 {
		f.date = names.SpokenDate(turns[0].Text)
	}
	f.introduction = joinIntroduction(introduction)
	f.mentions.gather(f.introduction, surnames, func(at naming) bool { return at.isIntroduced() || at.isSpokenWith() || at.isSubject() })
	f.readByline(title)
	if !labels.AreInterview() {
		f.Asker, f.Subject = "", ""
		return f
	}
	f.hear(append(textsOf(turns[:min(len(turns), heardTurns)]), f.introduction)...)
	if line := f.lines[f.Subject]; line != "" && len(f.guests(line, f.isInterviewed)) == 0 {
		f.Subject = "" // Harbour Dues, Explained
	}
	f.Publication = cmp.Or(f.Publication, f.spokenWith(), f.titlePublication())
	if found := f.findSubject(); f.Subject == "" || found == "" || names.Same(f.Subject, found) {
		f.Subject = cmp.Or(f.Subject, found)
	} else {
		f.Subject = "" // one is listed, another named in the title
	}
	return f
}

// ReadInterviewFront reads the front matter of an interview without labels: the lines of the
// title block, and the paragraphs of the introduction. They alone say who asks and who
// answers.
func ReadInterviewFront(title []layout.Line, introduction []string) Front {
	f := readTitleBlock(title, nil)
	f.introduction = joinIntroduction(introduction)
	f.hear(f.introduction)
	f.readByline(title)
	f.Subject = f.findSubject()
	f.Publication = cmp.Or(f.Publication, f.spokenWith(), f.titlePublication())
	if f.place == "" {
		f.place = dateline(f.introduction)
	}
	return f
}

// joinIntroduction is the start of an introduction, in which people are looked for.
func joinIntroduction(paragraphs []string) string {
	return letters.Head(strings.Join(paragraphs, "\n"), introductionLimit)
}

const (
	introductionLimit = 8000 // bytes
	heardTurns        = 40   // in which somebody is spoken of by name
)

const (
	datelineStart   = 80 // bytes of an introduction in which a dateline ends with a dash
	longestDateline = 49 // bytes
)

// dateline reads the place from the dateline of an introduction, a town in capitals before
// a dash: "PORT VALE, Portugal — Jane Roe came ..."
func dateline(introduction string) string {
	for _, dash := range []string{" — ", " – ", " -- ", "— "} {
		before, _, ok := strings.Cut(letters.Head(introduction, datelineStart), dash)
		town, _, _ := strings.Cut(before, ",")
		if ok && len(before) <= longestDateline && letters.IsAllCaps(strings.ReplaceAll(town, " ", "")) {
			return names.TitleCase(before)
		}
	}
	return ""
}

// Apply gives a transcript the title, the date and the place of the front matter. Of 3/4/2031
// America alone has the month first.
func (f Front) Apply(t *model.Transcript) {
	if spoken := language.Of(t.Text); f.doubtfulDate && spoken != "" && spoken != "en" {
		f.date, f.doubtfulDate = names.DayFirst(f.date), false
	}
	t.Title, t.Date, t.Place = model.Optional(f.title), model.Optional(f.date), model.Optional(f.place)
	if f.doubtfulDate {
		t.Warn("the date was read month first, as %s; if that is wrong, give the date", f.date)
	}
}

// Presiding lists the people whom the front matter names as conducting the event.
func (f *Front) Presiding() []string {
	return slices.Concat(f.holding("moderator"), f.holding("host"), f.holding("chair"))
}
