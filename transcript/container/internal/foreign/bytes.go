package foreign

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// kind is a kind of file with the bytes that begin it, of which ? stands for any.
type kind struct {
	what, instead string
	begins        []string
}

const recognise = "run OCR on it and give the text"

// kinds are asked in this order.
func kinds() []kind {
	const (
		transcribe = "have it transcribed and give the transcript"
		unpack     = "unpack it and give the files in it"
	)
	return []kind{
		{"a picture", recognise, []string{"\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*", "RIFF????WEBP", "BM????\x00\x00\x00\x00",
			"????ftypheic", "????ftypmif1", "????ftypavif"}},
		{"a sound file", transcribe, []string{"ID3", "\xFF\xFB", "\xFF\xF3", "\xFF\xF2", "OggS", "fLaC", "RIFF????WAVE", "FORM????AIFF", "#!AMR",
			"????ftypM4A"}},
		{"a film", transcribe, []string{"????ftyp", "\x1A\x45\xDF\xA3", "RIFF????AVI ", "\x00\x00\x01\xBA", "FLV\x01"}},
		{"an archive", unpack, []string{"\x1F\x8B", "BZh?1AY&SY", "\xFD7zXZ\x00", "7z\xBC\xAF\x27\x1C", "Rar!\x1A\x07", "\x28\xB5\x2F\xFD",
			strings.Repeat("?", 257) + "ustar"}},
		{"RTF", "save it as .docx and give that", []string{`{\rtf`}},
		{"PostScript", "save it as PDF and give that", []string{"%!PS-Adobe"}},
		{"a database", "export the transcripts in it and give those", []string{"SQLite format 3\x00"}},
		{"a program", "give a transcript", []string{"\x7FELF", "MZ??\x03\x00\x00\x00", "\xCF\xFA\xED\xFE", "\xCE\xFA\xED\xFE", "\xCA\xFE\xBA\xBE", "\x00asm"}},
		{"source code", "give a transcript", []string{"#!/", "<?php"}},
		{"a file of the system's own", "give the document without ._ before its name", []string{"\x00\x05\x16\x07", "\x00\x05\x16\x00"}},
		{"a file of the system's own", "give the documents beside it", []string{"\x00\x00\x00\x01Bud1"}},
	}
}

// byBytes recognises a file by its first bytes.
func byBytes(data []byte) error {
	for _, k := range kinds() {
		for _, pattern := range k.begins {
			if matches(data, pattern) {
				return content.Foreign(k.what, k.instead)
			}
		}
	}
	return nil
}

// matches reports whether data begin with a pattern.
func matches(data []byte, pattern string) bool {
	if len(data) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '?' && pattern[i] != data[i] {
			return false
		}
	}
	return true
}
