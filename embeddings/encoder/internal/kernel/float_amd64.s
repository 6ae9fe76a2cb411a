#include "textflag.h"

// The fields of floatTile.
#define out 0
#define outStride 8
#define a 16
#define aStride 24
#define b 32
#define bStride 40
#define depth 48
#define bias 56

#define LOAD \
	MOVQ t+0(FP), AX; \
	MOVQ a(AX), SI; \
	MOVQ aStride(AX), R8; \
	LEAQ (R8)(R8*2), R9; \
	ADDQ SI, R9               ; \
	MOVQ b(AX), DX; \
	MOVQ bStride(AX), R10; \
	MOVQ depth(AX), CX; \
	MOVQ out(AX), DI; \
	MOVQ outStride(AX), R11; \
	MOVQ bias(AX), BX

#define ZROW(number, s0, s1) \
	VBROADCASTSS number, Z14; \
	VFMADD231PS Z12, Z14, s0; \
	VFMADD231PS Z13, Z14, s1

#define ZSTORE(s0, s1) \
	VMOVUPS s0, 0(DI); \
	VMOVUPS s1, 64(DI); \
	ADDQ R11, DI

// func floatTile32(t *floatTile)
// The sums of 6 rows in two vectors of 16 columns are in Z0 to Z11.
TEXT ·floatTile32(SB), NOSPLIT, $0-8
	LOAD
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	TESTQ BX, BX
	JZ start
	VMOVUPS 0(BX), Z0
	VMOVUPS 64(BX), Z1

start:
	VMOVAPS Z0, Z2
	VMOVAPS Z1, Z3
	VMOVAPS Z0, Z4
	VMOVAPS Z1, Z5
	VMOVAPS Z0, Z6
	VMOVAPS Z1, Z7
	VMOVAPS Z0, Z8
	VMOVAPS Z1, Z9
	VMOVAPS Z0, Z10
	VMOVAPS Z1, Z11

loop:
	VMOVUPS 0(DX), Z12
	VMOVUPS 64(DX), Z13
	ZROW((SI), Z0, Z1)
	ZROW((SI)(R8*1), Z2, Z3)
	ZROW((SI)(R8*2), Z4, Z5)
	ZROW((R9), Z6, Z7)
	ZROW((R9)(R8*1), Z8, Z9)
	ZROW((R9)(R8*2), Z10, Z11)
	ADDQ $4, SI
	ADDQ $4, R9
	ADDQ R10, DX
	DECQ CX
	JNZ  loop

	ZSTORE(Z0, Z1)
	ZSTORE(Z2, Z3)
	ZSTORE(Z4, Z5)
	ZSTORE(Z6, Z7)
	ZSTORE(Z8, Z9)
	ZSTORE(Z10, Z11)
	VZEROUPPER
	RET

#define YROW(number, s0, s1) \
	VBROADCASTSS number, Y14; \
	VFMADD231PS Y12, Y14, s0; \
	VFMADD231PS Y13, Y14, s1

#define YSTORE(s0, s1) \
	VMOVUPS s0, 0(DI); \
	VMOVUPS s1, 32(DI); \
	ADDQ R11, DI

// func floatTileAVX2(t *floatTile)
// The sums of 6 rows in two vectors of 8 columns are in Y0 to Y11.
TEXT ·floatTileAVX2(SB), NOSPLIT, $0-8
	LOAD
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	TESTQ BX, BX
	JZ start
	VMOVUPS 0(BX), Y0
	VMOVUPS 32(BX), Y1

start:
	VMOVAPS Y0, Y2
	VMOVAPS Y1, Y3
	VMOVAPS Y0, Y4
	VMOVAPS Y1, Y5
	VMOVAPS Y0, Y6
	VMOVAPS Y1, Y7
	VMOVAPS Y0, Y8
	VMOVAPS Y1, Y9
	VMOVAPS Y0, Y10
	VMOVAPS Y1, Y11

loop:
	VMOVUPS 0(DX), Y12
	VMOVUPS 32(DX), Y13
	YROW((SI), Y0, Y1)
	YROW((SI)(R8*1), Y2, Y3)
	YROW((SI)(R8*2), Y4, Y5)
	YROW((R9), Y6, Y7)
	YROW((R9)(R8*1), Y8, Y9)
	YROW((R9)(R8*2), Y10, Y11)
	ADDQ $4, SI
	ADDQ $4, R9
	ADDQ R10, DX
	DECQ CX
	JNZ  loop

	YSTORE(Y0, Y1)
	YSTORE(Y2, Y3)
	YSTORE(Y4, Y5)
	YSTORE(Y6, Y7)
	YSTORE(Y8, Y9)
	YSTORE(Y10, Y11)
	VZEROUPPER
	RET
