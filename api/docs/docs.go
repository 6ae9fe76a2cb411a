// Package docs writes an OpenAPI document as a page for people, with a command that can be
// tried for every operation. It reads as much of such a document as openapi.json has.
package docs

import (
	"bytes"
	"embed"
	"encoding/json"
	"html"
	"html/template"
	"slices"
	"strings"
)

//go:embed page.html
var files embed.FS

// Route is an operation with the command that tries it.
type Route struct {
	methodOperation
	Path string
	Curl string // sends the examples that the document has for the operation
}

// Parts are what the page has in common with the others of its server.
type Parts struct{ Head, Masthead template.HTML }

// view is what page.html shows.
type view struct {
	description
	Parts
	Groups []group
}

// group is what is described under one tag.
type group struct {
	tag
	Routes []Route
}

// Page is the page of an OpenAPI document, with the parts of its server's pages; base is
// where the commands find the server.
func Page(document []byte, base string, parts Parts) ([]byte, error) {
	d, err := readDescription(document)
	if err != nil {
		return nil, err
	}
	v := view{description: d, Parts: parts}
	routes := d.routes(base)
	for _, t := range d.Tags {
		others := func(r Route) bool { return !slices.Contains(r.Tags, t.Name) }
		v.Groups = append(v.Groups, group{t, slices.DeleteFunc(slices.Clone(routes), others)})
	}
	page, err := template.New("page.html").Funcs(template.FuncMap{"prose": prose, "kind": kindOf}).ParseFS(files, "page.html")
	if err != nil {
		return nil, err
	}
	var written bytes.Buffer
	err = page.Execute(&written, v)
	return written.Bytes(), err
}

// Routes are all operations of an OpenAPI document, in its order.
func Routes(document []byte, base string) ([]Route, error) {
	d, err := readDescription(document)
	return d.routes(base), err
}

func (d description) routes(base string) (all []Route) {
	for _, path := range d.Paths {
		for _, o := range path.Value.operations() {
			all = append(all, Route{o, path.Name, o.exampleOf(path.Name).curl(base)})
		}
	}
	return all
}

// prose is text in which what stands between backticks is code.
func prose(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if part = html.EscapeString(part); i%2 == 1 {
			part = "<code>" + part + "</code>"
		}
		b.WriteString(part)
	}
	return template.HTML(b.String())
}

// kindOf says what a schema takes, with a link where it is described by itself.
func kindOf(s schema) template.HTML {
	switch {
	case s.Ref != "":
		name := html.EscapeString(baseOf(s.Ref))
		return template.HTML(`<a href="#` + name + `">` + name + `</a>`)
	case len(s.Enum) > 0:
		return template.HTML(html.EscapeString(strings.Join(slices.DeleteFunc(slices.Clone(s.Enum), func(v string) bool { return v == "" }), " | ")))
	case s.Items != nil:
		return "list of " + kindOf(*s.Items)
	case len(s.AnyOf) > 0:
		var kinds []string
		for _, one := range s.AnyOf {
			kinds = append(kinds, string(kindOf(one)))
		}
		return template.HTML(strings.Join(kinds, " or "))
	}
	var name string
	var names []string
	if json.Unmarshal(s.Type, &name) == nil {
		names = []string{name}
	} else if json.Unmarshal(s.Type, &names) != nil {
		return "anything"
	}
	return template.HTML(html.EscapeString(strings.Join(names, " or ")))
}
