// Package decode makes text of a file's bytes: it finds their character encoding
// and refuses what is no text.
//
// What decides is, in this order, a byte order mark, a declared charset, and the
// bytes themselves. Guesses are few, and told as warnings, because a wrong one would
// put words on record that nobody said.
package decode

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Text makes UTF-8 text of a file's bytes, with \n at its line ends and without
// invisible characters. The warnings say what it had to guess or leave out.
func Text(data []byte, contentType string) (plain string, warnings []string, err error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, content.NoTranscript("empty", "the file is empty; give the text of a transcript")
	}
	plain, guessed, err := toUTF8(data, contentType)
	if err != nil {
		return "", nil, err
	}
	if at := strings.IndexByte(plain, 0); at >= 0 {
		return "", nil, content.Unsupported("line %d of the file holds a NUL byte, so it is not text, or it is damaged; save it as UTF-8", lineAt(plain, at))
	}
	if guessed != "" {
		warnings = append(warnings, fmt.Sprintf("the file does not say its encoding and is not UTF-8; it was read as %s", guessed))
	}
	plain = text.UnifyLines(plain)
	if clean, n, first := text.DropInvisible(plain); n > 0 {
		warnings = append(warnings, fmt.Sprintf("%d invisible characters were taken out, the first of them in line %d", n, lineAt(plain, first)))
		plain = clean
	}
	if strings.TrimSpace(plain) == "" {
		return "", nil, content.NoTranscript("empty", "the file holds no words; give the text of a transcript")
	}
	return plain, warnings, nil
}

// Lines decodes a file that is read line by line, and refuses one of too many.
func Lines(data []byte, contentType string) (text string, warnings []string, err error) {
	text, warnings, err = Text(data, contentType)
	if err != nil {
		return "", nil, err
	}
	if err := content.CheckLines(strings.Count(text, "\n"), len(text)); err != nil {
		return "", nil, err
	}
	return text, warnings, nil
}

// SniffBytes is how many bytes at the start of a file are looked at to recognise it.
const SniffBytes = 64 << 10

// Sniff is the beginning of a file as text, as well as it can be read. Where the cut
// goes through a character, that character is left out.
func Sniff(data []byte, o content.Options) string {
	start := data[:min(len(data), SniffBytes)]
	for cut := range min(utf8.UTFMax, len(start)) {
		if plain, _, err := toUTF8(start[:len(start)-cut], o.ContentType); err == nil {
			return text.UnifyLines(plain)
		}
	}
	return text.UnifyLines(strings.ToValidUTF8(string(start), string(utf8.RuneError)))
}

// toUTF8 obeys a byte order mark first, then a declared charset, and else guesses;
// guessed names an encoding that nothing states and that is not UTF-8.
func toUTF8(data []byte, contentType string) (text, guessed string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text, err = checkUTF8(data[3:], 3)
		return text, "", err
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		text, err = fromUTF16(data[2:], littleEnd)
		return text, "", err
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		text, err = fromUTF16(data[2:], bigEnd)
		return text, "", err
	}
	charset := Charset(contentType)
	if charset == "" {
		return guess(data)
	}
	text, err = fromCharset(data, charset)
	return text, "", err
}

// fromCharset decodes an encoding by the name that the Encoding Standard of the web
// gives it.
func fromCharset(data []byte, charset string) (string, error) {
	if charset == "utf-8" {
		return checkUTF8(data, 0)
	}
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return "", content.Unsupported("the charset %q is not known; convert the file to UTF-8", charset)
	}
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return "", content.Invalid("the file is not %s as declared; convert it to UTF-8", charset)
	}
	return string(text), nil
}

// Charset is the charset that a Content-Type declares, in small letters; empty
// if it declares none.
func Charset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.ToLower(params["charset"])
}

// checkUTF8 is an error at the first byte that is not UTF-8; skipped bytes precede
// data in the file.
func checkUTF8(data []byte, skipped int) (string, error) {
	if utf8.Valid(data) {
		return string(data), nil
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	return "", content.Invalid("byte %d of the file, in line %d, is not UTF-8; convert the file to UTF-8", skipped+at, line)
}

// lineAt is the number of the line in which a byte stands.
func lineAt(text string, at int) int { return 1 + strings.Count(text[:at], "\n") }
