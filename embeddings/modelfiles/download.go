package modelfiles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/pause"
)

const (
	dialTimeout     = 10 * time.Second
	responseTimeout = 30 * time.Second
	// attempts is how often a transfer may fail that brought nothing new.
	attempts = 4
)

func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: dialTimeout}).DialContext
	transport.TLSHandshakeTimeout = dialTimeout
	transport.ResponseHeaderTimeout = responseTimeout
	return &http.Client{Transport: transport}
}

// errNotThere is the answer that a source has no such file.
var errNotThere = errors.New("there is no such file")

// errStalled is that of a source which has stopped sending.
var errStalled = errors.New("it has stopped sending")

// statusError is any other answer than the file.
type statusError int

func (e statusError) Error() string {
	return fmt.Sprintf("HTTP status %d %s", int(e), http.StatusText(int(e)))
}

// passing reports whether asking again may help.
func (e statusError) passing() bool {
	return e >= 500 || e == http.StatusRequestTimeout || e == http.StatusTooManyRequests
}

// unreachable reports whether there was no line to the source at all.
func unreachable(err error) bool {
	e, ok := errors.AsType[*net.OpError](err)
	return ok && e.Op == "dial"
}

// download is a file on its way.
type download struct {
	store    *Store
	url      string
	path     string // where it goes; what came of it stands in path.part
	sum      string // its SHA-256; empty where it is not known
	name     string // for the progress
	progress Progress
	header   http.Header // of the last answer
}

func (d *download) part() string { return d.path + ".part" }

// validator is where the ETag is kept by which the server knows the file again.
func (d *download) validator() string { return d.path + ".etag" }

// run brings the file, from where an earlier run has ended. A transfer that breaks
// off is taken up again as long as each brings something.
func (d *download) run(ctx context.Context) error {
	if exists(d.path) {
		return d.check()
	}
	for failed := 0; ; {
		before := d.came()
		err := d.transfer(ctx)
		if err == nil {
			break
		}
		status, answered := errors.AsType[statusError](err)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case isLocal(err), errors.Is(err, errNotThere), unreachable(err), answered && !status.passing():
			return err
		case d.came() > before:
			failed = 0
		}
		if failed++; failed == attempts {
			return err
		}
		if err := pause.For(ctx, d.store.pause<<failed); err != nil {
			return err
		}
	}
	if err := os.Rename(d.part(), d.path); err != nil {
		return local(err)
	}
	_ = os.Remove(d.validator()) // there may be none
	return d.check()
}

// came is how much of the file is there, in bytes.
func (d *download) came() int64 {
	info, err := os.Stat(d.part())
	if err != nil {
		return 0
	}
	return info.Size()
}

// check holds the file to its sum, and drops one that is another.
func (d *download) check() error {
	if d.sum == "" {
		return nil
	}
	_, sum, err := hashFile(d.path, nil)
	if err != nil {
		return local(err)
	}
	if sum == d.sum {
		return nil
	}
	if err := os.Remove(d.path); err != nil {
		return local(err)
	}
	return wrongSum(d.name, sum, d.sum)
}

// transfer asks for what is missing and writes what comes.
func (d *download) transfer(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	from := d.came()
	etag, err := os.ReadFile(d.validator())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return local(err)
	}
	if len(etag) == 0 && d.sum == "" {
		from = 0 // nothing would tell that the file is another by now
	}
	response, err := d.ask(ctx, from, string(etag))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	d.header = response.Header
	switch response.StatusCode {
	case http.StatusPartialContent:
		if begins(response) != from {
			return errors.Join(d.restart(), errors.New("the answer is another part of the file than was asked for"))
		}
	case http.StatusOK:
		from = 0
	case http.StatusRequestedRangeNotSatisfiable: // there is less than came, or just as much
		if total := totalOf(response); total == from && from > 0 {
			return nil
		}
		return errors.Join(d.restart(), statusError(response.StatusCode))
	case http.StatusNotFound:
		return errNotThere
	default:
		return statusError(response.StatusCode)
	}
	if err := d.remember(response.Header.Get("ETag")); err != nil {
		return err
	}
	stall := time.AfterFunc(d.store.stall, func() { cancel(errStalled) })
	defer stall.Stop()
	body := &countingReader{Reader: response.Body, told: func(int64) { stall.Reset(d.store.stall) }}
	if err := d.write(body, from, response.ContentLength); err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errStalled) {
			return cause
		}
		return err
	}
	return nil
}

// ask sends the request for the file from a byte on.
func (d *download) ask(ctx context.Context, from int64, etag string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url, nil)
	if err != nil {
		return nil, reason(err)
	}
	request.Header.Set("Accept-Encoding", "identity") // a packed answer has other ranges
	if from > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
		if etag != "" {
			request.Header.Set("If-Range", etag)
		}
	}
	response, err := d.store.client.Do(request)
	if err != nil {
		return nil, reason(err)
	}
	return response, nil
}

// remember keeps a strong ETag; a weak one says nothing of bytes.
func (d *download) remember(etag string) error {
	if etag == "" || strings.HasPrefix(etag, "W/") {
		return local(ignoreMissing(os.Remove(d.validator())))
	}
	f, err := d.store.create(d.validator(), false)
	if err != nil {
		return local(err)
	}
	_, err = f.Write([]byte(etag))
	return local(errors.Join(err, f.Close()))
}

// restart forgets what came.
func (d *download) restart() error {
	return local(errors.Join(ignoreMissing(os.Remove(d.part())), ignoreMissing(os.Remove(d.validator()))))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// write writes a body of length bytes, or of any length where that is negative,
// behind the bytes that are there.
func (d *download) write(body io.Reader, from, length int64) error {
	total, limit := int64(0), d.store.limits.bytes-from
	if length >= 0 {
		total = from + length
	}
	if length > limit {
		return tooLarge(d.name, d.store.limits.bytes)
	}
	f, err := d.store.create(d.part(), from > 0)
	if err != nil {
		return local(err)
	}
	w := &partWriter{file: f, told: func(n int64) { d.progress(d.name, from+n, total) }}
	n, err := io.Copy(w, io.LimitReader(body, limit+1))
	if err = errors.Join(err, w.close()); err != nil {
		return err
	}
	switch {
	case n > limit:
		return errors.Join(d.restart(), tooLarge(d.name, d.store.limits.bytes))
	case length >= 0 && n < length:
		return io.ErrUnexpectedEOF
	}
	return nil
}

// partWriter tells how much was written, and errors of writing from those of
// reading.
type partWriter struct {
	file file
	n    int64
	told func(n int64)
}

func (w *partWriter) Write(p []byte) (int, error) {
	n, err := w.file.Write(p)
	w.n += int64(n)
	w.told(w.n)
	return n, local(err)
}

func (w *partWriter) close() error {
	return local(errors.Join(w.file.Sync(), w.file.Close()))
}

// begins is the first byte of a partial answer; -1 where it does not say.
func begins(response *http.Response) int64 {
	var first, last int64
	if _, err := fmt.Sscanf(response.Header.Get("Content-Range"), "bytes %d-%d/", &first, &last); err != nil {
		return -1
	}
	return first
}

// totalOf is the size that the answer to a range past the end names; -1 for none.
func totalOf(response *http.Response) int64 {
	var total int64
	if _, err := fmt.Sscanf(response.Header.Get("Content-Range"), "bytes */%d", &total); err != nil {
		return -1
	}
	return total
}
