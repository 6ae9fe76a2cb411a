package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// writeCSV writes a row for each citation (RFC 4180).
func writeCSV(w io.Writer, d *Document) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	rows := [][]string{{"number", "asked", "asked_at", "model", "quote", "status", "speaker", "affiliation", "role", "question", "questioner",
		"title", "date", "place", "collection", "transcript_id", "version", "sha256", "turn", "start", "end", "url"}}
	number := 0
	for _, a := range d.Answers {
		for _, c := range a.Citations {
			number++
			var question, questioner string
			if c.Question != nil {
				question, questioner = c.Question.Text, string(c.Question.Speaker)
			}
			model := a.Model
			if model == "" {
				model = string(a.Mode)
			}
			rows = append(rows, []string{strconv.Itoa(number), a.Question, a.CreatedAt.UTC().Format("2006-01-02T15:04:05Z"), model,
				c.Quote, string(c.Status), string(c.Speaker), string(c.Affiliation), string(c.Role), question, questioner,
				string(c.TranscriptTitle), string(c.Date), string(c.Place), c.Collection, c.TranscriptID,
				strconv.Itoa(c.Version), c.SHA256, strconv.Itoa(c.Turn), strconv.Itoa(c.Start), strconv.Itoa(c.End), c.URL})
		}
	}
	for _, row := range rows {
		for i := range row {
			row[i] = inertCell(row[i])
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// inertCell keeps a spreadsheet from taking words for a formula: it puts an
// apostrophe before what would be one, as spreadsheets themselves do.
func inertCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
