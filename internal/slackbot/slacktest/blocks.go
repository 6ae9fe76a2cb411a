package slacktest

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// surface is where blocks are shown.
type surface int

const (
	onMessage surface = iota
	onView
)

const (
	maxBlocks     = 50
	maxViewBlocks = 100
	maxID         = 255
	maxURL        = 3000
)

// readBlocks checks blocks and gives each its id; nil when there are none.
func (s *Server) readBlocks(raw string, on surface) (json.RawMessage, error) {
	if raw == "" || raw == "null" || raw == "[]" {
		return nil, nil
	}
	var blocks []any
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.UseNumber()
	if d.Decode(&blocks) != nil {
		return nil, refuse("invalid_blocks_format")
	}
	c := &checker{citations: !s.noCitations}
	rules, most := blockKinds(), maxBlocks
	if on == onView {
		rules, most = viewKinds(), maxViewBlocks
	}
	list(1, most, variant(rules))(c, "/blocks", blocks)
	c.checkIDs(blocks)
	c.checkMarkdown(blocks)
	if len(c.problems) > 0 {
		return nil, refuse("invalid_blocks", c.problems...)
	}
	for _, b := range blocks {
		if o := b.(map[string]any); o["block_id"] == nil {
			o["block_id"] = s.id("b")
		}
	}
	return encode(blocks), nil
}

// checkIDs checks that a block_id, and an action_id in its block, stands for one.
func (c *checker) checkIDs(blocks []any) {
	var objects []map[string]any
	for _, b := range blocks {
		o, _ := b.(map[string]any)
		objects = append(objects, o)
		elements, _ := o["elements"].([]any)
		seen := map[string]bool{}
		for _, e := range elements {
			e, _ := e.(map[string]any)
			id, given := e["action_id"].(string)
			if given && seen[id] {
				c.wrong("/blocks", "action_id `%s` is not unique in its block", id)
			}
			seen[id] = true
		}
	}
	if id := repeatedID(objects); id != "" {
		c.wrong("/blocks", "block_id `%s` is not unique", id)
	}
}

// checkMarkdown checks that the markdown blocks of a message are not too long in sum.
func (c *checker) checkMarkdown(blocks []any) {
	characters := 0
	for _, b := range blocks {
		o, _ := b.(map[string]any)
		if s, ok := o["text"].(string); ok && o["type"] == "markdown" {
			characters += utf8.RuneCountInString(s)
		}
	}
	if characters > maxMarkdown {
		c.wrong("/blocks", "markdown blocks have more than %d characters", maxMarkdown)
	}
}

func repeatedID(blocks []map[string]any) string {
	seen := map[string]bool{}
	for _, b := range blocks {
		id, given := b["block_id"].(string)
		if given && seen[id] {
			return id
		}
		seen[id] = true
	}
	return ""
}

// blockKinds are the blocks of messages and what they may have.
func blockKinds() map[string]fields {
	kinds := map[string]fields{
		"divider":         {},
		"header":          {"text!": plain(1, 150), "level": number},
		"section":         {"": someOf(2, "text", "fields"), "text": text(1, 3000), "fields": list(1, 10, text(1, 2000)), "accessory": element(accessories...), "expand": boolean},
		"context":         {"elements!": list(1, 10, contextElement)},
		"actions":         {"elements!": list(1, 25, element(actionElements...))},
		"context_actions": {"elements!": list(1, 5, element("feedback_buttons", "icon_button"))},
		"image": {
			"": someOf(1, "image_url", "slack_file"), "image_url": link(maxURL), "alt_text!": str(1, 2000), "title": plain(1, 2000), "slack_file": anything,
		},
		"markdown":  {"text!": str(1, maxMarkdown)},
		"rich_text": {"elements!": list(0, 1000, richText)},
		"task_card": {
			"task_id!": str(1, maxID), "title!": str(1, 3000), "status": oneOf("pending", "in_progress", "complete", "error"),
			"details": anything, "output": anything, "sources": anything, "hide_title": boolean,
		},
		"plan": {"title!": str(1, 3000), "tasks": anything},
	}
	for _, f := range kinds {
		f["block_id"] = str(1, maxID)
	}
	return kinds
}

// viewKinds are the blocks of modals and home tabs.
func viewKinds() map[string]fields {
	kinds := blockKinds()
	delete(kinds, "context_actions")
	delete(kinds, "task_card")
	delete(kinds, "plan")
	kinds["input"] = fields{
		"label!": plain(1, 2000), "element!": element(inputElements...), "hint": plain(1, 2000),
		"optional": boolean, "dispatch_action": boolean, "block_id": str(1, maxID),
	}
	return kinds
}
