package slacktest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// withState is a view's JSON with the values of its inputs.
func withState(v View, state State) (string, error) {
	var view map[string]any
	if err := json.Unmarshal(v.JSON, &view); err != nil {
		return "", err
	}
	values, used := map[string]map[string]any{}, map[string]bool{}
	blocks, _ := view["blocks"].([]any)
	for _, b := range blocks {
		b, _ := b.(map[string]any)
		id, _ := b["block_id"].(string)
		elements, _ := b["elements"].([]any)
		for _, e := range append(elements, b["element"], b["accessory"]) {
			e, _ := e.(map[string]any)
			action, _ := e["action_id"].(string)
			if e == nil || e["type"] == "button" {
				continue
			}
			value, err := inputValue(e, state[id][action], state[id] != nil && state[id][action] != nil)
			if err != nil {
				return "", fmt.Errorf("block %q: %w", id, err)
			}
			if values[id] == nil {
				values[id] = map[string]any{}
			}
			values[id][action] = value
			used[id+"/"+action] = true
		}
	}
	for id, rest := range state {
		for action := range rest {
			if used[id+"/"+action] {
				continue
			}
			return "", fmt.Errorf("the view has no input %q in block %q", action, id)
		}
	}
	view["state"] = map[string]any{"values": values}
	return string(encode(view)), nil
}

// inputValue is the state of an element: what was given, or what it begins with.
func inputValue(e map[string]any, given []string, isGiven bool) (map[string]any, error) {
	kind, _ := e["type"].(string)
	value := map[string]any{"type": kind}
	one := strings.Join(given, "")
	switch kind {
	case "plain_text_input", "number_input":
		value["value"] = e["initial_value"]
		if isGiven {
			value["value"] = one
		}
	case "static_select", "radio_buttons", "external_select":
		value["selected_option"] = e["initial_option"]
		if isGiven {
			value["selected_option"] = findOption(e, one)
			if value["selected_option"] == nil {
				return nil, fmt.Errorf("there is no option %q", one)
			}
		}
	case "checkboxes", "multi_static_select":
		value["selected_options"] = orEmpty(e["initial_options"])
		if isGiven {
			chosen := []any{}
			for _, g := range given {
				o := findOption(e, g)
				if o == nil {
					return nil, fmt.Errorf("there is no option %q", g)
				}
				chosen = append(chosen, o)
			}
			value["selected_options"] = chosen
		}
	default:
		return idValue(value, e, given, isGiven), nil
	}
	return value, nil
}

// idValue is the state of menus of users, channels and conversations.
func idValue(value, e map[string]any, given []string, isGiven bool) map[string]any {
	kind := strings.TrimSuffix(value["type"].(string), "_select")
	if many, multi := strings.CutPrefix(kind, "multi_"); multi {
		value["selected_"+many] = orEmpty(e["initial_"+many])
		if isGiven {
			value["selected_"+many] = given
		}
		return value
	}
	one := strings.TrimSuffix(kind, "s")
	value["selected_"+one] = e["initial_"+one]
	if isGiven {
		value["selected_"+one] = strings.Join(given, "")
	}
	return value
}

func orEmpty(v any) any {
	if v == nil {
		return []any{}
	}
	return v
}
