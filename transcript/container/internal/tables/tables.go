// Package tables opens data in which people speak: JSON, NDJSON, CSV and TSV.
//
// Such data hold an array of elements, which are objects or the rows of a table, with
// columns for the words, who says them, and when. Every program names its columns
// otherwise, so columns are recognised by a list of names, and by their values where
// the names tell nothing.
package tables

import (
	"context"
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// IsJSON recognises JSON and NDJSON by the object, or array of objects, at the start.
func IsJSON(data []byte, o content.Options) bool {
	start := strings.TrimSpace(decode.Sniff(data, o))
	if rest, array := strings.CutPrefix(start, "["); array {
		start = strings.TrimSpace(rest)
	}
	rest, object := strings.CutPrefix(start, "{")
	rest = strings.TrimSpace(rest)
	return object && (rest == "" || strings.ContainsAny(rest[:1], `"}`))
}

// OpenJSON opens JSON. Pullquote's own is handed on as text, which package transcript
// reads; in JSON of other programs the speech is looked for.
func OpenJSON(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	if err := content.CheckLines(strings.Count(text, `\n`)+strings.Count(text, `\r`), len(text)); err != nil {
		return nil, err
	}
	c := &content.Content{Text: text, Warnings: warnings}
	if isOwnJSON(ctx, text) {
		return c, nil
	}
	root, err := tree.Read(ctx, text)
	var known *content.Error
	if errors.As(err, &known) {
		return nil, err
	}
	if err != nil || root.Field("turns") != nil || root.Kind == tree.Array && len(root.Children) > 0 && root.Children[0].Field("turns") != nil {
		return c, nil // taken for Pullquote's own, whose errors say what is wrong
	}
	c.Fields = treeFields(root)
	names := recognition.SpeakerNames(root)
	if utterances := recognition.Read(root); utterances != nil {
		c.Lines = recognisedLines(utterances, names)
		c.Warnings = append(c.Warnings, recognisedWarnings(c.Lines)...)
	} else {
		s := newSpeech(root, false)
		if s.words == nil && s.other == questions {
			return nil, content.NoTranscript("no turns found", "the JSON is a set of questions, and no list that is known to hold speech; give the transcripts that they are about")
		}
		c.Lines, c.Warnings = s.lines(names), append(c.Warnings, s.warnings()...)
	}
	if len(c.Lines) == 0 {
		return nil, content.NoTranscript("no turns found", "the JSON has no turns, and no list that is known to hold speech; give a list of objects with speaker, text, start and end, or Pullquote's own {\"turns\": [{\"speaker\": ..., \"text\": ...}]}")
	}
	return c, nil
}

// recognisedWarnings say what a recogniser does not tell.
func recognisedWarnings(lines []content.Line) []string {
	voiced := false
	for _, l := range lines {
		if l.Voice != nil && l.Voice.Label != "" {
			return nil
		}
		voiced = voiced || l.Voice != nil
	}
	if !voiced {
		return nil
	}
	return []string{unsaid}
}

// IsCSV recognises CSV and TSV by lines that divide into columns, if the file is called
// so or its first row names columns of speech.
func IsCSV(data []byte, o content.Options) bool {
	text := strings.TrimLeft(decode.Sniff(data, o), "\n")
	first, _, _ := strings.Cut(text, "\n")
	comma, columns := delimiter(text)
	if comma == 0 {
		return false
	}
	if e := o.Extension(); e == ".csv" || e == ".tsv" {
		return columns > 1
	}
	mediaType := o.MediaType()
	return mediaType == "text/csv" || mediaType == "text/tab-separated-values" || isHeader(strings.Split(first, string(comma)), 2)
}

// OpenCSV opens CSV and TSV. Where its quotation marks do not pair, they are taken for
// words, and a warning says so.
func OpenCSV(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	if err := content.CheckLines(strings.Count(text, "\n"), len(text)); err != nil {
		return nil, err
	}
	comma, _ := delimiter(text)
	if comma == 0 {
		return nil, content.NoTranscript("no turns found", "the table has one column only; separate the columns by commas, semicolons or tabs")
	}
	rows, err := readRows(ctx, text, comma, false)
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		warnings = append(warnings, "the quotation marks of line "+strconv.Itoa(broken.StartLine)+" do not pair as those of a table do; they were taken for words")
		rows, err = readRows(ctx, text, comma, true)
	}
	if err != nil {
		return nil, err
	}
	s := newSpeech(rows, true)
	c := &content.Content{Text: text, Warnings: append(warnings, s.warnings()...), Lines: s.lines(nil)}
	if len(c.Lines) == 0 {
		return nil, content.NoTranscript("no turns found", "no column of the table holds speech; name the columns in the first row: speaker, text")
	}
	return c, nil
}
