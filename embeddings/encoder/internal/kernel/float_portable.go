package kernel

import "unsafe"

func floatTilePortable(t *floatTile) {
	width := int(t.columns)
	for r := range uintptr(RowBlock) {
		out := floats(t.out, r*t.outStride, width)
		a := floats(t.a, r*t.aStride, int(t.depth))
		clear(out)
		if t.bias != nil {
			copy(out, floats(t.bias, 0, width))
		}
		for k, x := range a {
			for c, y := range floats(t.b, uintptr(k)*t.bStride, width) {
				out[c] += x * y
			}
		}
	}
}

// floats are n numbers that begin some bytes after p.
func floats(p *float32, bytes uintptr, n int) []float32 {
	return unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(p), bytes)), n)
}
