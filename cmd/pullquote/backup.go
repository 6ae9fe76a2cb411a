package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/backup"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
)

// dataFiles are the files of the data directory that are data. Beside them are the private
// database, models, which can be installed again, and a cache.
var dataFiles = []string{historyFile}

// backupResult is what the commands print as JSON.
type backupResult struct {
	Path string `json:"path"`
	Size int64  `json:"size,omitempty"`
	backup.Manifest
}

func backupCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	force := flags.Bool("force", false, "replace the file if there is one")
	return func(ctx context.Context, args []string) error {
		path, err := onePath(args, "backup")
		if err != nil {
			return err
		}
		models, err := a.installedModels()
		if err != nil {
			return err
		}
		url, leave, err := a.database(ctx)
		if err != nil {
			return err
		}
		defer leave()
		source := backup.Source{Database: url, Program: releaseOf(version, buildInfo()), DataDir: a.config.dataDir, Models: models}
		if a.config.dataDir != "" {
			source.Files = dataFiles
		}
		bar := a.newProgress(2)
		m, size, err := backup.Write(ctx, path, *force, source, backup.Progress(megabytes(bar)))
		bar.clear()
		if err != nil {
			return err
		}
		if *asJSON {
			return a.printJSON(backupResult{path, size, m})
		}
		fmt.Fprintf(a.stdout, "written  %s  %.1f MB\n", path, float64(size)/1e6)
		a.describeBackup(m)
		return nil
	}
}

func restoreCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	asJSON := flags.Bool("json", false, "print JSON")
	replace := flags.Bool("replace", false, "put the backup in the place of a record that is not empty, which is lost")
	check := flags.Bool("check", false, "only check the file, and say what it holds")
	return func(ctx context.Context, args []string) error {
		path, err := onePath(args, "restore")
		if err != nil {
			return err
		}
		newest := postgres.NewestSchema()
		bar := a.newProgress(2)
		archive, err := backup.Open(ctx, path, newest, backup.Progress(megabytes(bar)))
		bar.clear()
		if err != nil {
			return err
		}
		defer archive.Close()
		if !*check {
			if err := a.restore(ctx, archive, *replace, bar); err != nil {
				return err
			}
		}
		if *asJSON {
			return a.printJSON(backupResult{Path: path, Manifest: archive.Manifest})
		}
		done := "restored"
		if *check {
			done = "sound"
		}
		fmt.Fprintf(a.stdout, "%s  %s\n", done, path)
		a.describeBackup(archive.Manifest)
		return nil
	}
}

func (a *app) restore(ctx context.Context, archive *backup.Archive, replace bool, bar *progress) error {
	url, leave, err := a.database(ctx)
	if err != nil {
		return err
	}
	defer leave()
	err = backup.Restore(ctx, archive, backup.Target{Database: url, DataDir: a.config.dataDir, Replace: replace}, backup.Progress(megabytes(bar)))
	bar.clear()
	if err != nil {
		return err
	}
	installed, err := a.installedModels()
	if err != nil {
		return err
	}
	for _, name := range archive.Models {
		if !slices.Contains(installed, name) {
			a.warn("the model %s was installed where the backup was made; pullquote model install %s brings it", name, name)
		}
	}
	if archive.Rows["keys"] > 0 {
		a.warn("keys are again as they were when the backup was made, also those that were revoked since; see pullquote keys list")
	}
	return nil
}

// describeBackup says what a backup holds.
func (a *app) describeBackup(m backup.Manifest) {
	fmt.Fprintf(a.stdout, "holds    %s\n", backup.Holds(m.Rows))
	fmt.Fprintf(a.stdout, "made     %s, by pullquote %s of Postgres %s, schema %d\n", m.CreatedAt.Format(time.DateTime+" UTC"), m.Program, m.Postgres, m.Schema)
	if len(m.Models) > 0 {
		fmt.Fprintf(a.stdout, "without  the models, which pullquote model install brings: %s\n", strings.Join(m.Models, ", "))
	}
}

func onePath(args []string, command string) (string, error) {
	if len(args) != 1 {
		return "", fault.New(fault.Invalid, "write `%s FILE`", command)
	}
	return args[0], nil
}
