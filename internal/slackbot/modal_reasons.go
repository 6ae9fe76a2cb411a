package slackbot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// reasonsView asks why an answer was no help. Metadata comes back with what is
// submitted.
func reasonsView(answerID string, citations []answer.Citation, metadata string) slack.ModalViewRequest {
	radio := slack.NewRadioButtonsBlockElement(inputAction)
	for _, c := range answer.Complaints() {
		radio.Options = append(radio.Options, option(c.Word, c.Text))
	}
	blocks := []slack.Block{input(inputReason, "What was wrong?", radio)}
	if len(citations) > 0 {
		menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("The whole answer", maxButton), inputAction)
		for _, c := range citations[:min(maxOptions, len(citations))] {
			menu.Options = append(menu.Options, option(fmt.Sprint(c.Number), fmt.Sprintf("[%d] %s", c.Number, creditedAlone(c.Credit()))))
		}
		blocks = append(blocks, optional(inputCitation, "Which quotation?", "", menu))
	}
	words := lineInput("", maxWords)
	words.Multiline = true
	blocks = append(blocks, optional(inputWords, "In your words", "", words))
	return modal(reasonsModal, "Not helpful", "Send", answerID+"\n"+metadata, blocks...)
}

// readReasons reads what was submitted: the feedback, and the metadata that
// reasonsView was given. Problems are by block.
func readReasons(v slack.View) (f answer.Feedback, metadata string, problems map[string]string) {
	var state slack.ViewState
	if v.State != nil {
		state = *v.State
	}
	f.Rating, problems = answer.RatingDown, map[string]string{}
	f.AnswerID, metadata, _ = strings.Cut(v.PrivateMetadata, "\n")
	chosen, own := submitted(state, inputReason).SelectedOption.Value, strings.TrimSpace(words.Inert(submitted(state, inputWords).Value))
	switch {
	case !slices.ContainsFunc(answer.Complaints(), func(c answer.Complaint) bool { return c.Word == chosen }):
		problems[inputReason] = "Choose what was wrong."
	case chosen == answer.ComplaintOther && own == "":
		problems[inputWords] = "Say what was wrong."
	}
	f.Reason = model.Optional(chosen)
	if own != "" {
		f.Reason += model.Optional(": " + own)
	}
	var number int
	if _, err := fmt.Sscan(submitted(state, inputCitation).SelectedOption.Value, &number); err == nil {
		f.Citation = &number
	}
	return f, metadata, problems
}
