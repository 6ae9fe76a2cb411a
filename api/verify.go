package api

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"net/url"
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

type verifyRequest struct {
	Text   string           `json:"text"`
	Filter retrieval.Filter `json:"filter"`
}

type verifyResponse struct {
	Text   string          `json:"text"` // the draft as it was read
	Quotes []placedVerdict `json:"quotes"`
	Short  int             `json:"short"`
}

// placedVerdict is a verdict with where its quotation stands in the text, in code points; null
// where it has a note instead, in an exported document.
type placedVerdict struct {
	answer.Verdict
	Start *int `json:"start"`
	End   *int `json:"end"`
}

// verify checks every quotation of a draft.
func (s *server) verify(w http.ResponseWriter, r *http.Request) error {
	file, source, filter, err := s.readDraft(r)
	if err != nil {
		return err
	}
	if filter, err = filter.Validate(r.Context()); err != nil { // also where there is no quotation to look for
		return err
	}
	if len(bytes.TrimSpace(file)) == 0 {
		return fault.New(fault.Invalid, "the draft is empty; send the text whose quotations are to be checked")
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	source.Open = s.Open.Within(ctx)
	checked, err := export.Verify(ctx, s.Verifier, s.Library, file, source, filter)
	if err != nil {
		return err
	}
	response := verifyResponse{Text: checked.Draft.Text, Quotes: []placedVerdict{}, Short: checked.Draft.Short}
	for i, v := range wire.Verdicts(checked.Verdicts) {
		placed := placedVerdict{Verdict: v}
		if span, ok := checked.SpanOf(i); ok {
			placed.Start, placed.End = &span.Start, &span.End
		}
		response.Quotes = append(response.Quotes, placed)
	}
	return writeJSON(w, http.StatusOK, response)
}

// draftTypes are the files that may be sent as they are. Others are refused: a
// client that forgot to name its JSON would have that read as the draft.
var draftTypes = []string{
	"text/plain", "text/markdown", "text/html", "application/xhtml+xml",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text", "application/msword", "application/pdf",
	"multipart/form-data",
}

// readDraft reads a draft: the text of a JSON body, or a file, with the filter in
// the query or in the fields of the form.
func (s *server) readDraft(r *http.Request) (file []byte, source draft.Source, filter retrieval.Filter, err error) {
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case mediaType == "application/json":
		var req verifyRequest
		err = readJSON(r, &req)
		return []byte(req.Text), draft.Source{ContentType: "text/markdown"}, req.Filter, err
	case !slices.Contains(draftTypes, mediaType):
		return nil, source, filter, fault.New(fault.Unsupported, "the body must be JSON, plain text, Markdown, HTML, PDF, .docx, .odt, .doc or a form; send it with the Content-Type of its kind")
	}
	about, err := query(r, draftParameters...)
	if err != nil {
		return nil, source, filter, err
	}
	sent, err := s.readFile(r, about, draftParameters)
	return sent.data, draft.Source{Filename: about.Get("filename"), ContentType: sent.contentType}, filterOf(about), err
}

// draftParameters are the name of a draft's file, and the fields of a filter.
var draftParameters = []string{"filename", "collection", "transcript", "speaker", "role", "from", "to"}

func filterOf(values url.Values) retrieval.Filter {
	return retrieval.Filter{
		Collection: values.Get("collection"), Transcript: values.Get("transcript"), Speaker: values.Get("speaker"),
		Role: model.Role(values.Get("role")), From: values.Get("from"), To: values.Get("to"),
	}
}
