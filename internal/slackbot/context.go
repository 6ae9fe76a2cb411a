package slackbot

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

const (
	turnsAround = 2   // shown on either side of the cited one
	maxAround   = 600 // characters shown of such a turn, and of the cited one on either side of the quotation
)

func bold() *slack.RichTextSectionTextStyle   { return &slack.RichTextSectionTextStyle{Bold: true} }
func italic() *slack.RichTextSectionTextStyle { return &slack.RichTextSectionTextStyle{Italic: true} }
func strike() *slack.RichTextSectionTextStyle { return &slack.RichTextSectionTextStyle{Strike: true} }

// contextMessage shows the turn of a citation with the quotation marked, between
// the turns before and after it. Turns are those of the transcript, or enough of
// them. What is left out of a turn are whole sentences, and a mark says so.
func contextMessage(c answer.Citation, turns []model.Turn) Message {
	title := fmt.Sprintf("What was said around [%d]", c.Number)
	head := append(texts(title+", ", nil), linkTo(c.URL, sourceOf(&c))...)
	m := Message{Text: notification(title + ", " + sourceOf(&c)), Blocks: []slack.Block{section(head...)}}
	whole, ok := around(c, turns, turnsAround)
	if !ok {
		m.Blocks = append(m.Blocks, section(texts("The transcript has been replaced since, and no longer has these words there.", nil)...))
		return m
	}
	alone, _ := around(c, turns, 0)
	b := budget{bare: true}
	b.add(m.Blocks)
	for _, blocks := range [][]slack.Block{whole, alone, {section(placeholder(&c)...)}} {
		if b.add(blocks) {
			m.Blocks = append(m.Blocks, blocks...)
			break
		}
	}
	return m
}

// sourceOf is the title and the date of a citation's transcript.
func sourceOf(c *answer.Citation) string {
	if date := longDate(c.Date); date != "" {
		return retrieval.Titled(c.TranscriptTitle) + ", " + date
	}
	return retrieval.Titled(c.TranscriptTitle)
}

// around shows the cited turn between its neighbours, either of them on each side; found
// says that the quotation stands in it.
func around(c answer.Citation, turns []model.Turn, either int) (blocks []slack.Block, found bool) {
	for _, t := range turns {
		if t.Index < c.Turn-either || t.Index > c.Turn+either {
			continue
		}
		quoted := neighbourWords(t, c)
		if t.Index == c.Turn {
			quoted, found = citedWords(t, c)
		}
		name := slack.NewRichTextSection(texts(speakerLine(t), bold())...)
		blocks = append(blocks, slack.NewRichTextBlock("", name, quotation(quoted...)))
	}
	return blocks, found
}

// speakerLine says who speaks a turn, and whether they quote.
func speakerLine(t model.Turn) string {
	who := credited(t.Credit())
	if t.Role == model.RoleQuestion || t.Role == model.RoleAnswer {
		who += ", " + string(t.Role)
	}
	if quoting := t.Quoting(); quoting != "" {
		who += ", " + quoting
	}
	return who
}

// citedWords are the words of the cited turn, with the quotation in bold.
func citedWords(t model.Turn, c answer.Citation) (elements []slack.RichTextSectionElement, found bool) {
	runes := []rune(t.Text)
	from, to := c.Start-t.Start, c.End-t.Start
	if from < 0 || from > to || to > len(runes) || string(runes[from:to]) != c.Quote {
		return nil, false
	}
	elements = append(lastSentences(string(runes[:from]), maxAround), texts(words.Inert(c.Quote), bold())...)
	return append(elements, firstSentences(string(runes[to:]), maxAround)...), true
}

// neighbourWords are the words of another turn: of one before, those nearest to
// the cited turn.
func neighbourWords(t model.Turn, c answer.Citation) []slack.RichTextSectionElement {
	if t.Index < c.Turn {
		return orOmission(lastSentences(t.Text, maxAround))
	}
	return orOmission(firstSentences(t.Text, maxAround))
}

func orOmission(elements []slack.RichTextSectionElement) []slack.RichTextSectionElement {
	if len(elements) == 0 {
		return texts(omission, italic())
	}
	return elements
}

const omission = "[…]"

// firstSentences are as many sentences of a text as have room, from its beginning.
func firstSentences(text string, limit int) []slack.RichTextSectionElement {
	end := 0
	for _, s := range sentence.Split(text) {
		if s.End > limit {
			break
		}
		end = s.End
	}
	runes := []rune(text)
	if strings.TrimSpace(string(runes[end:])) == "" {
		return texts(words.Inert(text), nil)
	}
	return append(texts(words.Inert(string(runes[:end])), nil), texts(" "+omission, italic())...)
}

// lastSentences are as many as have room at its end.
func lastSentences(text string, limit int) []slack.RichTextSectionElement {
	runes := []rune(text)
	start := len(runes)
	sentences := sentence.Split(text)
	for i := len(sentences) - 1; i >= 0 && len(runes)-sentences[i].Start <= limit; i-- {
		start = sentences[i].Start
	}
	if strings.TrimSpace(string(runes[:start])) == "" {
		return texts(words.Inert(text), nil)
	}
	return append(texts(omission+" ", italic()), texts(words.Inert(string(runes[start:])), nil)...)
}
