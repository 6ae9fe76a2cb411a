package akoma

import (
	"cmp"
	"encoding/xml"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// person is somebody of a list in a document's head.
type person struct{ id, forename, surname string }

// note keeps the facts that stand in attributes.
func (a *akoma) note(t xml.StartElement) {
	switch name := t.Name.Local; name {
	case "TLCPerson":
		if id := attribute(t, "eId", "id"); id != "" {
			a.people[id] = attribute(t, "showAs")
		}
	case "person":
		if a.head > 0 {
			a.person = person{id: attribute(t, "id")}
		}
	case "docDate", "date", "FRBRdate":
		a.fact(name, attribute(t, "date", "when"))
	}
}

// endFact takes the facts that stand in elements of the head.
func (a *akoma) endFact(name string) {
	text := a.take()
	switch {
	case name == "forename":
		a.person.forename = strings.TrimSpace(a.person.forename + " " + text)
	case name == "surname":
		a.person.surname = strings.TrimSpace(a.person.surname + " " + text)
	case name == "persName" && a.people[a.person.id] == "":
		a.people[a.person.id] = cmp.Or(strings.TrimSpace(a.person.forename+" "+a.person.surname), text)
	case name == "title":
		a.fact("title", text)
	case name == "date":
		a.fact("date", text)
	}
}

// fact keeps the first of each that says something: no date lies far ahead.
func (a *akoma) fact(name, value string) {
	value = text.OneLine(value)
	far := len(value) >= 4 && value[0] >= '3' && text.IsNumber(value[:4])
	if a.facts[name] == "" && !far {
		a.facts[name] = value
	}
}

func (a *akoma) fields() []content.Field {
	return content.FieldsOf("title", cmp.Or(a.facts["docTitle"], a.facts["title"]),
		"date", cmp.Or(a.facts["docDate"], a.facts["FRBRdate"], a.facts["date"]))
}
