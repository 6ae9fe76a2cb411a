package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readCast reads the cast from a title block: the people with a line of their own, and those
// in fields such as "Moderator: Jane Roe" or listed below a heading such as "Witnesses:",
// with the part or office that they have there.
func (f *Front) readCast(rows []row) {
	part := "" // of the people who are listed, as the last field or heading says
	for i, r := range rows {
		field, value, isField := strings.Cut(r.text, ":")
		field = strings.ToLower(field)
		switch {
		case isField && labels.CastPart(field) != "":
			part = labels.CastPart(field)
		case part != "" && (letters.IsListItem(r.text) || !r.gap || r.kind == rowPerson):
			value = r.text
		default:
			part = ""
		}
		var people []string
		if r.kind == rowPerson {
			people = []string{r.person}
			if part == "" {
				f.lines[r.person] = r.text
			}
		} else if part != "" {
			people = names.FullNames(names.TitleCaseCaps(value))
		}
		for _, name := range people {
			f.addCast(name, part)
			f.addCast(name, strings.TrimSuffix(r.office, "."))
			f.addCast(name, partOf(r.text))
			if i+1 < len(rows) && !rows[i+1].gap && lexicon.IsTitle(rows[i+1].text) {
				f.addCast(name, lexicon.Bare(rows[i+1].text))
			}
		}
		f.readOfficers(r.text)
	}
	f.settleCast()
}

// settleCast finds the two people of an interview among the cast: who asks, and who is
// interviewed.
func (f *Front) settleCast() {
	f.Asker = f.only("interviewer")
	f.Subject = cmp.Or(f.only("interviewee"), f.only("guest"), f.only("witness"))
	if guests := f.withoutAskers(); f.Subject == "" && len(guests) == 1 {
		f.Subject = guests[0]
	}
}

// withoutAskers are those of the cast who are not there to ask, to preside or to record.
func (f *Front) withoutAskers() []string {
	asking := map[string]bool{}
	for as, holders := range f.holders {
		for _, name := range holders.people {
			asking[name] = asking[name] || recordersAndAskers[as]
		}
	}
	return slices.DeleteFunc(slices.Clone(f.cast.people), func(name string) bool { return asking[name] })
}

var recordersAndAskers = lexicon.Union(lexicon.Words("offices of those who record or ask"), lexicon.Words("labels of presiders"))

// addCast adds a person to the cast, as what they are there: a part, an office, or nothing.
func (f *Front) addCast(name, as string) {
	f.addMember(name)
	if as != "" {
		if f.holders[as] == nil {
			f.holders[as] = newRoster()
		}
		f.holders[as].add(name)
	}
}

// addMember adds a person to the cast.
func (f *Front) addMember(name string) {
	f.cast.add(name)
	f.mentions.add(name, nil)
}

// only is the one person of the cast who has a part or an office; empty if nobody or several
// people have it.
func (f *Front) only(as string) string {
	if holders := f.holding(as); len(holders) == 1 {
		return holders[0]
	}
	return ""
}

// holding are the people of the cast who have a part or an office.
func (f *Front) holding(as string) []string {
	if holders := f.holders[as]; holders != nil {
		return holders.people
	}
	return nil
}
