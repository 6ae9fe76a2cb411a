package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// largeJob is how many passages are embedded by a server without asking.
const largeJob = 10_000

// announce tells what a server is about to embed and, before a large job, asks the
// person at the terminal unless they have said yes. Nobody is asked elsewhere.
func (a *app) announce(ctx context.Context, embedder embeddings.Embedder, e retrieval.Estimate, yes bool) error {
	server, ok := embedder.(*embeddings.OpenAI)
	if !ok || e.Passages == 0 {
		return nil
	}
	a.warn("about %s passages are to be embedded, %s tokens in %s requests to %s%s",
		rounded(int64(e.Passages)), rounded(e.Tokens), rounded(int64(e.Requests)), server.Server(), within(e.Longest))
	if yes || e.Passages < largeJob || !isTerminal(a.stdin) || !isTerminal(a.stderr) {
		return nil
	}
	return a.confirm(ctx, "Begin?")
}

func within(longest time.Duration) string {
	if longest == 0 {
		return ""
	}
	return fmt.Sprintf(", in less than %s", longest.Round(time.Second)+time.Second)
}

// rounded is a number in a few digits, for it is only about so much.
func rounded(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f million", float64(n)/1e6)
	case n >= 10_000:
		return fmt.Sprintf("%d thousand", (n+500)/1000)
	}
	return fmt.Sprint(n)
}

// confirm asks whether to do something. No answer is no.
func (a *app) confirm(ctx context.Context, question string) error {
	fmt.Fprintf(a.stderr, "%s [y/N] ", question)
	answered := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.stdin).ReadString('\n')
		answered <- line
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case line := <-answered:
		if answer := strings.ToLower(strings.TrimSpace(line)); answer == "y" || answer == "yes" {
			return nil
		}
		return fault.New(fault.Invalid, "nothing was done; repeat with --yes to do it without being asked")
	}
}

const (
	bytesPerPassage    = 600 // of a transcript: some passages are whole turns, and short
	tokensPerPassage   = 200 // with the speaker and the question
	passagesPerRequest = 256
	// noticeBytes of files are announced before they are embedded. Fewer are done before
	// anybody has read the announcement.
	noticeBytes = 1 << 20
)

// estimateFiles is what files come to, by their sizes alone.
func estimateFiles(paths []string) retrieval.Estimate {
	var bytes int64
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil { // what cannot be read is told when it is
			bytes += info.Size()
		}
	}
	if bytes < noticeBytes {
		return retrieval.Estimate{}
	}
	passages := int(bytes / bytesPerPassage)
	return retrieval.Estimate{
		Passages: passages,
		Tokens:   int64(passages) * tokensPerPassage,
		Requests: max(len(paths), passages/passagesPerRequest),
	}
}
