package mcpserver

import (
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/pullquote/pullquote/transcript/model"
)

// filterDescriptions explain the fields of retrieval.Filter, which every tool that looks
// into the record takes beside its own arguments.
var filterDescriptions = map[string]string{
	"collection": "Only this collection, by name. Without it the collection called default.",
	"transcript": "Only this transcript, by id.",
	"speaker":    "Only this speaker: a name, or a part of one.",
	"role":       "Only turns of this role.",
	"from":       "Only events of this day and later: 2031-04-02.",
	"to":         "Only events of this day and earlier: 2031-04-02.",
}

// inputSchema describes arguments. Those that a tool can do without may be null or empty.
func inputSchema[In any]() *jsonschema.Schema {
	schema := schemaOf[In]()
	for name, property := range schema.Properties {
		if description, filter := filterDescriptions[name]; filter {
			property.Description = description
		}
	}
	if role := schema.Properties["role"]; role != nil {
		for _, r := range model.Roles {
			role.Enum = append(role.Enum, string(r))
		}
	}
	for _, day := range []string{"from", "to"} {
		if property := schema.Properties[day]; property != nil {
			property.Format = "date"
		}
	}
	return schema
}

// outputSchema describes a result. It is open, as later versions have more fields, and
// its lists are never null.
func outputSchema[Out any]() *jsonschema.Schema {
	schema := schemaOf[Out]()
	promise(schema)
	return schema
}

func promise(schema *jsonschema.Schema) {
	if schema == nil {
		return
	}
	if len(schema.Properties) > 0 {
		schema.AdditionalProperties = nil
	}
	if slices.Equal(schema.Types, []string{"null", "array"}) {
		schema.Type, schema.Types = "array", nil
	}
	for _, property := range schema.Properties {
		promise(property)
	}
	promise(schema.Items)
}

// schemaOf is made of a type, whose fields have their descriptions in tags. It fails for
// no type of this package, which its tests see.
func schemaOf[T any]() *jsonschema.Schema {
	schema, err := jsonschema.For[T](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[model.Optional](): {Types: []string{"null", "string"}},
	}})
	if err != nil {
		panic(err)
	}
	return schema
}
