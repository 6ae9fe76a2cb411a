package akoma

import (
	"cmp"
	"encoding/xml"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// person is a person of a list in the document's head.
type person struct{ id, forename, surname string }

// note keeps facts that stand in attributes.
func (r *reader) note(t xml.StartElement) {
	switch name := t.Name.Local; name {
	case "TLCPerson":
		if id := attribute(t, "eId", "id"); id != "" {
			r.people[id] = attribute(t, "showAs")
		}
	case "person":
		if r.head > 0 {
			r.person = person{id: attribute(t, "id")}
		}
	case "docDate", "date", "FRBRdate":
		r.fact(name, attribute(t, "date", "when"))
	}
}

// endFact keeps the fact that an element of the head states.
func (r *reader) endFact(name string) {
	text := r.take()
	switch {
	case name == "forename":
		r.person.forename = joinNames(r.person.forename, text)
	case name == "surname":
		r.person.surname = joinNames(r.person.surname, text)
	case name == "persName" && r.people[r.person.id] == "":
		r.people[r.person.id] = cmp.Or(strings.TrimSpace(r.person.forename+" "+r.person.surname), text)
	case name == "title":
		r.fact("title", text)
	case name == "date":
		r.fact("date", text)
	}
}

// joinNames joins the names of a person; a longer text than a fact may have is none.
func joinNames(before, name string) string {
	if len(before) > longestFact {
		return before
	}
	return strings.TrimSpace(before + " " + name)
}

const longestFact = 2000 // bytes of a value that are looked at

// fact keeps the first value of each name. Dates from the year 3000 on are left out,
// because programs write them for "no end".
func (r *reader) fact(name, value string) {
	value = text.OneLine(strings.ToValidUTF8(value[:min(len(value), longestFact)], ""))
	far := len(value) >= 4 && value[0] >= '3' && text.IsNumber(value[:4])
	if r.facts[name] == "" && !far {
		r.facts[name] = value
	}
}

// fields are the title and the date, where possible those of the title page.
func (r *reader) fields() []content.Field {
	return content.FieldsOf("title", cmp.Or(r.facts["docTitle"], r.facts["title"]),
		"date", cmp.Or(r.facts["docDate"], r.facts["FRBRdate"], r.facts["date"]))
}
