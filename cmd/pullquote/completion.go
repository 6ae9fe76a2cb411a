package main

import (
	"context"
	"embed"
	"flag"
	"io"
	"strings"
	"text/template"

	"github.com/pullquote/pullquote/internal/fault"
)

// pageFiles are what the completion of each shell and the page of the manual are made of.
// Their commands and flags come from the table of commands, so that none can go stale.
//
//go:embed pages
var pageFiles embed.FS

// shells are those whose completion there is.
func shells() []string { return []string{"bash", "zsh", "fish"} }

func completionCommand(_ *flag.FlagSet, a *app) func(context.Context, []string) error {
	return func(_ context.Context, args []string) error {
		if len(args) == 0 {
			return fault.New(fault.Invalid, "no shell is named; write `pullquote completion SHELL`, with %s", strings.Join(shells(), ", "))
		}
		if err := noArguments(args[1:]); err != nil {
			return err
		}
		return writePage(a.stdout, args[0])
	}
}

// commandPage is what a page tells of a command.
type commandPage struct {
	Name, Summary   string
	Usages, Actions []string
	Flags           []flagLine
}

// writePage writes one of pageFiles.
func writePage(w io.Writer, name string) error {
	var all []commandPage
	for _, c := range commands() {
		actions, _ := c.actions()
		all = append(all, commandPage{c.name, c.summary, c.usages(), actions, c.flagLines()})
	}
	pages, err := template.New("").Funcs(template.FuncMap{
		"join":  func(words []string) string { return strings.Join(words, " ") },
		"quote": func(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" },
		"entry": func(name, text string) string { return name + ":" + strings.ReplaceAll(text, ":", `\:`) },
		"roff":  roff,
	}).ParseFS(pageFiles, "pages/*.tmpl")
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, name+".tmpl", struct {
		Version  string
		Commands []commandPage
		Settings []flagLine
	}{"pullquote " + releaseOf(version, buildInfo()), all, configLines()})
}

// roff is a text as a page of the manual has it.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
