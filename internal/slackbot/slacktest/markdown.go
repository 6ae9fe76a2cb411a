package slacktest

import "regexp"

// The patterns of Markdown as the markdown block and markdown_text read it.
var (
	markdownLink  = regexp.MustCompile(`(!?)\[([^\]]*)\]\(([^)\s]*)[^)]*\)`)
	markdownBold  = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`)
	markdownLines = regexp.MustCompile(`(?m)^(?:#{1,6} |[-*+] |\d+\. |\|.*\|$|---+$)`)
)

// markdown reads a text with Markdown's markup. As Slack finds mentions and emoji
// in it, too, it counts what mrkdwn does.
func markdown(text string) (visible string, active []Activity) {
	text = markdownLink.ReplaceAllStringFunc(text, func(whole string) string {
		m := markdownLink.FindStringSubmatch(whole)
		kind := Link
		if m[1] == "!" {
			kind = Image
		}
		active = append(active, Activity{kind, m[3]})
		return m[2]
	})
	for _, m := range markdownBold.FindAllString(text, -1) {
		active = append(active, Activity{Styled, m})
	}
	for _, m := range markdownLines.FindAllString(text, -1) {
		active = append(active, Activity{Styled, m})
	}
	visible, more := mrkdwn(text, parsing{bare: true, names: true})
	return visible, append(active, more...)
}
