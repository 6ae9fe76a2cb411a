package export

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
)

// writeCSV writes a row for each citation (RFC 4180).
func writeCSV(w io.Writer, d *Document) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	rows := [][]string{{"number", "asked", "asked_at", "model", "quote", "status", "speaker", "affiliation", "role", "question", "questioner",
		"title", "date", "place", "collection", "transcript_id", "version", "sha256", "turn", "start", "end", "url", "doubt", "quoting"}}
	for _, c := range d.citations() {
		var question, questioner string
		if c.Question != nil {
			question, questioner = c.Question.Text, c.Question.Credit().Name("")
		}
		speaker, affiliation := speakerOf(c.Citation)
		rows = append(rows, []string{strconv.Itoa(c.Number), c.in.Question, c.in.CreatedAt.UTC().Format(time.RFC3339), cmp.Or(c.in.Model, string(c.in.Mode)),
			c.Quote, string(c.Status), speaker, affiliation, string(c.Role), question, questioner,
			string(c.TranscriptTitle), string(c.Date), string(c.Place), c.Collection, c.TranscriptID,
			strconv.Itoa(c.Version), c.SHA256, strconv.Itoa(c.Turn), strconv.Itoa(c.Start), strconv.Itoa(c.End), c.URL, string(c.Doubt), c.Quoting()})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = inertCell(words.Inert(row[i]))
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// speakerOf names the speaker and, unless it is uncertain who speaks, the affiliation.
func speakerOf(c answer.Citation) (name, affiliation string) {
	credit := c.Credit()
	if credit.Doubt != "" {
		return credit.Name(""), ""
	}
	return string(c.Speaker), string(c.Affiliation)
}

// inertCell keeps a spreadsheet from taking words for a formula: it puts an
// apostrophe before what would be one, as spreadsheets themselves do.
func inertCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
