package records

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// vocabulary is what a house means by its elements.
type vocabulary struct {
	what  string   // what the file is called
	roots []string // its root elements; any, where there are none
	mark  string   // an element that stands in it, where others have the same root
	read  func(w *writer, root *node)
}

// vocabularies lists those that are read; the first that fits is taken. The last fits any
// root, and only what it knows throughout.
func vocabularies() []vocabulary {
	return []vocabulary{
		{"Akoma Ntoso", []string{"akomantoso"}, "", readAkoma},
		{"TEI", []string{"tei", "teicorpus", "tei.2"}, "", readTEI},
		{"TheyWorkForYou", []string{"publicwhip", "debates"}, "", readSpeeches},
		{"the Bundestag", []string{"dbtplenarprotokoll"}, "", readBundestag},
		{"the Bundestag", []string{"dokument"}, "wahlperiode", readBundestagText},
		{"the Folketing", []string{"dokument", "meeting"}, "tale", readFolketing},
		{"the Assemblée nationale", []string{"compterendu"}, "paragraphe", readAssemblee},
		{"the Sénat", []string{"publicationdsenat", "publicationdan", "publicationdassemblee", "compterendu"}, "para", readJournal},
		{"Canada's Hansard", []string{"hansard", "publication"}, "intervention", readCanada},
		{"Australia's Hansard", []string{"hansard"}, "", readAustralia},
		{"the European Parliament", []string{"debats", "html"}, "intervention", readEuroparl},
		{"Japan's Diet", []string{"data", "json"}, "speechrecord", readKokkai},
		{"the Riksdag", []string{"anforandelista", "anforande", "json"}, "anforandetext", readRiksdag},
		{"the Storting", []string{"forhandlinger"}, "", readStorting},
		{"the Staten-Generaal", []string{"officiele-publicatie", "handelingen", "handeling"}, "", readHandelingen},
		{"the Hansard API", []string{"json"}, "attributedto", readHansardAPI},
		{"XML with speeches", nil, "", readSpeeches},
	}
}

// knownRoots are the root elements of XML that some vocabulary has.
func knownRoots() map[string]bool {
	roots := map[string]bool{}
	for _, v := range vocabularies() {
		for _, root := range v.roots {
			roots[root] = root != "json" && root != "html" && root != "data" && root != "publication" && root != "meeting"
		}
	}
	return roots
}

// vocabularyOf is the vocabulary of a file, or an error that says which are read.
func vocabularyOf(root *node) (vocabulary, error) {
	var read []string
	for _, v := range vocabularies() {
		if v.fits(root) {
			return v, nil
		}
		if v.roots != nil {
			read = append(read, v.what)
		}
	}
	within := ""
	if unknown := unknownInSpeeches(root); unknown != "" && hasSpeeches(root) {
		within = " with <" + unknown + "> in its speeches"
	}
	return vocabulary{}, content.Unsupported("the markup, whose root element is <%s>%s, is of no vocabulary that is read, so that words cannot be told from facts about them; "+
		"save its text as UTF-8, each turn with its speaker (\"JANE ROE: ...\"). Read are %s", root.name, within, strings.Join(slices.Compact(read), ", "))
}

// fits reports whether a file is written in a vocabulary.
func (v vocabulary) fits(root *node) bool {
	if v.roots == nil {
		return unknownInSpeeches(root) == "" && hasSpeeches(root)
	}
	for _, name := range v.roots {
		if root.name == name {
			return v.mark == "" || root.name == v.mark || root.first(v.mark) != nil
		}
	}
	return false
}

// pageElements are the root elements of web pages.
var pageElements = text.WordSet(`html head body title meta`)

// htmlElements are root elements of web pages, or of pieces of one.
var htmlElements = text.WordSet(`html head body title meta p div h1 h2 h3 h4 h5 h6 table ul ol dl blockquote section article main
	span font center strong b em i br pre a img style script link hr header footer nav aside figure form label li svg details summary`)
