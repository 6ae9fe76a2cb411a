package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	h := newHistory(folder)
	for i := range maxHistory + 20 {
		h.Add(fmt.Sprint("question ", i))
		h.Add(" ")
		h.Add(fmt.Sprint("question ", i))
	}
	if again := newHistory(folder); again.Len() != maxHistory || again.At(0) != fmt.Sprint("question ", maxHistory+19) || again.At(maxHistory-1) != "question 20" {
		t.Errorf("%d lines, from %q to %q", again.Len(), again.At(maxHistory-1), again.At(0))
	}
	if text, err := os.ReadFile(filepath.Join(folder, "chat-history")); err != nil || strings.Count(string(text), "\n") != maxHistory {
		t.Errorf("the file has %d lines, %v", strings.Count(string(text), "\n"), err)
	}
	for _, nowhere := range []string{"", "/dev/null/data"} {
		h := newHistory(nowhere)
		if h.Add("question"); h.Len() != 1 {
			t.Errorf("in %q there is no history of this chat", nowhere)
		}
	}
}
