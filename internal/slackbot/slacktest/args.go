package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// maxBody is what a request may have, in bytes.
const maxBody = 4 << 20

// args are the arguments of a method. A value is what stands in the form, or its
// JSON when it is not a string.
type args struct {
	token  string
	values map[string]string
}

// readArgs reads a form, a query or a JSON object.
func readArgs(r *http.Request) (args, error) {
	a := args{values: map[string]string{}}
	if token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); bearer {
		a.token = token
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return a, refuse("request_timeout")
	}
	a.addForm(r.URL.Query())
	if len(body) == 0 {
		return a.finish(), nil
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Content-Type") == "":
		return a, refuse("missing_post_type")
	case err != nil:
		return a, refuse("invalid_post_type")
	case media == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return a, refuse("invalid_form_data")
		}
		a.addForm(form)
	case media == "application/json":
		if err := a.addJSON(body); err != nil {
			return a, err
		}
	default:
		return a, refuse("invalid_post_type")
	}
	return a.finish(), nil
}

func (a args) addForm(form url.Values) {
	for name, values := range form {
		a.values[name] = values[0]
	}
}

// addJSON takes the fields of an object. With JSON, Slack reads the token from the
// header alone.
func (a args) addJSON(body []byte) error {
	if bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return refuse("invalid_json")
	}
	delete(fields, "token")
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		a.values[name] = text
	}
	return nil
}

// finish takes the token from the form when the header has none.
func (a args) finish() args {
	if a.token == "" {
		a.token = a.values["token"]
	}
	delete(a.values, "token")
	return a
}

func (a args) get(name string) string { return a.values[name] }

func (a args) has(name string) bool { _, ok := a.values[name]; return ok }

// flag reads a boolean; otherwise when it is not given.
func (a args) flag(name string, otherwise bool) bool {
	switch a.get(name) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return otherwise
}

func (a args) strings() map[string]string { return maps.Clone(a.values) }
