package tables

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// isOwnJSON recognises Pullquote's own JSON by its turns.
func isOwnJSON(ctx context.Context, text string) bool {
	var own struct {
		Turns []struct {
			Text    *string
			Speaker *string
			Start   *int
			StartMS *int64 `json:"start_ms"`
		}
	}
	err := json.NewDecoder(content.Reader(ctx, strings.NewReader(text))).Decode(&own)
	for _, turn := range own.Turns {
		if err == nil && turn.Text != nil {
			return true
		}
	}
	return false
}

// treeFields are the facts that the top level of a file states. Where the title is a
// short name in capitals, as of a programme, the subtitle is the title.
func treeFields(root *tree.Node) []content.Field {
	facts := map[string]string{}
	for _, n := range root.Children {
		if key := recognition.FoldKey(n.Name); n.Kind == tree.Text && len(n.Text) < 500 && facts[key] == "" {
			facts[key] = n.Text
		}
	}
	title, below := firstFact(facts, "title", "headline", "event", "subject", "meeting_title", "topic"), firstFact(facts, "subtitle", "sub_title")
	if below != "" && (title == "" || len(strings.Fields(title)) < 4 && strings.ToUpper(title) == title) {
		title = below
	}
	return content.FieldsOf("title", title,
		"date", firstFact(facts, "date", "event_date", "meeting_date", "recorded", "recorded_at", "recording_date", "aired", "datetime", "time", "start_time"),
		"published", firstFact(facts, "published", "published_at", "created", "created_at", "date_published", "upload_date"),
		"place", firstFact(facts, "place", "location", "venue"),
		"media", firstFact(facts, "media", "media_url", "recording_url", "video_url"))
}

// firstFact is the first fact of these names; the names of facts are folded.
func firstFact(facts map[string]string, names ...string) string {
	for _, name := range names {
		if value := facts[recognition.FoldKey(name)]; value != "" {
			return value
		}
	}
	return ""
}
