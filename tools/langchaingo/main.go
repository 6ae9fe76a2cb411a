// Command langchaingo compares Pullquote with the pgvector store of langchaingo:
// the same passages and vectors, in the same run, on the same server. It is a
// module of its own, so that Pullquote does not depend on what it is compared with.
//
//	cd tools/langchaingo && go run . --passages 20000
//
// Pullquote also stores the turns, the words and their statistics, which langchaingo
// has no equivalent of; the comparison of storing includes them. DATABASE_URL names
// the server; without it a private one is run for the time of the comparison.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/localpg"
	"github.com/pullquote/pullquote/internal/postgres"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	passages := flag.Int("passages", 20_000, "the `number` of passages to make up")
	questions := flag.Int("questions", 50, "the `number` of questions to ask")
	flag.Parse()
	if err := run(ctx, os.Stdout, *passages, *questions); err != nil {
		fmt.Fprintln(os.Stderr, "langchaingo:", err)
		os.Exit(1)
	}
}

const database = "pullquote_langchaingo"

func run(ctx context.Context, out io.Writer, passages, questions int) (err error) {
	server, leave, err := openServer(ctx)
	if err != nil {
		return err
	}
	defer leave()
	url, drop, err := postgres.Scratch(ctx, server, database)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, drop(context.WithoutCancel(ctx))) }()

	corpus := bench.NewCorpus(passages, 1)
	ours, err := newPullquote(ctx, url, corpus.Model())
	if err != nil {
		return err
	}
	defer ours.store.Close()
	theirs, err := newLangchain(ctx, url)
	if err != nil {
		return err
	}
	defer theirs.close()
	return compare(ctx, out, corpus, questions, ours, theirs)
}

// openServer is the server of DATABASE_URL, or a private one that leaves no trace.
func openServer(ctx context.Context) (url string, leave func(), err error) {
	if url := os.Getenv("DATABASE_URL"); url != "" {
		return url, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "pullquote-langchaingo-")
	if err != nil {
		return "", nil, err
	}
	cluster, err := localpg.Open(ctx, dir, slog.New(slog.DiscardHandler))
	if err != nil {
		return "", nil, cmp.Or(err, os.RemoveAll(dir))
	}
	return cluster.URL(), func() { _ = cluster.Close(); _ = os.RemoveAll(dir) }, nil
}
