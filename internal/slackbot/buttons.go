package slackbot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// The buttons under an answer. Messages keep them for years: these names are
// never changed.
//
//	action                value
//	pullquote.helpful     answer id
//	pullquote.unhelpful   answer id
//	pullquote.context     answer id, "/" and the number of a citation
//	pullquote.export      answer id, "/" and "md", "docx" or "pdf"
//	pullquote.again       answer id
//	pullquote.share       answer id
const (
	actionsBlock = "pullquote.actions"

	actionHelpful   = "pullquote.helpful"
	actionUnhelpful = "pullquote.unhelpful"
	actionContext   = "pullquote.context"
	actionExport    = "pullquote.export"
	actionAgain     = "pullquote.again"
	actionShare     = "pullquote.share"
)

// maxChoices is how many citations the menu offers: what a message has room for.
const maxChoices = 10

type exportFormat struct{ format, name string }

var exportFormats = []exportFormat{{"md", "Markdown"}, {"docx", "Word"}, {"pdf", "PDF"}}

// press is a button that was pressed.
type press struct {
	Action   string // actionHelpful and so on
	AnswerID string
	Citation int    // of actionContext
	Format   string // of actionExport
}

// readPress reads a button that was pressed; "invalid" when it is none of ours.
func readPress(a *slack.BlockAction) (press, error) {
	value := a.Value
	if a.SelectedOption.Value != "" {
		value = a.SelectedOption.Value
	}
	id, detail, _ := strings.Cut(value, "/")
	p := press{Action: a.ActionID, AnswerID: id}
	valid := uuid.Validate(id) == nil
	switch a.ActionID {
	case actionHelpful, actionUnhelpful, actionAgain, actionShare:
		valid = valid && detail == ""
	case actionContext:
		number, err := strconv.Atoi(detail)
		p.Citation = number
		valid = valid && err == nil && number > 0
	case actionExport:
		p.Format = detail
		valid = valid && slices.ContainsFunc(exportFormats, func(f exportFormat) bool { return f.format == detail })
	default:
		valid = false
	}
	if !valid {
		return press{}, fault.New(fault.Invalid, "this button is none that Pullquote knows; ask the question again")
	}
	return p, nil
}

// buttons is the row under an answer.
func buttons(a *answer.Answer, o look) slack.Block {
	row := []slack.BlockElement{
		button(actionHelpful, a.ID, helpful),
		button(actionUnhelpful, a.ID, unhelpful),
	}
	if menu := contextMenu(a); menu != nil {
		row = append(row, menu)
	}
	row = append(row, button(actionAgain, a.ID, "Ask again"))
	if o.Private {
		row = append(row, button(actionShare, a.ID, "Share"))
	}
	return slack.NewActionBlock(actionsBlock, append(row, exportMenu(a.ID))...)
}

const (
	helpful   = "👍 Helpful"
	unhelpful = "👎 Not helpful"
)

// maxButton is the length of a button's or an option's text.
const maxButton = 75

func button(action, value, text string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, plain(text, maxButton))
}

// contextMenu shows what was said around a citation: a button for one, a menu of
// several, nothing for none.
func contextMenu(a *answer.Answer) slack.BlockElement {
	const text = "Show context"
	citations := answer.Standing(a.Citations)
	if len(citations) == 0 {
		return nil
	}
	if len(citations) == 1 {
		return button(actionContext, fmt.Sprintf("%s/%d", a.ID, citations[0].Number), text)
	}
	var options []*slack.OptionBlockObject
	for _, c := range citations[:min(maxChoices, len(citations))] {
		name := fmt.Sprintf("[%d] %s", c.Number, creditedAlone(c.Credit()))
		options = append(options, slack.NewOptionBlockObject(fmt.Sprintf("%s/%d", a.ID, c.Number), plain(name, 40), nil))
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(text, maxButton), actionContext, options...)
}

func exportMenu(answerID string) slack.BlockElement {
	var options []*slack.OptionBlockObject
	for _, f := range exportFormats {
		options = append(options, slack.NewOptionBlockObject(answerID+"/"+f.format, plain("Export: "+f.name, maxButton), nil))
	}
	return slack.NewOverflowBlockElement(actionExport, options...)
}
