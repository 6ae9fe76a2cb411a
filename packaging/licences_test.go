package packaging_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/licensecheck"

	"github.com/pullquote/pullquote/internal/golden"
)

// platforms are those that a release is built for; each may need modules of its own.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64"}

// known are the licences that a dependency may have. Of the MPL, whoever is given the program has
// to be told where the source is.
var known = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1"}

// module is a dependency.
type module struct{ Path, Version, Dir string }

// modules are the modules of packages and of all that these import, without ours.
func modules(t *testing.T, platform string, args ...string) (found []module) {
	t.Helper()
	system, processor, _ := strings.Cut(platform, "/")
	list := exec.CommandContext(t.Context(), "go", append([]string{"list", "-deps", "-json=Module"}, args...)...)
	list.Dir = ".."
	list.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0")
	output, err := list.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v", platform, err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(output))); decoder.More(); {
		var p struct {
			Module *struct {
				module
				Main bool
			}
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main && !slices.Contains(found, p.Module.module) {
			found = append(found, p.Module.module)
		}
	}
	return found
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice|patents).*|.*licen[sc]e.*\.txt$`)

// licence is the text of a folder's licence, with its notices, and what it is called.
func licence(t *testing.T, dir string) (names []string, text string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !licenceFile.MatchString(entry.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("--- %s\n\n%s\n\n", entry.Name(), strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n")))
		for _, match := range licensecheck.Scan(content).Match {
			if slices.Contains(known, match.ID) && !slices.Contains(names, match.ID) {
				names = append(names, match.ID)
			}
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		t.Errorf("%s: it has no licence that is known", dir)
	}
	return names, text
}

// TestLicences holds LICENCES.txt, which goes into every archive, to what the program is built of.
func TestLicences(t *testing.T) {
	var all []module
	for _, platform := range platforms {
		for _, m := range modules(t, platform, "./cmd/pullquote") {
			if !slices.Contains(all, m) {
				all = append(all, m)
			}
		}
	}
	byPath := func(a, b module) int { return cmp.Compare(a.Path, b.Path) }
	slices.SortFunc(all, byPath)
	var list, texts strings.Builder
	under := map[string][]string{} // a text: what has it, in order
	var order []string
	list.WriteString("What a binary of Pullquote is made of beside its own code, which is under the MIT licence (LICENSE).\nThe texts of the licences follow below.\n\n")
	add := func(name string, names []string, text string) {
		fmt.Fprintf(&list, "%-56s %s\n", name, strings.Join(names, ", "))
		if under[text] == nil {
			order = append(order, text)
		}
		under[text] = append(under[text], name)
	}
	root := exec.CommandContext(t.Context(), "go", "env", "GOROOT")
	dir, err := root.Output()
	if err != nil {
		t.Fatal(err)
	}
	names, text := licence(t, strings.TrimSpace(string(dir)))
	add("the standard library of Go", names, text)
	var sources []string
	for _, m := range all {
		names, text := licence(t, m.Dir)
		add(m.Path+" "+m.Version, names, text)
		if slices.Contains(names, "MPL-2.0") {
			sources = append(sources, fmt.Sprintf("https://proxy.golang.org/%s/@v/%s.zip", m.Path, m.Version))
		}
	}
	names, text = licence(t, "../internal/export/fonts")
	add("the fonts of internal/export/fonts", names, text)
	list.WriteString(`
PDFium, which reads PDFs, comes compiled to WebAssembly within go-pdfium. It is under BSD-3-Clause and Apache-2.0, and so
are or alike what it is made of: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/LICENSE

The model e5-small-v2, where a binary has it built in, is under the MIT licence: https://huggingface.co/intfloat/e5-small-v2

Modules under MPL-2.0 are used unchanged. Their source:
`)
	list.WriteString("  " + strings.Join(sources, "\n  ") + "\n")
	list.WriteString("\nUsed by the tests and tools alone, and in no binary:\n\n")
	tests := modules(t, platforms[0], "-test", "./...")
	slices.SortFunc(tests, byPath)
	for _, m := range tests {
		if !slices.Contains(all, m) {
			names, _ := licence(t, m.Dir)
			fmt.Fprintf(&list, "%-56s %s\n", m.Path+" "+m.Version, strings.Join(names, ", "))
		}
	}
	for _, text := range order {
		fmt.Fprintf(&texts, "\n=== %s\n\n%s", strings.Join(under[text], "\n=== "), text)
	}
	golden.Check(t, "LICENCES.txt", []byte(list.String()+texts.String()))
}
