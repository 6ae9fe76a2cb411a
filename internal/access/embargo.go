package access

import "context"

type embargoedKey struct{}

// WithEmbargoed is a context in which the store reads what is embargoed, too. Without it
// nobody is shown any of that, whoever it is, so that it gets out by no way that was
// forgotten: the program asks for it where it stores and mends transcripts, and where it
// manages them for an administrator.
func WithEmbargoed(ctx context.Context) context.Context {
	return context.WithValue(ctx, embargoedKey{}, true)
}

// Embargoed reports whether a context is WithEmbargoed.
func Embargoed(ctx context.Context) bool {
	with, _ := ctx.Value(embargoedKey{}).(bool)
	return with
}

// Managing is WithEmbargoed for whoever may: the holder of an admin key, or the operator.
func Managing(ctx context.Context) context.Context {
	if g, ok := Of(ctx); ok && !g.May(Admin) {
		return ctx
	}
	return WithEmbargoed(ctx)
}
