package model

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Optional is a string that may be absent: empty in Go, null in JSON and SQL.
type Optional string

// MarshalJSON writes null for an absent string.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// UnmarshalJSON reads null as an absent string.
func (o *Optional) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*o = ""
	if s != nil {
		*o = Optional(*s)
	}
	return nil
}

// Scan reads a nullable text column.
func (o *Optional) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*o = ""
	case string:
		*o = Optional(v)
	case []byte:
		*o = Optional(v)
	default:
		return fmt.Errorf("cannot read %T as optional text", src)
	}
	return nil
}

// Value writes an absent string as NULL.
func (o Optional) Value() (driver.Value, error) {
	if o == "" {
		return nil, nil
	}
	return string(o), nil
}
