package embeddings

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// maxVectorBytes is more than a vector takes in JSON: 8,192 coordinates of 30 bytes.
const maxVectorBytes = 256 << 10

// exchange is the HTTP client of one request. It keeps of the response what
// go-openai does not hand on.
type exchange struct {
	client *http.Client
	limit  int64 // bytes of a response

	status int // 0: there was no whole response
	header http.Header
	body   []byte
}

// Do reads the whole body, so that a response cut short is a failure of the
// connection and not of the JSON in it.
func (x *exchange) Do(req *http.Request) (*http.Response, error) {
	resp, err := x.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	x.body, err = io.ReadAll(io.LimitReader(resp.Body, x.limit+1))
	if err != nil {
		return nil, err
	}
	x.status, x.header = resp.StatusCode, resp.Header
	if int64(len(x.body)) > x.limit {
		return nil, fmt.Errorf("the response has more than %d bytes", x.limit)
	}
	resp.Body = io.NopCloser(bytes.NewReader(x.body))
	return resp, nil
}

// hasNullElement reports whether an array of the body has a null in it. That is
// how llama.cpp writes a NaN, and encoding/json would read it as 0.
func (x *exchange) hasNullElement() bool {
	rest := x.body
	for {
		before, after, found := bytes.Cut(rest, []byte("null"))
		if !found {
			return false
		}
		before = bytes.TrimRight(before, " \t\r\n")
		if bytes.HasSuffix(before, []byte("[")) || bytes.HasSuffix(before, []byte(",")) {
			return true
		}
		rest = after
	}
}
