package container_test

import (
	"context"
	"fmt"

	"github.com/pullquote/pullquote/transcript/container"
)

func ExampleOpen() {
	page := `<!DOCTYPE html>
		<html lang="en"><head><title>The Harbour Question</title></head><body>
		<nav><a href="/">Home</a> <a href="/news">News</a></nav>
		<main><h1>The Harbour Question</h1>
		<p><b>MS. ROE:</b> Will it hold?</p>
		<p><b>MR. POE:</b> It has held<br>in forty storms.</p></main></body></html>`
	content, err := container.Open(context.Background(), []byte(page), container.Options{Filename: "harbour.html"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("container:", content.Kind)
	for _, f := range content.Fields {
		fmt.Printf("%s: %s\n", f.Name, f.Value)
	}
	for _, l := range content.Lines {
		fmt.Printf("paragraph %-5t heading %d bold %q text %q\n", l.Gap, l.Heading, l.Text[:l.Strong], l.Text)
	}
	// Output:
	// container: html
	// language: en
	// title: The Harbour Question
	// paragraph true  heading 1 bold "" text "The Harbour Question"
	// paragraph true  heading 0 bold "MS. ROE:" text "MS. ROE: Will it hold?"
	// paragraph true  heading 0 bold "MR. POE:" text "MR. POE: It has held"
	// paragraph false heading 0 bold "" text "in forty storms."
}

// Captions say themselves who speaks, and when.
func ExampleOpen_captions() {
	captions := `WEBVTT

00:01.000 --> 00:02.500
<v Jane Roe>Will it hold?

00:02.500 --> 00:04.000
<v John Poe>It has so far.`
	content, err := container.Open(context.Background(), []byte(captions), container.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range content.Lines {
		fmt.Printf("%d ms, %s: %s\n", *l.StartMS, l.Voice.Label, l.Text)
	}
	// Output:
	// 1000 ms, Jane Roe: Will it hold?
	// 2500 ms, John Poe: It has so far.
}
