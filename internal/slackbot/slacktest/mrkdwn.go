package slacktest

import (
	"regexp"
	"strings"
)

// Activity is something in a message that is more than its characters: that
// notifies, leads somewhere, or is drawn in another way.
type Activity struct {
	Kind  string // one of those below
	Value string // an address, an id, a name; of styles the words
}

// The kinds of Activity.
const (
	Link      = "link"
	Mention   = "mention" // of a user or a group
	ChannelIn = "channel"
	Broadcast = "broadcast" // @here, @channel, @everyone
	Emoji     = "emoji"
	Date      = "date"
	Unfurl    = "unfurl" // Slack may show what a link leads to
	Image     = "image"
	Styled    = "style" // bold, italic, struck, code
	Quoted    = "quote" // a line that > begins
)

// parsing says what Slack looks for in a text besides its markup.
type parsing struct {
	bare     bool // addresses without <>
	names    bool // #channel and @user
	unmarked bool // no markup at all
}

// The patterns of mrkdwn. They are rather too wide: what may be read as markup
// counts as markup, and > escaped at the beginning of a line as a quotation.
var (
	entity    = regexp.MustCompile(`<([^<>]*)>`)
	quoteLine = regexp.MustCompile(`(?m)^(?:>|&gt;)`)
	fenced    = regexp.MustCompile("(?s)```.+?```")
	spans     = []*regexp.Regexp{
		regexp.MustCompile("`([^`\n]+)`"),
		regexp.MustCompile(`(?:^|[\s\p{P}\p{S}])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?:$|[\s\p{P}\p{S}])`),
		regexp.MustCompile(`(?:^|[\s\p{P}\p{S}])_([^\s_](?:[^_\n]*[^\s_])?)_(?:$|[\s\p{P}\p{S}])`),
		regexp.MustCompile(`(?:^|[\s\p{P}\p{S}])~([^\s~](?:[^~\n]*[^\s~])?)~(?:$|[\s\p{P}\p{S}])`),
	}
	emojiName = regexp.MustCompile(`:([a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*|-1|100|1234):`)
	address   = regexp.MustCompile(`(?i)\b(?:https?://|ftp://|mailto:|slack://|www\.)[^\s<>|]+|[\w.+-]+@[\w-]+\.[\w.]+`)
	domain    = regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|example|gov|edu|ru|cn|uk|de|fr)\b(?:/\S*)?`)
	named     = regexp.MustCompile(`(?:^|[\s\p{P}])([@#][\p{L}\d][\p{L}\d._-]*)`)
	broadcast = regexp.MustCompile(`@(here|channel|everyone)\b`)
)

// mrkdwn reads a text with Slack's markup: what a reader sees of it, and what is
// active in it.
func mrkdwn(text string, p parsing) (visible string, active []Activity) {
	plainText := text
	if !p.unmarked {
		plainText, active = entities(text)
		active = append(active, styles(plainText)...)
	}
	if p.bare {
		active = append(active, bareLinks(plainText)...)
	}
	if p.names {
		active = append(active, names(plainText)...)
	}
	for _, m := range emojiName.FindAllStringSubmatch(plainText, -1) {
		active = append(active, Activity{Emoji, m[1]})
	}
	return unescape(plainText), active
}

// unescape reads the three escapes that Slack knows.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// entities takes what stands in <> for what it shows.
func entities(text string) (shown string, active []Activity) {
	shown = entity.ReplaceAllStringFunc(text, func(whole string) string {
		target, label, labelled := strings.Cut(whole[1:len(whole)-1], "|")
		a := Activity{Link, unescape(target)}
		name := target
		switch {
		case target == "":
			return whole
		case target[0] == '@':
			a, name = Activity{Mention, target[1:]}, target
		case target[0] == '#':
			a, name = Activity{ChannelIn, target[1:]}, target
		case strings.HasPrefix(target, "!date^"):
			a = Activity{Date, target}
		case strings.HasPrefix(target, "!subteam^"):
			a, name = Activity{Mention, target[9:]}, "@"+target[9:]
		case target[0] == '!':
			a, name = Activity{Broadcast, target[1:]}, "@"+target[1:]
		}
		active = append(active, a)
		if labelled {
			return label
		}
		return name
	})
	return shown, active
}

// styles finds what is drawn in another way.
func styles(text string) (active []Activity) {
	for range quoteLine.FindAllStringIndex(text, -1) {
		active = append(active, Activity{Quoted, ">"})
	}
	rest := fenced.ReplaceAllStringFunc(text, func(code string) string {
		active = append(active, Activity{Styled, code})
		return " "
	})
	for _, span := range spans {
		for _, m := range span.FindAllStringSubmatch(rest, -1) {
			active = append(active, Activity{Styled, m[1]})
		}
	}
	return active
}

// bareLinks finds addresses that are linked without being marked.
func bareLinks(text string) (active []Activity) {
	rest := address.ReplaceAllStringFunc(text, func(found string) string {
		active = append(active, Activity{Link, unescape(found)})
		return " "
	})
	for _, found := range domain.FindAllString(rest, -1) {
		active = append(active, Activity{Link, unescape(found)})
	}
	return active
}

// names finds #channel and @user.
func names(text string) (active []Activity) {
	for _, m := range broadcast.FindAllStringSubmatch(text, -1) {
		active = append(active, Activity{Broadcast, m[1]})
	}
	for _, m := range named.FindAllStringSubmatch(broadcast.ReplaceAllString(text, " "), -1) {
		kind := Mention
		if m[1][0] == '#' {
			kind = ChannelIn
		}
		active = append(active, Activity{kind, m[1][1:]})
	}
	return active
}
