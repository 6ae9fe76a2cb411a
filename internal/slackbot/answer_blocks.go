package slackbot

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// look is how answers are shown.
type look struct {
	PublicURL string // base of links to the page
	Private   bool   // only the asker sees the message, and may share it
	Citations bool   // with Slack's citation element; else with plain links
	Model     bool   // say which model wrote the prose
}

// answerMessage shows an answer.
func answerMessage(a *answer.Answer, o look) Message {
	var b budget
	var blocks []slack.Block
	for _, s := range statements(a) {
		blocks = append(blocks, b.statement(a.ID, s.Text, a.Citations, o)...)
	}
	return Message{Text: notification(a.Text), Blocks: append(blocks, footer(a, o)...)}
}

// statements are the answer's; where the record does not answer, its text is one.
func statements(a *answer.Answer) []answer.Statement {
	if len(a.Statements) == 0 && strings.TrimSpace(a.Text) != "" {
		return []answer.Statement{{Text: a.Text}}
	}
	return a.Statements
}

// maxNotification is how long the text of a notification is, before it is escaped.
const maxNotification = 150

// notification is the text that goes with blocks, where they are not shown: the
// first words of text.
func notification(text string) string {
	text = words.InertLine(text)
	for limit := maxNotification; ; limit -= 10 {
		if escaped := escape(cut(text, limit)); units(escaped) <= maxNotification || limit <= 10 {
			return escaped
		}
	}
}

// footer is what follows the statements of an answer: what comes nearest when it
// is none, what the reader should know of it, and the buttons.
func footer(a *answer.Answer, o look) []slack.Block {
	var blocks []slack.Block
	if !a.Answerable && len(a.Nearest) > 0 {
		blocks = append(blocks, nearestBlock(a.Nearest, o))
	}
	for _, remark := range []string{a.Notice, withheldRemark(a.Withheld), modelRemark(a, o)} {
		if remark != "" {
			blocks = append(blocks, slack.NewContextBlock("", plain(remark, maxRemark)))
		}
	}
	return append(blocks, buttons(a, o))
}

const maxRemark = 250

func modelRemark(a *answer.Answer, o look) string {
	if !o.Model || a.Model == "" {
		return ""
	}
	return "Written by " + cut(a.Model, 60) + "; the quotations were put in from the record."
}

// withheldReasons say what kept a statement from being shown.
var withheldReasons = map[answer.Reason]string{
	answer.ReasonFabricated:    "quotations are not in the record",
	answer.ReasonAltered:       "quotations differ from the record",
	answer.ReasonMisattributed: "quotations were said by others",
	answer.ReasonStitched:      "quotations are joined from several places",
	answer.ReasonAmbiguous:     "quotations stand in several places",
	answer.ReasonUnsupported:   "words cite nothing in the record",
	answer.ReasonClaim:         "words are the model’s own, and the record does not vouch for them",
}

func withheldRemark(withheld []answer.Withheld) string {
	if len(withheld) == 0 {
		return ""
	}
	reason, known := withheldReasons[withheld[0].Reason]
	for _, w := range withheld {
		if w.Reason != withheld[0].Reason || !known {
			reason = "quotations do not agree with the record"
		}
	}
	if len(withheld) == 1 {
		return "1 statement was withheld: its " + reason + "."
	}
	return fmt.Sprintf("%d statements were withheld: their %s.", len(withheld), reason)
}

const (
	maxNearest = 3   // turns shown where there is no answer
	maxExcerpt = 200 // characters of each
)

// nearestBlock lists the turns that come nearest to an answer.
func nearestBlock(hits []retrieval.Hit, o look) slack.Block {
	list := slack.NewRichTextList(slack.RTEListBullet, 0)
	for _, h := range hits[:min(maxNearest, len(hits))] {
		list.Elements = append(list.Elements, slack.NewRichTextSection(nearestTurn(h, o)...))
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(texts("The nearest that the record comes:", nil)...), list)
}

// nearestTurn is a turn's speaker, place and first sentences. They are whole, or
// not there.
func nearestTurn(h retrieval.Hit, o look) []slack.RichTextSectionElement {
	who := credited(h.Credit()) + ", "
	if quoting := h.Quoting(); quoting != "" {
		who += quoting + ", "
	}
	if date := longDate(h.Date); date != "" {
		who += date + ", "
	}
	quoted := excerpt(h.Text, maxExcerpt)
	elements := append(texts(who, nil), linkTo(turnURL(h, len([]rune(quoted)), o), retrieval.Titled(h.Title))...)
	if quoted = words.Inert(quoted); quoted != "" {
		elements = append(elements, texts(": “"+quoted+"”", nil)...)
	}
	return elements
}

// excerpt is as many of the first sentences of a turn as are no longer than
// limit; none when the first is.
func excerpt(text string, limit int) string {
	runes := []rune(text)
	end, start := 0, 0
	for i, s := range sentence.Split(text) {
		if i == 0 {
			start, end = s.Start, s.Start
		}
		if s.End-start > limit {
			break
		}
		end = s.End
	}
	return string(runes[start:end])
}

// continueBlock leads to the page for what a message has no room for.
func continueBlock(answerID string, o look) slack.Block {
	address := strings.TrimRight(o.PublicURL, "/") + "/?answer=" + url.QueryEscape(answerID)
	return section(linkTo(address, "Continue on the page")...)
}
