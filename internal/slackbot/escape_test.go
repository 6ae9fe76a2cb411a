package slackbot

import (
	"strings"
	"testing"
)

// In these, ~ stands for the joiner.
func TestEscape(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"words":          {"Jane Roe said (Harbour briefing, 4 March 2026): “In spring.” [1]", "Jane Roe said (Harbour briefing, 4 March 2026): “In spring.” [1]"},
		"entities":       {"R&D <b> &amp;", "R&amp;D &lt;b&gt; &amp;amp;"},
		"a mention":      {"<@U1> <!here> @here", "&lt;@~U1&gt; &lt;!here&gt; @~here"},
		"a link":         {"<https://a.example|b>", "&lt;https:~/~/~a~.example|b&gt;"},
		"a quotation":    {"> so", "~&gt; so"},
		"styles":         {"*b* _i_ `c` 2 * 3", "~*~b~*~ ~_~i~_~ ˋcˋ 2 * 3"},
		"emoji":          {":tada: :) 12:30", ":~tada: :~) 12:~30"},
		"several lines":  {"a\n\n*b", "a ~*~b"},
		"a number":       {"about 3.5 miles.", "about 3~.5 miles."},
		"a bidi control": {"\u202Eab", "ab"},
	} {
		if got := strings.ReplaceAll(escape(tt.text), string(wordJoiner), "~"); got != tt.want {
			t.Errorf("%s: %q is escaped to %q; want %q", name, tt.text, got, tt.want)
		}
	}
}

func TestCut(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		limit int
		want  string
	}{
		"short enough":        {"In spring.", 10, "In spring."},
		"at a word":           {"The harbour opens in spring.", 20, "The harbour opens…"},
		"without punctuation": {"The harbour, as ever, opens.", 17, "The harbour, as…"},
		"one long word":       {strings.Repeat("x", 20), 10, strings.Repeat("x", 9) + "…"},
		"in units of UTF-16":  {"𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨", 8, "𝔊𝔲𝔩…"},
	} {
		if got := cut(tt.text, tt.limit); got != tt.want {
			t.Errorf("%s: %q; want %q", name, got, tt.want)
		}
	}
}
