package pdf

import "github.com/tetratelabs/wazero/experimental"

// memoryLimit is how many bytes PDFium may take for one file: several times the largest that
// is taken. Only a file that was made for it wants more.
const memoryLimit = 512 << 20

// memory is what PDFium has for one file. It is reserved as one piece, of which only what
// is written to takes memory: one that grows is copied, and takes up to three times as much.
type memory []byte

// reserve implements experimental.MemoryAllocator, whatever the module may declare.
func reserve(_, _ uint64) experimental.LinearMemory { return make(memory, memoryLimit) }

// Reallocate implements experimental.LinearMemory.
func (m memory) Reallocate(size uint64) []byte {
	if size > memoryLimit {
		return nil // which PDFium takes for an allocation that failed
	}
	return m[:size]
}

// Free implements experimental.LinearMemory.
func (memory) Free() {}
