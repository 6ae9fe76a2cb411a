package retrievaltest

import "testing"

func TestMemory(t *testing.T) {
	TestRecord(t, func(*testing.T) Store { return new(Memory) })
}
