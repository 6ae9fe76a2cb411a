package api

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/mcpserver"
	"github.com/pullquote/pullquote/internal/npmtest"
	"github.com/pullquote/pullquote/internal/piptest"
)

// The description passes two validators of others: one by the schema of OpenAPI, one by rules of
// good style.
func TestDescriptionIsValid(t *testing.T) {
	t.Parallel()
	folder := npmtest.Install(t, "testdata/validators")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	file, err := filepath.Abs("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	output, err := exec.CommandContext(ctx, "node", filepath.Join(folder, "validate.mjs"), file).CombinedOutput()
	if err != nil || len(output) > 0 {
		t.Errorf("openapi.json is not valid (%v):\n%s", err, output)
	}
}

// Schemathesis sends requests made from the description, those that it allows and those that it
// does not, and holds the server to it.
func TestSchemathesis(t *testing.T) {
	t.Parallel()
	folder := piptest.Install(t, "testdata/schemathesis/requirements.txt")
	model, _ := scripted(t, saying("Nadia Brandt said: {the steel came late}.", llmtest.Finish("stop")))
	config := newConfigWith(t, model)
	config.MCP = mcpserver.New(mcpserver.Config{
		Library: config.Library, Searcher: config.Searcher, Answers: config.Answers, Verifier: config.Verifier,
		PublicURL: "https://quotes.example", Version: "v1", Log: config.Log,
	}).Handler()
	description := strings.NewReplacer(addExamples(t, config)...).Replace(string(descriptionFile(t)))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)

	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	settings, err := filepath.Abs("testdata/schemathesis/schemathesis.toml")
	if err != nil {
		t.Fatal(err)
	}
	folderOfRun := t.TempDir()
	file := filepath.Join(folderOfRun, "openapi.json")
	if err := os.WriteFile(file, []byte(description), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, "python3", "-c", "from schemathesis.cli import schemathesis; schemathesis()",
		"--config-file", settings, "run", file, "--url", server.URL, "--no-color", "--continue-on-failure",
		"--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--generation-deterministic")
	command.Dir = folderOfRun
	command.Env = append(os.Environ(), "PYTHONPATH="+folder)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("schemathesis: %v\n%s", err, output)
	}
	if !strings.Contains(string(output), "Test cases:") {
		t.Errorf("schemathesis has tried nothing:\n%s", output)
	}
}
