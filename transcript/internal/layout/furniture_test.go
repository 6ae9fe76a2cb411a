package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
)

// isLabel takes words in capitals for a label.
func isLabel(text string) bool { return strings.ToUpper(text) == text }

// layOut divides a text as the parsers see it.
func layOut(t testing.TB, text string) []Line {
	t.Helper()
	content, err := container.Open(t.Context(), []byte(text), container.Options{Kind: "text"})
	if err != nil {
		t.Fatal(err)
	}
	return SetFurnitureAside(NewLines(content.Lines), isLabel)
}

// spoken is what remains of a text without its page furniture.
func spoken(lines []Line) string {
	var texts []string
	for _, l := range WithoutFurniture(lines) {
		texts = append(texts, l.Text)
	}
	return strings.Join(texts, " / ")
}

func TestFurniture(t *testing.T) {
	const speech = "MS. ROE: It will hold, I said to\nthem, and it did hold until\nthe night of the flood."
	for name, test := range map[string]struct{ text, want string }{
		"a page number within a sentence": {"and we kept\n\n12\n\na list of every stone.", "and we kept / a list of every stone."},
		"a page number with its total":    {"It held.\n\nPage 3 of 40\n\nIt did.", "It held. / It did."},
		"page numbers in a row":           {"It held.\n\n7\n\nIt did.\n\n8\n\nIt does.", "It held. / It did. / It does."},
		"an answer that is a number":      {"How many?\n\n12\n\nThat is few.", "How many? / 12 / That is few."},
		"a fraction":                      {"How much of it?\n\n3/4\n\nThat is much.", "How much of it? / 3/4 / That is much."},
		"a list that counts to nine": {numbers("%d  stone %[1]d", 1, 9) + speech,
			strings.ReplaceAll(strings.TrimSuffix(numbers("%d  stone %[1]d", 1, 9), "\n"), "\n", " / ") + " / " + strings.ReplaceAll(speech, "\n", " / ")},
		"line numbers at the right": {numbers("stone %[1]d,     %[1]d", 1, 12) + numbers("gate %[1]d,      %[1]d", 1, 12),
			strings.ReplaceAll(strings.TrimSuffix(numbers("stone %d,", 1, 12)+numbers("gate %d,", 1, 12), "\n"), "\n", " / ")},
		"a table that counts at the right": {numbers("stone     %d", 1, 12),
			strings.ReplaceAll(strings.TrimSuffix(numbers("stone     %d", 1, 12), "\n"), "\n", " / ")},
		"line numbers":                  {numbers("%d   stone %[1]d,", 1, 12), strings.ReplaceAll(strings.TrimSuffix(numbers("stone %d,", 1, 12), "\n"), "\n", " / ")},
		"line numbers beside no words":  {numbers("%d\n", 1, 25) + speech, strings.ReplaceAll(speech, "\n", " / ")},
		"a year at the start of a line": {"It was built in\n1871 and never since.", "It was built in / 1871 and never since."},
		"a head with a page number": {"a stone,\n12   Harbour Committee\nb stone,\nPage 1\nb stone,\nc stone,\nd stone,\ne stone,\nPage 2\n" +
			"a\nb\nc\nd\nPage 3\nb", "a stone, / 12   Harbour Committee / b stone, / b stone, / c stone, / d stone, / e stone, / a / b / c / d / b"},
		"heads and feet": {pages("%s by\n%[1]s we\nbuilt %[1]s up,\nthe %[1]s,\nHarbour Press\nPage 7\nMole Inquiry, day 3\n"),
			strings.TrimSuffix(pages("%s by / %[1]s we / built %[1]s up, / the %[1]s, / "), " / ")},
		"a label at the top of every page": {pages("Page 7\nMS. ROE: So it\nwas %s, and\n%[1]s it was\nand %[1]s.\n"),
			strings.TrimSuffix(pages("MS. ROE: So it / was %s, and / %[1]s it was / and %[1]s. / "), " / ")},
		"contents": {"TABLE OF CONTENTS\nOpening statement\nof the chair     2\nStatement of Ms. Roe     14\n\nThe Chair: We begin.\nMs. Roe: I am ready.\nThe Chair: Good.\nMs. Roe: Good.",
			"The Chair: We begin. / Ms. Roe: I am ready. / The Chair: Good. / Ms. Roe: Good."},
		"leaders":       {"Opening of the session . . . . . . 2\nThe Chair: We begin.", "The Chair: We begin."},
		"a certificate": {speech + "\n\nREPORTER'S CERTIFICATE\nI, Lene Aas, took it down.\nLene Aas", strings.ReplaceAll(speech, "\n", " / ")},
		"a certificate without a heading": {speech + "\n\nI certify that the foregoing is true.\nLene Aas",
			strings.ReplaceAll(speech, "\n", " / ")},
		"a word index": {speech + "\n" + numbers("harbour%d [3] %[1]d:4,17 9:2 12:20", 1, 30), strings.ReplaceAll(speech, "\n", " / ")},
		"times before the words": {numbers("00:%02d stone by stone", 10, 50),
			strings.ReplaceAll(strings.TrimSuffix(numbers("00:%02d stone by stone", 10, 50), "\n"), "\n", " / ")},
		"an editor's keys": {"_page: 3\nGull: I hear you.\n_note : music", "Gull: I hear you."},
		"emphasis":         {"_Ms. Roe:_ I hear you.", "_Ms. Roe:_ I hear you."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := spoken(layOut(t, test.text)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// numbers formats a line for each number.
func numbers(format string, from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// pages formats pages of different words.
func pages(format string) string {
	var b strings.Builder
	for _, word := range []string{"stone", "wall", "gate", "lock"} {
		fmt.Fprintf(&b, format, word)
	}
	return b.String()
}

func TestParagraphsOfTypescript(t *testing.T) {
	text := strings.Repeat("        It was built, stone\n\n    by stone, in\n\n    those years.\n\n        Then came the flood, and\n\n    it held.\n\n", 5)
	var gaps strings.Builder
	for _, l := range layOut(t, text) {
		if l.Gap {
			gaps.WriteString("\n")
		}
		gaps.WriteString(l.Text + " ")
	}
	want := strings.Repeat("\nIt was built, stone by stone, in those years. \nThen came the flood, and it held. ", 5)
	if gaps.String() != want {
		t.Errorf("got %s\nwant %s", gaps.String(), want)
	}
}

// Page furniture is set aside, and never lost.
func FuzzFurniture(f *testing.F) {
	f.Add(numbers("%d   stone %[1]d,", 1, 12) + "\n\n 13\n" + numbers("%d   stone %[1]d,", 1, 12))
	f.Add(strings.Repeat("stone by\nstone\nPage 7\nMole Inquiry, day 3\n", 4) + "CONTENTS\nStone ..... 3\n")
	f.Add("MS. ROE: So.\n" + numbers("harbour%d [3] %[1]d:4,17 9:2 12:20", 1, 30) + "CERTIFICATE\n_page: 3")
	f.Fuzz(func(t *testing.T, text string) {
		content, err := container.Open(t.Context(), []byte(text), container.Options{Kind: "text"})
		if err != nil {
			return
		}
		var before, after strings.Builder
		for _, l := range content.Lines {
			before.WriteString(l.Text)
		}
		for _, l := range SetFurnitureAside(NewLines(content.Lines), isLabel) {
			if l.Text == "" {
				t.Error("a line is empty")
			}
			after.WriteString(l.Text)
		}
		if got, want := characters(after.String()), characters(before.String()); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// characters counts every character of a text that is not blank.
func characters(text string) string {
	counts := map[rune]int{}
	for _, field := range strings.Fields(text) {
		for _, r := range field {
			counts[r]++
		}
	}
	return fmt.Sprint(counts)
}
