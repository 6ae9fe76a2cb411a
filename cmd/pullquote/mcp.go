package main

import (
	"context"
	"flag"

	"github.com/pullquote/pullquote/internal/mcpserver"
)

// mcpCommand serves the assistant that started the program, until that closes standard
// input. Standard output carries the protocol alone.
func mcpCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer s.close()
		a.loadModels(ctx, s)
		a.sayLacks(ctx, s)
		return a.mcpServer(s).Run(ctx, a.stdin, a.stdout)
	}
}

func (a *app) mcpServer(s *services) *mcpserver.Server {
	return mcpserver.New(mcpserver.Config{
		Library: s.library, Searcher: s.searcher, Answers: s.answers, Verifier: s.verifier,
		PublicURL: a.config.links(), Version: version, Timeout: a.config.answerTime(), Log: a.log,
	})
}
