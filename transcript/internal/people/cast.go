package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readCast lists the people with a line of their own, and those below a
// heading such as "Witnesses:", and what they are there.
func (f *Front) readCast(rows []row) {
	heading := ""
	for i, r := range rows {
		field, value, isField := strings.Cut(r.text, ":")
		field = strings.ToLower(field)
		switch {
		case isField && labels.CastPart(field) != "":
			heading = labels.CastPart(field)
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
