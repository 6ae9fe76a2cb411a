// Package piptest installs what others wrote in Python, so that tests can hold Pullquote to it.
package piptest

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/installtest"
)

// Install installs the packages of a requirements.txt into the user's cache, once for each state
// of it and each version of Python, and returns the folder for PYTHONPATH. Without python3 and
// pip, or an index to install from, the test is skipped and says so; in CI it fails.
func Install(t testing.TB, requirements string) (folder string) {
	t.Helper()
	skip := installtest.Skipper(t)
	const what = "what others wrote in Python is not tried: "
	version, err := exec.CommandContext(t.Context(), "python3", "-c", "import platform, pip; print(platform.python_version())").Output()
	if err != nil {
		skip(what+"python3 and pip are not installed (%v)", err)
	}
	list, err := os.ReadFile(requirements)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("%s-%s-%.6x", filepath.Base(filepath.Dir(requirements)), strings.TrimSpace(string(version)), sha256.Sum256(list))
	return installtest.Folder(t, name, func(fresh string) {
		pip := exec.CommandContext(t.Context(), "python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", fresh, "-r", requirements)
		pip.WaitDelay = time.Second
		if output, err := pip.CombinedOutput(); err != nil {
			skip(what+"pip could not install it (%v); without a network, run this test once with one\n%s", err, output)
		}
	})
}
