package main

import (
	"context"
	"flag"
	"fmt"

	"github.com/pullquote/pullquote/internal/postgres"
)

func migrateCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		url, leave, err := a.database(ctx)
		if err != nil {
			return err
		}
		defer leave()
		applied, err := postgres.Migrate(ctx, url)
		if err != nil {
			return err
		}
		version, _, err := postgres.SchemaVersions(ctx, url)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "schema version %d, %d migrations applied\n", version, applied)
		return nil
	}
}
