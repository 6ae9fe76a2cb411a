package llmtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Request is what a model is asked.
type Request struct {
	N             int    // 0 for the server's first
	Authorization string // the header
	Model         string
	System, User  string // the prompt

	Stream              bool
	IncludeUsage        bool     // the stream is to end with a count of tokens
	MaxTokens           int      // 0 when not given
	MaxCompletionTokens int      // 0 when not given
	Temperature         *float64 // nil when not given
	Schema              string   // of the JSON that the reply is to be; empty when any text will do
}

// Sentence is a numbered sentence of a prompt.
type Sentence struct {
	Number int    // 4 for [s4]
	Text   string // without its number
	Turn   string // the header line of its turn, without "Turn: "
}

// Speaker is the turn's speaker as the header names them, affiliation included.
func (s Sentence) Speaker() string {
	speaker, _, _ := strings.Cut(s.Turn, " | ")
	return speaker
}

var numbered = regexp.MustCompile(`^\[s(\d+)\] (.*)$`)

// Sentences are the numbered sentences of the prompt; none in a prompt that asks for
// something other than an answer.
func (r Request) Sentences() []Sentence {
	var sentences []Sentence
	turn := ""
	for line := range strings.Lines(r.User) {
		line = strings.TrimRight(line, "\n")
		if header, ok := strings.CutPrefix(line, "Turn: "); ok {
			turn = header
		}
		if m := numbered.FindStringSubmatch(line); m != nil {
			n, err := strconv.Atoi(m[1])
			if err != nil {
				continue // a number beyond all numbers is none of ours
			}
			sentences = append(sentences, Sentence{n, m[2], turn})
		}
	}
	return sentences
}

// Question is the question that the prompt asks: what follows the last line's colon
// in "Question: …", or in "Last question: …" where the prompt asks for a question
// that stands alone.
func (r Request) Question() string {
	question := ""
	for line := range strings.Lines(r.User) {
		for _, label := range []string{"Question: ", "Last question: "} {
			if q, ok := strings.CutPrefix(line, label); ok {
				question = strings.TrimSpace(q)
			}
		}
	}
	return question
}

// readRequest reads a request for a completion. It is strict: what OpenAI's own
// server would not take is an error.
func readRequest(r *http.Request) (Request, error) {
	var body struct {
		Model    string `json:"model"`
		Messages []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
		Stream        bool `json:"stream"`
		StreamOptions *struct {
			IncludeUsage bool `json:"include_usage"`
		} `json:"stream_options"`
		MaxTokens           int      `json:"max_tokens"`
		MaxCompletionTokens int      `json:"max_completion_tokens"`
		Temperature         *float64 `json:"temperature"`
		ResponseFormat      *struct {
			Type       string `json:"type"`
			JSONSchema struct {
				Name   string          `json:"name"`
				Schema json.RawMessage `json:"schema"`
				Strict bool            `json:"strict"`
			} `json:"json_schema"`
		} `json:"response_format"`
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		return Request{}, err
	}
	req := Request{
		Authorization:       r.Header.Get("Authorization"),
		Model:               body.Model,
		Stream:              body.Stream,
		IncludeUsage:        body.StreamOptions != nil && body.StreamOptions.IncludeUsage,
		MaxTokens:           body.MaxTokens,
		MaxCompletionTokens: body.MaxCompletionTokens,
		Temperature:         body.Temperature,
	}
	if f := body.ResponseFormat; f != nil {
		if f.Type != "json_schema" || f.JSONSchema.Name == "" || !f.JSONSchema.Strict {
			return req, fmt.Errorf("response_format %+v is none of a strict JSON schema", *f)
		}
		req.Schema = string(f.JSONSchema.Schema)
		if err := checkStrict(f.JSONSchema.Schema); err != nil {
			return req, err
		}
	}
	if body.StreamOptions != nil && !body.Stream {
		return req, fmt.Errorf("stream_options without stream")
	}
	for _, m := range body.Messages {
		switch m.Role {
		case "system":
			req.System = m.Content
		case "user":
			req.User = m.Content
		default:
			return req, fmt.Errorf("messages of role %q are not expected", m.Role)
		}
	}
	return req, nil
}

// strictKeywords are those that OpenAI's strict mode and the grammars of local servers
// have in common.
var strictKeywords = map[string]bool{"maxItems": true, "type": true, "properties": true, "items": true, "required": true, "additionalProperties": true, "enum": true, "description": true}

// checkStrict holds a schema to what every server takes that takes any: of an object all
// properties are required and no others allowed.
func checkStrict(schema []byte) error {
	var s struct {
		Type       string
		Properties map[string]json.RawMessage
		Items      json.RawMessage
		Required   []string
		Additional *bool `json:"additionalProperties"`
	}
	var keywords map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(schema, &s), json.Unmarshal(schema, &keywords)); err != nil {
		return fmt.Errorf("the schema of response_format: %w", err)
	}
	for k := range keywords {
		if !strictKeywords[k] {
			return fmt.Errorf("the schema of response_format: %q is not permitted", k)
		}
	}
	if s.Type == "object" && (s.Additional == nil || *s.Additional || len(s.Required) != len(s.Properties)) {
		return fmt.Errorf("the schema of response_format: additionalProperties has to be false, and all properties required")
	}
	for _, p := range s.Properties {
		if err := checkStrict(p); err != nil {
			return err
		}
	}
	if s.Items != nil {
		return checkStrict(s.Items)
	}
	return nil
}
