package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readFields takes what a file says of itself in fields beside its text. It goes before what
// is read from the title block, but for the date.
func (f *Front) readFields(fields []content.Field, surnames map[string]bool) {
	for _, field := range fields {
		value := lexicon.PlainBlanks(invisible.Replace(field.Value))
		switch name := strings.ToLower(field.Name); name {
		case "title":
			f.title = cmp.Or(f.withoutSite(value, fields), f.title)
			f.takeDate(value, namedDate)
			f.mentions.gather(value, surnames, billed())
			f.readOfficers(value)
		case "date":
			f.takeDate(value, fieldDate)
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

// invisible takes out the marks that keep titles from breaking, or let them.
var invisible = strings.NewReplacer("\u2060", "", "\u200b", "", "\ufeff", "", "\u00ad", "")

// takeDate takes the date of a field unless the document has one of the same rank or a
// higher one.
func (f *Front) takeDate(value string, rank int) {
	date, ok := names.FindDate(value)
	if ok && rank > f.dateRank {
		f.date, f.doubtfulDate, f.dateRank = date.ISO, date.Doubtful, rank
	}
}

// withoutSite is a title without the name of its site, if the file names the site in a
// field, or if the title without it stands in the text.
func (f *Front) withoutSite(title string, fields []content.Field) string {
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

// siteMarks are what stands between a page's title and the name of its site.
var siteMarks = []string{" | ", " — ", " – ", " :: ", " » ", " - "}

// readFieldNames takes the people of a field that lists who has a part: speakers, hosts,
// guest.
func (f *Front) readFieldNames(field, value string) {
	as := labels.CastPart(field)
	if as == "" {
		return
	}
	for _, name := range ListedNames(value) {
		f.addCast(name, as)
	}
}

// ListedNames are the names of people in a list on one line: Jane Roe, John Poe. Since the
// list is known to hold people, a single word may be a name, too.
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
