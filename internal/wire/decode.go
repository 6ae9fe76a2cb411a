package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
)

// Decode reads one JSON object into a struct, and nothing else: a field that the
// struct does not have is refused by name, because a misspelt filter that is
// ignored would search everything. Its errors call the object by what it is.
func Decode(what string, data []byte, into any) error {
	body, err := object(what, data)
	if err != nil {
		return err
	}
	if err := known(body, reflect.TypeOf(into).Elem(), ""); err != nil {
		return err
	}
	return decodeInto(data, into)
}

// DecodeForeign is Decode for objects whose form others have made: of their fields, those
// that the structs have are read.
func DecodeForeign(what string, data []byte, into ...any) error {
	if _, err := object(what, data); err != nil {
		return err
	}
	for _, part := range into {
		if err := decodeInto(data, part); err != nil {
			return err
		}
	}
	return nil
}

// object reads one JSON object.
func object(what string, data []byte) (map[string]any, error) {
	if len(strings.TrimSpace(string(data))) == 0 {
		return nil, fault.New(fault.Invalid, "the %s is empty; send a JSON object", what)
	}
	if !utf8.Valid(data) {
		return nil, fault.New(fault.Invalid, "the %s is not UTF-8; encode it so", what)
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the %s is not JSON%s; correct it", what, placeOf(err))
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fault.New(fault.Invalid, "the %s must be a JSON object, in braces", what)
	}
	return object, nil
}

// decodeInto reads an object into a struct.
func decodeInto(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		value := e.Value
		if value == "bool" {
			value = "boolean"
		}
		return fault.New(fault.Invalid, "%s cannot be a JSON %s; it is %s", fieldOf(e.Field), value, kindOf(e.Type))
	}
	return err
}

// fieldOf is a path of JSON's fields, without the names of embedded structs, which are the
// decoder's: no field of ours begins with a capital.
func fieldOf(path string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(path, "."), func(name string) bool { return name != "" && unicode.IsUpper(rune(name[0])) }), ".")
}

// placeOf says where JSON goes wrong.
func placeOf(err error) string {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf(", from byte %d on", e.Offset)
	}
	return ""
}

// known refuses fields of value that t does not have, and text that cannot be
// stored. The path says where value stands in the object.
func known(value any, t reflect.Type, path string) error {
	if t == reflect.TypeFor[correction.Setting]() {
		if _, text := value.(string); !text && value != nil {
			return fault.New(fault.Invalid, "%s is neither text nor null; give one of them", path)
		}
	}
	switch value := value.(type) {
	case string:
		if !IsText(value) {
			return fault.New(fault.Invalid, "%s has a NUL character; remove it", path)
		}
	case []any:
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		for i, item := range value {
			if item == nil {
				return fault.New(fault.Invalid, "%s[%d] cannot be a JSON null; leave it out", path, i)
			}
			if err := known(item, t, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
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
// names in order; those of an embedded struct are the struct's own.
func fieldsOf(t reflect.Type) (map[string]reflect.Type, []string) {
	fields, names := map[string]reflect.Type{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || f.Anonymous {
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
	case reflect.Bool:
		return "true or false"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice:
		return "a list"
	default:
		return "a number"
	}
}
