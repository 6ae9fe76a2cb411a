package main

import (
	"context"
	"fmt"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript"
)

// explain prints how files are read: an explanation each, one JSON object for
// one file and an array for several.
func (a *app) explain(ctx context.Context, paths []string, o transcript.Options, asJSON bool) error {
	explanations := make([]*transcript.Explanation, len(paths))
	for i, path := range paths {
		data, err := a.read(path)
		if err != nil {
			return named(path, err)
		}
		o.Filename = filename(path)
		if _, explanations[i], err = transcript.Explain(ctx, data, o); err != nil {
			return named(path, err)
		}
	}
	switch {
	case asJSON && len(paths) == 1:
		return a.printJSON(explanations[0])
	case asJSON:
		return a.printJSON(explanations)
	}
	for i, e := range explanations {
		a.printExplanation(paths[i], e)
	}
	return nil
}

func (a *app) printExplanation(path string, e *transcript.Explanation) {
	if path == standardInput {
		path = "standard input"
	}
	fmt.Fprintf(a.stdout, "%s\n  container   %s\n", words.Escaped(path), e.Container)
	if e.Convention == "" {
		fmt.Fprintln(a.stdout, "  convention  none needed: the file itself says who speaks")
	} else {
		fmt.Fprintf(a.stdout, "  convention  %s\n", e.Convention)
	}
	for _, c := range e.Candidates {
		fmt.Fprintf(a.stdout, "    %-10s  fits %.2f\n", c.Name, c.Score)
	}
	for _, l := range e.Labels {
		verdict := "chance"
		if l.Followed {
			verdict = "a habit"
		}
		fmt.Fprintf(a.stdout, "  label       %s: %d lines, %d turns, %s\n", words.InertLine(l.Name), l.Lines, l.Turns, verdict)
	}
	for _, out := range e.Outside {
		fmt.Fprintf(a.stdout, "  outside     %s: %d lines\n", out.Kind, out.Lines)
	}
	for _, doubt := range e.Doubts {
		fmt.Fprintf(a.stdout, "  doubt       %s\n", words.InertLine(doubt))
	}
}
