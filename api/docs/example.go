package docs

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// example is a request that can be tried.
type example struct {
	method, target string
	headers        []string
	body           string
	saved          bool // the response is a file
}

// example is the parameter's example as a request has it.
func (p parameter) example() string {
	var text string
	if json.Unmarshal(p.Example, &text) == nil {
		return text
	}
	return string(p.Example) // a number, or true
}

// exampleOf is the request of the examples of an operation's parameters and of its body.
func (o methodOperation) exampleOf(path string) example {
	e := example{method: o.Method, target: path, saved: o.answersWithFile()}
	query := url.Values{}
	for _, p := range o.Parameters {
		switch {
		case p.Example == nil:
		case p.In == "path":
			e.target = strings.ReplaceAll(e.target, "{"+p.Name+"}", url.PathEscape(p.example()))
		case p.In == "query":
			query.Set(p.Name, p.example())
		case p.In == "header":
			e.headers = append(e.headers, p.Name+": "+p.example())
		}
	}
	if len(query) > 0 {
		e.target += "?" + query.Encode()
	}
	for _, content := range o.RequestBody.Content {
		if content.Value.Example != nil {
			e.headers = append(e.headers, "Content-Type: "+content.Name)
			e.body = bodyOf(content.Name, content.Value.Example)
			break
		}
	}
	return e
}

// bodyOf is an example as it is sent.
func bodyOf(mediaType string, data json.RawMessage) string {
	var fields map[string]string
	if mediaType != "application/x-www-form-urlencoded" || json.Unmarshal(data, &fields) != nil {
		return readable(data)
	}
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	return form.Encode()
}

// answersWithFile reports whether the first response is neither text nor JSON.
func (o methodOperation) answersWithFile() bool {
	if len(o.Responses) == 0 || len(o.Responses[0].Value.Content) == 0 {
		return false
	}
	return slices.ContainsFunc(o.Responses[0].Value.Content, func(f field[media]) bool {
		return f.Name == "*/*" || strings.HasPrefix(f.Name, "application/vnd.openxmlformats") && o.Method == "GET"
	})
}

// readable is JSON as a person writes it: on one line where that is short.
func readable(data json.RawMessage) string {
	const short = 90 // columns
	var line, lines bytes.Buffer
	if json.Compact(&line, data) != nil || json.Indent(&lines, data, "", "  ") != nil { // it was read as JSON before
		return string(data)
	}
	if line.Len() <= short {
		return line.String()
	}
	return lines.String()
}

// curl is the command that sends the request to a server.
func (e example) curl(base string) string {
	parts := []string{"curl"}
	if e.saved {
		parts = append(parts, "-OJ")
	}
	if e.method != "GET" && !(e.method == "POST" && e.body != "") {
		parts = append(parts, "-X "+e.method)
	}
	parts = append(parts, quoted(base+e.target))
	for _, h := range e.headers {
		parts = append(parts, "\\\n  -H "+quoted(h))
	}
	if e.body != "" {
		parts = append(parts, "\\\n  -d "+quoted(e.body))
	}
	return strings.Join(parts, " ")
}

// quoted is a word of a shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
