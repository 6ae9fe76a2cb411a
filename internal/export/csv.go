package export

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
)

// byteOrderMark at the start of a CSV file says that it is UTF-8. Without it Excel reads the
// local code page, in which “ is â€œ.
const byteOrderMark = "\ufeff"

// writeCSV writes a row for each citation (RFC 4180). The status of one that is redacted says so.
func writeCSV(w io.Writer, d *Document) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	table.UseCRLF = true
	rows := [][]string{{"number", "asked", "asked_at", "model", "quote", "status", "speaker", "affiliation", "role", "question", "questioner",
		"title", "date", "place", "collection", "transcript_id", "version", "sha256", "turn", "start", "end", "url", "doubt", "quoting", "media_url", "start_ms", "end_ms"}}
	for _, c := range d.citations() {
		var question, questioner string
		if c.Question != nil {
			question, questioner = c.Question.Text, c.Question.Credit().Name("")
		}
		speaker, affiliation := speakerOf(c.Citation)
		number, status := strconv.Itoa(c.Number), string(c.Status)
		if c.Redacted {
			number, status, speaker = "", "redacted", ""
		}
		rows = append(rows, []string{number, c.in.Question, c.in.CreatedAt.UTC().Format(time.RFC3339), cmp.Or(c.in.Model, string(c.in.Mode)),
			c.Quote, status, speaker, affiliation, string(c.Role), question, questioner,
			string(c.TranscriptTitle), string(c.Date), string(c.Place), c.Collection, c.TranscriptID,
			strconv.Itoa(c.Version), c.SHA256, strconv.Itoa(c.Turn), strconv.Itoa(c.Start), strconv.Itoa(c.End), c.URL, string(c.Doubt), c.Quoting(),
			string(c.MediaURL), milliseconds(c.StartMS), milliseconds(c.EndMS)})
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

// milliseconds is a time; empty where it is not known.
func milliseconds(ms *int64) string {
	if ms == nil {
		return ""
	}
	return strconv.FormatInt(*ms, 10)
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
// apostrophe before what would be one, as spreadsheets themselves do. In East Asian
// settings the signs of full width begin a formula as well; blanks before it count nowhere.
func inertCell(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	if strings.ContainsRune("=+-@＝＋－＠", first) && first != utf8.RuneError || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}
