package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
)

// Visible is all text that a reader sees of a message, in order, a line for each
// part: of its blocks or, where it has none, of its text.
func Visible(m Message) string {
	r := &reader{}
	switch {
	case len(m.Blocks) > 0:
		r.blocks(m.Blocks)
	case m.Markdown != "":
		r.line(markdown(m.Markdown))
	default:
		r.line(m.text())
	}
	return strings.Join(r.lines, "\n")
}

// Active is every active thing of a message, in its blocks and in its text, which
// notifies even where blocks are shown.
func Active(m Message) []Activity {
	r := &reader{}
	r.blocks(m.Blocks)
	if m.Markdown != "" {
		r.line(markdown(m.Markdown))
	}
	r.line(m.text())
	if m.UnfurlLinks || m.UnfurlMedia {
		for _, a := range slices.Clone(r.active) {
			if a.Kind == Link {
				r.active = append(r.active, Activity{Unfurl, a.Value})
			}
		}
	}
	return r.active
}

// VisibleIn is what a reader sees of a view, with its title.
func VisibleIn(v View) string { return strings.Join(v.read().lines, "\n") }

// ActiveIn is every active thing of a view.
func ActiveIn(v View) []Activity { return v.read().active }

func (v View) read() *reader {
	var o map[string]any
	r := &reader{}
	if json.Unmarshal(v.JSON, &o) != nil {
		return r
	}
	r.text(o["title"])
	blocks, _ := o["blocks"].([]any)
	for _, b := range blocks {
		r.block(b.(map[string]any))
	}
	r.text(o["submit"])
	r.text(o["close"])
	return r
}

// text reads a message's text as its parse, mrkdwn and link_names say.
func (m Message) text() (string, []Activity) {
	return mrkdwn(m.Text, parsing{
		bare: m.Parse != "none", names: m.LinkNames || m.Parse == "full", unmarked: m.Parse == "full" || !m.Mrkdwn,
	})
}

// reader reads blocks as they are shown.
type reader struct {
	lines  []string
	active []Activity
}

func (r *reader) line(text string, active []Activity) {
	if text != "" {
		r.lines = append(r.lines, text)
	}
	r.active = append(r.active, active...)
}

func (r *reader) add(kind string, value any) {
	s, _ := value.(string)
	r.active = append(r.active, Activity{kind, s})
}

func (r *reader) blocks(raw json.RawMessage) {
	var blocks []map[string]any
	if len(raw) == 0 || json.Unmarshal(raw, &blocks) != nil {
		return
	}
	for _, b := range blocks {
		r.block(b)
	}
}

func (r *reader) block(b map[string]any) {
	switch b["type"] {
	case "rich_text":
		r.each(b["elements"], r.rich)
		return
	case "markdown":
		s, _ := b["text"].(string)
		r.line(markdown(s))
		return
	case "image":
		r.image(b)
	}
	r.text(b["text"])
	r.text(b["title"])
	r.text(b["label"])
	r.text(b["hint"])
	r.each(b["fields"], func(o map[string]any) { r.text(o) })
	r.element(b["accessory"])
	r.element(b["element"])
	r.each(b["elements"], func(o map[string]any) { r.element(o) })
}

func (r *reader) each(list any, do func(map[string]any)) {
	items, _ := list.([]any)
	for _, i := range items {
		if o, ok := i.(map[string]any); ok {
			do(o)
		}
	}
}

// text reads a text object, or the bare title of a task.
func (r *reader) text(v any) {
	if s, ok := v.(string); ok {
		r.line(s, nil)
		return
	}
	o, _ := v.(map[string]any)
	s, _ := o["text"].(string)
	switch o["type"] {
	case "mrkdwn":
		r.line(mrkdwn(s, parsing{bare: o["verbatim"] != true, names: o["verbatim"] != true}))
	case "plain_text":
		r.line(s, nil)
		if o["emoji"] != false {
			for _, m := range emojiName.FindAllStringSubmatch(s, -1) {
				r.add(Emoji, m[1])
			}
		}
	}
}

func (r *reader) image(o map[string]any) {
	r.add(Image, o["image_url"])
	s, _ := o["alt_text"].(string)
	r.line(s, nil)
}

// element reads a button, a menu or what stands in a context block.
func (r *reader) element(v any) {
	o, _ := v.(map[string]any)
	switch o["type"] {
	case "mrkdwn", "plain_text":
		r.text(v)
	case "image":
		r.image(o)
	case "feedback_buttons":
		r.element(o["positive_button"])
		r.element(o["negative_button"])
	default:
		r.choices(o)
	}
}

// choices reads what a button or a menu offers.
func (r *reader) choices(o map[string]any) {
	r.text(o["text"])
	r.text(o["placeholder"])
	r.text(o["description"])
	if o["url"] != nil {
		r.add(Link, o["url"])
	}
	if s, ok := o["initial_value"].(string); ok {
		r.line(s, nil)
	}
	r.each(o["options"], r.choices)
	r.each(o["option_groups"], func(g map[string]any) {
		r.text(g["label"])
		r.each(g["options"], r.choices)
	})
	if c, ok := o["confirm"].(map[string]any); ok {
		for _, name := range []string{"title", "text", "confirm", "deny"} {
			r.text(c[name])
		}
	}
}

// rich reads a part of a rich_text block.
func (r *reader) rich(o map[string]any) {
	if o["type"] == "rich_text_list" {
		r.each(o["elements"], r.rich)
		return
	}
	var line strings.Builder
	r.each(o["elements"], func(e map[string]any) { line.WriteString(r.inline(e)) })
	r.line(line.String(), nil)
}

// inline reads an element of rich text. What is not text is active by itself.
func (r *reader) inline(e map[string]any) string {
	field := func(name string) string { s, _ := e[name].(string); return s }
	switch e["type"] {
	case "text", "tag":
		return field("text")
	case "link", "citation":
		r.add(Link, e["url"])
		if text := field("text"); text != "" {
			return text
		}
		return field("url")
	case "user":
		r.add(Mention, e["user_id"])
		return "@" + field("user_id")
	case "usergroup":
		r.add(Mention, e["usergroup_id"])
		return "@" + field("usergroup_id")
	case "team":
		r.add(Mention, e["team_id"])
		return field("team_id")
	case "channel":
		r.add(ChannelIn, e["channel_id"])
		return "#" + field("channel_id")
	case "broadcast":
		r.add(Broadcast, e["range"])
		return "@" + field("range")
	case "emoji":
		r.add(Emoji, e["name"])
		return ":" + field("name") + ":"
	case "date":
		r.add(Date, e["format"])
		return field("fallback")
	}
	return field("value")
}
