package decode

import (
	"errors"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container/content"
)

func TestEncodingsAreGuessedOnlyWhenTheyAreClear(t *testing.T) {
	for _, tt := range []struct{ name, data, want, guessed string }{
		{"UTF-8", "café", "café", ""},
		{"letters", "It was na\xefve, and the caf\xe9 closed.", "It was naïve, and the café closed.", "Windows-1252"},
		{"quotation marks and dashes", "\x93It\x92s safe\x94 \x96 he said\x85", "“It’s safe” – he said…", "Windows-1252"},
		{"two letters side by side", "Der K\xe4se ist s\xfc\xdf, M\xfc\xdfig!", "Der Käse ist süß, Müßig!", "Windows-1252"},
		{"words of one letter", "L'anno \xe8 finito. \xc0 la mairie, \xe9 verdade; att g\xe5 till \xd6.", "L'anno è finito. À la mairie, é verdade; att gå till Ö.", "Windows-1252"},
		{"UTF-16", "J\x00a\x00n\x00e\x00", "Jane", "UTF-16LE"},
		{"UTF-16, big end first", "\x00J\x00a\x00n\x00e", "Jane", "UTF-16BE"},
		{"an emoji in UTF-16", strings.Repeat("J\x00a\x00n\x00e\x00 \x00", 5) + "\x3d\xd8\x00\xde", strings.Repeat("Jane ", 5) + "😀", "UTF-16LE"},
		{"UTF-8 with a broken byte", "caf\xc3\xa9 caf\xc3", "", ""},
		{"a byte that Windows-1252 does not have", "caf\xe9 \x81", "", ""},
		{"Polish of another code page", "S\xb3owo i zdj\xeacie, \xbf\xf3\xb3w, \xb3\xf3d\xbf.", "", ""},
		{"Russian of another code page", "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", "", ""},
		{"half a character of UTF-16", "J\x00a\x00n\x00e\x00\x3d\xd8", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, guessed, err := toUTF8([]byte(tt.data), "")
			if (err != nil) != (tt.want == "") || err == nil && (got != tt.want || guessed != tt.guessed) {
				t.Errorf("got %q as %q, error %v; want %q as %q", got, guessed, err, tt.want, tt.guessed)
			}
		})
	}
}

// What a file starts with shows what it is, even where the look at it ends
// within a character.
func TestSniffCutsAnywhere(t *testing.T) {
	for name, text := range map[string]string{"UTF-8": "é", "UTF-16": "\x3d\xd8\x00\xde"} {
		for shift := range 4 {
			data := "\xff\xfe" + strings.Repeat("\n\x00", shift) + strings.Repeat(text, SniffBytes)
			if name == "UTF-8" {
				data = strings.Repeat("\n", shift) + strings.Repeat(text, SniffBytes)
			}
			if got := Sniff([]byte(data), content.Options{}); strings.ContainsRune(got, '\uFFFD') || strings.ContainsRune(got, 0) {
				t.Errorf("%s, shifted by %d: the cut shows", name, shift)
			}
		}
	}
}

const manyLines = 1 << 19 // as many as any file may have

// A line takes memory besides its words, so a file may not be lines above all.
func TestTooManyLinesAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		text string
		ok   bool
	}{
		{"a line for each word", strings.Repeat("word\n", manyLines*2), false},
		{"a page for each word", strings.Repeat("word\f", manyLines), false},
		{"blank lines", "word" + strings.Repeat("\n", manyLines*2), false},
		{"lines of a few words, far apart", strings.Repeat("It has held so far, in forty storms, and it will.\n\n", manyLines), true},
	} {
		_, _, err := Lines([]byte(tt.text), "")
		if known := (*content.Error)(nil); tt.ok && err != nil || !tt.ok && (!errors.As(err, &known) || known.FaultCode() != "too_large") {
			t.Errorf("%s: error %v", tt.name, err)
		}
	}
}
