package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// description is what the page of the documentation shows of openapi.json, in its order.
type description struct {
	Info struct {
		Title, Summary, Description string
	}
	Tags       []tag
	Paths      ordered[pathItem]
	Components struct {
		Parameters map[string]parameter
		Responses  map[string]response
		Schemas    ordered[schema]
	}
}

type tag struct{ Name, Description string }

type pathItem struct {
	Parameters               []parameter
	Get, Post, Patch, Delete *operation
}

type operation struct {
	Tags                 []string
	OperationID          string
	Summary, Description string
	Parameters           []parameter
	RequestBody          struct {
		Description string
		Content     ordered[media]
	}
	Responses ordered[response]
}

type parameter struct {
	Ref         string `json:"$ref"`
	Name, In    string
	Required    bool
	Description string
	Schema      schema
	Example     json.RawMessage // text, a number or true
}

type response struct {
	Ref         string `json:"$ref"`
	Description string
	Content     ordered[media]
}

type media struct {
	Schema  schema
	Example json.RawMessage
}

type schema struct {
	Ref         string          `json:"$ref"`
	Type        json.RawMessage // a name, or several
	Description string
	Required    []string
	Properties  ordered[schema]
	Items       *schema
	AnyOf       []schema
	Enum        []string
	Default     any
}

// ordered is an object of JSON whose fields stay in their order.
type ordered[T any] []field[T]

type field[T any] struct {
	Name  string
	Value T
}

// UnmarshalJSON reads an object.
func (o *ordered[T]) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if _, err := decoder.Token(); err != nil { // the brace
		return err
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		f := field[T]{Name: fmt.Sprint(name)}
		if err := decoder.Decode(&f.Value); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		*o = append(*o, f)
	}
	return nil
}

// readDescription reads openapi.json, and puts parameters and responses in the place of the
// references to them.
func readDescription(data []byte) (d description, err error) {
	if err := json.Unmarshal(data, &d); err != nil {
		return d, err
	}
	for _, path := range d.Paths {
		for _, m := range path.Value.operations() {
			m.Parameters = append(slices.Clone(path.Value.Parameters), m.Parameters...)
			for i, p := range m.Parameters {
				if p.Ref != "" {
					m.Parameters[i] = d.Components.Parameters[baseOf(p.Ref)]
				}
			}
			for i, r := range m.Responses {
				if r.Value.Ref != "" {
					m.Responses[i].Value = d.Components.Responses[baseOf(r.Value.Ref)]
				}
			}
		}
	}
	return d, nil
}

// baseOf is the name of what a reference refers to.
func baseOf(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

// methodOperation is an operation with its method.
type methodOperation struct {
	Method string
	*operation
}

func (p pathItem) operations() []methodOperation {
	all := []methodOperation{{"GET", p.Get}, {"POST", p.Post}, {"PATCH", p.Patch}, {"DELETE", p.Delete}}
	return slices.DeleteFunc(all, func(m methodOperation) bool { return m.operation == nil })
}
