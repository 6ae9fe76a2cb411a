package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

const (
	// maxJSON bounds the JSON body of a request.
	maxJSON = 1 << 20
	// maxDrain bounds what is read of a body that is too large, so that a client
	// which sends all of it before it listens gets to hear so.
	maxDrain = 64 << 20
)

// readJSON reads the body of a request into a struct.
func readJSON(r *http.Request, into any) error {
	return readJSONWithin(r, maxJSON, into)
}

// readJSONWithin is readJSON for a body of up to limit bytes.
func readJSONWithin(r *http.Request, limit int64, into any) error {
	data, err := readJSONBody(r, limit)
	if err != nil {
		return err
	}
	return wire.Decode("body", data, into)
}

// readJSONBody reads the body of a request that is to be JSON, of up to limit bytes.
func readJSONBody(r *http.Request, limit int64) ([]byte, error) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return nil, fault.New(fault.Unsupported, "the body must be JSON; send it with Content-Type: application/json")
	}
	return readBody(r, limit, "body")
}

// readBody reads a whole body of up to limit bytes.
func readBody(r *http.Request, limit int64, what string) ([]byte, error) {
	if r.ContentLength > limit+maxDrain || r.ContentLength > limit && r.Header.Get("Expect") != "" {
		return nil, tooLarge(what, limit) // the client would take too long, or has not sent it yet
	}
	return readPart(r, r.Body, limit, what)
}

// readPart reads a part of a body, of up to limit bytes.
func readPart(r *http.Request, part io.Reader, limit int64, what string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(data)) > limit {
		_, _ = io.CopyN(io.Discard, r.Body, maxDrain)
		return nil, tooLarge(what, limit)
	}
	return data, nil
}

func tooLarge(what string, limit int64) error {
	return fault.New(fault.TooLarge, "the %s is larger than %s; send less at a time", what, size(limit))
}

// unreadable is the error of a body that broke off.
func unreadable(err error) error {
	if e, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && e.Timeout() {
		return fault.Wrap(err, fault.TimedOut, "the body stopped arriving, or came too slowly; send it again, over a better line")
	}
	return fault.Wrap(err, fault.Invalid, "the body broke off; send it again")
}

func size(bytes int64) string {
	if bytes >= 1<<20 {
		return strconv.FormatInt(bytes>>20, 10) + " MiB"
	}
	return strconv.FormatInt(bytes, 10) + " bytes"
}

// query reads the query parameters of a request and refuses those that the route
// does not know: a misspelt one would otherwise be ignored without a word.
func query(r *http.Request, known ...string) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the query string cannot be read; percent-encode its values")
	}
	for name, value := range values {
		if !slices.Contains(known, name) {
			return nil, fault.New(fault.Invalid, "query parameter %q is unknown; use %s", name, strings.Join(known, ", "))
		}
		if len(value) > 1 {
			return nil, fault.New(fault.Invalid, "query parameter %q is given %d times; give it once", name, len(value))
		}
		if !wire.IsText(value[0]) {
			return nil, fault.New(fault.Invalid, "query parameter %q is not text; send UTF-8 without NUL characters", name)
		}
	}
	return values, nil
}

// flagIn is a parameter that is true or false; false where it is not given.
func flagIn(values url.Values, name string) (bool, error) {
	switch given := values.Get(name); given {
	case "true", "false", "":
		return given == "true", nil
	default:
		return false, fault.New(fault.Invalid, "%s is %q; use true or false", name, given)
	}
}

// pageQuery reads the parameters of a list: those that are named, the cursor, and
// the limit, which is retrieval.DefaultPage when there is none.
func pageQuery(r *http.Request, names ...string) (values url.Values, limit int, err error) {
	values, err = query(r, append(names, "cursor", "limit")...)
	if err != nil {
		return nil, 0, err
	}
	if !values.Has("limit") {
		return values, retrieval.DefaultPage, nil
	}
	text := values.Get("limit")
	limit, err = strconv.Atoi(text)
	if err != nil || limit < 1 || limit > retrieval.MaxPage {
		return nil, 0, fault.New(fault.Invalid, "limit %q is out of range; use 1 to %d", text, retrieval.MaxPage)
	}
	return values, limit, nil
}

// maxKey bounds an Idempotency-Key, in bytes.
const maxKey = 255

// idempotencyKey is the key under which a client may repeat a request; empty for
// none. Requests that make nothing, or the same again, need none and do not read it.
func idempotencyKey(r *http.Request) (string, error) {
	key := r.Header.Get("Idempotency-Key")
	if len(key) > maxKey || !wire.IsText(key) {
		return "", fault.New(fault.Invalid, "the Idempotency-Key is longer than %d bytes or not text; use a UUID", maxKey)
	}
	return key, nil
}
