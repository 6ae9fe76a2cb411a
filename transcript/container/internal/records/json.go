package records

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// readJSON makes a tree of JSON. Values that are no texts, numbers, objects or arrays
// are left out.
func readJSON(ctx context.Context, plain string) (*node, error) {
	d := json.NewDecoder(content.Reader(ctx, strings.NewReader(plain)))
	d.UseNumber()
	t := newTree(len(plain))
	err := t.value(d, "document")
	if known := (*content.Error)(nil); err == nil || errors.As(err, &known) {
		return t.open[0], err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, content.Invalid("the JSON is malformed at byte %d; give the whole file", d.InputOffset())
}

// value reads the next value as an element of this name.
func (t *tree) value(d *json.Decoder, name string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch v := token.(type) {
	case string:
		return t.leaf(name, v)
	case json.Number:
		return t.leaf(name, string(v))
	case json.Delim:
		if v == '[' {
			return t.elements(d, name)
		}
		if err := t.begin(&node{name: name}, d.InputOffset()); err != nil {
			return err
		}
		err := t.members(d)
		t.end()
		return err
	}
	return nil
}

// leaf adds an element that holds a text alone.
func (t *tree) leaf(name, value string) error {
	return t.add(&node{name: name, children: []*node{{text: value}}})
}

// elements reads the elements of an array, up to its end.
func (t *tree) elements(d *json.Decoder, name string) error {
	if t.deep++; t.deep > deepestTree {
		return content.Invalid("the file is nested more than %d deep at byte %d; give a flatter file", deepestTree, d.InputOffset())
	}
	defer func() { t.deep-- }()
	for d.More() {
		if err := t.value(d, name); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// members reads the members of an object, up to its end.
func (t *tree) members(d *json.Decoder) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := t.value(d, t.nameOf(name)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}
