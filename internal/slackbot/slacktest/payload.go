package slacktest

import (
	"bytes"
	"embed"
	"encoding/json"
	"text/template"
)

//go:embed payloads/*.tmpl
var payloads embed.FS

// fill writes a payload from its template. A template that does not give JSON is a
// mistake of this package.
func fill(name string, data any) json.RawMessage {
	t := template.New(name + ".tmpl").Funcs(template.FuncMap{"js": func(v any) string { return string(encode(v)) }})
	t = template.Must(t.ParseFS(payloads, "payloads/"+name+".tmpl"))
	var written, compact bytes.Buffer
	if err := t.Execute(&written, data); err != nil {
		panic("slacktest: " + err.Error())
	}
	if err := json.Compact(&compact, written.Bytes()); err != nil {
		panic("slacktest: " + name + ": " + err.Error() + "\n" + written.String())
	}
	return compact.Bytes()
}
