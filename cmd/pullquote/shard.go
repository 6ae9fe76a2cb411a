package main

import (
	"context"
	"flag"
	"fmt"

	"github.com/pullquote/pullquote/internal/postgres"
)

func shardCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	run := flags.Bool("run", false, "run the statements; whoever writes waits until it is done")
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		url, leave, err := a.database(ctx)
		if err != nil {
			return err
		}
		defer leave()
		plan := postgres.PlanSharding
		if *run {
			plan = postgres.Shard
		}
		sharding, err := plan(ctx, url)
		switch {
		case err != nil:
			return err
		case len(sharding.Statements) == 0:
			fmt.Fprintln(a.stdout, "every table is distributed")
		case *run:
			fmt.Fprintf(a.stdout, "%d tables distributed\n", len(sharding.Sizes))
		default:
			fmt.Fprint(a.stdout, sharding)
		}
		return nil
	}
}
