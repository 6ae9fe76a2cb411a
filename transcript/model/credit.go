package model

import "fmt"

// Credit is whose words a text has, as far as the record tells.
type Credit struct {
	Label       Optional // as printed
	Speaker     Optional
	Affiliation Optional
	Role        Role
	Doubt       Optional // why it is uncertain who speaks; empty where it is certain
}

// Credit is whose words a turn has.
func (t Turn) Credit() Credit { return Credit{t.Label, t.Speaker, t.Affiliation, t.Role, t.Doubt} }

// Name names the speaker, with their affiliation; where nobody is named it is the words
// of unnamed. Who is uncertain is never named plainly: a reader who skips what stands in
// brackets has credited nobody.
func (c Credit) Name(unnamed string) string {
	switch {
	case c.Doubt != "" && c.Label != "":
		return fmt.Sprintf("speaker uncertain (printed: %s)", c.Label)
	case c.Doubt != "" && c.Speaker != "":
		return fmt.Sprintf("speaker uncertain (perhaps %s)", c.Speaker)
	case c.Doubt != "":
		return "speaker uncertain"
	case c.Speaker == "":
		return unnamed
	case c.Affiliation != "":
		return fmt.Sprintf("%s (%s)", c.Speaker, c.Affiliation)
	}
	return string(c.Speaker)
}

// Certain is the speaker, if it is certain who speaks; else nobody.
func (c Credit) Certain() Optional {
	if c.Doubt != "" {
		return ""
	}
	return c.Speaker
}
