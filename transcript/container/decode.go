package container

import (
	"bytes"
	"encoding/binary"
	"mime"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// decode makes UTF-8 text with \n lines of a file's bytes.
func decode(data []byte, contentType string) (string, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", Invalid("the file is empty; give the text of a transcript")
	}
	if kind := binaryKind(data); kind != "" {
		return "", Unsupported("this is %s, which is not read; save its text as UTF-8 and give that", kind)
	}
	text, err := toUTF8(data, contentType)
	if err != nil {
		return "", err
	}
	if strings.IndexByte(text, 0) >= 0 {
		return "", Unsupported("the file holds NUL bytes, so it is not text; if it is UTF-16, save it as UTF-8")
	}
	if isWebPage(text) {
		return "", Unsupported("this is a web page, which is not read; save its text as UTF-8 and give that")
	}
	text = UnifyLines(text)
	if strings.TrimSpace(text) == "" {
		return "", Invalid("the file holds no words; give the text of a transcript")
	}
	return text, nil
}

// binaryKind recognises the containers that people most often give instead of
// text, by their first bytes.
func binaryKind(data []byte) string {
	for magic, kind := range map[string]string{
		"%PDF-":            "a PDF",
		"PK\x03\x04":       "a ZIP container (Word, ODT, EPUB)",
		"\xD0\xCF\x11\xE0": "an old Word or Office file",
		"{\\rtf":           "RTF",
		"\x1F\x8B":         "a gzip archive",
		"ID3":              "a sound file",
		"\x89PNG":          "a picture",
	} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return kind
		}
	}
	return ""
}

func isWebPage(text string) bool {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1000)]))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// toUTF8 obeys a byte order mark first, then a declared charset, and takes
// everything else for UTF-8. It never guesses an encoding: a wrong guess would
// put words on record that were not there.
func toUTF8(data []byte, contentType string) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return checkUTF8(data[3:], 3)
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return fromUTF16(data[2:], binary.BigEndian)
	}
	charset := charsetOf(contentType)
	if charset == "" || charset == "utf-8" {
		return checkUTF8(data, 0)
	}
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return "", Unsupported("the charset %q is not known; convert the file to UTF-8", charset)
	}
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return "", Invalid("the file is not %s as declared; convert it to UTF-8", charset)
	}
	return string(text), nil
}

func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.ToLower(params["charset"])
}

// checkUTF8 names the first byte that is not UTF-8; skipped bytes precede data
// in the file.
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
	return "", Invalid("byte %d of the file is not UTF-8; convert the file to UTF-8", skipped+at)
}

func fromUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", Invalid("the UTF-16 file ends within a character; convert it to UTF-8")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// UnifyLines makes \n of every line end, and a blank line of a page break.
func UnifyLines(text string) string {
	for _, end := range []string{"\r", "\f", "\v", "\u0085", "\u2028", "\u2029"} {
		if strings.Contains(text, end) {
			return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\v", "\n",
				"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
		}
	}
	return text
}
