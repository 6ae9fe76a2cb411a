package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
)

// A CSV file says that it is UTF-8, ends its lines as Excel wants, and has no cell that a
// spreadsheet would compute.
func TestCSVInSpreadsheets(t *testing.T) {
	t.Parallel()
	d := &Document{}
	quotes := []string{"=HYPERLINK(\"http://evil.example\")", "+1 to that.", "-2 degrees", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "−2 degrees", "“Yes”, he\nsaid; no.", "\ufeff", ""}
	for _, q := range quotes {
		d.Answers = append(d.Answers, answer.Answer{Question: q, Citations: []answer.Citation{{Quote: q, Speaker: "=1+1"}}})
	}
	var file bytes.Buffer
	if err := writeCSV(&file, d); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(file.String(), "\ufeff")
	if !marked || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Errorf("the file is %q", file.String())
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != len(quotes)+1 {
		t.Fatalf("it has %d rows: %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if trimmed := strings.TrimLeft(cell, " \t\r\n"); trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@") || strings.HasPrefix(trimmed, "＝") {
				t.Errorf("a spreadsheet would compute %q", cell)
			}
		}
	}
	if quote := rows[8][4]; quote != "−2 degrees" {
		t.Errorf("what is no formula is %q", quote)
	}
}
