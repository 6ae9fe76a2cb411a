package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"syscall"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/isolated"
	"github.com/pullquote/pullquote/internal/observe"
)

// environment is what the program has of the outside; tests bring their own.
type environment struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	interrupts     *interrupts // nil: there will be none
}

// errNo says that the answer is no: exit code 1, and nothing to complain about.
var errNo = errors.New("no")

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, env environment) int {
	results := &results{Writer: env.stdout}
	env.stdout = results
	env.interrupts = cmp.Or(env.interrupts, new(interrupts))
	err := dispatch(ctx, args, env)
	if err == nil || errors.Is(err, errNo) {
		err = cmp.Or(results.unwritten(), err)
	}
	switch {
	case err == nil:
		return fault.ExitDone
	case errors.Is(err, errNo):
		return fault.ExitNo
	case errors.Is(err, context.Canceled):
		err = fault.Wrap(err, fault.Unavailable, "interrupted")
	}
	fmt.Fprintf(env.stderr, "pullquote: %s\n", fault.Line(err))
	return fault.CodeOf(err).Exit()
}

func dispatch(ctx context.Context, args []string, env environment) error {
	if len(args) == 0 {
		return fault.New(fault.Invalid, "no command is given; `pullquote help` lists them")
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		return help(rest, env)
	case "version", "-version", "--version":
		fmt.Fprintln(env.stdout, "pullquote", releaseOf(version, buildInfo()))
		return nil
	}
	if name == isolated.Command { // which no user gives
		return isolated.Serve(ctx, env.stdin, env.stdout)
	}
	c, err := findCommand(name)
	if err != nil {
		return err
	}
	return c.run(ctx, rest, env)
}

func (c command) run(ctx context.Context, args []string, env environment) error {
	a := &app{environment: env, config: defaults()}
	flags, execute := c.declare(a)
	a.config.declare(flags)
	rest, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.help(env.stdout)
		return nil
	case err != nil:
		return c.wrongFlag(flags, err)
	}
	if err := c.checkAction(rest); err != nil {
		return err
	}
	if err := a.configure(flags); err != nil {
		return err
	}
	err = execute(ctx, rest)
	if err != nil && !errors.Is(err, errNo) {
		a.log.Debug("the command failed", fault.Attr(err))
	}
	return err
}

// parseFlags parses flags wherever they stand among the arguments; after "--"
// everything is an argument.
func parseFlags(flags *flag.FlagSet, args []string) (rest []string, err error) {
	var literal []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, literal = args[:i], args[i+1:]
	}
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	return append(rest, literal...), nil
}

// results is standard output. It keeps the first error of writing, so that
// whoever prints need not look.
type results struct {
	io.Writer
	err error
}

func (r *results) Write(p []byte) (n int, err error) {
	if r.err == nil {
		_, r.err = r.Writer.Write(p)
	}
	return len(p), nil
}

// unwritten is the error of results that could not be written. A pipe whose reader has
// ended, such as head, is none: it had seen enough.
func (r *results) unwritten() error {
	if r.err == nil || errors.Is(r.err, syscall.EPIPE) {
		return nil
	}
	return fault.Wrap(r.err, fault.Unavailable, "the result could not be written (%s); make room, or write it elsewhere", cause(r.err))
}

// logger writes JSON lines to standard error.
func logger(w io.Writer, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fault.New(fault.Invalid, "LOG_LEVEL %q is unknown; use debug, info, warn or error", level)
	}
	return slog.New(observe.Log(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))), nil
}
