package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// Command is a slash command of a user in a channel.
func (s *Server) Command(user, channel, command, text string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Delivery{Transport: Commands, Form: url.Values{
		"token": {"ZZZZZZWSxiZZZ2yIvs3peJ"}, "team_id": {Team}, "team_domain": {"harbour"}, "api_app_id": {App},
		"is_enterprise_install": {"false"},
		"channel_id":            {channel}, "channel_name": {s.nameOf(channel)},
		"user_id": {user}, "user_name": {s.user(user).Name},
		"command": {command}, "text": {text},
		"response_url": {s.newHook(hook{channel: channel, user: user})},
		"trigger_id":   {s.newTrigger(user)},
	}}
}

// nameOf is a channel's name as interactions tell it.
func (s *Server) nameOf(channel string) string {
	switch c := s.channels[channel]; {
	case c == nil, c.Kind == Private:
		return "privategroup"
	case c.Kind == Direct:
		return "directmessage"
	default:
		return c.Name
	}
}

func (s *Server) user(id string) User {
	if u := s.users[id]; u != nil {
		return *u
	}
	return User{ID: id}
}

// Press presses a button of a message. Of feedback buttons and menus, value is
// the choice; a plain button has its own.
func (s *Server) Press(user string, m Message, actionID, value string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	action, err := s.action(m.Blocks, actionID, value)
	if err != nil {
		return Delivery{}, fmt.Errorf("message %s: %w", m.TS, err)
	}
	source := hook{channel: m.Channel, user: user, source: m.TS, thread: m.Thread}
	return Delivery{Transport: Interactions, Payload: fill("block_actions", map[string]any{
		"User": s.user(user), "Team": Team, "App": App, "Message": m, "MessageJSON": string(encode(m.json(true))), "View": "",
		"ChannelName": s.nameOf(m.Channel), "ResponseURL": s.newHook(source), "Trigger": s.newTrigger(user), "Action": string(encode(action)),
	})}, nil
}

// PressIn presses a button of a view.
func (s *Server) PressIn(v View, actionID, value string) (Delivery, error) {
	var shown struct{ Blocks json.RawMessage }
	if err := json.Unmarshal(v.JSON, &shown); err != nil {
		return Delivery{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	action, err := s.action(shown.Blocks, actionID, value)
	if err != nil {
		return Delivery{}, fmt.Errorf("view %s: %w", v.ID, err)
	}
	return Delivery{Transport: Interactions, Payload: fill("block_actions", map[string]any{
		"User": s.user(v.User), "Team": Team, "App": App, "View": string(v.JSON), "ViewID": v.ID,
		"Trigger": s.newTrigger(v.User), "Action": string(encode(action)),
	})}, nil
}

// action is what Slack tells of an element that was used.
func (s *Server) action(blocks json.RawMessage, actionID, value string) (reply, error) {
	block, element := findAction(blocks, actionID)
	if element == nil {
		return nil, fmt.Errorf("there is no action %q", actionID)
	}
	act := reply{"action_id": actionID, "block_id": block, "type": element["type"], "action_ts": s.timestamp()}
	switch element["type"] {
	case "button", "icon_button":
		act["text"], act["value"] = element["text"], element["value"]
		return act, nil
	case "feedback_buttons":
		for _, name := range []string{"positive_button", "negative_button"} {
			if b, _ := element[name].(map[string]any); b["value"] == value {
				act["value"], act["text"] = value, b["text"]
				return act, nil
			}
		}
	case "static_select", "overflow", "radio_buttons":
		if o := findOption(element, value); o != nil {
			act["selected_option"] = o
			return act, nil
		}
	case "users_select", "channels_select", "conversations_select":
		act["selected_"+map[string]string{"users_select": "user", "channels_select": "channel", "conversations_select": "conversation"}[element["type"].(string)]] = value
		return act, nil
	}
	return nil, fmt.Errorf("the %v %q has no choice %q", element["type"], actionID, value)
}

// findAction finds an element by its action_id, with the id of its block.
func findAction(raw json.RawMessage, id string) (block string, element map[string]any) {
	var blocks []map[string]any
	json.Unmarshal(raw, &blocks)
	for _, b := range blocks {
		elements, _ := b["elements"].([]any)
		for _, e := range append(elements, b["accessory"], b["element"]) {
			if e, _ := e.(map[string]any); e["action_id"] == id {
				block, _ = b["block_id"].(string)
				return block, e
			}
		}
	}
	return "", nil
}

// findOption finds a choice of a menu by its value.
func findOption(element map[string]any, value string) any {
	options, _ := element["options"].([]any)
	groups, _ := element["option_groups"].([]any)
	for _, g := range groups {
		g, _ := g.(map[string]any)
		more, _ := g["options"].([]any)
		options = append(options, more...)
	}
	for _, o := range options {
		if o, _ := o.(map[string]any); o["value"] == value {
			return o
		}
	}
	return nil
}

// State is what a person has filled in: by block_id and action_id the choices, or
// the text.
type State map[string]map[string][]string

// Submit submits a modal. Inputs that are left out of state keep what they began
// with.
func (s *Server) Submit(v View, state State) (Delivery, error) {
	view, err := withState(v, state)
	if err != nil {
		return Delivery{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return Delivery{Transport: Interactions, Payload: fill("view_submission", map[string]any{
		"Type": "view_submission", "User": s.user(v.User), "Team": Team, "App": App, "View": view, "Trigger": s.newTrigger(v.User),
	})}, nil
}

// Close closes a modal. Slack tells it when the view asked for that.
func (s *Server) Close(v View) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropView(v.ID)
	s.touch()
	return Delivery{Transport: Interactions, Payload: fill("view_submission", map[string]any{
		"Type": "view_closed", "User": s.user(v.User), "Team": Team, "App": App, "View": string(v.JSON), "Cleared": false,
	})}
}

// Shortcut uses a message shortcut.
func (s *Server) Shortcut(user string, m Message, callbackID string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	source := hook{channel: m.Channel, user: user, source: m.TS, thread: m.Thread}
	return Delivery{Transport: Interactions, Payload: fill("message_action", map[string]any{
		"User": s.user(user), "Team": Team, "App": App, "Message": m, "MessageJSON": string(encode(m.json(true))),
		"ChannelName": s.nameOf(m.Channel), "ResponseURL": s.newHook(source), "Trigger": s.newTrigger(user),
		"CallbackID": callbackID, "TS": s.timestamp(),
	})}
}
