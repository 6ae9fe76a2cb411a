package slackbot

import "github.com/slack-go/slack"

// The modals, and their inputs by block. Errors are shown at these.
const (
	settingsModal = "pullquote.settings"
	reasonsModal  = "pullquote.reasons"

	inputCollections = "collections"
	inputTrigger     = "trigger"
	inputAskers      = "askers"
	inputManner      = "manner"
	inputLanguage    = "language"
	inputIngest      = "ingest"

	inputReason   = "reason"
	inputCitation = "citation"
	inputWords    = "words"

	inputAction = "value" // the action id of each
)

// Slack's limits of modals.
const (
	maxOptions  = 100
	maxLanguage = 40
	maxWords    = 1_500
)

func modal(callback, title, submit, metadata string, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: metadata,
		Title: plain(title, 24), Submit: plain(submit, 24), Close: plain("Cancel", 24),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func input(block, name string, element slack.BlockElement) *slack.InputBlock {
	return slack.NewInputBlock(block, plain(name, 100), nil, element)
}

func optional(block, name, hint string, element slack.BlockElement) *slack.InputBlock {
	b := input(block, name, element).WithOptional(true)
	if hint != "" {
		b.Hint = plain(hint, 200)
	}
	return b
}

func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(text, maxButton), nil)
}

func lineInput(value string, limit int) *slack.PlainTextInputBlockElement {
	line := slack.NewPlainTextInputBlockElement(nil, inputAction)
	line.InitialValue, line.MaxLength = value, limit
	return line
}

func submitted(state slack.ViewState, block string) slack.BlockAction {
	return state.Values[block][inputAction]
}
