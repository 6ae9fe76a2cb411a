package people

import (
	"cmp"
	"slices"
	"strings"

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

const IntroductionLimit = 8000 // bytes of the introduction in which people are looked for

// dateline reads the place from "PORT VALE, Portugal — Jane Roe came ..."
func dateline(introduction string) string {
	for _, dash := range []string{" — ", " – ", " -- ", "— "} {
		before, _, ok := strings.Cut(letters.Head(introduction, 80), dash)
		town, _, _ := strings.Cut(before, ",")
		if ok && len(before) < 50 && letters.IsAllCaps(strings.ReplaceAll(town, " ", "")) {
			return names.TitleCase(before)
		}
	}
	return ""
}

// Apply writes the front matter's facts into the transcript.
func (f Front) Apply(t *model.Transcript) {
	t.Title, t.Date, t.Place = model.Optional(f.title), model.Optional(f.date), model.Optional(f.place)
	if f.doubtfulDate {
		t.Warn("the date was read month first, as %s; if that is wrong, give the date", f.date)
	}
}

// Presiding are the people whom the title block names as conducting the event.
func (f *Front) Presiding() []string {
	return slices.Concat(f.holders["moderator"], f.holders["host"], f.holders["chair"])
}
