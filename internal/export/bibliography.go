package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
)

// The bibliographies have one entry for each transcript that is cited. Its notes
// tell where in the transcript the quoted words stand.

// notes are those of an entry: one for each quotation, with the question that
// was asked.
func (s source) notes() []string {
	var notes []string
	for _, c := range s.citations {
		quote := "“" + c.Quote + "”"
		if who := join(", ", c.Credit().Name(""), c.Quoting()); who != "" {
			quote += " – " + who + "."
		}
		notes = append(notes, words.InertLine(join(" ", quote, contextOf(c.Citation), locatorOf(c.Citation), recordingOf(c.Citation), c.URL, "Question: “"+c.in.Question+"”", about(*c.in))))
	}
	return notes
}

// recordingOf says at which time a recording has the words, and where it is; empty where there
// is none.
func recordingOf(c answer.Citation) string {
	if c.Heard() == "" {
		return ""
	}
	return c.Heard() + ": " + string(c.MediaURL)
}

type cslItem struct {
	ID          string    `json:"id"`
	Type        string    `json:"type"`
	Title       string    `json:"title"`
	Author      []cslName `json:"author,omitempty"`
	Interviewer []cslName `json:"interviewer,omitempty"`
	Issued      *cslDate  `json:"issued,omitempty"`
	EventPlace  string    `json:"event-place,omitempty"`
	Genre       string    `json:"genre,omitempty"`
	Language    string    `json:"language,omitempty"`
	URL         string    `json:"URL,omitempty"`
	Version     string    `json:"version,omitempty"`
	Note        string    `json:"note,omitempty"`
}

type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Suffix  string `json:"suffix,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	DateParts [][]int `json:"date-parts"`
}

// writeCSL writes CSL-JSON (citationstyles.org, schema 1.0), which Zotero and
// Pandoc read.
func writeCSL(w io.Writer, d *Document) error {
	items := []cslItem{}
	for _, s := range d.sources() {
		item := cslItem{
			ID: s.id, Type: s.kind.csl, Title: s.title, EventPlace: s.place, Genre: "Transcript", Language: s.language, URL: s.url,
			Author: cslNames(s.authors()), Interviewer: cslNames(s.interviewers()), Version: strconv.Itoa(s.version), Note: strings.Join(s.notes(), " "),
		}
		if t, ok := s.day(); ok {
			item.Issued = &cslDate{[][]int{{t.Year(), int(t.Month()), t.Day()}}}
		}
		items = append(items, item)
	}
	return encodeJSON(w, items)
}

func cslNames(names []string) []cslName {
	var all []cslName
	for _, name := range names {
		n := readName(name)
		all = append(all, cslName{n.family, n.given, n.suffix, n.literal})
	}
	return all
}

// writeBibLaTeX writes BibLaTeX in UTF-8.
func writeBibLaTeX(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	for i, s := range d.sources() {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(b, "@%s{pullquote:%s,\n", s.kind.biblatex, s.id)
		var authors []string
		for _, name := range s.authors() {
			authors = append(authors, latexName(readName(name)))
		}
		for _, field := range [][2]string{
			{"author", strings.Join(authors, " and ")}, {"title", latex(s.title)}, {"titleaddon", latex(s.what())}, {"date", s.date},
			{"location", latex(s.place)}, {"url", latexURL(s.url)}, {"version", strconv.Itoa(s.version)},
			{"annotation", latex(strings.Join(s.notes(), " "))}, // which styles do not print
		} {
			if field[1] != "" {
				fmt.Fprintf(b, "  %s = {%s},\n", field[0], field[1])
			}
		}
		b.WriteString("}\n")
	}
	return b.Flush()
}

func latexName(n personName) string {
	if n.literal != "" {
		return "{" + latex(n.literal) + "}"
	}
	return latex(join(", ", n.family, n.suffix, n.given))
}

var latexEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`)

// latex makes text inert within braces.
func latex(s string) string { return latexEscapes.Replace(norm.NFC.String(words.InertLine(s))) }

// latexURL encodes what would end or change the field.
func latexURL(s string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(s)
}

// writeRIS writes RIS, which EndNote and Zotero read.
func writeRIS(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	for _, s := range d.sources() {
		line := func(tag, value string) {
			if value != "" {
				fmt.Fprintf(b, "%s  - %s\r\n", tag, words.InertLine(value))
			}
		}
		line("TY", s.kind.ris)
		line("ID", s.id)
		for _, name := range s.authors() {
			line("AU", readName(name).inverted())
		}
		for _, name := range s.interviewers() {
			line("A2", readName(name).inverted())
		}
		line("TI", s.title)
		if t, ok := s.day(); ok {
			line("PY", t.Format("2006"))
			line("DA", t.Format("2006/01/02"))
		}
		line("CY", s.place)
		line("LA", s.language)
		line("UR", s.url)
		line("M3", s.what())
		line("ET", strconv.Itoa(s.version))
		for _, note := range s.notes() {
			line("N1", note)
		}
		b.WriteString("ER  - \r\n\r\n")
	}
	return b.Flush()
}
