package eval

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
)

// Settings are the numbers that decide how the program ranks and answers. Each is an
// exported field of a struct, or of a struct in it, and has the path to it as its name:
// "retrieval.fusion.k" is Fusion.K of the struct that is called retrieval.
type Settings []Root

// Root is a struct of settings. Where it has a method Validate() error, that is asked
// whether a new value makes sense.
type Root struct {
	Name   string
	Values any // a pointer to the struct
}

// Setting is one number, time, or yes or no; or several of such.
type Setting struct {
	Name  string
	value reflect.Value
	root  any
}

// All are the settings, in the order of their structs' fields.
func (s Settings) All() []Setting {
	var all []Setting
	for _, r := range s {
		all = appendSettings(all, r, r.Name, reflect.ValueOf(r.Values).Elem())
	}
	return all
}

func appendSettings(all []Setting, r Root, name string, v reflect.Value) []Setting {
	if v.Kind() != reflect.Struct {
		return append(all, Setting{name, v, r.Values})
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			all = appendSettings(all, r, name+"."+snakeCase(field.Name), v.Field(i))
		}
	}
	return all
}

// snakeCase is a field's name in small letters: own_share for OwnShare, k1 for K1.
func snakeCase(field string) string {
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Set gives a setting another value, both in one text: name=value. Several values have
// commas between them. What is wrong with it is told in the words of a flag's error.
func (s Settings) Set(text string) error {
	name, value, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("write it as name=value")
	}
	all := s.All()
	i := slices.IndexFunc(all, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return fmt.Errorf("there is no such setting; the nearest are %s", strings.Join(nearest(name, all), ", "))
	}
	return all[i].set(value)
}

// set parses and checks a value. One that is refused is taken back.
func (s Setting) set(text string) error {
	parsed, err := parse(text, s.value.Type())
	if err != nil {
		return err
	}
	before := reflect.New(s.value.Type()).Elem()
	before.Set(s.value)
	s.value.Set(parsed)
	if v, ok := s.root.(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			s.value.Set(before)
			return err
		}
	}
	return nil
}

// mostOfAnything bounds whole numbers: more passages, words or turns than any record has
// for one question, and few enough to make room for.
const mostOfAnything = 1_000_000

// parse reads a value of a setting's type.
func parse(text string, t reflect.Type) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || x < 0 || math.IsNaN(x) || math.IsInf(x, 0) {
			return v, fmt.Errorf("write a number such as 0.5, not below 0")
		}
		v.SetFloat(x)
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > mostOfAnything {
			return v, fmt.Errorf("write a whole number from 0 to %d", mostOfAnything)
		}
		v.SetInt(int64(n))
	case reflect.Int64:
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 || t != reflect.TypeFor[time.Duration]() {
			return v, fmt.Errorf("write a time such as 10s or 500ms, not below 0")
		}
		v.SetInt(int64(d))
	case reflect.Bool:
		yes, err := strconv.ParseBool(text)
		if err != nil {
			return v, fmt.Errorf("write true or false")
		}
		v.SetBool(yes)
	case reflect.Array:
		return parseArray(text, t)
	default:
		return v, fmt.Errorf("a setting cannot be of type %s", t)
	}
	return v, nil
}

// parseArray reads values with commas between them.
func parseArray(text string, t reflect.Type) (reflect.Value, error) {
	array := reflect.New(t).Elem()
	parts := strings.Split(text, ",")
	if len(parts) != t.Len() {
		return array, fmt.Errorf("write %d values with commas between them", t.Len())
	}
	for i, part := range parts {
		element, err := parse(part, t.Elem())
		if err != nil {
			return array, err
		}
		array.Index(i).Set(element)
	}
	return array, nil
}

// String is the value as Set reads it.
func (s Setting) String() string {
	if s.value.Kind() != reflect.Array {
		return fmt.Sprint(s.value)
	}
	parts := make([]string, s.value.Len())
	for i := range parts {
		parts[i] = fmt.Sprint(s.value.Index(i))
	}
	return strings.Join(parts, ",")
}

// suggested is how many names are told of those near to one that is none.
const suggested = 3

// nearest are the names whose fields take the fewest edits to become the field of name,
// and of these first those whose paths do.
func nearest(name string, all []Setting) []string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Name
	}
	field := func(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
	apart := func(candidate string) int { // a group's name, or a part of a setting's, means that setting
		if strings.Contains(candidate, name) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(apart(a), apart(b)), cmp.Compare(words.Edits(field(name), field(a)), words.Edits(field(name), field(b))), cmp.Compare(words.Edits(name, a), words.Edits(name, b)))
	})
	return names[:min(suggested, len(names))]
}
