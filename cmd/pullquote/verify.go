package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// verifyOutput is what `verify --json` prints, the shape of POST /v1/verify.
type verifyOutput struct {
	Quotes []verifiedQuote `json:"quotes"`
	Short  int             `json:"short"` // of all drafts
}

// verifiedQuote is a verdict with the draft that the quotation is in.
type verifiedQuote struct {
	File string `json:"file"` // as on the command line
	answer.Verdict
}

// readDraft is a draft with its quotations, or an exported answer with those that
// have notes and any that were added since.
type readDraft struct {
	path  string
	cited []answer.CitedQuote
	draft.Draft
}

func verifyCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON: an object with the quotations of all drafts")
	strict := flags.Bool("strict", false, "take quotations that are edited for failures, too: exit with 1 unless all are the record's wording")
	filter := filterFlags(flags)
	return func(ctx context.Context, paths []string) error {
		if len(paths) == 0 {
			return fault.New(fault.Invalid, "no draft is named; write `pullquote verify FILE`, with files, or - for standard input")
		}
		if _, err := filter.Validate(ctx); err != nil {
			return err
		}
		drafts, err := a.readDrafts(paths)
		if err != nil {
			return err
		}
		quotes, err := a.verifyDrafts(ctx, drafts, *filter)
		if err != nil {
			return err
		}
		output := verifyOutput{Quotes: quotes}
		for _, d := range drafts {
			output.Short += d.Short
		}
		if *asJSON {
			err = a.printJSON(output)
		} else {
			verdicts{a.stdout, colored(a.stdout, a.getenv)}.print(output)
		}
		if err == nil && slices.ContainsFunc(quotes, func(q verifiedQuote) bool { return q.Fails() || *strict && !q.Holds() }) {
			return errNo
		}
		return err
	}
}

// readDrafts reads all drafts before any is checked.
func (a *app) readDrafts(paths []string) ([]readDraft, error) {
	drafts := make([]readDraft, len(paths))
	for i, path := range paths {
		data, err := a.read(path)
		if err != nil {
			return nil, named(path, err)
		}
		cited, rest, err := export.Quotes(data, draft.Source{Filename: filename(path)})
		if err != nil {
			return nil, named(path, err)
		}
		drafts[i] = readDraft{path, cited, rest}
	}
	return drafts, nil
}

// verifyDrafts checks the quotations of drafts; without any there is nothing to
// look into.
func (a *app) verifyDrafts(ctx context.Context, drafts []readDraft, filter retrieval.Filter) ([]verifiedQuote, error) {
	all := []verifiedQuote{}
	if !slices.ContainsFunc(drafts, func(d readDraft) bool { return len(d.Quotes)+len(d.cited) > 0 }) {
		return all, nil
	}
	s, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	a.warnOfNowhere(ctx, s, cmp.Or(filter.Collection, retrieval.DefaultCollection))
	for _, d := range drafts {
		verdicts, err := s.verify(ctx, d, filter)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, named(d.path, err)
		}
		for _, v := range verdicts {
			all = append(all, verifiedQuote{d.path, v})
		}
	}
	return all, nil
}

func (s *services) verify(ctx context.Context, d readDraft, filter retrieval.Filter) ([]answer.Verdict, error) {
	cited, err := s.verifier.Recheck(ctx, s.library, d.cited)
	if err != nil {
		return nil, err
	}
	quoted, err := s.verifier.VerifyAll(ctx, d.Quotes, filter)
	return append(cited, quoted...), err
}

// statuses are in the order of the summary.
func statuses() []answer.Status {
	return []answer.Status{
		answer.StatusExact, answer.StatusNormalized, answer.StatusEdited, answer.StatusUnchanged, answer.StatusMoved, answer.StatusAltered, answer.StatusMisattributed,
		answer.StatusStitched, answer.StatusAmbiguous, answer.StatusChanged, answer.StatusGone, answer.StatusNotFound, answer.StatusUnchecked,
	}
}

// summary counts the quotations by what became of them.
func summary(quotes []verifiedQuote) string {
	counts := map[answer.Status]int{}
	for _, q := range quotes {
		counts[q.Status]++
	}
	var parts []string
	for _, s := range statuses() {
		if counts[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[s], statusWords(s)))
		}
	}
	return fmt.Sprintf("%s: %s", counted(len(quotes), "quotation"), strings.Join(parts, ", "))
}

func statusWords(s answer.Status) string { return strings.ReplaceAll(string(s), "_", " ") }
