package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
)

// decode reads one JSON object into a struct, and nothing else: a field that the
// struct does not have is refused by name, because a misspelt filter that is
// ignored would search everything.
func decode(data []byte, into any) error {
	if len(strings.TrimSpace(string(data))) == 0 {
		return fault.New(fault.Invalid, "the body is empty; send a JSON object")
	}
	if !utf8.Valid(data) {
		return fault.New(fault.Invalid, "the body is not UTF-8; encode it so")
	}
	var body any
	if err := json.Unmarshal(data, &body); err != nil {
		return fault.Wrap(err, fault.Invalid, "the body is not JSON%s; correct it", placeOf(err))
	}
	if _, ok := body.(map[string]any); !ok {
		return fault.New(fault.Invalid, "the body must be a JSON object, in braces")
	}
	if err := known(body, reflect.TypeOf(into).Elem(), ""); err != nil {
		return err
	}
	err := json.Unmarshal(data, into)
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fault.New(fault.Invalid, "%s cannot be a JSON %s; it is %s", e.Field, e.Value, kindOf(e.Type))
	}
	return err
}

// placeOf says where JSON goes wrong.
func placeOf(err error) string {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf(", from byte %d on", e.Offset)
	}
	return ""
}

// known refuses fields of value that t does not have, and text that cannot be
// stored. The path says where value stands in the body.
func known(value any, t reflect.Type, path string) error {
	if t == reflect.TypeFor[correction.Setting]() {
		if _, text := value.(string); !text && value != nil {
			return fault.New(fault.Invalid, "%s is neither text nor null; give one of them", path)
		}
	}
	switch value := value.(type) {
	case string:
		if !isText(value) {
			return fault.New(fault.Invalid, "%s has a NUL character; remove it", path)
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil // left to the decoder, which says what is wanted instead
		}
		fields, names := fieldsOf(t)
		for _, name := range slices.Sorted(maps.Keys(value)) {
			place := strings.TrimPrefix(path+"."+name, ".")
			if fields[name] == nil {
				return fault.New(fault.Invalid, "%q is not a known field; use %s", place, strings.Join(names, ", "))
			}
			if err := known(value[name], fields[name], place); err != nil {
				return err
			}
		}
	}
	return nil
}

// fieldsOf are the types of a struct's fields by their names in JSON, and the
// names in order.
func fieldsOf(t reflect.Type) (map[string]reflect.Type, []string) {
	fields, names := map[string]reflect.Type{}, []string{}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		fields[name] = f.Type
		names = append(names, name)
	}
	return fields, names
}

// kindOf names what a field takes, for the person who sent something else.
func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "a list"
	default:
		return "a " + t.Kind().String()
	}
}
