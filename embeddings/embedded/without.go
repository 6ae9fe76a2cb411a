//go:build !embedmodel

package embedded

// Load is the model that the program was built with: this one with none.
func Load() (*Model, error) { return nil, nil }
