package slacktest

// maxRich is what a text of a rich_text element may have: Slack names no limit of
// its own, and a message has none over this.
const maxRich = 12000

// richText is a part of a rich_text block.
func richText(c *checker, path string, v any) {
	inline := list(0, 10000, richElement)
	section := fields{"elements!": inline}
	variant(map[string]fields{
		"rich_text_section":      section,
		"rich_text_quote":        {"elements!": inline, "border": number},
		"rich_text_preformatted": {"elements!": inline, "border": number, "language": str(1, maxID)},
		"rich_text_list": {
			"style!": oneOf("bullet", "ordered"), "elements!": list(0, 1000, variant(map[string]fields{"rich_text_section": section})),
			"indent": number, "offset": number, "border": number,
		},
	})(c, path, v)
}

// richElement is a piece of a line of rich text.
func richElement(c *checker, path string, v any) {
	kinds := richKinds()
	if !c.citations {
		delete(kinds, "citation")
	}
	variant(kinds)(c, path, v)
}

var style = object(fields{
	"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean, "underline": boolean,
	"highlight": boolean, "client_highlight": boolean, "unlink": boolean,
})

// details say what a citation cites.
func details(c *checker, path string, v any) {
	o, _ := v.(map[string]any)
	name, kinds := str(1, maxRich), map[string]fields{}
	kinds["file"] = fields{"file_id!": name, "descriptor": str(0, maxRich)}
	kinds["external"] = fields{"app_name!": name, "app_icon_url!": link(maxURL)}
	kinds["web"] = fields{"display_name!": name, "title": str(0, maxRich), "snippet": str(0, maxRich)}
	kinds["message"] = fields{"channel!": name, "message_ts!": name}
	kinds["memory"] = fields{"memory_id!": name}
	kind, _ := o["citation_type"].(string)
	if kinds[kind] == nil {
		c.wrong(path, "unsupported citation_type: %s", kind)
		return
	}
	object(kinds[kind])(c, path, without(o, "citation_type"))
}

// richKinds are the elements of rich text.
func richKinds() map[string]fields {
	id := str(1, maxID)
	kinds := map[string]fields{
		"text":      {"text!": str(1, maxRich)},
		"link":      {"url!": link(maxURL), "text": str(0, maxRich), "unsafe": boolean, "from_llm": boolean, "is_slack_url": boolean, "truncated": boolean},
		"user":      {"user_id!": id, "from_llm": boolean},
		"usergroup": {"usergroup_id!": id},
		"channel":   {"channel_id!": id, "tab_id": id, "from_llm": boolean},
		"team":      {"team_id!": id},
		"emoji":     {"name!": id, "skin_tone": number, "unicode": id, "url": link(maxURL)},
		"broadcast": {"range!": oneOf("here", "channel", "everyone")},
		"date":      {"timestamp!": number, "format!": id, "timezone": id, "url": link(maxURL), "fallback": str(0, maxRich)},
		"color":     {"value!": id},
		"tag":       {"text!": str(1, maxRich), "color": id},
	}
	for _, f := range kinds {
		f["style"] = style
	}
	kinds["citation"] = fields{
		"url!": link(maxURL), "text!": str(1, maxRich), "index!": number, "details!": details, "from_llm": boolean, "is_slack_url": boolean,
	}
	return kinds
}
