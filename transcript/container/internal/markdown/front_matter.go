package markdown

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pullquote/pullquote/transcript/container/content"
)

const longestFrontMatter = 32 << 10 // bytes

// cutFrontMatter takes front matter, which stands between --- and ---, off the start of
// a text. It must have a field.
func cutFrontMatter(text string) (front, rest string, found bool) {
	body, ok := strings.CutPrefix(strings.TrimLeft(text, " \n"), "---\n")
	if !ok {
		return "", text, false
	}
	at, fields := 0, 0
	for at < len(body) && at < longestFrontMatter {
		line, _, _ := strings.Cut(body[at:], "\n")
		if trimmed := strings.TrimRight(line, " \t"); trimmed == "---" || trimmed == "..." {
			return body[:at], body[min(len(body), at+len(line)+1):], fields > 0
		}
		if _, _, isField := content.CutField(line); isField {
			fields++
		}
		at += len(line) + 1
	}
	return "", text, false
}

// frontFields reads front matter as YAML. What is not quite YAML, such as a title with
// a colon in it, is read line by line.
func frontFields(front string) []content.Field {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return looseFields(front)
	}
	var fields []content.Field
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		fields = appendFields(fields, strings.ToLower(pairs[i].Value), pairs[i+1])
	}
	return fields
}

// appendFields adds a value; of a list, each as a field of its own; of an object, such
// as one that describes a person, its name.
func appendFields(fields []content.Field, name string, value *yaml.Node) []content.Field {
	switch value.Kind {
	case yaml.ScalarNode:
		if value.Tag != "!!null" {
			fields = content.AppendField(fields, name, value.Value)
		}
	case yaml.SequenceNode:
		for _, v := range value.Content {
			if v.Kind != yaml.SequenceNode {
				fields = appendFields(fields, name, v)
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(value.Content); i += 2 {
			if strings.EqualFold(value.Content[i].Value, "name") && value.Content[i+1].Kind == yaml.ScalarNode {
				fields = content.AppendField(fields, name, value.Content[i+1].Value)
			}
		}
	case yaml.DocumentNode, yaml.AliasNode:
	}
	return fields
}

// looseFields reads "name: value" and the items of a list below a name.
func looseFields(front string) []content.Field {
	var fields []content.Field
	name := ""
	for line := range strings.Lines(front) {
		line = strings.TrimRight(line, "\n \t")
		if n, value, isField := content.CutField(line); isField {
			name = strings.ToLower(n)
			fields = content.AppendField(fields, name, strings.Trim(strings.TrimSpace(value), `"'`))
		} else if item, isItem := strings.CutPrefix(strings.TrimSpace(line), "- "); isItem && name != "" {
			fields = content.AppendField(fields, name, strings.Trim(item, `"' `))
		}
	}
	return fields
}
