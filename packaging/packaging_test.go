// Package packaging_test holds what the program is delivered with to the program.
package packaging_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What compose starts is reached from this machine alone, and by its own name, as long as there
// is no key.
func TestComposeIsClosed(t *testing.T) {
	text, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct {
			Image       string
			Build       any
			Environment map[string]string
			Ports       []string
		}
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}
	for name, service := range compose.Services {
		for _, port := range service.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s publishes %s, which other machines reach", name, port)
			}
		}
	}
	serving := compose.Services["pullquote"].Environment
	if serving["PULLQUOTE_INSECURE_LISTEN"] == "1" && !strings.Contains(serving["PULLQUOTE_PUBLIC_URL"], ":-http://127.0.0.1:8080}") {
		t.Error("without a public URL every host is answered")
	}
	backup := compose.Services["backup"]
	if backup.Environment["DATABASE_URL"] != serving["DATABASE_URL"] {
		t.Error("the database that is backed up is not the one that is served")
	}
	dockerfile, err := os.ReadFile("../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	if image := compose.Services["postgres"].Image; !strings.Contains(string(dockerfile), "FROM "+image+" AS backup") {
		t.Errorf("the programs that make backups are not those of the server, %s", image)
	}
}

// The unit of systemd has only sections and settings that it may have, and none twice but for those
// that add up.
func TestUnit(t *testing.T) {
	text, err := os.ReadFile("pullquote.service")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`^(|#.*|\[(Unit|Service|Install)\]|[A-Z][A-Za-z0-9]+=.*)$`)
	seen := map[string]bool{}
	for text := range strings.Lines(string(text)) {
		text = strings.TrimSpace(text)
		if !line.MatchString(text) {
			t.Errorf("%q is no line of a unit", text)
		}
		name, _, set := strings.Cut(text, "=")
		if set && !strings.HasPrefix(name, "#") {
			if seen[name] && name != "Environment" && name != "SystemCallFilter" {
				t.Errorf("%s is set twice", name)
			}
			seen[name] = true
		}
	}
}

// Every module that go.mod requires is in the table of doc/DEPENDENCIES.md, by its version.
func TestDependenciesAreReviewed(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../doc/DEPENDENCIES.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, required := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)$`).FindAllStringSubmatch(string(text), -1) {
		if row := "| `" + required[1] + "` | " + required[2] + " |"; !strings.Contains(string(page), row) {
			t.Errorf("doc/DEPENDENCIES.md has no row that begins with %s: look whether anything is known of that version", row)
		}
	}
}
