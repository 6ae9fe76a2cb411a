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
	"context"
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

// Is recognises XML by its declaration, or by a root element that is known, and other
// markup by its tags. A web page it is only if the European Parliament's debates stand in
// it; one that is called Markdown may begin with tags.
func Is(data []byte, o content.Options) bool {
	start := decode.Sniff(data, o)
	if !strings.Contains(start, "<") {
		return false
	}
	root := rootName(start)
	switch {
	case root == "html" || isCalled(o, "html"):
		return debatsInHTML.MatchString(start)
	case pageElements[root] || htmlDoctype.MatchString(start):
		return false
	case root != "" && (prolog.MatchString(start) || knownRoots()[root]):
		return true
	}
	return !isCalled(o, "markdown") && (corpusTag.MatchString(start) || isMarkup(start, root))
}

// isCalled reports whether a file is called a web page or Markdown by its name or type.
func isCalled(o content.Options, kind string) bool {
	extensions := map[string]string{".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown"}
	return extensions[o.Extension()] == kind || o.MediaType() == "text/"+kind
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

// isMarkup reports whether a text is markup throughout, rather than lines that begin with
// names in angle brackets: its first element ends as well, or half of its lines begin with
// a tag and some tags end.
func isMarkup(start, root string) bool {
	switch {
	case htmlElements[root]:
		return false
	case root != "" && strings.Contains(strings.ToLower(start), "</"+root+">"):
		return true
	}
	ends := 0
	for _, m := range endTag.FindAllStringSubmatch(start, -1) {
		if !htmlElements[strings.ToLower(m[1])] {
			ends++
		}
	}
	tagged, lines := 0, 0
	for line := range strings.SplitSeq(start, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines++
			if strings.HasPrefix(line, "<") {
				tagged++
			}
		}
	}
	return ends >= fewestEndTags && tagged*2 >= lines
}

const fewestEndTags = 3

var endTag = regexp.MustCompile(`</([A-Za-z][\w.:-]*)>`)

// Open reads the speeches of XML or SGML, and what stands between them.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
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
	document, err := readXML(ctx, text)
	if err != nil {
		return nil, err
	}
	return open(document.root(), len(text), warnings)
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
	return start != "" && strings.ContainsAny(start[:1], "{[") && recordKeys.MatchString(start)
}

var recordKeys = regexp.MustCompile(`"(?:AttributedTo|speechRecord|meetingRecord|anforandetext)"\s*:`)

// OpenJSON reads the speeches of JSON, and what stands between them.
func OpenJSON(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	document, err := readJSON(ctx, text)
	if err != nil {
		return nil, err
	}
	return open(document, len(text), warnings)
}

// open reads the tree of a file of so many bytes by its vocabulary.
func open(root *node, size int, warnings []string) (*content.Content, error) {
	v, err := vocabularyOf(root)
	if err != nil {
		return nil, err
	}
	w := newWriter()
	v.read(w, root)
	if !w.spoken {
		return nil, content.NoTranscript("no turns found", "the markup is that of %s, and has no speeches; give the record of a sitting", v.what)
	}
	if err := content.CheckLines(len(w.lines), size); err != nil {
		return nil, err
	}
	return w.content(warnings), nil
}
