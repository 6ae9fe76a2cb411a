package api

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestClientsOfTheREADME runs the programs that the README shows, in each of their languages.
func TestClientsOfTheREADME(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	config := newConfig(t)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	for language, run := range map[string][]string{
		"python": {"python3", "client.py"},
		"js":     {"node", "client.mjs"},
		"go":     {"go", "run", "client.go"},
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			found := regexp.MustCompile("(?ms)^```" + language + "$\n(.*?)^```$").FindStringSubmatch(string(readme))
			if found == nil {
				t.Fatal("the README shows no program")
			}
			if _, err := exec.LookPath(run[0]); err != nil && os.Getenv("CI") == "" {
				t.Skip(run[0], "is not installed")
			}
			program := strings.NewReplacer("http://127.0.0.1:8080", server.URL, "Why is the gate late?", "Which sign stands on the chart?").Replace(found[1])
			file := filepath.Join(t.TempDir(), run[len(run)-1])
			if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
				t.Fatal(err)
			}
			output, err := exec.CommandContext(t.Context(), run[0], append(run[1:len(run)-1], file)...).CombinedOutput()
			const want = "Odile Marchetti: “On the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it.” "
			if err != nil || !strings.HasPrefix(string(output), want) {
				t.Errorf("it prints %s (%v); want %s…", output, err, want)
			}
		})
	}
}
