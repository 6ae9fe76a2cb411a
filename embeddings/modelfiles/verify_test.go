package modelfiles

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(folder string) error
		want  Damage
	}{
		{"a byte", func(f string) error {
			return os.WriteFile(filepath.Join(f, "config.json"), []byte(`{"model_type": "Bert"}`), 0o600)
		}, Damage{"config.json", "its content has changed"}},
		{"a size", func(f string) error { return os.Truncate(filepath.Join(f, safetensors), 10) }, Damage{safetensors, "its size has changed"}},
		{"a missing file", func(f string) error { return os.Remove(filepath.Join(f, "1_Pooling", "config.json")) }, Damage{"1_Pooling/config.json", "it is missing"}},
		{"another file", func(f string) error { return os.WriteFile(filepath.Join(f, "vocab.txt"), nil, 0o600) }, Damage{"vocab.txt", "it was not installed"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, "http://127.0.0.1:1")
			if _, _, err := s.Install(t.Context(), "quay", writtenFolder(t, modelContent(100)), noProgress); err != nil {
				t.Fatal(err)
			}
			if err := test.spoil(s.folder("quay")); err != nil {
				t.Fatal(err)
			}
			damage, err := s.Verify(t.Context(), "quay", noProgress)
			if err != nil || len(damage) != 1 || damage[0] != test.want {
				t.Errorf("%v, %v, not %v", damage, err, test.want)
			}
		})
	}
}

// TestManifest has manifests that somebody else wrote.
func TestManifest(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"no JSON":           "{",
		"a file outside":    `{"files": [{"path": "../../etc/passwd"}]}`,
		"an absolute path":  `{"files": [{"path": "/etc/passwd"}]}`,
		"of another nature": `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, "http://127.0.0.1:1")
			writeFolder(t, s.folder("quay"), map[string][]byte{manifestFile: []byte(content)})
			if _, err := s.Get("quay"); err == nil || fault.HintOf(err) == "" {
				t.Errorf("it is read: %v", err)
			}
			_, damaged, err := s.List()
			if len(damaged) != 1 || err != nil {
				t.Errorf("the damaged are %v, %v", damaged, err)
			}
			if err := s.Remove("quay"); err != nil {
				t.Errorf("it cannot be removed: %v", err)
			}
		})
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	all := Catalogue()
	if all[0].Name != Default {
		t.Error("the default is not the first")
	}
	for _, k := range all {
		for file, sum := range k.pins() {
			if len(sum) != 64 {
				t.Errorf("%s: the sum of %s is %q", k.Name, file, sum)
			}
		}
		if !commit.MatchString(k.Revision) || checkName(k.Name) != nil {
			t.Errorf("%s is at %s", k.Name, k.Revision)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"name": "a", "files": [{"path": "model.safetensors", "size": 1, "sha256": "ab"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, manifestFile), data, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := readManifest(folder)
		if err != nil {
			return
		}
		for _, file := range m.Files {
			if !filepath.IsLocal(file.Path) {
				t.Errorf("%q leads outside", file.Path)
			}
		}
	})
}
