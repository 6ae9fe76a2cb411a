package slackbot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/words"
)

// verdictWords say what became of a quotation that was checked.
var verdictWords = map[answer.Status]string{
	answer.StatusExact:         "In the record, word for word",
	answer.StatusNormalized:    "In the record; only typographic marks or spaces differ",
	answer.StatusEdited:        "In the record, but for what brackets, an ellipsis or a capital changed",
	answer.StatusUnchecked:     "Not checked",
	answer.StatusUnchanged:     "In the record, where it was",
	answer.StatusMoved:         "In the record’s new version, too",
	answer.StatusChanged:       "The record has other words there now",
	answer.StatusAltered:       "Close to the record, but not its words: what is struck out is not there, what is bold is",
	answer.StatusMisattributed: "The record’s words, but said by somebody else",
	answer.StatusStitched:      "Joined from several places",
	answer.StatusAmbiguous:     "Said in several places, or by one of several; which is meant is not said",
	answer.StatusNotFound:      "Not in the record",
}

const maxPlaces = 3 // shown of a verdict

// verdictsMessage shows what became of the quotations of a message and of its files,
// how many short ones were not checked, and what was not read. The words of those that
// hold are the record's; the others are shown as text, not as quotations.
func verdictsMessage(all []checked, unread []string, o look) Message {
	short, total := 0, 0
	for _, c := range all {
		short, total = short+c.short, total+len(c.verdicts)
	}
	outcome := outcomeOf(all, len(unread) > 0)
	m := Message{Text: notification(outcome), Blocks: []slack.Block{section(texts(outcome, bold())...)}}
	if total == 0 {
		m = textMessage(outcome)
	}
	for _, note := range []string{draft.ShortNote(short), unreadNote(unread)} {
		if note != "" {
			m.Blocks = append(m.Blocks, slack.NewContextBlock("", plain(note, maxNote)))
		}
	}
	b := budget{bare: true}
	b.add(m.Blocks)
	shown := 0
	for _, c := range all {
		for i, v := range c.verdicts {
			blocks, fits := b.fitVerdict(v, i == 0, c.file, o)
			if !fits {
				rest := fmt.Sprintf("%d more: check them on the page", total-shown)
				m.Blocks = append(m.Blocks, section(linkTo(strings.TrimRight(o.PublicURL, "/")+"/verify", rest)...))
				return m
			}
			m.Blocks = append(m.Blocks, blocks...)
			shown++
		}
	}
	return m
}

// maxNote is how much is told of what was not read.
const maxNote = 1_000

// outcomeOf says how many quotations there are and whether they hold. It gives no
// all-clear for what was not read.
func outcomeOf(all []checked, unread bool) string {
	failed, total := 0, 0
	for _, c := range all {
		total += len(c.verdicts)
		for _, v := range c.verdicts {
			if v.Fails() {
				failed++
			}
		}
	}
	switch {
	case total == 0 && unread:
		return "No quotations in what was read of this message; not all of it was."
	case total == 0:
		return "No quotations in this message."
	case failed == 0 && unread:
		return plural(total, "quotation") + "; nothing to mend in what was read, which is not all."
	case failed == 0:
		return plural(total, "quotation") + "; nothing to mend."
	}
	return fmt.Sprintf("%s; %d to mend.", plural(total, "quotation"), failed)
}

// unreadNote says what of a message was not read, and so not checked.
func unreadNote(unread []string) string {
	if len(unread) == 0 {
		return ""
	}
	return "Not read, and so not checked: " + strings.Join(unread, "; ") + "."
}

// fitVerdict is the block of a verdict, without the words if they have no room. The
// first of a file is under its name.
func (b *budget) fitVerdict(v answer.Verdict, first bool, file string, o look) ([]slack.Block, bool) {
	var blocks []slack.Block
	if first && file != "" {
		blocks = append(blocks, slack.NewContextBlock("", plain("In "+file+":", maxRemark)))
	}
	for _, words := range []bool{true, false} {
		if blocks := append(slices.Clip(blocks), verdictBlock(v, o, words)); b.add(blocks) {
			return blocks, true
		}
	}
	return nil, false
}

func verdictBlock(v answer.Verdict, o look, words bool) slack.Block {
	elements := []slack.RichTextElement{slack.NewRichTextSection(texts(verdictLine(v), nil)...)}
	if words {
		elements = append(elements, checkedWords(v))
	}
	for i, c := range placesOf(v) {
		if i == maxPlaces {
			elements = append(elements, slack.NewRichTextSection(texts(fmt.Sprintf("and %d more", len(placesOf(v))-i), nil)...))
			break
		}
		c.Number = i + 1
		elements = append(elements, sourceLine(&c, o))
	}
	return slack.NewRichTextBlock("", elements...)
}

func verdictLine(v answer.Verdict) string {
	line := "✗ "
	switch {
	case v.Status == answer.StatusUnchecked:
		line = "– "
	case !v.Fails():
		line = "✓ "
	}
	line += verdictWords[v.Status]
	for _, e := range v.Edits {
		if e.Original != "" {
			line += fmt.Sprintf("; %s: “%s” in the record", strings.ReplaceAll(string(e.Kind), "_", " "), cut(words.InertLine(e.Original), maxRemark))
		}
	}
	if v.Status == answer.StatusNotFound && v.Closest != nil {
		line += "; in the nearest passage, what is struck out is missing and what is bold stands instead"
	}
	if v.Note != "" {
		line += " (" + cut(words.InertLine(v.Note), maxRemark) + ")"
	}
	return line + "."
}

// checkedWords are the record's words of a quotation that holds; else the words
// that were checked, with what would mend them.
func checkedWords(v answer.Verdict) slack.RichTextElement {
	if v.Holds() && v.Citation != nil {
		return quotation(texts(words.Inert(v.Citation.Quote), nil)...)
	}
	if v.Closest == nil || len(v.Closest.Diff) == 0 {
		return slack.NewRichTextSection(texts("“"+words.Inert(v.Quote)+"”", nil)...)
	}
	styles := map[answer.DiffOp]*slack.RichTextSectionTextStyle{answer.DiffDelete: strike(), answer.DiffInsert: bold()}
	var elements []slack.RichTextSectionElement
	for i, part := range v.Closest.Diff {
		if i > 0 {
			elements = append(elements, texts(" ", nil)...)
		}
		elements = append(elements, texts(words.Inert(part.Text), styles[part.Op])...)
	}
	return slack.NewRichTextSection(elements...)
}

// placesOf is where a quotation stands, or what is nearest to it.
func placesOf(v answer.Verdict) []answer.Citation {
	switch {
	case len(v.Places) > 0:
		return v.Places
	case v.Citation != nil:
		return []answer.Citation{*v.Citation}
	case v.Closest != nil:
		return []answer.Citation{v.Closest.Citation}
	}
	return nil
}
