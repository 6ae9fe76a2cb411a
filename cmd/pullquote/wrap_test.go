package main

import (
	"strings"
	"testing"
)

func TestWrapped(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, indent, want string }{
		{"short lines stay", "a b\n\n  c d\n", "", "a b\n\n  c d\n"},
		{"between words", "the harbour is full", "", "the\nharbour is\nfull"},
		{"what goes on is indented", "- the harbour", "  ", "- the\n  harbour"},
		{"lines keep their own indent", "  the harbour", "  ", "  the\n  harbour"},
		{"a URL stays whole", "see https://example.com/t/1 there", "", "see\nhttps://example.com/t/1\nthere"},
		{"accents and commands take no room", "caf\u0065\u0301 \033[1mis full\033[22m now", "", "caf\u0065\u0301 \033[1mis\nfull\033[22m now"},
		{"wide characters take two columns, and break anywhere", "港口已经满了。", "", "港口已经满\n了。"},
		{"but not before a mark", "港口已经满。了", "", "港口已经\n满。了"},
		{"nor behind an opening one", "港口已「满」了", "", "港口已\n「满」了"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := wrapped(test.text, 10, test.indent); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if got := wrapped(test.text, 0, test.indent); got != test.text {
				t.Errorf("without a width: %q", got)
			}
			// An answer comes in pieces, wherever they are cut.
			var b strings.Builder
			w := wrapper{to: &b, width: 10, indent: test.indent}
			for _, r := range test.text {
				w.print(string(r))
			}
			if w.flush(); b.String() != test.want {
				t.Errorf("in pieces\n%s\nwant\n%s", b.String(), test.want)
			}
		})
	}
}
