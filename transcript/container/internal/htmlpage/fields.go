package htmlpage

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// metaField is the field that a property of a page, in small letters, becomes. The
// day on which a page was published need not be the event's.
func metaField(property string) string {
	switch property {
	case "og:title", "dc.title", "dcterms.title", "citation_title", "headline":
		return "title"
	case "dc.date", "dcterms.date", "startdate":
		return "date"
	case "article:published_time", "dc.date.issued", "dcterms.issued", "datepublished", "citation_publication_date", "date", "pubdate":
		return "published"
	case "author", "dc.creator", "dcterms.creator":
		return "author"
	case "description", "og:description":
		return "description"
	case "og:site_name":
		return "site"
	}
	return ""
}

// fields is what the page says of itself: the first of each.
func (p *page) fields(lines []content.Line) []content.Field {
	var f pageFields
	for n := range p.root.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			f.add("language", attr(n, "lang"))
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				f.add(metaField(strings.ToLower(attr(n, key))), attr(n, "content"))
			}
		case atom.Time:
			f.add(timeField(n), attr(n, "datetime"))
		case atom.Script:
			if attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
				f.addLinked(n.FirstChild.Data)
			}
		case atom.Title:
			if n.Namespace == "" {
				f.window = cmp.Or(f.window, textOf(n))
			}
		}
	}
	f.chooseTitle(lines)
	return f.list
}

// timeField is what a time element tells: what it says, or else, as on most pages,
// when the page was published.
func timeField(n *html.Node) string {
	return cmp.Or(metaField(strings.ToLower(attr(n, "itemprop"))), "published")
}

// pageFields gathers fields, of which the first of a name counts.
type pageFields struct {
	list   []content.Field
	window string // the page's title element
}

func (f *pageFields) add(name, value string) {
	if name != "" && f.get(name) == "" {
		f.list = content.AppendField(f.list, name, value)
	}
}

func (f *pageFields) get(name string) string {
	for _, field := range f.list {
		if field.Name == name {
			return field.Value
		}
	}
	return ""
}

// linkedData is the part of schema.org's vocabulary that tells of an article or
// an event.
type linkedData struct {
	Headline      string       `json:"headline"`
	DatePublished string       `json:"datePublished"`
	StartDate     string       `json:"startDate"`
	Graph         []linkedData `json:"@graph"`
}

func (f *pageFields) addLinked(data string) {
	var one linkedData
	if err := json.Unmarshal([]byte(data), &one); err != nil {
		if json.Unmarshal([]byte(data), &one.Graph) != nil {
			return
		}
	}
	for _, d := range append(one.Graph, one) {
		f.add("title", d.Headline)
		f.add("date", d.StartDate)
		f.add("published", d.DatePublished)
	}
}

// chooseTitle takes the title that the page declares, else its only main heading,
// else the title of its window. The site's name at the end goes where the page
// tells it or the heading lacks it.
func (f *pageFields) chooseTitle(lines []content.Line) {
	heading := onlyHeading(lines)
	title := cmp.Or(f.get("title"), heading, f.window)
	if heading != "" && strings.HasPrefix(title, heading) {
		title = heading
	}
	if site := f.get("site"); site != "" && title != site {
		title = strings.TrimRight(strings.TrimSuffix(title, site), " |-–—:·»")
	}
	for i := range f.list {
		if f.list[i].Name == "title" {
			f.list[i].Value = title
		}
	}
	f.add("title", title)
}

// onlyHeading is the text of the heading of the first level, if there is one only.
func onlyHeading(lines []content.Line) string {
	found := ""
	for _, l := range lines {
		if l.Heading != 1 {
			continue
		}
		if found != "" {
			return ""
		}
		found = l.Text
	}
	return found
}
