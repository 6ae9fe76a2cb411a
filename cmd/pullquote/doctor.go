package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

// finding is one line of a doctor's report.
type finding struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // what is so, or what is wrong and how to mend it
}

// checkTimeout bounds each check.
const checkTimeout = 30 * time.Second

func doctorCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	return func(ctx context.Context, args []string) error {
		if err := noArguments(args); err != nil {
			return err
		}
		findings := a.examine(ctx)
		if *asJSON {
			if err := a.printJSON(findings); err != nil {
				return err
			}
		}
		broken := 0
		for _, f := range findings {
			mark := "ok  "
			if !f.OK {
				mark, broken = "FAIL", broken+1
			}
			if !*asJSON {
				fmt.Fprintf(a.stdout, "%s  %-15s %s\n", mark, f.Check, f.Detail)
			}
		}
		if broken > 0 {
			return fault.New(fault.Unavailable, "%d of %d checks failed; mend them from the top", broken, len(findings))
		}
		return nil
	}
}

// examine runs the checks, each with its own time-out, one after the other.
func (a *app) examine(ctx context.Context) []finding {
	var findings []finding
	for _, check := range []struct {
		name string
		run  func(context.Context) (string, error)
	}{
		{"data directory", a.checkDataDir},
		{"database", a.checkDatabase},
		{"embeddings", a.checkEmbeddings},
	} {
		ctx, cancel := context.WithTimeout(ctx, checkTimeout)
		detail, err := check.run(ctx)
		cancel()
		if err != nil {
			detail = fault.MessageOf(err)
		}
		findings = append(findings, finding{check.name, err == nil, detail})
	}
	return findings
}

func (a *app) checkDataDir(context.Context) (string, error) {
	dir := a.config.dataDir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "%s cannot be made (%s); set PULLQUOTE_DATA_DIR", dir, cause(err))
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "%s cannot be written to (%s); set PULLQUOTE_DATA_DIR", dir, cause(err))
	}
	probe.Close()
	return dir, os.Remove(probe.Name())
}

func (a *app) checkDatabase(ctx context.Context) (string, error) {
	url, leave, err := a.database(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	d, err := postgres.Describe(ctx, url)
	if err != nil {
		return "", err
	}
	where := "private"
	if a.config.databaseURL != "" {
		where = "DATABASE_URL"
	}
	detail := []string{fmt.Sprintf("%s, Postgres %s, pgvector %s, schema %d of %d", where, d.Server, d.Vector, d.Schema, d.NewestSchema)}
	detail = append(detail, fmt.Sprintf("%d transcripts, %d passages", d.Transcripts, d.Passages))
	for model, n := range d.Models {
		if n < d.Passages {
			detail = append(detail, fmt.Sprintf("%s has embedded only %d of them, the rest is found by words alone", model, n))
		}
	}
	return strings.Join(detail, "; "), nil
}

func (a *app) checkEmbeddings(ctx context.Context) (string, error) {
	embedder, err := a.embedder()
	if err != nil {
		return "", err
	}
	if _, err := embedder.Embed(ctx, embeddings.Query, []string{"Is anybody there?"}); err != nil {
		return "", err
	}
	m := embedder.Model()
	return fmt.Sprintf("%s, %d dimensions", m.Name, m.Dimensions), nil
}
