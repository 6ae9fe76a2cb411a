// Package records opens the official records of parliaments, and of others who
// transcribe, as they are published for programs: in XML, SGML and JSON.
//
// Every house has a vocabulary of its own. Each is a file here, and a row of the table
// of vocabularies, which knows them by their root element. What all share is a tree of
// the file, and a writer that makes lines of it, in the voice of whoever the markup
// says speaks. A vocabulary that is not known is refused: only what a vocabulary means
// by its elements tells words from facts about them, and a guess would put page numbers
// and parties into people's mouths.
package records

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// IsAkoma recognises Akoma Ntoso by its root element.
func IsAkoma(data []byte, o content.Options) bool {
	return rootName(decode.Sniff(data, o)) == "akomantoso"
}

// Is recognises XML by its declaration, by a root element that is known, or by tags
// that a web page does not have. A web page it is only if the European Parliament's
// debates stand in it.
func Is(data []byte, o content.Options) bool {
	start := decode.Sniff(data, o)
	root := rootName(start)
	switch {
	case root == "html":
		return debatsInHTML.MatchString(start)
	case root == "" || pageElements[root] || htmlDoctype.MatchString(start):
		return false
	case prolog.MatchString(start):
		return true
	}
	return !htmlElements[root] && (knownRoots()[root] || corpusTag.MatchString(start) || isMarkup(start, root))
}

var (
	prolog       = regexp.MustCompile(`(?i)^\s*<(\?xml|!doctype)\s`)
	htmlDoctype  = regexp.MustCompile(`(?i)^[^<]*(?:<\?[^>]*>\s*|<!--[\s\S]*?-->\s*)*<!doctype\s+html`)
	debatsInHTML = regexp.MustCompile(`<DEBATS[\s>]`)
	rootElement  = regexp.MustCompile(`^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<![^\[>]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:[\w-]+:)?([A-Za-z][\w.-]*)[\s/>]`)
)

// rootName is the name of the first element of a text that begins with markup, in small
// letters and without its namespace; empty where there is none.
func rootName(start string) string {
	m := rootElement.FindStringSubmatch(start)
	if m == nil {
		return ""
	}
	return strings.ToLower(m[1])
}

// isMarkup reports whether a text that begins with a tag is markup throughout, rather
// than lines that begin with names in angle brackets: an element with the first name
// ends as well, or so do three others.
func isMarkup(start, root string) bool {
	if strings.Contains(strings.ToLower(start), "</"+root+">") {
		return true
	}
	return len(endTag.FindAllStringIndex(start, fewestEndTags)) == fewestEndTags
}

const fewestEndTags = 3

var endTag = regexp.MustCompile(`</[A-Za-z][\w.:-]*>`)

// Open reads the speeches of XML or SGML, and what stands between them.
func Open(data []byte, o content.Options) (*content.Content, error) {
	if m := xmlEncoding.FindSubmatch(data[:min(len(data), 200)]); m != nil && decode.Charset(o.ContentType) == "" && !isUTF8AfterAll(string(m[1]), data) {
		o.ContentType = "text/xml; charset=" + string(m[1])
	}
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	if corpusTag.MatchString(text) {
		return readCorpus(text, warnings)
	}
	document, err := readXML(text)
	if err != nil {
		return nil, err
	}
	return open(document, warnings)
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']`)

// isUTF8AfterAll reports whether bytes are UTF-8 that declare an encoding in which
// nothing is wrong: programs often write one and say the other.
func isUTF8AfterAll(declared string, data []byte) bool {
	declared = strings.ToLower(declared)
	return (declared == "iso-8859-1" || declared == "windows-1252") && utf8.Valid(data)
}

// IsJSON recognises the JSON of parliaments by the keys of their speeches.
func IsJSON(data []byte, o content.Options) bool {
	start := strings.TrimSpace(decode.Sniff(data, o))
	return strings.HasPrefix(start, "{") && recordKeys.MatchString(start)
}

var recordKeys = regexp.MustCompile(`"(?:AttributedTo|speechRecord|meetingRecord|anforandetext)"\s*:`)

// OpenJSON reads the speeches of JSON, and what stands between them.
func OpenJSON(data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	document, err := readJSON(text)
	if err != nil {
		return nil, err
	}
	return open(document, warnings)
}

// open reads a document by its vocabulary.
func open(document *node, warnings []string) (*content.Content, error) {
	root := document.root()
	v, err := vocabularyOf(root)
	if err != nil {
		return nil, err
	}
	w := newWriter()
	v.read(w, root)
	if !w.spoken {
		return nil, content.Invalid("the markup is that of %s, and has no speeches; give the record of a sitting", v.what)
	}
	return w.content(warnings), nil
}
