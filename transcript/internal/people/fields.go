package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readFields takes what a file says of itself beside its text: it goes before
// anything that is only read from the title block.
func (f *Front) readFields(fields []container.Field, surnames map[string]bool) {
	for _, field := range fields {
		value := lexicon.PlainBlanks(invisible.Replace(field.Value))
		switch name := strings.ToLower(field.Name); name {
		case "title":
			f.title = cmp.Or(f.withoutSite(value, fields), f.title)
			f.mentions.gather(value, surnames)
			f.readOfficers(value)
		case "date":
			f.takeDate(value, namedDate+1)
		case "published", "published_time", "article:published_time", "datepublished", "created":
			f.takeDate(value, pageDate)
		case "place", "location", "venue":
			f.place = cmp.Or(value, f.place)
		default:
			f.readFieldNames(name, value)
		}
	}
	f.settleCast()
}

// invisible marks stand in titles to keep a line from breaking.
var invisible = strings.NewReplacer("\u2060", "", "\u200b", "", "\ufeff", "", "\u00ad", "")

// takeDate takes the date of a field unless the title block has a better one: a
// date on a line of its own is the event's, that of a field may be the page's.
func (f *Front) takeDate(value string, rank int) {
	date, ok := names.FindDate(value)
	if ok && rank > f.dateRank {
		f.date, f.doubtfulDate, f.dateRank = date.ISO, date.Doubtful, rank
	}
}

// withoutSite takes the name of the site off a title, where the file names the
// site or the title without it stands in the text.
func (f *Front) withoutSite(title string, fields []container.Field) string {
	for _, mark := range siteMarks {
		at := strings.LastIndex(title, mark)
		if at <= 0 {
			continue
		}
		before, site := title[:at], title[at+len(mark):]
		if lexicon.Fold(before) == lexicon.Fold(f.title) {
			return before
		}
		for _, field := range fields {
			if (field.Name == "site" || field.Name == "site_name" || field.Name == "og:site_name" || field.Name == "publisher") && lexicon.Fold(field.Value) == lexicon.Fold(site) {
				return before
			}
		}
	}
	return title
}

// siteMarks stand between a page's title and the name of its site.
var siteMarks = []string{" | ", " — ", " – ", " :: ", " » ", " - "}

// readFieldNames takes the people of a field such as speakers, hosts, guest.
func (f *Front) readFieldNames(field, value string) {
	as := labels.CastPart(field)
	if as == "" {
		return
	}
	for _, name := range ListedNames(value) {
		f.addCast(name, as)
	}
}

// ListedNames are the names of a list on one line: Jane Roe, John Poe. Where a
// list holds people, one of them may go by a single name.
func ListedNames(list string) []string {
	var found []string
	for _, item := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",;|[]\n", r) }) {
		item = strings.Trim(item, " -'\"*_")
		if item != "" && len(strings.Fields(item)) <= names.MaxNameWords && lexicon.AreNameWords(strings.Fields(item)) {
			found = append(found, names.TitleCaseCaps(item))
		}
	}
	return found
}
