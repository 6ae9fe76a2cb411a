// Package foreign knows files that are no transcripts, and what to do with each: by
// their first bytes, as pictures and archives; by their first lines, as e-mails; and
// by names that programs give to files of their own, as locks and source code.
//
// Without it most would be refused all the same, as no text or for want of turns, but
// nobody would learn why; and some are text with colons in it, of which turns could be
// made that nobody ever said.
package foreign

import (
	"path"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Refuse is the error for a file that is certainly no transcript; nil for any other. A
// format that is asked for outweighs the name, but not the bytes.
func Refuse(data []byte, o content.Options) error {
	if err := byBytes(data); err != nil {
		return err
	}
	if o.Kind != "" {
		return nil
	}
	name := path.Base(strings.ReplaceAll(o.Filename, `\`, "/"))
	if err := byName(name, len(data)); err != nil {
		return err
	}
	if isMail(string(data[:min(len(data), mailBytes)])) {
		return content.Foreign("an e-mail", "save the transcript that it holds, or has attached, and give that")
	}
	return nil
}

// byName recognises what office programs and systems leave beside documents, pictures and
// source code.
func byName(name string, size int) error {
	lower := strings.ToLower(name)
	extension := strings.TrimPrefix(path.Ext(lower), ".")
	isLock := strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.") && strings.HasSuffix(name, "#")
	switch {
	case isLock && size <= largestLock:
		return content.Foreign("an office program's lock file", "give the document itself, whose name follows the sign")
	case lower == "thumbs.db" || lower == "desktop.ini" || lower == ".ds_store":
		return content.Foreign("a file of the system's own", "give the documents beside it")
	case pictures[extension]:
		return content.Foreign("a picture", recognise)
	case sourceCode[extension]:
		return content.Foreign("source code", "if it is a transcript all the same, name it .txt")
	}
	return nil
}

// largestLock is more than any lock file has, in bytes: Word's have 162. Somebody's
// document may be called like one.
const largestLock = 1 << 10

var pictures = text.WordSet(`avif bmp gif heic heif ico jpeg jpg png svg tif tiff webp`)

var sourceCode = text.WordSet(`bash bat c cc cjs cpp cs css dart ex go gradle h hpp hs ipynb java jl js jsx kt lua m
	mjs php pl proto ps1 py rb rs scala scss sh sql swift ts tsx vue zig zsh`)
