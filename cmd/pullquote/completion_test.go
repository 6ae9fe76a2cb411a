package main

import (
	"strings"
	"testing"
)

// TestPagesAreComplete looks for every command and every flag in each page.
func TestPagesAreComplete(t *testing.T) {
	t.Parallel()
	for page, written := range map[string]func(flagLine) string{
		"bash": func(f flagLine) string { return f.Name },
		"zsh":  func(f flagLine) string { return "'" + f.Name + ":" },
		"fish": func(f flagLine) string { return " " + f.Bare() + " " },
		"man":  func(f flagLine) string { return ".B " + roff(f.Flag()) + "\n" },
	} {
		var b strings.Builder
		if err := writePage(&b, page); err != nil {
			t.Fatal(err)
		}
		for _, c := range commands() {
			if !strings.Contains(b.String(), c.name) {
				t.Errorf("%s has no command %s", page, c.name)
			}
			for _, f := range c.flagLines() {
				if !strings.Contains(b.String(), written(f)) {
					t.Errorf("%s has no %s of %s", page, f.Name, c.name)
				}
			}
		}
	}
}
