package main

import (
	"context"
	"flag"
	"strconv"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

const (
	// benchDatabase is another database of the same server than the user's own.
	benchDatabase = "pullquote_bench"
	// The least is a transcript; the most is what fits on a disk and into an afternoon.
	leastBenchPassages = 200
	mostBenchPassages  = 10_000_000
	// mostBenchDimensions is how many pgvector indexes.
	mostBenchDimensions = 4_000
	// mostPredicted is past all that laws fitted on one machine can say.
	mostPredicted = 1_000_000_000_000
)

func benchCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	dimensions := flags.Int("dimensions", bench.DefaultDimensions, "the `number` of dimensions of the vectors")
	keep := flags.Bool("keep", false, "leave the made-up record in its database, and say where")
	passages := flags.Int("passages", 100_000, "the `number` of passages to make up")
	questions := flags.Int("questions", bench.DefaultQuestions, "the `number` of questions to ask at the most in each measurement")
	seed := flags.Uint64("seed", 1, "the `number` that the record is made from")
	return func(ctx context.Context, args []string) error {
		if len(args) > 0 && args[0] == "predict" {
			return a.predict(args[1:], *asJSON)
		}
		if err := noArguments(args); err != nil {
			return err
		}
		if *dimensions < 1 || *dimensions > mostBenchDimensions {
			return fault.New(fault.Invalid, "--dimensions %d is out of range; use 1 to %d", *dimensions, mostBenchDimensions)
		}
		if *passages < leastBenchPassages || *passages > mostBenchPassages {
			return fault.New(fault.Invalid, "--passages %d is out of range; use %d to %d", *passages, leastBenchPassages, mostBenchPassages)
		}
		if *questions < 1 {
			return fault.New(fault.Invalid, "--questions %d leaves nothing to measure; ask one at least", *questions)
		}
		server, leave, err := a.database(ctx)
		if err != nil {
			return err
		}
		defer leave()
		report, err := a.bench(ctx, server, bench.Config{Passages: *passages, Dimensions: *dimensions, Seed: *seed, Questions: *questions}, *keep)
		switch {
		case err != nil:
			return err
		case *asJSON:
			return a.printJSON(report)
		}
		return report.Write(a.stdout)
	}
}

// predict prints what a record of so many passages is expected to take, by reports of
// smaller ones. A report of just that size is held against it.
func (a *app) predict(args []string, asJSON bool) error {
	if len(args) < 2 {
		return fault.New(fault.Invalid, "give a number of passages, and the reports that bench --json printed of smaller ones")
	}
	passages, err := strconv.Atoi(args[0])
	if err != nil || passages < leastBenchPassages || passages > mostPredicted {
		return fault.New(fault.Invalid, "%q is no number of passages from %d to %d", args[0], leastBenchPassages, mostPredicted)
	}
	var reports []bench.Report
	for _, path := range args[1:] {
		r, err := readFrom(path, bench.ReadReport)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	p, err := bench.Predict(passages, reports)
	switch {
	case err != nil:
		return err
	case asJSON:
		return a.printJSON(p)
	}
	return p.Write(a.stdout)
}

// bench measures in a database of its own, which it removes however that ends.
func (a *app) bench(ctx context.Context, server string, config bench.Config, keep bool) (report bench.Report, err error) {
	database, drop, err := postgres.Scratch(ctx, server, benchDatabase)
	if err != nil {
		return report, err
	}
	if keep {
		a.warn("the made-up record stays in %s until the next bench", database)
	} else {
		defer func() {
			if dropErr := drop(context.WithoutCancel(ctx)); err == nil {
				err = dropErr
			}
		}()
	}
	progress := a.newProgress(config.Passages)
	defer progress.clear()
	config.URL, config.Progress = database, progress.step
	return bench.Run(ctx, config)
}
