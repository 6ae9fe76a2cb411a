package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var screen bytes.Buffer
	p := &progress{terminal: &screen, log: slog.New(slog.DiscardHandler), now: time.Now, total: 3}
	p.show("files", "interviews/ferry.txt")
	p.show("files", "interviews/harbour.txt")
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

// Where there is no terminal the log tells, every ten seconds.
func TestProgressInTheLog(t *testing.T) {
	var file bytes.Buffer
	plain := slog.NewTextHandler(&file, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	p := (&app{environment: environment{stderr: &file}, log: slog.New(plain)}).newProgress(40)
	clock := p.told
	p.now = func() time.Time { return clock }
	for i := range 25 {
		p.show("files", fmt.Sprintf("interviews/%d.txt", i))
		p.clear()
		clock = clock.Add(time.Second)
	}
	p.step("searching", 2, 8)
	clock = clock.Add(time.Hour)
	p.of(3, 9, "passages embedded")
	want := `level=INFO msg=progress of=files done=10 total=40
level=INFO msg=progress of=files done=20 total=40
level=INFO msg=progress of="passages embedded" done=3 total=9
`
	if got := file.String(); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
