package rendertest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Write puts a file into a folder, what is right of it into the folders gold and turns
// below: the title, the date and the names of the labels, and a turn a line.
func (f File) Write(folder string) error {
	type turn struct {
		I       int    `json:"i"`
		Speaker string `json:"speaker"`
		Label   string `json:"label"`
		Text    string `json:"text"`
	}
	labels := map[string]string{}
	var turns bytes.Buffer
	lines := json.NewEncoder(&turns)
	lines.SetEscapeHTML(false)
	for i, t := range f.Turns {
		labels[t.Base] = strings.Join(append([]string{t.Base, t.Label}, t.Names...), " | ")
		if err := lines.Encode(turn{i, t.Base, t.Label, t.Text}); err != nil {
			return err
		}
	}
	gold, err := json.MarshalIndent(struct {
		File        string            `json:"file"`
		Title       *string           `json:"title"`
		Date        *string           `json:"date"`
		Labels      map[string]string `json:"labels"`
		FirstThree  []string          `json:"first_3_turns"`
		LastTurn    *string           `json:"last_turn"`
		Form        string            `json:"form"`
		HalfOfForms Half              `json:"half"`
	}{f.Name, stated(f.Title), stated(f.Date), labels, []string{}, nil, f.Form, HalfOf(f.Form)}, "", " ")
	if err != nil {
		return err
	}
	for path, data := range map[string][]byte{
		f.Name: f.Data, "gold/" + f.Name + ".json": gold, "turns/" + f.Name + ".jsonl": turns.Bytes(),
	} {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func stated(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
