package transcript

import (
	"cmp"
	"context"
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/language"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// Options say what is known of a file besides its bytes. All are optional.
type Options struct {
	Filename    string // tells containers that do not show in the bytes, by its extension
	ContentType string // its charset parameter, where there is one, decides the encoding
	Format      string // forces a format: see Formats
	Title       string // replaces the title that the file has
	Date        string // replaces the date that the file has: YYYY-MM-DD
	Place       string // replaces the place that the file has
	Media       string // replaces the link to the recording that the file has
}

// Parse reads one transcript from the bytes of a file. Its errors are of type *Error, and say
// what to do, or the context's own when it ends.
func Parse(ctx context.Context, data []byte, o Options) (*model.Transcript, error) {
	t, _, _, err := parse(ctx, data, o)
	return t, err
}

// parse reads a transcript, and tells the document and the format that it was read from.
func parse(ctx context.Context, data []byte, o Options) (*model.Transcript, *document, format, error) {
	if o.Date != "" && !names.IsISODate(o.Date) {
		return nil, nil, format{}, invalid("the date %q is none; write it as YYYY-MM-DD, for example 2011-10-18", o.Date)
	}
	recording, err := readRecording(o.Media)
	if err != nil {
		return nil, nil, format{}, err
	}
	kind, convention, known := readFormat(o.Format)
	if o.Format != "" && !known {
		return nil, nil, format{}, invalid("there is no format %q; leave it out, or give a convention (briefing), a container (json) or both (json+briefing)", o.Format)
	}
	content, err := container.Open(ctx, data, container.Options{Filename: o.Filename, ContentType: o.ContentType, Kind: kind})
	if err != nil {
		return nil, nil, format{}, err
	}
	doc := &document{ctx: ctx, content: content, options: o}
	f, err := doc.choose(convention)
	if err != nil {
		return nil, nil, format{}, err
	}
	t, err := f.read(doc)
	if ctx.Err() != nil {
		return nil, nil, format{}, ctx.Err()
	}
	if err != nil {
		return nil, nil, format{}, err
	}
	t.Warnings = append(content.Warnings, t.Warnings...)
	if t.Media = cmp.Or(recording, t.Media); recording == "" {
		linkRecording(t, content.Fields)
	}
	if t.Language == "" {
		t.Language = model.Optional(cmp.Or(language.Of(t.Text), declaredLanguage(content)))
	}
	return finish(t, nameFormat(content.Kind, f.name), o), doc, f, nil
}

// declaredLanguage is the language that a file states, without its region: en of en-GB. The
// words go before it, because templates of web pages state any.
func declaredLanguage(c *container.Content) string {
	for _, f := range c.Fields {
		if f.Name == "language" {
			code, _, _ := strings.Cut(strings.ToLower(f.Value), "-")
			return code
		}
	}
	return ""
}

// finish gives a transcript what the caller knows better, and what is the same for all
// formats.
func finish(t *model.Transcript, formatName string, o Options) *model.Transcript {
	if t.Format == "" {
		t.Format = formatName
	}
	for _, given := range []struct {
		value string
		field *model.Optional
	}{{o.Title, &t.Title}, {o.Place, &t.Place}} {
		if value, _, _ := container.DropInvisible(given.value); value != "" {
			*given.field = model.Optional(strings.Join(strings.Fields(value), " "))
		}
	}
	if o.Date != "" {
		t.Date = model.Optional(o.Date)
	}
	if t.Speakers == nil {
		t.Speakers = model.ListSpeakers(t.Turns)
	}
	if t.Warnings == nil {
		t.Warnings = []string{}
	}
	t.CarryQuotations()
	return t
}
