package slackbot

import (
	"fmt"
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

// verdictsMessage shows what became of the quotations of a message that was
// checked, and how many short ones were not. The words of those that hold are the
// record's; the others are shown as text, not as quotations.
func verdictsMessage(verdicts []answer.Verdict, short int, o look) Message {
	m := textMessage("No quotations in this message.")
	if len(verdicts) > 0 {
		outcome := outcomeOf(verdicts)
		m = Message{Text: notification(outcome), Blocks: []slack.Block{section(texts(outcome, bold())...)}}
	}
	if note := draft.ShortNote(short); note != "" {
		m.Blocks = append(m.Blocks, slack.NewContextBlock("", plain(note, maxRemark)))
	}
	b := budget{bare: true}
	b.add(m.Blocks)
	for i, v := range verdicts {
		block, fits := b.fitVerdict(v, o)
		if !fits {
			rest := fmt.Sprintf("%d more: check them on the page", len(verdicts)-i)
			m.Blocks = append(m.Blocks, section(linkTo(strings.TrimRight(o.PublicURL, "/")+"/verify", rest)...))
			break
		}
		m.Blocks = append(m.Blocks, block)
	}
	return m
}

func outcomeOf(verdicts []answer.Verdict) string {
	failed := 0
	for _, v := range verdicts {
		if v.Fails() {
			failed++
		}
	}
	if failed == 0 {
		return plural(len(verdicts), "quotation") + "; nothing to mend."
	}
	return fmt.Sprintf("%s; %d to mend.", plural(len(verdicts), "quotation"), failed)
}

// fitVerdict is the block of a verdict, without the words if they have no room.
func (b *budget) fitVerdict(v answer.Verdict, o look) (slack.Block, bool) {
	for _, words := range []bool{true, false} {
		if block := verdictBlock(v, o, words); b.add([]slack.Block{block}) {
			return block, true
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
