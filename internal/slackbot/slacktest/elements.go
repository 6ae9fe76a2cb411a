package slacktest

// where each element may stand
var (
	selects        = []string{"static_select", "users_select", "conversations_select", "channels_select", "external_select"}
	multiSelects   = []string{"multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}
	buttons        = []string{"button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker"}
	accessories    = join(selects, multiSelects, buttons, []string{"image"})
	actionElements = join(selects, buttons)
	inputElements  = join(selects, multiSelects, []string{"checkboxes", "radio_buttons", "datepicker", "timepicker", "plain_text_input", "number_input"})
)

func join(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// plain is a plain_text object.
func plain(least, most int) rule {
	return variant(map[string]fields{"plain_text": {"text!": str(least, most), "emoji": boolean}})
}

// text is a plain_text or a mrkdwn object.
func text(least, most int) rule {
	return variant(map[string]fields{
		"plain_text": {"text!": str(least, most), "emoji": boolean},
		"mrkdwn":     {"text!": str(least, most), "verbatim": boolean},
	})
}

// element is an element of one of some types.
func element(types ...string) rule {
	return func(c *checker, path string, v any) {
		known, kinds := elementKinds(), map[string]fields{}
		for _, t := range types {
			kinds[t] = known[t]
		}
		variant(kinds)(c, path, v)
	}
}

// contextElement is what stands in a context block.
func contextElement(c *checker, path string, v any) {
	kinds := map[string]fields{"image": elementKinds()["image"]}
	kinds["plain_text"] = fields{"text!": str(1, 3000), "emoji": boolean}
	kinds["mrkdwn"] = fields{"text!": str(1, 3000), "verbatim": boolean}
	variant(kinds)(c, path, v)
}

func option(c *checker, path string, v any) {
	object(fields{"text!": text(1, 75), "value!": str(1, 150), "description": text(1, 75), "url": link(maxURL)})(c, path, v)
}

var optionGroup = object(fields{"label!": plain(1, 75), "options!": list(1, 100, option)})

var confirm = object(fields{
	"title!": plain(1, 100), "text!": text(1, 300), "confirm!": plain(1, 30), "deny!": plain(1, 30), "style": oneOf("primary", "danger"),
})

var feedbackButton = object(fields{"text!": plain(1, 75), "value!": str(1, 2000), "accessibility_label": str(1, 75)})

// elementKinds are the interactive elements and what they may have.
func elementKinds() map[string]fields {
	kinds := map[string]fields{
		"button": {
			"text!": plain(1, 75), "url": link(maxURL), "value": str(0, 2000), "style": oneOf("primary", "danger"),
			"confirm": confirm, "accessibility_label": str(1, 75),
		},
		"icon_button": {
			"icon!": oneOf("trash"), "text!": plain(1, 75), "value": str(0, 2000), "confirm": confirm,
			"accessibility_label": str(1, 75), "visible_to_user_ids": list(0, 100, str(1, maxID)),
		},
		"feedback_buttons": {"positive_button!": feedbackButton, "negative_button!": feedbackButton},
		"overflow":         {"options!": list(1, 5, option), "confirm": confirm},
		"checkboxes":       {"options!": list(1, 10, option), "initial_options": list(1, 10, option), "confirm": confirm, "focus_on_load": boolean},
		"radio_buttons":    {"options!": list(1, 10, option), "initial_option": option, "confirm": confirm, "focus_on_load": boolean},
		"datepicker":       {"initial_date": str(10, 10), "placeholder": plain(1, 150), "confirm": confirm, "focus_on_load": boolean},
		"timepicker":       {"initial_time": str(5, 5), "placeholder": plain(1, 150), "confirm": confirm, "focus_on_load": boolean},
		"plain_text_input": {
			"placeholder": plain(1, 150), "initial_value": str(0, 3000), "multiline": boolean, "min_length": number, "max_length": number,
			"dispatch_action_config": anything, "focus_on_load": boolean,
		},
		"number_input": {
			"is_decimal_allowed!": boolean, "initial_value": str(0, 40), "min_value": str(0, 40), "max_value": str(0, 40),
			"placeholder": plain(1, 150), "dispatch_action_config": anything, "focus_on_load": boolean,
		},
	}
	for name, f := range selectKinds() {
		kinds[name] = f
	}
	for _, f := range kinds {
		f["action_id"] = str(1, maxID)
	}
	kinds["image"] = fields{"": someOf(1, "image_url", "slack_file"), "image_url": link(maxURL), "alt_text!": str(1, 2000), "slack_file": anything}
	return kinds
}

// selectKinds are the menus, of one choice and of several.
func selectKinds() map[string]fields {
	ids := list(0, 100, str(1, maxID))
	kinds := map[string]fields{
		"static_select":              {"": someOf(1, "options", "option_groups"), "options": list(1, 100, option), "option_groups": list(1, 100, optionGroup), "initial_option": option},
		"external_select":            {"initial_option": option, "min_query_length": number},
		"users_select":               {"initial_user": str(1, maxID)},
		"conversations_select":       {"initial_conversation": str(1, maxID), "default_to_current_conversation": boolean, "response_url_enabled": boolean, "filter": anything},
		"channels_select":            {"initial_channel": str(1, maxID), "response_url_enabled": boolean},
		"multi_static_select":        {"": someOf(1, "options", "option_groups"), "options": list(1, 100, option), "option_groups": list(1, 100, optionGroup), "initial_options": list(1, 100, option)},
		"multi_users_select":         {"initial_users": ids},
		"multi_conversations_select": {"initial_conversations": ids, "default_to_current_conversation": boolean, "filter": anything},
		"multi_channels_select":      {"initial_channels": ids},
	}
	for name, f := range kinds {
		f["placeholder"], f["confirm"], f["focus_on_load"] = plain(1, 150), confirm, boolean
		if len(name) > 5 && name[:5] == "multi" {
			f["max_selected_items"] = number
		}
	}
	return kinds
}
