package main

import (
	"strings"
	"testing"
)

// TestHelpFits holds the help of every command to a screen: as wide as any terminal, and
// not much longer.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	for _, topic := range append(names(commands()), "", configTopic) {
		var page strings.Builder
		if err := help(strings.Fields(topic), environment{stdout: &page}); err != nil {
			t.Errorf("%s: %v", topic, err)
		}
		for line := range strings.Lines(page.String()) {
			if columns := len([]rune(strings.TrimRight(line, "\n"))); columns > defaultWidth {
				t.Errorf("help %s: %d columns: %s", topic, columns, line)
			}
		}
		if lines := strings.Count(page.String(), "\n"); lines > 40 && topic != configTopic {
			t.Errorf("help %s has %d lines", topic, lines)
		}
	}
}
