package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// engine runs PDFium. Each file gets an instance with a memory of its own.
type engine struct{ pool pdfium.Pool }

// pdfEngine is the process's one engine, started for the first PDF: compiling
// it takes seconds, which no other file should wait for.
var pdfEngine = sync.OnceValues(startEngine)

const pdfMemory = 16_384 // WebAssembly pages of 64 kB that one file may take: 1 GB

func startEngine() (*engine, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(pdfMemory)
	if cache, err := compilationCache(); err == nil {
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal:      runtime.GOMAXPROCS(0),
		FSConfig:      wazero.NewFSConfig(), // nothing of the machine's files
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, err
	}
	return &engine{pool}, nil
}

// compilationCache keeps the compiled engine among the user's cached files, so
// that only the first process compiles it. Without such a place all do.
func compilationCache() (wazero.CompilationCache, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	return wazero.NewCompilationCacheWithDir(filepath.Join(dir, "pullquote", "pdfium"))
}

// pdfDocument is an open PDF.
type pdfDocument struct {
	pdf      pdfium.Pdfium
	document references.FPDF_DOCUMENT
	pages    int
	size     int // bytes
	time     context.Context
	cancel   context.CancelFunc
}

// open opens a PDF, which must be read before the time is over. PDFium cannot be
// interrupted, but it is asked for little at a time.
func (e *engine) open(data []byte, limit time.Duration) (*pdfDocument, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	pdf, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		cancel()
		return nil, content.TooLarge("too many PDFs are being read; try again later")
	}
	d := &pdfDocument{pdf: pdf, size: len(data), time: ctx, cancel: cancel}
	if err := d.load(data); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *pdfDocument) load(data []byte) error {
	opened, err := d.pdf.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return d.openError(err)
	}
	d.document = opened.Document
	count, err := d.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.document})
	if err != nil {
		return d.openError(err)
	}
	if d.pages = count.PageCount; d.pages > mostPages {
		return content.TooLarge("this PDF has %d pages, more than %d; divide it", d.pages, mostPages)
	}
	return nil
}

func (d *pdfDocument) close() {
	d.cancel()
	_ = d.pdf.Close()
}

func (d *pdfDocument) openError(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity):
		return content.Unsupported("this PDF is encrypted; save it without a password and give that")
	case errors.Is(err, pdfiumerrors.ErrFile) || errors.Is(err, pdfiumerrors.ErrFormat):
		return content.Invalid("this PDF is damaged or cut off after %d bytes; open it in a viewer, print it to a new PDF and give that", d.size)
	}
	return d.failure(err, "")
}

// failure tells why reading ended at a place: " at page 3 of 12".
func (d *pdfDocument) failure(err error, place string) error {
	if d.time.Err() != nil {
		return content.TooLarge("reading this PDF took too long%s; divide it", place)
	}
	return content.Invalid("this PDF cannot be read%s; print it to a new PDF and give that", place).Because(err)
}

func (d *pdfDocument) place(page int) string {
	return fmt.Sprintf(" at page %d of %d", page+1, d.pages)
}

func unreadPages(unread, pages int) string {
	return fmt.Sprintf("%d of the %d pages of the PDF hold no text, only pictures; what they show is missing", unread, pages)
}

// fields are what the PDF says of itself.
func (d *pdfDocument) fields() []content.Field {
	var fields []content.Field
	for _, f := range pdfFields {
		tag := []string{f.Name}
		meta, err := d.pdf.GetMetaData(&requests.GetMetaData{Document: d.document, Tags: &tag})
		if err != nil || len(meta.Tags) == 0 {
			continue
		}
		value := meta.Tags[0].Value
		if f.Value == "created" {
			value = pdfDate(value)
		}
		fields = content.AppendField(fields, f.Value, value)
	}
	return fields
}
