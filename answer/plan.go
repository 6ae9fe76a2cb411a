package answer

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed prompts/plan.txt
var planInstructions string

// planSchema is the form of a plan. It is the same for every question: servers keep what
// they made of a schema, and some put it before the prompt. So the numbers have no bounds
// in it, and what is beyond the sentences shown is withheld. That there are few is in it,
// since small models go on counting; a server that takes no such bound is asked for prose.
const planSchema = `{
  "type": "object",
  "properties": {
    "quotations": {
      "type": "array",
      "maxItems": 3,
      "items": {
        "type": "object",
        "properties": {
          "sentences": {"type": "array", "maxItems": 4, "items": {"type": "integer"}},
          "link": {"type": "string"}
        },
        "required": ["sentences", "link"],
        "additionalProperties": false
      }
    }
  },
  "required": ["quotations"],
  "additionalProperties": false
}`

// planFormat asks for a plan.
func planFormat() *Format {
	return &Format{Name: "plan", System: planInstructions, Schema: json.RawMessage(planSchema)}
}

// planned is a quotation of a plan.
type planned struct {
	Sentences []json.RawMessage `json:"sentences"`
	Link      string            `json:"link"`
}

// plan reads a model's plan as it comes: each quotation is complete as soon as its
// brackets are closed, whatever becomes of the rest. The zero value is ready.
type plan struct {
	pending string // of the quotation that is open, or of what stands around them
	depth   int    // of brackets
	quoted  bool   // within a string
	escaped bool   // behind a backslash in one
}

// planDepth is how many brackets a quotation stands in, its own included: those of the
// plan, of the list and of the quotation.
const planDepth = 3

// add takes what came and returns the quotations that it completed, as they are written.
func (p *plan) add(delta string) (complete []string) {
	start := len(p.pending)
	p.pending += delta
	from := 0 // of what is pending
	for i := start; i < len(p.pending); i++ {
		switch c := p.pending[i]; {
		case p.escaped:
			p.escaped = false
		case p.quoted:
			p.escaped, p.quoted = c == '\\', c != '"'
		case c == '"':
			p.quoted = true
		case c == '{' || c == '[':
			if p.depth++; p.depth == planDepth {
				from = i
			}
		case c == '}' || c == ']':
			if p.depth == planDepth {
				complete = append(complete, p.pending[from:i+1])
				from = i + 1
			}
			p.depth--
		}
	}
	p.pending = p.pending[from:]
	return complete
}

// emptyPlan says that no sentence answers.
var emptyPlan = regexp.MustCompile(`"quotations"\s*:\s*\[\s*\]`)

// read reads a quotation of a plan.
func read(written string) (q planned, ok bool) {
	err := json.Unmarshal([]byte(written), &q)
	return q, err == nil
}

// numberText is a number that a model has written as a text: "4", "s4".
var numberText = regexp.MustCompile(`^\[?[sS]?(\d{1,6})\]?$`)

// numbers are the sentences' numbers in the order of the record, each once; false when
// something among them is none.
func (q planned) numbers() (numbers []int, ok bool) {
	for _, raw := range q.Sentences {
		written := string(raw)
		var text string
		if json.Unmarshal(raw, &text) == nil {
			m := numberText.FindStringSubmatch(text)
			if m == nil {
				return nil, false
			}
			written = m[1]
		}
		n, err := strconv.Atoi(written)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), true
}

// quotations are the runs of sentences that a quotation of a plan calls for, each within
// one turn.
func (s *shown) quotations(q planned) ([]excerpt, Reason) {
	numbers, ok := q.numbers()
	switch {
	case !ok || len(numbers) > s.runSentences:
		return nil, ReasonFabricated
	case len(numbers) == 0:
		return nil, ReasonUnsupported
	}
	var quotes []excerpt
	for _, n := range numbers {
		if n < 1 || n > len(s.sentences) {
			return nil, ReasonFabricated
		}
		quotes = appendRun(quotes, s.sentence(n))
	}
	return quotes, ""
}

// inPlan writes a quotation of a plan.
func (g *generation) inPlan(written string) error {
	if g.planned++; g.planned > maxPlanned {
		return nil
	}
	q, ok := read(written)
	if !ok {
		return g.writer.withhold(Withheld{Text: sanitize(written), Reason: ReasonFabricated})
	}
	quotes, reason := g.shown.quotations(q)
	if reason != "" {
		return g.writer.withhold(Withheld{Text: sanitize(written), Reason: reason})
	}
	link := sanitize(q.Link)
	return g.show(link, g.shown.stated(linked(plain(link), quotes)))
}

// linked are quotations behind their link.
func linked(link string, quotes []excerpt) []part {
	parts := []part{{prose: link}}
	for i := range quotes {
		parts = append(parts, part{quote: &quotes[i]})
	}
	return parts
}

// runsOn reports whether a plan goes on beyond what may be of use: small models may count
// from one sentence to the last, or repeat themselves without an end.
func (g *generation) runsOn() bool {
	open := g.plan.pending
	numbers := open[strings.LastIndexByte(open, '[')+1:]
	many := g.plan.depth > planDepth && strings.Count(numbers, ",") >= g.shown.runSentences
	return many || len(open) > maxPlannedBytes || g.planned >= maxPlanned
}

const (
	maxPlanned      = 6    // quotations of a plan: what an answer has is to be read
	maxPlannedBytes = 1000 // of one of them: more than its numbers and a link take
)

// fence is what models put around JSON where they are not kept from it.
var fence = regexp.MustCompile("^\\s*(?:```(?:json|JSON)?\\s*)?")

// form tells a plan from prose by how a reply begins; false while that is open.
func form(begins string) (isPlan, known bool) {
	rest := begins[len(fence.FindString(begins)):]
	switch {
	case rest == "":
		return false, false
	case strings.HasPrefix("```json", strings.TrimLeft(begins, " \t\r\n")) || !utf8.FullRuneInString(rest):
		return false, false
	}
	return rest[0] == '{', true
}
