package modelfiles

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

const safetensors = "model.safetensors"

// hubFiles are the files of a repository that a model is run with, small ones first,
// so that a repository which lacks one is noticed before the weights are brought.
// Those that are not needed describe the pooling, the prefixes and the window.
func hubFiles() []struct {
	path   string
	needed bool
} {
	return []struct {
		path   string
		needed bool
	}{
		{"config.json", true},
		{"tokenizer.json", true},
		{"tokenizer_config.json", false},
		{"special_tokens_map.json", false},
		{"modules.json", false},
		{"sentence_bert_config.json", false},
		{"config_sentence_transformers.json", false},
		{"1_Pooling/config.json", false},
		{safetensors, true},
	}
}

// commit is how the hub names the revision that it has sent.
var commit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// installHub brings a model from its repository on the hub.
func (s *Store) installHub(ctx context.Context, k Known, progress Progress) (Manifest, error) {
	stage := filepath.Join(s.incoming(k.Name), "hub-"+k.Revision)
	model := filepath.Join(stage, "model")
	o := origin{source: strings.TrimRight(s.sources.Hub, "/") + "/" + k.Repository, revision: k.Revision, pins: k.pins()}
	for _, f := range hubFiles() {
		d := &download{
			store:    s,
			url:      o.source + "/resolve/" + url.PathEscape(k.Revision) + "/" + f.path,
			path:     filepath.Join(model, filepath.FromSlash(f.path)),
			sum:      o.pins[f.path],
			name:     f.path,
			progress: progress,
		}
		if err := d.run(ctx); err != nil {
			if errors.Is(err, errNotThere) && !f.needed {
				continue
			}
			return Manifest{}, named(f.path, err)
		}
		if sent := d.header.Get("X-Repo-Commit"); commit.MatchString(sent) {
			o.revision = sent
		}
	}
	return s.finish(ctx, k.Name, model, o)
}
