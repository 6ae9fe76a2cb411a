package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The bibliographies have one entry for each transcript that is cited. The note
// has what finds the words again.

// provenance is the note of an entry.
func (s source) provenance() string {
	var turns []string
	for _, c := range s.citations {
		turns = append(turns, fmt.Sprintf("turn %d (%s), characters %d to %d", c.Turn, join("", string(c.Speaker)), c.Start, c.End))
	}
	return fmt.Sprintf("Version %d, SHA-256 %s. Cited: %s.", s.version, s.sha256, strings.ReplaceAll(strings.Join(turns, "; "), " ()", ""))
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
			Author: cslNames(s.authors()), Version: strconv.Itoa(s.version), Note: s.provenance(),
		}
		if s.interviewer != "" {
			item.Interviewer = cslNames([]string{s.interviewer})
		}
		if t, ok := s.day(); ok {
			item.Issued = &cslDate{[][]int{{t.Year(), int(t.Month()), t.Day()}}}
		}
		items = append(items, item)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(items)
}

func cslNames(names []string) []cslName {
	var all []cslName
	for _, name := range names {
		n := readName(name)
		all = append(all, cslName{n.family, n.given, n.suffix, n.literal})
	}
	return all
}

// authors are who is credited with a transcript as a whole: the person
// interviewed, or else those whose words are cited. Whoever only asks is not.
func (s source) authors() []string {
	if s.interviewee != "" {
		return []string{s.interviewee}
	}
	var names []string
	seen := map[string]bool{}
	for _, c := range s.citations {
		name := string(c.Speaker)
		if name != "" && name != s.interviewer && c.Role != "question" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
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
			{"location", latex(s.place)}, {"url", latexURL(s.url)}, {"version", strconv.Itoa(s.version)}, {"note", latex(s.provenance())},
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
func latex(s string) string { return latexEscapes.Replace(norm.NFC.String(oneLine(s))) }

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
				fmt.Fprintf(b, "%s  - %s\r\n", tag, oneLine(value))
			}
		}
		line("TY", s.kind.ris)
		line("ID", s.id)
		for _, name := range s.authors() {
			line("AU", readName(name).inverted())
		}
		if s.interviewer != "" {
			line("A2", readName(s.interviewer).inverted())
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
		line("N1", s.provenance())
		b.WriteString("ER  - \r\n\r\n")
	}
	return b.Flush()
}
