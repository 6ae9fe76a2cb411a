package openaihttp

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

// ErrTooLarge says that a response has more bytes than it may.
var ErrTooLarge = errors.New("the response is too large")

// Exchange is the HTTP client of one request. It bounds the response and keeps of it
// what go-openai does not hand on.
type Exchange struct {
	Client *http.Client
	Limit  int64 // bytes of the response

	Status int         // 0: no response, or not the whole of one that is no stream
	Header http.Header // of the response
	Body   []byte      // of a response that is no stream
}

// Do implements openai.HTTPDoer.
//
// A stream is handed on as it comes, its data lines only: comments and the names of
// events would spoil go-openai's reading of an error that follows them. Any other
// body is read whole, so that one cut short is a failure of the connection and not
// of the JSON in it.
func (x *Exchange) Do(req *http.Request) (*http.Response, error) {
	resp, err := x.Client.Do(req)
	if err != nil {
		return nil, err
	}
	x.Header = resp.Header
	if wantsStream(req) && streams(resp) {
		x.Status = resp.StatusCode
		resp.Body = newEvents(resp.Body, x.Limit)
		return resp, nil
	}
	defer resp.Body.Close()
	x.Body, err = io.ReadAll(&bounded{resp.Body, x.Limit})
	if err != nil {
		return nil, err
	}
	x.Status = resp.StatusCode
	resp.Body = io.NopCloser(bytes.NewReader(x.Body))
	return resp, nil
}

// streams reports whether a response is the stream that was asked for. Some servers
// do not label theirs; what is labelled as something else is something else.
func streams(resp *http.Response) bool {
	kind := mediaType(resp.Header)
	return resp.StatusCode < http.StatusMultipleChoices && !isPage(kind) && !strings.HasSuffix(kind, "json")
}

// IsPage reports whether the response is a page for browsers.
func (x *Exchange) IsPage() bool { return isPage(mediaType(x.Header)) }

func isPage(mediaType string) bool { return strings.Contains(mediaType, "html") }

func mediaType(h http.Header) string {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")) // empty when it is none
	return kind
}

// bounded fails where a reader has more than left bytes.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}
