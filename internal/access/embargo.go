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

// Manages reports whether a context is of whoever may see what is embargoed, and lift it: the
// holder of an admin key, or the operator.
func Manages(ctx context.Context) bool {
	g, ok := Of(ctx)
	return !ok || g.May(Admin)
}

// Managing is WithEmbargoed for whoever Manages.
func Managing(ctx context.Context) context.Context {
	if !Manages(ctx) {
		return ctx
	}
	return WithEmbargoed(ctx)
}
