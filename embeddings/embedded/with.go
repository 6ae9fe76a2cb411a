//go:build embedmodel

package embedded

import (
	"embed"
	"io/fs"
)

// model is what Pack has written there.
//
//go:embed all:model
var model embed.FS

// Load is the model that the program was built with.
func Load() (*Model, error) {
	dir, err := fs.Sub(model, "model")
	if err != nil {
		return nil, err
	}
	return open(dir)
}
