package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// goWords are words of the program's own that no error may have: its types and what its decoder
// says of them.
var goWords = regexp.MustCompile(`\b(Go|struct|bool|slice|json:|unmarshal|UnmarshalJSON|reflect|float64|int64|map\[|interface|[a-z]+\.[A-Z]\w+|[A-Z][a-z]+[A-Z]\w*)\b`)

// A field of the wrong type, in any body that is JSON, is told by its own name, in words that
// know nothing of the program.
func TestWrongTypes(t *testing.T) {
	t.Parallel()
	config, _ := newMCP(t)
	doc := loadDescription(t)
	handler := New(config)
	tried := 0
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			if operation.RequestBody == nil || path == "/mcp" || path == "/v1/transcripts" || path == "/signin" {
				continue // another protocol; a file, whose reader has words of its own; and a form
			}
			body := operation.RequestBody.Value.Content["application/json"]
			for _, wrong := range wrongBodies(t, body.Schema.Value, body.Example) {
				tried++
				target := strings.NewReplacer("{id}", "00000000-0000-7000-8000-000000000000", "{name}", "harbours", "{n}", "0", "/v1/export", "/v1/export?format=md").Replace(path)
				r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(wrong.body))
				r.Header.Set("Content-Type", "application/json")
				recorded := httptest.NewRecorder()
				handler.ServeHTTP(recorded, r)
				var p problem
				if err := json.Unmarshal(recorded.Body.Bytes(), &p); err != nil || p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusBadRequest {
					t.Errorf("%s %s %s: answered with %d, %s", method, path, wrong.body, recorded.Code, recorded.Body)
					continue
				}
				if detail := strings.ReplaceAll(p.Detail, wrong.body, ""); !strings.Contains(detail, wrong.field) || goWords.MatchString(detail) {
					t.Errorf("%s %s %s: told %q", method, path, wrong.body, p.Detail)
				}
			}
		}
	}
	if tried < 40 {
		t.Errorf("only %d fields were tried", tried)
	}
}

// wrongBody is a body in which a field has a value of another type than it takes.
type wrongBody struct{ field, body string }

// wrongBodies are bodies like an example, in each of which one field of the schema is wrong.
func wrongBodies(t *testing.T, schema *openapi3.Schema, example any) (wrong []wrongBody) {
	t.Helper()
	for name, property := range schema.Properties {
		for _, value := range []any{map[string]any{"x": 1}, []any{[]any{}}, 1.5, true, "words"} {
			if takes(property.Value, value) {
				continue
			}
			wrong = append(wrong, wrongBody{name, with(t, example, name, value)})
		}
		nested := property.Value
		if len(nested.AnyOf) > 0 { // an object, or null
			nested = nested.AnyOf[0].Value
		}
		if len(nested.Properties) > 0 {
			for _, w := range wrongBodies(t, nested, map[string]any{}) {
				wrong = append(wrong, wrongBody{w.field, with(t, example, name, json.RawMessage(w.body))})
			}
		}
	}
	return wrong
}

// with is an object with another value of a field, as JSON.
func with(t *testing.T, object any, name string, value any) string {
	t.Helper()
	fields := maps.Clone(object.(map[string]any))
	fields[name] = value
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// takes reports whether a schema may take a value, or says nothing of it. Another text than it
// takes is of its type.
func takes(schema *openapi3.Schema, value any) bool {
	if slices.ContainsFunc(schema.AnyOf, func(one *openapi3.SchemaRef) bool { return takes(one.Value, value) }) {
		return true
	}
	if schema.Type == nil {
		return len(schema.AnyOf) == 0
	}
	_, text := value.(string)
	return text && schema.Type.Includes("string") || schema.VisitJSON(value, openapi3.EnableJSONSchema2020()) == nil
}
