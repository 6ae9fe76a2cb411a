package main

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// preview is what would be stored of a file.
type preview struct {
	Title        transcript.Optional `json:"title"`
	Date         transcript.Optional `json:"date"`
	Place        transcript.Optional `json:"place"`
	Format       string              `json:"format"`
	TurnCount    int                 `json:"turn_count"`
	SpeakerCount int                 `json:"speaker_count"`
	Filename     transcript.Optional `json:"filename"`
	Warnings     []string            `json:"warnings"`
}

// rehearse parses the files, and shows what would be stored. It asks for no database.
func (i *ingestion) rehearse(ctx context.Context) error {
	if err := retrieval.CheckCollection(i.request.Collection); err != nil {
		return err
	}
	i.began = true
	progress := i.newProgress(len(i.files))
	seen := map[[sha256.Size]byte]string{} // paths of the files that would be stored
	for _, file := range i.files {
		progress.show("files", file.path)
		o, err := i.rehearsed(ctx, file.path, seen)
		progress.clear()
		if err != nil {
			err = i.refused(ctx, file, err)
		} else {
			i.outcomes = append(i.outcomes, o)
		}
		if err != nil {
			return err
		}
		i.printRehearsed(i.outcomes[len(i.outcomes)-1])
	}
	return i.finish()
}

// rehearsed is the outcome for a file that can be read.
func (i *ingestion) rehearsed(ctx context.Context, path string, seen map[[sha256.Size]byte]string) (ingested, error) {
	data, err := i.read(path)
	if err != nil {
		return ingested{}, err
	}
	sum := sha256.Sum256(data)
	if former, ok := seen[sum]; ok {
		return ingested{Path: path, Status: statusPresent, SameAs: former}, nil
	}
	p, err := i.preview(ctx, path, data)
	if err == nil {
		seen[sum] = path
	}
	return ingested{Path: path, Status: statusReadable, Preview: p}, err
}

// preview parses a file.
func (i *ingestion) preview(ctx context.Context, path string, data []byte) (*preview, error) {
	o := i.request.Options
	o.Filename = filename(path)
	t, name, _, err := retrieval.Parser(transcript.Parse).ParseFile(ctx, data, o)
	if err != nil {
		return nil, err
	}
	return &preview{Title: t.Title, Date: t.Date, Place: t.Place, Format: t.Format, TurnCount: len(t.Turns),
		SpeakerCount: len(t.Speakers), Filename: transcript.Optional(name), Warnings: t.Warnings}, nil
}

// printRehearsed prints the outcome for a file; of one that failed a line on standard
// error has told.
func (i *ingestion) printRehearsed(o ingested) {
	switch p := o.Preview; {
	case i.quiet || o.Status == statusFailed:
	case o.SameAs != "":
		fmt.Fprintf(i.stdout, "%-8s  %s  the same as %s\n", o.Status, words.Escaped(o.Path), words.Escaped(o.SameAs))
	case p == nil:
		fmt.Fprintf(i.stdout, "%-8s  %s  %s\n", o.Status, words.Escaped(o.Path), words.InertLine(o.Reason))
	default:
		about := joined(p.Title, p.Date)
		if about == "" {
			about = "(no title)"
		}
		fmt.Fprintf(i.stdout, "%-8s  %s  %s (%s, %s)\n", o.Status, words.Escaped(o.Path), words.InertLine(about), counted(p.TurnCount, "turn"), counted(p.SpeakerCount, "speaker"))
		i.warnOf(o.Path, p.Warnings)
	}
}

// counted is a number with what it counts.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
