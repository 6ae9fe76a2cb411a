package content_test

import (
	"fmt"
	"testing"

	"github.com/pullquote/pullquote/transcript/container/content"
)

func TestTidyHoldsLinesToTheirPromise(t *testing.T) {
	c := content.Content{Lines: []content.Line{
		{Text: "  Jane Roe: Will it hold? ", Strong: 11},
		{Text: "\u200b", Gap: true, Page: true},
		{Text: "It is \u202enot\u202c safe.", Strong: 12},
		{Text: "bold throughout", Strong: 99},
	}}
	c.Tidy()
	want := []content.Line{
		{Text: "Jane Roe: Will it hold?", Strong: 9},
		{Text: "It is not safe.", Strong: 9, Gap: true, Page: true},
		{Text: "bold throughout", Strong: 15},
	}
	if fmt.Sprint(c.Lines) != fmt.Sprint(want) {
		t.Errorf("lines %+v, want %+v", c.Lines, want)
	}
	if fmt.Sprint(c.Warnings) != "[3 invisible characters were taken out]" {
		t.Errorf("warnings %q", c.Warnings)
	}
}

func TestFieldsWithoutAValueAreLeftOut(t *testing.T) {
	got := content.FieldsOf("title", " The Mole\u200b\n of  Harbour ", "author", " \u200b", "date", "2015-03-03")
	want := []content.Field{{Name: "title", Value: "The Mole of Harbour"}, {Name: "date", Value: "2015-03-03"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("fields %q, want %q", got, want)
	}
}

func TestTitlesThatNobodyGave(t *testing.T) {
	for stated, want := range map[string]string{
		"The Mole of Harbour":              "The Mole of Harbour",
		"Minutes, May 4":                   "Minutes, May 4",
		"mole final 3.DOCX":                "",
		"pdf-src.html":                     "",
		"Microsoft Word - The Mole.doc":    "",
		"Microsoft Word - the mole, clean": "",
		"Untitled":                         "",
		"Document1":                        "",
		"about:blank":                      "",
	} {
		if got := content.StatedTitle(stated); got != want {
			t.Errorf("StatedTitle(%q) = %q; want %q", stated, got, want)
		}
	}
}

func TestCutField(t *testing.T) {
	for line, want := range map[string]string{
		"title: A talk":  "title| A talk|true",
		"speakers:":      "speakers||true",
		"12:30":          "||false",
		"Jane Roe: Yes.": "||false",
		"no colon":       "||false",
	} {
		name, value, found := content.CutField(line)
		if got := fmt.Sprintf("%s|%s|%t", name, value, found); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}
