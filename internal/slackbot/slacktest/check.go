package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// checker collects what is wrong with blocks, in the words of Slack's validator.
type checker struct {
	citations bool
	problems  []string
}

func (c *checker) wrong(path, format string, a ...any) {
	c.problems = append(c.problems, fmt.Sprintf("[ERROR] "+format, a...)+" [json-pointer:"+path+"]")
}

// rule checks a value of decoded JSON.
type rule func(c *checker, path string, v any)

// fields are the rules of an object by the names of its fields. A name that ends
// with "!" is required; the empty name has the rule of the whole.
type fields map[string]rule

// object is the rule of an object with these fields and no others.
func object(f fields) rule {
	return func(c *checker, path string, v any) {
		o, ok := v.(map[string]any)
		if !ok {
			c.wrong(path, "must provide an object")
			return
		}
		if whole := f[""]; whole != nil {
			whole(c, path, o)
		}
		for name, r := range f {
			plain, required := strings.CutSuffix(name, "!")
			value, given := o[plain]
			if given {
				r(c, path+"/"+plain, value)
			} else if required {
				c.wrong(path, "missing required field: %s", plain)
			}
		}
		for name := range o {
			if f[name] == nil && f[name+"!"] == nil {
				c.wrong(path, "invalid additional property: %s", name)
			}
		}
	}
}

// variant is the rule of an object whose type names its kind.
func variant(kinds map[string]fields) rule {
	return func(c *checker, path string, v any) {
		o, _ := v.(map[string]any)
		kind, _ := o["type"].(string)
		f, known := kinds[kind]
		if !known {
			c.wrong(path, "unsupported type: %s", kind)
			return
		}
		object(f)(c, path, without(o, "type"))
	}
}

func without(o map[string]any, name string) map[string]any {
	rest := make(map[string]any, len(o))
	for k, v := range o {
		if k != name {
			rest[k] = v
		}
	}
	return rest
}

// str is a text of some characters.
func str(least, most int) rule {
	return func(c *checker, path string, v any) {
		s, ok := v.(string)
		switch n := utf8.RuneCountInString(s); {
		case !ok:
			c.wrong(path, "must provide a string")
		case n < least:
			c.wrong(path, "must be more than %d characters", least-1)
		case n > most:
			c.wrong(path, "must be less than %d characters", most+1)
		}
	}
}

// oneOf is one of some texts.
func oneOf(words ...string) rule {
	return func(c *checker, path string, v any) {
		if s, _ := v.(string); !slices.Contains(words, s) {
			c.wrong(path, "must be one of: %s", strings.Join(words, ", "))
		}
	}
}

func boolean(c *checker, path string, v any) {
	if _, ok := v.(bool); !ok {
		c.wrong(path, "must provide a boolean")
	}
}

func number(c *checker, path string, v any) {
	if _, ok := v.(json.Number); !ok {
		c.wrong(path, "must provide a number")
	}
}

// anything is not looked into.
func anything(*checker, string, any) {}

// link is an address.
func link(most int) rule {
	return func(c *checker, path string, v any) {
		str(1, most)(c, path, v)
		if s, _ := v.(string); !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "mailto:") {
			c.wrong(path, "must be a valid URL")
		}
	}
}

// list is an array whose items follow a rule.
func list(least, most int, item rule) rule {
	return func(c *checker, path string, v any) {
		items, ok := v.([]any)
		switch {
		case !ok:
			c.wrong(path, "must provide an array")
		case len(items) < least:
			c.wrong(path, "no less than %d items allowed", least)
		case len(items) > most:
			c.wrong(path, "no more than %d items allowed", most)
		}
		for i, v := range items {
			item(c, fmt.Sprintf("%s/%d", path, i), v)
		}
	}
}

// someOf the fields are given: one at least, and no more than some.
func someOf(most int, names ...string) rule {
	return func(c *checker, path string, v any) {
		o, _ := v.(map[string]any)
		given := 0
		for _, name := range names {
			if o[name] != nil {
				given++
			}
		}
		if given < 1 || given > most {
			c.wrong(path, "must have one of: %s", strings.Join(names, ", "))
		}
	}
}
