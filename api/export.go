package api

import (
	"bytes"
	"cmp"
	"context"
	"mime"
	"net/http"
	"net/url"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

func (s *server) exportAnswer(w http.ResponseWriter, r *http.Request) error {
	return s.export(w, r, func(ctx context.Context, id string) ([]answer.Answer, error) {
		a, err := s.Answers.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		return []answer.Answer{*a}, nil
	})
}

func (s *server) exportConversation(w http.ResponseWriter, r *http.Request) error {
	return s.export(w, r, func(ctx context.Context, id string) ([]answer.Answer, error) {
		c, err := s.Answers.Conversation(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(c.Answers) == 0 {
			return nil, fault.New(fault.NotFound, "the conversation %s has no answers yet; ask a question first", id)
		}
		return c.Answers, nil
	})
}

// export writes answers as a document to be saved.
func (s *server) export(w http.ResponseWriter, r *http.Request, read func(context.Context, string) ([]answer.Answer, error)) error {
	values, format, err := formatQuery(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	answers, err := read(r.Context(), id)
	if err != nil {
		return err
	}
	document, err := export.NewDocument(r.Context(), s.Library, answers, values.Get("style"))
	if err != nil {
		return err
	}
	return send(w, document, format, id)
}

// exportSearch writes what a search found as a document to be saved.
func (s *server) exportSearch(w http.ResponseWriter, r *http.Request, req searchRequest, result retrieval.Result, values url.Values) error {
	format, err := export.FormatOf(values.Get("format"))
	if err != nil {
		return err
	}
	document, err := export.NewDocument(r.Context(), s.Library, []answer.Answer{s.Answers.Found(req.Query, result)}, values.Get("style"))
	if err != nil {
		return err
	}
	document.Search = &export.Search{Query: req.Query, Filter: req.Filter, Limit: req.Limit}
	return send(w, document, format, "search")
}

// exportClippings writes the words at the places that are named as a document to be saved.
func (s *server) exportClippings(w http.ResponseWriter, r *http.Request) error {
	values, format, err := formatQuery(r)
	if err != nil {
		return err
	}
	title, places, err := readClippings(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	clipped, err := s.Verifier.Clippings(ctx, s.Library, cmp.Or(title, "Clippings"), places)
	if err != nil {
		return err
	}
	document, err := export.NewDocument(ctx, s.Library, []answer.Answer{clipped}, values.Get("style"))
	if err != nil {
		return err
	}
	return send(w, document, format, "clippings")
}

// formatQuery reads the parameters of an export.
func formatQuery(r *http.Request) (values url.Values, format export.Format, err error) {
	if values, err = query(r, "format", "style"); err != nil {
		return nil, format, err
	}
	if values.Get("format") == "" {
		return nil, format, fault.New(fault.Invalid, "no format is named; add ?format= with one of %s", export.FormatList())
	}
	format, err = export.FormatOf(values.Get("format"))
	return values, format, err
}

// send sends a document as a file.
func send(w http.ResponseWriter, document *export.Document, format export.Format, name string) error {
	var file bytes.Buffer
	if err := format.Write(&file, document); err != nil {
		return err
	}
	sendFile(w, file.Bytes(), format.MediaType, "pullquote-"+name+format.Extension)
	return nil
}

// sendFile sends a file to be saved under a name.
func sendFile(w http.ResponseWriter, file []byte, mediaType, name string) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Write(file) // fails only when nobody reads any more
}
