package tokenizer

import "encoding/json"

// processor is the post-processor of tokenizer.json: the fields of all types
// together.
type processor struct {
	Type string `json:"type"`

	Single        []partDescription `json:"single"`
	Pair          []partDescription `json:"pair"`
	SpecialTokens map[string]struct {
		IDs []int32 `json:"ids"`
	} `json:"special_tokens"`

	CLS namedID `json:"cls"`
	SEP namedID `json:"sep"`
}

type partDescription struct {
	Sequence *struct {
		ID   string `json:"id"`
		Type int32  `json:"type_id"`
	}
	SpecialToken *struct {
		ID   string `json:"id"`
		Type int32  `json:"type_id"`
	}
}

// namedID is a token and its id, written as an array.
type namedID struct {
	token string
	id    int32
}

func (n *namedID) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&n.token, &n.id})
}

// templates are those for one text and for two.
func (p *processor) templates() (single, pair template, err error) {
	if p == nil {
		return template{{kind: firstText}}, template{{kind: firstText}, {kind: secondText, typ: 1}}, nil
	}
	switch p.Type {
	case "TemplateProcessing":
		if single, err = p.template(p.Single); err != nil {
			return nil, nil, err
		}
		pair, err = p.template(p.Pair)
		return single, pair, err
	case "BertProcessing":
		single, pair = bertTemplates(p.CLS.id, p.SEP.id)
		return single, pair, nil
	case "RobertaProcessing":
		single, pair = robertaTemplates(p.CLS.id, p.SEP.id)
		return single, pair, nil
	}
	return nil, nil, unsupported("it has the post-processor %q", p.Type)
}

// template reads a template with the ids of its special tokens.
func (p *processor) template(parts []partDescription) (template, error) {
	var t template
	for _, described := range parts {
		switch {
		case described.SpecialToken != nil:
			name := described.SpecialToken.ID
			token, ok := p.SpecialTokens[name]
			if !ok {
				return nil, invalid("its template has the token %q and no id for it", name)
			}
			for _, id := range token.IDs {
				t = append(t, part{kind: specialToken, id: id, typ: described.SpecialToken.Type})
			}
		case described.Sequence != nil && described.Sequence.ID == "A":
			t = append(t, part{kind: firstText, typ: described.Sequence.Type})
		case described.Sequence != nil && described.Sequence.ID == "B":
			t = append(t, part{kind: secondText, typ: described.Sequence.Type})
		default:
			return nil, invalid("its template has a part that is neither a text nor a special token")
		}
	}
	return t, nil
}

// bertTemplates are [CLS] a [SEP] and [CLS] a [SEP] b [SEP], b of type 1.
func bertTemplates(cls, sep int32) (single, pair template) {
	single = template{{id: cls}, {kind: firstText}, {id: sep}}
	pair = append(pair, single...)
	return single, append(pair, part{kind: secondText, typ: 1}, part{id: sep, typ: 1})
}

// robertaTemplates are <s> a </s> and <s> a </s></s> b </s>, all of type 0.
func robertaTemplates(cls, sep int32) (single, pair template) {
	single = template{{id: cls}, {kind: firstText}, {id: sep}}
	pair = append(pair, single...)
	return single, append(pair, part{id: sep}, part{kind: secondText}, part{id: sep})
}
