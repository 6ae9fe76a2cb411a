// Package export writes answers as documents that can be filed, and reads them
// back to be checked.
//
// There is one small encoder for each format, and all of them write the same
// Document: the answers divided into prose and quotations, and a note for each
// quotation with all that is needed to find its words again: the transcript's
// permalink and offsets, its version and the SHA-256 of its file. Everything
// else in an answer is data: no encoder lets it become markup.
package export

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// generator is how a document says who wrote it.
const generator = "Pullquote"

// Format is a kind of document.
type Format struct {
	Name      string // as in --format: md
	MediaType string
	Extension string // of a file, with the dot
	write     func(io.Writer, *Document) error
}

// Formats lists the formats.
func Formats() []Format {
	return []Format{
		{"md", "text/markdown; charset=utf-8", ".md", writeMarkdown},
		{"html", "text/html; charset=utf-8", ".html", writeHTML},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", writeDOCX},
		{"pdf", "application/pdf", ".pdf", writePDF},
		{"json", "application/json", ".json", writeJSON},
		{"csl", "application/vnd.citationstyles.csl+json", ".csl.json", writeCSL},
		{"bib", "application/x-bibtex; charset=utf-8", ".bib", writeBibLaTeX},
		{"ris", "application/x-research-info-systems; charset=utf-8", ".ris", writeRIS},
		{"csv", "text/csv; charset=utf-8", ".csv", writeCSV},
	}
}

// FormatList names the formats, for a sentence.
func FormatList() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// FormatOf finds a format by its name.
func FormatOf(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fault.New(fault.Invalid, "there is no export format %q; the formats are %s", name, FormatList())
}

// FormatOfFile finds a format by the ending of a file's name.
func FormatOfFile(name string) (found Format, ok bool) {
	for _, f := range Formats() {
		if strings.HasSuffix(strings.ToLower(name), f.Extension) && len(f.Extension) > len(found.Extension) { // .csl.json is no .json
			found = f
		}
	}
	return found, found.Name != ""
}

// Binary reports whether a file of the format is no text, which a terminal could show.
func (f Format) Binary() bool { return f.Name == "docx" || f.Name == "pdf" }

// Write writes a document.
func (f Format) Write(w io.Writer, d *Document) error { return f.write(w, d) }

// Document is what is exported: an answer, several, or a conversation.
type Document struct {
	Answers []answer.Answer // in order
	// Records are the transcripts that are cited, by id. One that has been deleted
	// since is missing: its citations say enough without it.
	Records map[string]retrieval.StoredTranscript
	Style   Style // of the notes
	Search  *Search
}

// Search is what was searched for, if that is what a document is of: with it, an
// export can be run again.
type Search struct {
	Query  string           `json:"query"`
	Filter retrieval.Filter `json:"filter"`
	Limit  int              `json:"limit,omitempty"`
}

// Library reads the records of the transcripts that are cited.
type Library interface {
	Get(ctx context.Context, id string) (retrieval.StoredTranscript, error)
}

// NewDocument gathers what a document of answers needs. A style that is empty is
// Chicago.
func NewDocument(ctx context.Context, library Library, answers []answer.Answer, style string) (*Document, error) {
	d := &Document{Answers: answers, Records: map[string]retrieval.StoredTranscript{}}
	var err error
	if d.Style, err = StyleOf(style); err != nil {
		return nil, err
	}
	for _, c := range d.citations() {
		if _, known := d.Records[c.TranscriptID]; known {
			continue
		}
		r, err := library.Get(ctx, c.TranscriptID)
		switch {
		case err == nil:
			d.Records[c.TranscriptID] = r
		case fault.CodeOf(err) != fault.NotFound:
			return nil, err
		}
	}
	d.complete()
	return d, nil
}

// complete fills in the version, hash and place of citations that were stored before
// transcripts had versions.
func (d *Document) complete() {
	d.Answers = slices.Clone(d.Answers)
	for i := range d.Answers {
		citations := slices.Clone(d.Answers[i].Citations)
		for j, c := range citations {
			if r, known := d.Records[c.TranscriptID]; known && c.SHA256 == "" {
				citations[j].SHA256, citations[j].Version, citations[j].Place = r.SHA256, r.Version, r.Place
			}
		}
		d.Answers[i].Citations = citations
	}
}

// Title is the document's: its first question.
func (d *Document) Title() string {
	if len(d.Answers) == 0 {
		return "Pullquote"
	}
	return words.InertLine(d.Answers[0].Question)
}

// cited is a citation with the answer that it is in.
type cited struct {
	answer.Citation
	in *answer.Answer
}

// citations are those of all answers. Those whose words are there are numbered through the
// document; those that are redacted have no number.
func (d *Document) citations() []cited {
	var all []cited
	number := 0
	for i := range d.Answers {
		for _, c := range d.Answers[i].Citations {
			if c.Number = 0; !c.Redacted {
				number++
				c.Number = number
			}
			all = append(all, cited{c, &d.Answers[i]})
		}
	}
	return all
}

// sources are the transcripts that are cited, in order of first citation, but for those that are
// deleted: nothing is known of them.
func (d *Document) sources() []source {
	byID := map[string][]cited{}
	var ids []string
	for _, c := range d.citations() {
		if c.Redacted {
			continue
		}
		if byID[c.TranscriptID] == nil {
			ids = append(ids, c.TranscriptID)
		}
		byID[c.TranscriptID] = append(byID[c.TranscriptID], c)
	}
	var all []source
	for _, id := range ids {
		all = append(all, newSource(d.Records[id], byID[id]...))
	}
	return all
}
