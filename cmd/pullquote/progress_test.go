package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestProgress(t *testing.T) {
	var screen bytes.Buffer
	p := &progress{terminal: &screen, total: 3}
	p.show("interviews/ferry.txt")
	p.show("interviews/harbour.txt")
	p.at(3, "passages")
	p.clear()
	want := "\r\033[K[" + strings.Repeat("·", 30) + "] 1/3 ferry.txt" +
		"\r\033[K[" + strings.Repeat("█", 10) + strings.Repeat("·", 20) + "] 2/3 harbour.txt" +
		"\r\033[K[" + strings.Repeat("█", 30) + "] 3/3 passages" +
		"\r\033[K"
	if got := screen.String(); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	var file bytes.Buffer
	p := newProgress(&file, 3)
	p.show("interviews/ferry.txt")
	p.clear()
	if file.Len() > 0 {
		t.Errorf("%q was written to what is no terminal", file.String())
	}
}
