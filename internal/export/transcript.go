package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// TranscriptFormat is a kind of file that a whole transcript is written as. Each can be added
// again: json keeps everything, turn for turn; the others are for people, and are read again by
// their labels, as every file is.
type TranscriptFormat struct {
	Name      string // as in ?format=: md
	MediaType string
	Extension string // of a file, with the dot
	write     func(io.Writer, *model.Transcript) error
}

// TranscriptFormats lists the formats.
func TranscriptFormats() []TranscriptFormat {
	return []TranscriptFormat{
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", writeTranscriptDOCX},
		{"vtt", "text/vtt; charset=utf-8", ".vtt", writeTranscriptVTT},
		{"md", "text/markdown; charset=utf-8", ".md", writeTranscriptMarkdown},
		{"json", "application/json", ".json", writeTranscriptJSON},
	}
}

// TranscriptFormatOf finds a format by its name.
func TranscriptFormatOf(name string) (TranscriptFormat, error) {
	var names []string
	for _, f := range TranscriptFormats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return TranscriptFormat{}, fault.New(fault.Invalid, "a transcript is not exported as %q; add ?format= with one of %s", name, strings.Join(names, ", "))
}

// Write writes a transcript. Captions have times: "invalid" for a transcript without.
func (f TranscriptFormat) Write(w io.Writer, t *model.Transcript) error { return f.write(w, t) }

func writeTranscriptJSON(w io.Writer, t *model.Transcript) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(t)
}

// label is how a turn says who speaks: by name, and the house behind it; where that is in doubt,
// by the label as printed. It is empty where nobody is named.
func label(t model.Turn, behind func(name, house string) string) string {
	name, house := words.InertLine(string(t.Speaker)), words.InertLine(string(t.Affiliation))
	switch {
	case t.Speaker == "", t.Doubt != "" && t.Label != "":
		return words.InertLine(string(t.Label))
	case house == "":
		return name
	}
	return behind(name, house)
}

// behindComma is how text has a house, so that it is read again as one; but for one that reads
// like several.
func behindComma(name, house string) string {
	if strings.Contains(house, ",") || strings.Contains(house, " and ") {
		return inBrackets(name, house)
	}
	return name + ", " + house
}

// inBrackets is how captions have a house.
func inBrackets(name, house string) string { return name + " (" + house + ")" }

// doubts are what is uncertain of a transcript, a line each.
func doubts(t *model.Transcript) []string {
	var lines []string
	for _, turn := range t.Turns {
		if turn.Doubt != "" {
			lines = append(lines, fmt.Sprintf("Uncertain in turn %d: %s", turn.Index+1, words.InertLine(string(turn.Doubt))))
		}
	}
	return lines
}

// paragraphsOf are the paragraphs of a turn.
func paragraphsOf(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n\n"), func(p string) bool { return strings.TrimSpace(p) == "" })
}

// writeTranscriptMarkdown writes the title, date and place as front matter, and each turn as
// paragraphs of which the first begins with its label in bold.
func writeTranscriptMarkdown(w io.Writer, t *model.Transcript) error {
	b := bufio.NewWriter(w)
	b.WriteString("---\n")
	for _, field := range []struct {
		name  string
		value model.Optional
	}{{"title", t.Title}, {"date", t.Date}, {"place", t.Place}} {
		if field.value != "" {
			quoted, _ := json.Marshal(words.InertLine(string(field.value))) // a string always is JSON, which is YAML
			fmt.Fprintf(b, "%s: %s\n", field.name, quoted)
		}
	}
	for _, doubt := range doubts(t) {
		fmt.Fprintf(b, "# %s\n", doubt)
	}
	b.WriteString("---\n")
	for _, turn := range t.Turns {
		for i, p := range paragraphsOf(turn.Text) {
			b.WriteString("\n")
			if l := label(turn, behindComma); i == 0 && l != "" {
				fmt.Fprintf(b, "**%s:** ", escapeMarkdown(l))
			}
			b.WriteString(escapeMarkdown(p) + "\n")
		}
	}
	return b.Flush()
}

// writeTranscriptVTT writes a caption for each turn.
func writeTranscriptVTT(w io.Writer, t *model.Transcript) error {
	b := bufio.NewWriter(w)
	b.WriteString("WEBVTT")
	if title := words.InertLine(string(t.Title)); title != "" {
		b.WriteString(" - " + strings.ReplaceAll(title, "-->", "→")) // no header may have the arrow of times
	}
	b.WriteString("\n")
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	for _, turn := range t.Turns {
		if turn.StartMS == nil || turn.EndMS == nil {
			return fault.New(fault.Invalid, "captions need times, and turn %d has none; export the transcript as docx, md or json", turn.Index+1)
		}
		fmt.Fprintf(b, "\n%s --> %s\n", captionTime(*turn.StartMS), captionTime(*turn.EndMS))
		if l := label(turn, inBrackets); l != "" {
			fmt.Fprintf(b, "<v %s>", escape.Replace(l))
		}
		fmt.Fprintf(b, "%s\n", escape.Replace(strings.Join(strings.FieldsFunc(turn.Text, func(r rune) bool { return r == '\n' }), "\n")))
	}
	return b.Flush()
}

// captionTime is a time of WebVTT.
func captionTime(ms int64) string {
	d := time.Duration(ms) * time.Millisecond
	return fmt.Sprintf("%02d:%02d:%02d.%03d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60, ms%1000)
}

// writeTranscriptDOCX writes a Word document: the title block, then each turn as paragraphs of
// which the first begins with its label in bold.
func writeTranscriptDOCX(w io.Writer, t *model.Transcript) error {
	data := docxData{Title: words.InertLine(string(t.Title))}
	add := func(style string, runs ...docxRun) {
		data.Lines = append(data.Lines, docxLine{style, runs})
	}
	if data.Title != "" {
		add("Heading1", docxRun{Text: data.Title})
	}
	for _, field := range []struct {
		name  string
		value model.Optional
	}{{"Date", t.Date}, {"Place", t.Place}} {
		if field.value != "" {
			add("About", docxRun{Text: field.name + ": " + words.InertLine(string(field.value))})
		}
	}
	for _, doubt := range doubts(t) {
		add("About", docxRun{Text: doubt})
	}
	for _, turn := range t.Turns {
		for i, p := range paragraphsOf(turn.Text) {
			var runs []docxRun
			if l := label(turn, behindComma); i == 0 && l != "" {
				runs = append(runs, docxRun{l + ":", "Strong"}, docxRun{Text: " "})
			}
			add("", append(runs, docxRun{Text: p})...)
		}
	}
	return data.write(w)
}
