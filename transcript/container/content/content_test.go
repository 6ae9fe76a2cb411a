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
