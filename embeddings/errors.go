package embeddings

import "github.com/pullquote/pullquote/internal/fault"

// Error says why there are no vectors: its Message in words for whoever asked, its
// Hint what the operator can check or set, its Err the cause. Its Code is "invalid"
// (the configuration or the text), "unauthorized", "rate_limited" or "unavailable".
// None of them holds a key.
type Error = fault.Error
