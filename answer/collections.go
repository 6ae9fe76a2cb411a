package answer

import "context"

// ask asks one collection after the other until one answers. Of those that do
// not, only the last says so.
func (s *Service) ask(ctx context.Context, req Request, searched followUp, emit func(Event) error) (a *Answer, err error) {
	collections := req.Collections
	if len(collections) == 0 {
		collections = []string{req.Filter.Collection}
	}
	for i, collection := range collections {
		req.Filter.Collection = collection
		heard := emit
		if i < len(collections)-1 {
			heard = unlessDeclined(emit)
		}
		a, err = s.attempt(ctx, req, searched, heard)
		if err != nil || a.Answerable {
			break
		}
	}
	return a, err
}

// unlessDeclined suppresses the refusal of a collection that does not answer, so that the
// next one can be asked.
func unlessDeclined(emit func(Event) error) func(Event) error {
	return func(e Event) error {
		if d, ok := e.(Delta); ok && d.Declines {
			return nil
		}
		return emit(e)
	}
}
