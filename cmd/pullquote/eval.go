package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// evaluation is one run of the command.
type evaluation struct {
	*app
	asJSON, feedback, list, ablate bool
	against, collection            string
	mode                           *string
	floors                         floors
	tuning                         tuning
}

func evalCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	e := &evaluation{app: a, mode: modeFlag(flags), floors: floors{}, tuning: defaultTuning()}
	flags.BoolVar(&e.asJSON, "json", false, "print JSON, each question's figures too")
	flags.StringVar(&e.against, "against", "", "compare with a former run, from a `file` that --json wrote")
	flags.StringVar(&e.collection, "collection", retrieval.DefaultCollection, "the collection, by `name`, of questions that name none")
	flags.BoolVar(&e.feedback, "feedback", false, "print what readers thought of answers as a question set, and measure nothing")
	flags.Var(e.floors, "min", "exit 1 unless a metric reaches a value, as in `metric=value`; may be repeated")
	flags.Var(&e.tuning, "set", "rank or answer by another number, as in `name=value`; may be repeated")
	flags.BoolVar(&e.list, "list-settings", false, "print the numbers that --set knows, and measure nothing")
	flags.BoolVar(&e.ablate, "ablate", false, "print a table of the metrics without each stage of the search in turn, in Markdown")
	return e.run
}

func (e *evaluation) run(ctx context.Context, args []string) error {
	switch {
	case len(args) > 0 && args[0] == "fit":
		return e.fit(ctx, args[1:])
	case len(args) > 0 && args[0] == "own":
		return e.printOwn(ctx, args[1:])
	case e.list:
		return e.printSettings(args)
	case e.feedback:
		return e.printFeedback(ctx, args)
	case e.ablate && (e.against != "" || len(e.floors) > 0):
		return fault.New(fault.Invalid, "--ablate compares with the run itself; leave out --against and --min")
	}
	cases, err := e.readCases(args)
	if err != nil {
		return err
	}
	former, err := formerRun(e.against)
	if err != nil {
		return err
	}
	e.sayOnce()
	s, err := e.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	s.searcher, s.answers = s.tuned(e.tuning)
	if e.ablate {
		return e.printAblations(ctx, s, cases)
	}
	return e.measure(ctx, s, cases, former)
}

// evalConfig is what is measured.
func (e *evaluation) evalConfig(s *services, begin func(eval.Case)) eval.Config {
	return eval.Config{
		Searcher: s.searcher, Answers: s.answers, Verifier: s.verifier, Library: s.library,
		Collection: e.collection, Mode: answer.Mode(*e.mode), Timeout: queryTimeout, Begin: begin,
	}
}

// measure asks the questions and prints the report, beside a former one unless that is nil.
func (e *evaluation) measure(ctx context.Context, s *services, cases []eval.Case, former *eval.Report) error {
	bar := e.newProgress(len(cases))
	report, err := eval.Run(ctx, e.evalConfig(s, func(c eval.Case) { bar.show("questions", c.ID) }), cases)
	bar.clear()
	if err != nil {
		return err
	}
	if former != nil {
		report.Against = eval.Compare(former, report)
	}
	return e.report(report, e.asJSON, e.floors)
}

// printAblations asks the questions without each stage of the search, and prints a table.
func (e *evaluation) printAblations(ctx context.Context, s *services, cases []eval.Case) error {
	stages := eval.Ablations()
	bar := e.newProgress(len(cases) * (len(stages) + 1))
	config := e.evalConfig(s, func(c eval.Case) { bar.show("questions", c.ID) })
	table, err := eval.Ablate(ctx, cases, stages, func(settings []string) (eval.Config, error) {
		t, err := e.tuning.with(settings)
		if err == nil {
			config.Searcher, config.Answers = s.tuned(t)
		}
		return config, err
	})
	bar.clear()
	switch {
	case err != nil:
		return err
	case e.asJSON:
		return e.printJSON(table)
	}
	return eval.WriteMarkdown(e.stdout, table)
}

// readCases reads the question set of a file, or of standard input.
func (a *app) readCases(args []string) ([]eval.Case, error) {
	if len(args) == 0 {
		return nil, fault.New(fault.Invalid, "no question set is named; write `pullquote eval GOLD.jsonl`, or - for standard input")
	}
	if err := noArguments(args[1:]); err != nil {
		return nil, err
	}
	if args[0] == standardInput {
		return eval.Read(a.stdin)
	}
	return readFrom(args[0], eval.Read)
}

// printFeedback prints a case of each answer that was rated, on a line each.
func (a *app) printFeedback(ctx context.Context, args []string) error {
	if err := noArguments(args); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	cases, err := eval.FromFeedback(ctx, s.answers)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		a.warn("no answer has been rated yet; rate one on the page, in Slack or by POST /v1/answers/{id}/feedback")
		return errNo
	}
	return eval.Write(a.stdout, cases)
}

// printOwn prints the questions that a collection's transcripts themselves ask and answer.
func (e *evaluation) printOwn(ctx context.Context, args []string) error {
	if err := noArguments(args); err != nil {
		return err
	}
	s, err := e.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	cases, err := eval.OwnQuestions(ctx, s.library, e.collection)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		e.warn("in the collection %s nobody asks anything that can be asked by itself", e.collection)
		return errNo
	}
	return eval.Write(e.stdout, cases)
}

// formerRun reads a former run; nil when no file is named.
func formerRun(path string) (*eval.Report, error) {
	if path == "" {
		return nil, nil
	}
	return readFrom(path, eval.ReadReport)
}

// readFrom reads a file, whose path is in every error.
func readFrom[T any](path string, read func(io.Reader) (T, error)) (result T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return result, fault.Wrap(err, fault.Invalid, "%s: it cannot be read (%s); check the path", path, cause(err))
	}
	defer f.Close()
	if result, err = read(f); err != nil {
		return result, fault.Wrap(err, fault.CodeOf(err), "%s: %s", path, fault.MessageOf(err))
	}
	return result, nil
}

// report prints a run and says which floors it misses.
func (a *app) report(report *eval.Report, asJSON bool, floors floors) error {
	if asJSON {
		if err := a.printJSON(report); err != nil {
			return err
		}
	} else {
		a.printReport(report)
	}
	for _, left := range report.LeftOut {
		a.warn("question %s is left out: %s", left.ID, left.Reason)
	}
	return floors.check(a, report)
}

func (a *app) printReport(report *eval.Report) {
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	if len(report.Metrics) > 0 {
		fmt.Fprintf(table, "metric\tmean\tquestions\n")
	}
	for _, m := range report.Metrics {
		fmt.Fprintf(table, "%s\t%.3f\t%d\n", m.Metric, m.Mean, m.Questions)
	}
	table.Flush()
	fmt.Fprintf(a.stdout, "\n%d questions, %.0f %% answered\n", len(report.Questions), 100*report.Answered)
	fmt.Fprintf(a.stdout, "search p50 %.0f ms, p95 %.0f ms; answer p50 %.0f ms, p95 %.0f ms\n",
		report.SearchMS.P50, report.SearchMS.P95, report.AnswerMS.P50, report.AnswerMS.P95)
	if report.Risk != nil {
		fmt.Fprintf(table, "\nanswered from a confidence of\tof the questions\twrong\n")
		for _, p := range report.Risk.Points {
			fmt.Fprintf(table, "%.1f\t%.3f\t%.3f\n", p.Confidence, p.Coverage, p.Risk)
		}
		table.Flush()
		fmt.Fprintf(a.stdout, "a right answer has a higher confidence than a wrong one: %.3f (AUC)\n", report.Risk.AUC)
	}
	if len(report.Against) == 0 {
		return
	}
	fmt.Fprintf(table, "\nmetric\tbefore\tafter\tdifference\tp\tquestions\n")
	for _, d := range report.Against {
		fmt.Fprintf(table, "%s\t%.3f\t%.3f\t%+.3f\t%.3f\t%d\n", d.Metric, d.Before, d.After, d.After-d.Before, d.P, d.Questions)
	}
	table.Flush()
}

// floors are the values that metrics must reach, a flag that may be repeated.
type floors map[eval.Metric]float64

func (f floors) String() string { return "" }

// Set reads metric=value.
func (f floors) Set(text string) error {
	name, value, _ := strings.Cut(text, "=")
	least, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("write it as ndcg@10=0.45")
	}
	for _, metric := range eval.Metrics {
		if string(metric) == name {
			f[metric] = least
			return nil
		}
	}
	return fmt.Errorf("there is no such metric; the report names them")
}

func (f floors) check(a *app, report *eval.Report) (err error) {
	for _, metric := range eval.Metrics {
		least, wanted := f[metric]
		if mean, measured := report.Mean(metric); wanted && (!measured || mean < least) {
			a.warn("%s is %.3f, below %.3f", metric, mean, least)
			err = errNo
		}
	}
	return err
}
