package tokenizer

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"

	"github.com/pullquote/pullquote/internal/fault"
)

// maxFile bounds what is read of a file, in bytes: the largest vocabulary in use,
// a quarter of a million pieces, has 17 MB.
const maxFile = 128 << 20

// maxID bounds ids: no vocabulary in use has a million pieces, and an encoder has a
// row of weights for each.
const maxID = 1 << 22

// maxPiece bounds a piece of a vocabulary, in bytes, and a word that is cut into
// pieces, in characters: with the length of pieces the time for a text grows. The
// longest pieces in use have some fifty bytes, the longest words a hundred characters.
const maxPiece = 1 << 10

// Load reads the tokenizer of a model's folder: tokenizer.json, or else vocab.txt
// with tokenizer_config.json, which may be missing. A folder with neither gives an
// error that is fs.ErrNotExist; a file that cannot be understood one with the code
// Invalid, or Unsupported where it asks for what is not known here.
func Load(dir fs.FS) (*Tokenizer, error) {
	var description description
	err := readJSON(dir, "tokenizer.json", &description)
	if errors.Is(err, fs.ErrNotExist) {
		return loadVocabulary(dir)
	}
	if err != nil {
		return nil, err
	}
	return description.build()
}

// readJSON reads a file of the folder into a value.
func readJSON(dir fs.FS, name string, value any) error {
	data, err := readFile(dir, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, value); err != nil {
		return fault.Wrap(err, fault.Invalid, "%s of the model is not as a tokenizer's should be: %v", name, err)
	}
	return nil
}

// readFile reads a file of the folder within bounds.
func readFile(dir fs.FS, name string) ([]byte, error) {
	file, err := dir.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.Wrap(err, fault.NotFound, "the model's folder has no %s", name)
		}
		return nil, unreadable(err, name)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, unreadable(err, name)
	}
	if len(data) > maxFile {
		return nil, fault.New(fault.TooLarge, "%s of the model has more than %d MB", name, maxFile>>20)
	}
	return data, nil
}

func unreadable(err error, name string) error {
	return fault.Wrap(err, fault.Invalid, "%s of the model cannot be read", name).WithHint("%v", err)
}

func invalid(format string, args ...any) error {
	return fault.New(fault.Invalid, "the model's tokenizer cannot be used: "+format, args...)
}

func unsupported(format string, args ...any) error {
	return fault.New(fault.Unsupported, "the model's tokenizer is of a kind that is not read: "+format, args...)
}
