package slackbot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/words"
)

// settingsView asks for the settings of a channel. Collections are the names there
// are; with none, or more than a menu holds, they are typed. Metadata comes back
// with what is submitted.
func settingsView(channel string, s Channel, collections []string, metadata string) slack.ModalViewRequest {
	return modal(settingsModal, "Pullquote settings", "Save", metadata,
		section(append(texts("How Pullquote behaves in ", nil), slack.NewRichTextSectionChannelElement(channel, nil))...),
		optional(inputCollections, "Collections", "They are asked in this order until one answers. With none it is the default one.", collectionsInput(s, collections)),
		input(inputTrigger, "It answers", triggerInput(s.Trigger)),
		optional(inputAskers, "Who may ask", "With nobody chosen, everybody may.", askersInput(s.Askers)),
		optional(inputManner, "And", "", mannerInput(s)),
		optional(inputLanguage, "Language of the prose", "For answers that a model writes. Quotations stay as they are.", lineInput(s.Language, maxLanguage)),
		optional(inputIngest, "Collection for files", "Transcripts that members put into the channel go into it, and all who may ask it can find them. With none they are left alone.", lineInput(s.Ingest, maxCollection)),
	)
}

// collectionsInput is a menu. Collections that are set but gone can be taken out.
func collectionsInput(s Channel, collections []string) slack.BlockElement {
	for _, name := range s.Collections {
		if !slices.Contains(collections, name) {
			collections = append(slices.Clone(collections), name)
		}
	}
	if len(collections) == 0 || len(collections) > maxOptions {
		line := lineInput(strings.Join(s.Collections, ", "), 2_000)
		line.Placeholder = plain("Names, with commas between", maxButton)
		return line
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain("The default one", maxButton), inputAction)
	for _, name := range collections {
		menu.Options = append(menu.Options, option(name, name))
	}
	for _, name := range s.Collections {
		menu.InitialOptions = append(menu.InitialOptions, option(name, name))
	}
	return menu
}

func triggerInput(chosen Trigger) slack.BlockElement {
	options := []*slack.OptionBlockObject{
		option(string(TriggerMentions), "messages that mention it"),
		option(string(TriggerThreads), "also what follows in threads where it has answered"),
		option(string(TriggerAll), "every question of the channel"),
	}
	radio := slack.NewRadioButtonsBlockElement(inputAction, options...)
	radio.InitialOption = options[0]
	for _, o := range options {
		if o.Value == string(chosen) {
			radio.InitialOption = o
		}
	}
	return radio
}

func askersInput(askers []string) slack.BlockElement {
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain("Everybody", maxButton), inputAction)
	menu.InitialUsers = askers
	return menu
}

func mannerInput(s Channel) slack.BlockElement {
	boxes := slack.NewCheckboxGroupsBlockElement(inputAction)
	for _, box := range []struct {
		value, text string
		checked     bool
	}{
		{"private", "Only the asker sees an answer, and may share it", s.Private},
		{"quiet", "Say nothing, unless asked directly, when the record does not answer", s.Quiet},
		{"bots", "Other bots may ask, too", s.Bots},
	} {
		o := option(box.value, box.text)
		boxes.Options = append(boxes.Options, o)
		if box.checked {
			boxes.InitialOptions = append(boxes.InitialOptions, o)
		}
	}
	return boxes
}

var (
	collectionName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._-]{0,99}$`)
	languageName   = regexp.MustCompile(`^\pL[\pL\pM ()-]{0,39}$`)
)

const (
	maxCollection  = 100
	collectionRule = "A collection’s name has up to 100 letters, digits, spaces, points, hyphens and underscores."
)

// readSettings reads what was submitted. Problems are by block, as Slack shows them.
func readSettings(state slack.ViewState) (Channel, map[string]string) {
	problems := map[string]string{}
	s := Channel{
		Collections: readCollections(state),
		Trigger:     Trigger(submitted(state, inputTrigger).SelectedOption.Value),
		Askers:      submitted(state, inputAskers).SelectedUsers,
		Language:    words.OneLine(submitted(state, inputLanguage).Value),
		Ingest:      words.OneLine(submitted(state, inputIngest).Value),
	}
	for _, o := range submitted(state, inputManner).SelectedOptions {
		s.Private = s.Private || o.Value == "private"
		s.Quiet = s.Quiet || o.Value == "quiet"
		s.Bots = s.Bots || o.Value == "bots"
	}
	for _, name := range s.Collections {
		if !collectionName.MatchString(name) {
			problems[inputCollections] = collectionRule
		}
	}
	if s.Ingest != "" && !collectionName.MatchString(s.Ingest) {
		problems[inputIngest] = collectionRule
	}
	if !slices.Contains([]Trigger{TriggerMentions, TriggerThreads, TriggerAll}, s.Trigger) {
		problems[inputTrigger] = "Choose which messages it answers."
	}
	if s.Language != "" && !languageName.MatchString(s.Language) {
		problems[inputLanguage] = "Write the name of a language, as “French”, or nothing for the question’s own."
	}
	return s, problems
}

func readCollections(state slack.ViewState) []string {
	answer := submitted(state, inputCollections)
	var names []string
	for _, o := range answer.SelectedOptions {
		names = append(names, o.Value)
	}
	for name := range strings.SplitSeq(answer.Value, ",") {
		if name = words.OneLine(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
