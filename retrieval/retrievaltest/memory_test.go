package retrievaltest

import "testing"

func TestMemory(t *testing.T) {
	TestRecord(t, func(*testing.T) Record { return new(Memory) })
}
