package htmlpage

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// metaField is the field that a property of a page, in small letters, becomes: by Open
// Graph, Dublin Core, schema.org and plain HTML. The day on which a page was published
// need not be the event's.
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

// fields are the facts that the page states of itself, the first of each name.
func (p *page) fields(lines []content.Line) []content.Field {
	var f fieldList
	for n := range p.root.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			f.add("language", attr(n, "lang"))
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				f.add(metaField(strings.ToLower(attr(n, key))), attr(n, "content"))
			}
			if strings.EqualFold(attr(n, "name"), "generator") {
				f.generator = cmp.Or(f.generator, text.OneLine(attr(n, "content")))
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
	f.window = strings.TrimLeft(f.window, "-–—|:· ")
	if f.namesGenerator(f.window) {
		f.window = ""
	}
	f.chooseTitle(lines)
	return f.list
}

// namesGenerator reports whether a title names the program that made the page, or the file
// of which it was made, rather than what it holds.
func (f *fieldList) namesGenerator(title string) bool {
	lower := strings.ToLower(title)
	if fileName.MatchString(lower) {
		return true
	}
	for _, opening := range generatorTitles {
		if strings.HasPrefix(lower, opening) {
			return true
		}
	}
	return f.generator != "" && title != "" && strings.HasPrefix(strings.ToLower(f.generator), lower)
}

var fileName = regexp.MustCompile(`\.(?:pdf|docx?|odt|rtf|txt|wpd|indd|html?)$`)

var generatorTitles = lexicon.Phrases("titles of generators")

// timeField is the field that a time element states: that of its property, or else, as
// on most pages, when the page was published.
func timeField(n *html.Node) string {
	return cmp.Or(metaField(strings.ToLower(attr(n, "itemprop"))), "published")
}

// fieldList gathers fields, of which the first of each name counts.
type fieldList struct {
	list   []content.Field
	window string // the page's title element

	generator string // the program that made the page
}

func (f *fieldList) add(name, value string) {
	if name != "" && f.get(name) == "" && !(name == "title" && f.namesGenerator(value)) {
		f.list = content.AppendField(f.list, name, value)
	}
}

func (f *fieldList) get(name string) string {
	for _, field := range f.list {
		if field.Name == name {
			return field.Value
		}
	}
	return ""
}

// linkedData is the part of schema.org's vocabulary for articles and events, as
// JSON-LD.
type linkedData struct {
	Headline      string       `json:"headline"`
	DatePublished string       `json:"datePublished"`
	StartDate     string       `json:"startDate"`
	Graph         []linkedData `json:"@graph"`
}

func (f *fieldList) addLinked(data string) {
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

// chooseTitle takes the title that the page declares, else its only heading of the
// first level, else its title element. The site's name at the end goes where the page
// states that name, or the heading lacks it.
func (f *fieldList) chooseTitle(lines []content.Line) {
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
