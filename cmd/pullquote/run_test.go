package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
)

func TestParseFlags(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		rest []string
	}{
		{"flags first", []string{"--json", "--title", "T", "a", "b"}, []string{"a", "b"}},
		{"flags last", []string{"a", "b", "--title", "T", "-json"}, []string{"a", "b"}},
		{"flags between", []string{"a", "--title=T", "b", "--json"}, []string{"a", "b"}},
		{"standard input", []string{"-", "--json", "--title", "T"}, []string{"-"}},
		{"what looks like flags, after --", []string{"--json", "a", "--title", "T", "--", "--b", "--", "-c"}, []string{"a", "--b", "--", "-c"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			json := flags.Bool("json", false, "")
			title := flags.String("title", "", "")
			rest, err := parseFlags(flags, test.args)
			if err != nil || !slices.Equal(rest, test.rest) || !*json || *title != "T" {
				t.Errorf("rest %q, json %v, title %q, error %v; want rest %q, true and T", rest, *json, *title, err, test.rest)
			}
		})
	}
}

func TestRelease(t *testing.T) {
	built := func(version string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Path: "github.com/pullquote/pullquote", Version: version}}
	}
	for _, test := range []struct {
		name, linked string
		info         *debug.BuildInfo
		want         string
	}{
		{"linked by make", "v1.2.3-4-gabcdef0", built("(devel)"), "v1.2.3-4-gabcdef0"},
		{"go install module@version", "", built("v1.2.3"), "v1.2.3"},
		{"neither", "", built("(devel)"), "unknown"},
		{"nothing is recorded", "", nil, "unknown"},
	} {
		if got := releaseOf(test.linked, test.info); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestNamedErrors(t *testing.T) {
	disk := errors.New("the disk\nis on fire")
	for _, test := range []struct {
		err  error
		want string
	}{
		{disk, "a.txt: something went wrong inside Pullquote; the log says what: the disk is on fire"},
		{fault.Wrap(disk, fault.Unavailable, "not now").WithHint("look at it"), "a.txt: not now (look at it)"},
	} {
		if got := fault.Line(named("a.txt", test.err)); got != test.want {
			t.Errorf("%v:\n got %s\nwant %s", test.err, got, test.want)
		}
	}
}

// TestUnwrittenResults writes to what takes nothing.
func TestUnwrittenResults(t *testing.T) {
	for _, test := range []struct {
		err  error
		code int
		want string
	}{
		{syscall.ENOSPC, 3, "pullquote: the result could not be written (no space left on device); make room, or write it elsewhere\n"},
		{syscall.EPIPE, 0, ""},
	} {
		reader, writer := io.Pipe()
		reader.CloseWithError(test.err)
		var errs bytes.Buffer
		env := environment{getenv: func(string) string { return "" }, stdout: writer, stderr: &errs}
		if code := run(t.Context(), []string{"help"}, env); code != test.code || errs.String() != test.want {
			t.Errorf("%v: exit code %d, %q; want %d, %q", test.err, code, errs.String(), test.code, test.want)
		}
	}
}

// TestInterrupted stops commands before they have begun.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"ask", "When do the trees flower?"}, {"serve", "--addr", "127.0.0.1:0"}, {"doctor"}} {
		var out, errs bytes.Buffer
		env := environment{stdout: &out, stderr: &errs, getenv: func(name string) string {
			return map[string]string{"PULLQUOTE_DATA_DIR": filepath.Join(t.TempDir(), "data")}[name]
		}}
		if code := run(ctx, args, env); code != 3 || out.Len() > 0 || errs.String() != "pullquote: interrupted\n" {
			t.Errorf("%s: exit code %d, %q on standard output, %q on standard error", args[0], code, out.String(), errs.String())
		}
	}
}
