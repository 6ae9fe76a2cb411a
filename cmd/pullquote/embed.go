package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// embedBatch is how many lines are embedded before their vectors are printed: enough to
// keep all processors busy.
const embedBatch = 256

func embedCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	query := flags.Bool("query", false, "embed the lines as questions; otherwise they are passages")
	asJSON := flags.Bool("json", false, "print JSON: an object with the model and the vectors")
	return func(ctx context.Context, paths []string) error {
		if len(paths) == 0 && isTerminal(a.stdin) {
			return fault.New(fault.Invalid, "no file is named; write `pullquote embed FILE`, or - for standard input")
		}
		if len(paths) == 0 {
			paths = []string{"-"}
		}
		lines, err := a.readTexts(paths)
		if err != nil {
			return err
		}
		embedder, err := a.embedder()
		if err != nil {
			return err
		}
		printer := printVectors
		if *asJSON {
			printer = printVectorsJSON
		}
		kind := embeddings.Document
		if *query {
			kind = embeddings.Query
		}
		return printer(a, embedder, func(yield func([]float32)) error {
			for batch := range slices.Chunk(lines, embedBatch) {
				vectors, err := embedder.Embed(ctx, kind, batch)
				if err != nil {
					return err
				}
				for _, v := range vectors {
					yield(v)
				}
			}
			return nil
		})
	}
}

// readTexts are the lines of files. A line break ends a line, so that after the last one
// there is none.
func (a *app) readTexts(paths []string) (lines []string, err error) {
	for _, path := range paths {
		data, err := a.read(path)
		if err != nil {
			return nil, named(path, err)
		}
		for line := range strings.Lines(string(data)) {
			lines = append(lines, strings.TrimRight(line, "\r\n"))
		}
	}
	return lines, nil
}

// vectors tells vectors one after the other, as they are made.
type vectors func(yield func([]float32)) error

// printVectors prints a vector a line, its numbers with blanks between them.
func printVectors(a *app, _ embeddings.Embedder, all vectors) error {
	return all(func(v []float32) { fmt.Fprintln(a.stdout, numbers(v, " ")) })
}

// printVectorsJSON prints an object, a vector a line.
func printVectorsJSON(a *app, e embeddings.Embedder, all vectors) error {
	n := 0
	err := all(func(v []float32) {
		if n++; n == 1 {
			fmt.Fprintf(a.stdout, "{\"model\": %q, \"dimensions\": %d, \"vectors\": [\n", e.Model().Name, len(v))
		} else {
			fmt.Fprintln(a.stdout, ",")
		}
		fmt.Fprintf(a.stdout, "[%s]", numbers(v, ", "))
	})
	switch {
	case err != nil:
		return err
	case n == 0:
		fmt.Fprintf(a.stdout, "{\"model\": %q, \"dimensions\": %d, \"vectors\": []}\n", e.Model().Name, e.Model().Dimensions)
	default:
		fmt.Fprint(a.stdout, "\n]}\n")
	}
	return nil
}

// numbers are the coordinates of a vector, exact to the last bit.
func numbers(vector []float32, separator string) string {
	var b strings.Builder
	for i, x := range vector {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(strconv.FormatFloat(float64(x), 'g', -1, 32))
	}
	return b.String()
}
