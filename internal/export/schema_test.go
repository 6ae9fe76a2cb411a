package export

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What is exported as JSON has the shape that is published, and the schema does
// refuse what has not.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../doc/export.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(file []byte) error {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	format, err := FormatOf("json")
	if err != nil {
		t.Fatal(err)
	}
	exported := written(t, format, sampleDocument(t, ""))
	if err := validate(exported); err != nil {
		t.Error(err)
	}
	for _, field := range []string{"quote", "speaker", "role", "question", "place", "date", "transcript_title", "start_char_index", "url",
		"transcript_sha256", "transcript_version", "target", "exact", "model", "created_at"} {
		if validate([]byte(strings.ReplaceAll(string(exported), `"`+field+`":`, `"other":`))) == nil {
			t.Errorf("an export without %s is valid", field)
		}
	}
}
