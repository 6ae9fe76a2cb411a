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
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// engine runs PDFium. Each file gets an instance with memory of its own.
type engine struct{ pool pdfium.Pool }

// sharedEngine is the one engine of the process, started for the first PDF, because
// compiling it takes seconds and no other file should wait for that.
var sharedEngine = sync.OnceValues(startEngine)

// coreFeatures are what PDFium is compiled to: setjmp and longjmp are exceptions.
const coreFeatures = api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling

func startEngine() (*engine, error) {
	config := wazero.NewRuntimeConfig().WithCoreFeatures(coreFeatures)
	if cache, err := compilationCache(); err == nil {
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(reserve)),
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

// document is an open PDF.
type document struct {
	pdf      pdfium.Pdfium
	document references.FPDF_DOCUMENT
	pages    int
	size     int // bytes
	time     context.Context
	cancel   context.CancelFunc
}

// open opens a PDF, which must be read within a time limit, and while the context
// lasts. PDFium cannot be interrupted, but it is asked for little at a time.
func (e *engine) open(ctx context.Context, data []byte, limit time.Duration) (*document, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	pdf, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		cancel()
		return nil, content.TooLarge("too many PDFs are being read; try again later")
	}
	d := &document{pdf: pdf, size: len(data), time: ctx, cancel: cancel}
	if err := d.load(data); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *document) load(data []byte) error {
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

func (d *document) close() {
	d.cancel()
	_ = d.pdf.Close()
}

func (d *document) openError(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity):
		return content.Encrypted("this PDF")
	case errors.Is(err, pdfiumerrors.ErrFile) || errors.Is(err, pdfiumerrors.ErrFormat):
		return content.Invalid("this PDF is damaged or cut off after %d bytes; open it in a viewer, print it to a new PDF and give that", d.size)
	}
	return d.failure(err, "")
}

// failure says why reading ended, at a place such as " at page 3 of 12".
func (d *document) failure(err error, place string) error {
	if d.time.Err() != nil {
		return content.TooLarge("reading this PDF took too long%s; divide it", place)
	}
	return content.Invalid("this PDF cannot be read%s; print it to a new PDF and give that", place).Because(err)
}

func (d *document) place(page int) string {
	return fmt.Sprintf(" at page %d of %d", page+1, d.pages)
}

func unreadPages(unread, pages int) string {
	return fmt.Sprintf("%d of the %d pages of the PDF hold no text, only pictures; what they show is missing", unread, pages)
}

// fields are the properties that the PDF states of itself.
func (d *document) fields() []content.Field {
	return content.FieldsOf("title", content.StatedTitle(d.property("Title")), "author", d.property("Author"), "created", isoDate(d.property("CreationDate")))
}

// property is an entry of the document information dictionary; empty if there is
// none.
func (d *document) property(name string) string {
	meta, err := d.pdf.GetMetaData(&requests.GetMetaData{Document: d.document, Tags: &[]string{name}})
	if err != nil || len(meta.Tags) == 0 {
		return ""
	}
	return meta.Tags[0].Value
}
