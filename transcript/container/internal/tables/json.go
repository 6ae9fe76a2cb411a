package tables

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// IsJSON recognises JSON and NDJSON, which is an array that somebody left the
// brackets off, by the start of an object.
func IsJSON(data []byte, o content.Options) bool {
	start := strings.TrimSpace(decode.Sniff(data, o))
	if rest, array := strings.CutPrefix(start, "["); array {
		start = strings.TrimSpace(rest)
	}
	rest, object := strings.CutPrefix(start, "{")
	rest = strings.TrimSpace(rest)
	return object && (rest == "" || strings.ContainsAny(rest[:1], `"}`))
}

// OpenJSON opens JSON. Pullquote's own is handed on as text, which package
// transcript reads. In JSON of others the speech is looked for.
func OpenJSON(data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Text(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	c := &content.Content{Text: text, Warnings: warnings}
	if isOwnJSON(text) {
		return c, nil
	}
	root, err := readTree(text)
	var known *content.Error
	if errors.As(err, &known) {
		return nil, err
	}
	if err == nil {
		c.Fields = treeFields(root)
		s := newSpeech(root)
		c.Lines, c.Warnings = s.lines(), append(c.Warnings, s.warnings()...)
	}
	return c, nil // what has no lines is taken for our own, and its errors say what is wrong
}

// isOwnJSON recognises Pullquote's own by its turns.
func isOwnJSON(text string) bool {
	var own struct {
		Turns []struct {
			Text    *string
			Speaker *string
			Start   *int
			StartMS *int64 `json:"start_ms"`
		}
	}
	err := json.NewDecoder(strings.NewReader(text)).Decode(&own)
	for _, turn := range own.Turns {
		if err == nil && turn.Text != nil {
			return true
		}
	}
	return false
}

// treeFields are the facts in the top level of a tree. A programme's name in
// capitals is less of a title than the line below it.
func treeFields(root *node) []content.Field {
	facts := map[string]string{}
	for _, n := range root.children {
		if key := foldKey(n.name); n.kind == textNode && len(n.text) < 500 && facts[key] == "" {
			facts[key] = n.text
		}
	}
	title, below := firstFact(facts, "title", "headline", "event", "subject", "meeting_title", "topic"), firstFact(facts, "subtitle", "sub_title")
	if below != "" && (title == "" || len(strings.Fields(title)) < 4 && strings.ToUpper(title) == title) {
		title = below
	}
	return content.FieldsOf("title", title,
		"date", firstFact(facts, "date", "event_date", "meeting_date", "recorded", "recorded_at", "recording_date", "aired", "datetime", "time", "start_time"),
		"published", firstFact(facts, "published", "published_at", "created", "created_at", "date_published", "upload_date"),
		"place", firstFact(facts, "place", "location", "venue"))
}

// firstFact is the first fact of these names. The keys of facts are folded.
func firstFact(facts map[string]string, names ...string) string {
	for _, name := range names {
		if value := facts[foldKey(name)]; value != "" {
			return value
		}
	}
	return ""
}

// foldKey makes one spelling of speaker_name, speakerName and Speaker-Name.
func foldKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' || r == '@' || r == '#' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
