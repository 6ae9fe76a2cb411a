package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
)

// readFields takes what a file says of itself beside its text: it goes before
// anything that is only read from the title block.
func (f *frontMatter) readFields(fields []container.Field, surnames map[string]bool) {
	for _, field := range fields {
		value := plainBlanks(invisible.Replace(field.Value))
		switch name := strings.ToLower(field.Name); name {
		case "title":
			f.title = firstOf(value, f.title)
			f.mentions.gather(value, surnames)
			f.readOfficers(value)
		case "date":
			f.date, f.doubtfulDate = firstOf(dateOfField(value), f.date), false
		case "place", "location", "venue":
			f.place = firstOf(value, f.place)
		default:
			f.readFieldNames(name, value)
		}
	}
	f.settleCast()
}

// invisible marks stand in titles to keep a line from breaking.
var invisible = strings.NewReplacer("\u2060", "", "\u200b", "", "\ufeff", "", "\u00ad", "")

func dateOfField(value string) string {
	date, _ := findDate(value)
	return date.iso
}

// readFieldNames takes the people of a field such as speakers, hosts, guest.
func (f *frontMatter) readFieldNames(field, value string) {
	as := castFields[field]
	if as == "" {
		return
	}
	for _, name := range listedNames(value) {
		f.addCast(name, as)
	}
}

// listedNames are the names of a list on one line: Jane Roe, John Poe. Where a
// list holds people, one of them may go by a single name.
func listedNames(list string) []string {
	var names []string
	for _, item := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",;|[]\n", r) }) {
		item = strings.Trim(item, " -'\"*_")
		if item != "" && len(strings.Fields(item)) <= maxNameWords && allNameWords(strings.Fields(item)) {
			names = append(names, titleCaseCaps(item))
		}
	}
	return names
}
