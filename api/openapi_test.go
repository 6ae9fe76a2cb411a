package api

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// Every route is described in openapi.json, and everything described is a route.
func TestDescriptionHasEveryRoute(t *testing.T) {
	var described []string
	for path, item := range loadDescription(t).Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	var served []string
	for _, route := range newServer(Config{}).routes() {
		served = append(served, strings.TrimSuffix(route.pattern, "{$}"))
	}
	slices.Sort(described)
	slices.Sort(served)
	if !slices.Equal(described, served) {
		t.Errorf("openapi.json and routes() differ:\n described %q\n served    %q", described, served)
	}
}

func descriptionFile(t *testing.T) []byte {
	t.Helper()
	content, err := files.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// loadDescription reads openapi.json and closes its objects, but for those that it calls
// open: a field that a response has and the description does not is then an error.
func loadDescription(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(descriptionFile(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatalf("openapi.json is not an OpenAPI document: %v", err)
	}
	for _, schema := range doc.Components.Schemas {
		closeObjects(schema)
	}
	for _, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			for _, response := range operation.Responses.Map() {
				for _, media := range response.Value.Content {
					closeObjects(media.Schema)
				}
			}
		}
	}
	return doc
}

func closeObjects(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Ref != "" {
		return
	}
	schema := ref.Value
	if len(schema.Properties) > 0 && schema.AdditionalProperties.Has == nil {
		closed := false
		schema.AdditionalProperties = openapi3.BoolSchema{Has: &closed}
	}
	for _, property := range schema.Properties {
		closeObjects(property)
	}
	closeObjects(schema.Items)
}

// described is a handler whose every exchange is held to openapi.json: each
// response, and each request that was not refused.
type described struct {
	t       *testing.T
	handler http.Handler
	doc     *openapi3.T
	router  routers.Router
}

func newDescribed(t *testing.T, handler http.Handler) *described {
	t.Helper()
	doc := loadDescription(t)
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &described{t, handler, doc, router}
}

func (d *described) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	recorded := httptest.NewRecorder()
	d.handler.ServeHTTP(recorded, r)

	r.Body = io.NopCloser(bytes.NewReader(body))
	d.check(r, recorded)
	maps.Copy(w.Header(), recorded.Header())
	w.WriteHeader(recorded.Code)
	w.Write(recorded.Body.Bytes())
}

func (d *described) check(r *http.Request, response *httptest.ResponseRecorder) {
	d.t.Helper()
	route, params, err := d.router.FindRoute(r)
	if err != nil {
		if response.Code != http.StatusNotFound && response.Code != http.StatusMethodNotAllowed {
			d.t.Errorf("%s %s is not described, and was answered with %d", r.Method, r.URL, response.Code)
		}
		return
	}
	request := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			SkipSettingDefaults: true, ExcludeRequestBody: route.Path == "/v1/transcripts",
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, // whom the server lets in, the walk holds it to
		},
	}
	if response.Code < 300 {
		if err := openapi3filter.ValidateRequest(r.Context(), request); err != nil {
			d.t.Errorf("%s %s was accepted, but is not as described: %v", r.Method, r.URL, err)
		}
	}
	if err := openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request,
		Status:                 response.Code,
		Header:                 response.Header(),
		Body:                   io.NopCloser(bytes.NewReader(response.Body.Bytes())),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true},
	}); err != nil {
		d.t.Errorf("the response of %s %s is not as described: %v", r.Method, r.URL, err)
	}
}

// checkData holds the data of an event to a schema of the description.
func (d *described) checkData(schema string, data []byte) {
	d.t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		d.t.Fatalf("event data %q: %v", data, err)
	}
	if err := d.doc.Components.Schemas[schema].Value.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
		d.t.Errorf("event data is not a %s as described: %v", schema, err)
	}
}
