package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/words"
)

// verdicts prints what became of quotations, for people.
type verdicts struct {
	to      io.Writer
	colored bool
}

// colored reports whether colours are wanted.
func colored(to io.Writer, getenv func(string) string) bool {
	return isTerminal(to) && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

func (v verdicts) print(checked verifyOutput) {
	for _, q := range checked.Quotes {
		v.quote(q)
		fmt.Fprintln(v.to)
	}
	if len(checked.Quotes) == 0 {
		fmt.Fprintln(v.to, "There are no quotations to check.")
	} else {
		fmt.Fprintln(v.to, summary(checked.Quotes))
	}
	if note := draft.ShortNote(checked.Short); note != "" {
		fmt.Fprintln(v.to, note)
	}
}

// quote prints a quotation, what is wrong with it, and where the record has it.
func (v verdicts) quote(q verifiedQuote) {
	said := ""
	if q.ClaimedSpeaker != "" {
		said = ", credited to " + words.InertLine(string(q.ClaimedSpeaker))
	}
	place := words.Escaped(q.File)
	if q.Line > 0 { // what a document of ours carries has none
		place += fmt.Sprintf(":%d", q.Line)
	}
	fmt.Fprintf(v.to, "%s: %s%s\n    “%s”\n", place, statusWords(q.Status), said, words.InertLine(q.Quote))
	if q.Note != "" {
		fmt.Fprintf(v.to, "    note: %s\n", words.InertLine(q.Note))
	}
	switch q.Status {
	case answer.StatusExact, answer.StatusUnchanged, answer.StatusMoved:
		v.place(*q.Citation)
	case answer.StatusNormalized:
		fmt.Fprintf(v.to, "    in the record: “%s”\n", words.InertLine(q.Citation.Quote))
		v.place(*q.Citation)
	case answer.StatusEdited:
		for _, e := range q.Edits {
			fmt.Fprintf(v.to, "    %s\n", editWords(e))
		}
		fmt.Fprintf(v.to, "    in the record: “%s”\n", words.InertLine(q.Citation.Quote))
		v.place(*q.Citation)
	case answer.StatusMisattributed:
		v.places("said by", q.Places, false)
	case answer.StatusStitched:
		v.places("put together from", q.Places, true)
	case answer.StatusAmbiguous:
		heading := "said in several places"
		if len(q.Places) == 1 {
			heading = "said, but not surely by whom the credit means"
		}
		v.places(heading, q.Places, false)
	}
	if c := q.Closest; c != nil {
		fmt.Fprintf(v.to, "    the closest: %s\n", v.diff(c.Diff))
		v.place(c.Citation)
	}
}

// editWords say what an editor changed.
func editWords(e answer.Edit) string {
	kind := strings.ReplaceAll(string(e.Kind), "_", " ")
	if e.Original == "" {
		return kind
	}
	return fmt.Sprintf("%s: “%s” in the record", kind, words.InertLine(e.Original))
}

// places prints several places, with the words of each where they differ.
func (v verdicts) places(heading string, places []answer.Citation, quoted bool) {
	fmt.Fprintf(v.to, "    %s:\n", heading)
	for _, c := range places {
		if quoted {
			fmt.Fprintf(v.to, "    “%s”\n", words.InertLine(c.Quote))
		}
		v.place(c)
	}
}

func (v verdicts) place(c answer.Citation) {
	fmt.Fprintf(v.to, "    %s\n    %s\n%s", sourceOfCitation(c), c.URL, recordingOf(c))
}

// diff marks the draft's words [-like this-] and the record's {+like this+}.
func (v verdicts) diff(parts []answer.DiffPart) string {
	const red, green, plain = "\033[31m", "\033[32m", "\033[0m"
	var b strings.Builder
	for i, p := range parts {
		text, color := words.InertLine(p.Text), ""
		switch p.Op {
		case answer.DiffDelete:
			text, color = "[-"+text+"-]", red
		case answer.DiffInsert:
			text, color = "{+"+text+"+}", green
		}
		if color != "" && v.colored {
			text = color + text + plain
		}
		replaces := i > 0 && p.Op == answer.DiffInsert && parts[i-1].Op == answer.DiffDelete
		if i > 0 && !replaces && strings.IndexAny(p.Text, ".,;:!?") != 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}
