package slackbot

import (
	"os"
	"strings"
	"testing"
)

// The guide says what every permission is for.
func TestScopesAreDocumented(t *testing.T) {
	guide, err := os.ReadFile("../../doc/SLACK.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(guide), "| scope | for |")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, s := range Scopes() {
		if !strings.Contains(table, "`"+s.Name+"`") {
			t.Errorf("the guide does not say what %s is for", s.Name)
		}
	}
}
