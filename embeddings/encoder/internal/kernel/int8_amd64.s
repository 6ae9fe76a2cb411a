#include "textflag.h"

// The fields of int8Tile.
#define out 0
#define outStride 8
#define a 16
#define aStride 24
#define weights 32
#define groups 40
#define rowScale 48
#define rowLow 56
#define columnScale 64
#define columnSum 72
#define bias 80
#define biasStride 88

// DOT adds, to the sums of a row in 64 columns, the products of a group of its
// numbers with the group of each column in Z24 to Z27.
#define DOT(row, s0, s1, s2, s3) \
	VPBROADCASTD row, Z28; \
	VPDPBUSD     Z24, Z28, s0; \
	VPDPBUSD     Z25, Z28, s1; \
	VPDPBUSD     Z26, Z28, s2; \
	VPDPBUSD     Z27, Z28, s3

// SCALE turns the sums of 16 columns into the numbers they mean and stores them.
// Z28 is the row's scale, Z29 its low.
#define SCALE(sums, columns) \
	VCVTDQ2PS   sums, sums; \
	VMULPS      Z28, sums, sums; \
	VFMADD231PS columns(R13), Z29, sums; \
	VMOVUPS     columns(R12), Z30; \
	VFMADD213PS columns(BX), Z30, sums; \
	VMOVUPS     sums, columns(DI)

#define ROW(n, s0, s1, s2, s3) \
	VBROADCASTSS n(R10), Z28; \
	VBROADCASTSS n(R11), Z29; \
	SCALE(s0, 0); \
	SCALE(s1, 64); \
	SCALE(s2, 128); \
	SCALE(s3, 192); \
	ADDQ R14, DI; \
	ADDQ R15, BX

// func int8TileVNNI(t *int8Tile)
// The sums of 6 rows in 4 vectors of columns are in Z0 to Z23.
TEXT ·int8TileVNNI(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), AX
	MOVQ a(AX), SI
	MOVQ aStride(AX), R8
	MOVQ weights(AX), DX
	MOVQ groups(AX), CX
	LEAQ (R8)(R8*2), DI
	ADDQ SI, DI            // row 3
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	VPXORD Z8, Z8, Z8
	VPXORD Z9, Z9, Z9
	VPXORD Z10, Z10, Z10
	VPXORD Z11, Z11, Z11
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPXORD Z14, Z14, Z14
	VPXORD Z15, Z15, Z15
	VPXORD Z16, Z16, Z16
	VPXORD Z17, Z17, Z17
	VPXORD Z18, Z18, Z18
	VPXORD Z19, Z19, Z19
	VPXORD Z20, Z20, Z20
	VPXORD Z21, Z21, Z21
	VPXORD Z22, Z22, Z22
	VPXORD Z23, Z23, Z23

loop:
	VMOVDQU32 0(DX), Z24
	VMOVDQU32 64(DX), Z25
	VMOVDQU32 128(DX), Z26
	VMOVDQU32 192(DX), Z27
	DOT((SI), Z0, Z1, Z2, Z3)
	DOT((SI)(R8*1), Z4, Z5, Z6, Z7)
	DOT((SI)(R8*2), Z8, Z9, Z10, Z11)
	DOT((DI), Z12, Z13, Z14, Z15)
	DOT((DI)(R8*1), Z16, Z17, Z18, Z19)
	DOT((DI)(R8*2), Z20, Z21, Z22, Z23)
	ADDQ $4, SI
	ADDQ $4, DI
	ADDQ $256, DX
	DECQ CX
	JNZ  loop

	MOVQ rowScale(AX), R10
	MOVQ rowLow(AX), R11
	MOVQ columnScale(AX), R12
	MOVQ columnSum(AX), R13
	MOVQ outStride(AX), R14
	MOVQ biasStride(AX), R15
	MOVQ bias(AX), BX
	MOVQ out(AX), DI
	ROW(0, Z0, Z1, Z2, Z3)
	ROW(4, Z4, Z5, Z6, Z7)
	ROW(8, Z8, Z9, Z10, Z11)
	ROW(12, Z12, Z13, Z14, Z15)
	ROW(16, Z16, Z17, Z18, Z19)
	ROW(20, Z20, Z21, Z22, Z23)
	VZEROUPPER
	RET

// MADD adds, to the sums of a row in 8 columns, the products of a group of its
// numbers with the group of each column in Y12 and Y13. Sums are in pairs.
#define MADD(row, s0, s1) \
	VPBROADCASTQ (256*row)(SI), Y14; \
	VPMADDWD Y12, Y14, Y15; \
	VPADDD   Y15, s0, s0;   \
	VPMADDWD Y13, Y14, Y15; \
	VPADDD   Y15, s1, s1

// ROW8 turns the sums of a row in 8 columns into the numbers they mean and stores
// them. R9 is where the columns are, of four bytes each.
#define ROW8(row, s0, s1) \
	VPHADDD s1, s0, s0;                   \
	VPERMQ  $0xD8, s0, s0;                \
	VCVTDQ2PS s0, s0;                     \
	VBROADCASTSS (4*row)(R10), Y14;       \
	VBROADCASTSS (4*row)(R11), Y15;       \
	VMULPS Y14, s0, s0;                   \
	VFMADD231PS (R13)(R9*1), Y15, s0;     \
	VMOVUPS (R12)(R9*1), Y12;             \
	VFMADD213PS (BX)(R9*1), Y12, s0;      \
	VMOVUPS s0, (DI)(R9*1);               \
	ADDQ R14, DI;                         \
	ADDQ R15, BX

// func int8TileAVX2(t *int8Tile)
// In 16-bit integers, whose products have no room for saturation: first the 6 rows
// are widened to them, 128 numbers each, then come 8 columns at a time. The sums of
// 6 rows in two vectors of 4 columns are in Y0 to Y11.
TEXT ·int8TileAVX2(SB), 0, $1536-8
	MOVQ t+0(FP), AX
	MOVQ a(AX), R8
	LEAQ wide-1536(SP), R9
	MOVQ $6, R10

widen:
	MOVQ R8, SI
	MOVQ R9, DI
	MOVQ groups(AX), CX

four:
	SUBQ $4, CX
	JLT  rest
	VPMOVZXBW (SI), Y0
	VMOVDQU Y0, (DI)
	ADDQ $16, SI
	ADDQ $32, DI
	JMP  four

rest:
	ADDQ $4, CX

one:
	SUBQ $1, CX
	JLT  widened
	VMOVD (SI), X0
	VPMOVZXBW X0, X0
	VMOVQ X0, (DI)
	ADDQ $4, SI
	ADDQ $8, DI
	JMP  one

widened:
	ADDQ aStride(AX), R8
	ADDQ $256, R9
	DECQ R10
	JNZ  widen

	MOVQ rowScale(AX), R10
	MOVQ rowLow(AX), R11
	MOVQ columnScale(AX), R12
	MOVQ columnSum(AX), R13
	MOVQ outStride(AX), R14
	MOVQ biasStride(AX), R15
	XORQ R9, R9           // bytes of out, and of weights

columns:
	LEAQ wide-1536(SP), SI
	MOVQ weights(AX), DX
	ADDQ R9, DX
	MOVQ groups(AX), CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11

loop:
	VPMOVSXBW 0(DX), Y12
	VPMOVSXBW 16(DX), Y13
	MADD(0, Y0, Y1)
	MADD(1, Y2, Y3)
	MADD(2, Y4, Y5)
	MADD(3, Y6, Y7)
	MADD(4, Y8, Y9)
	MADD(5, Y10, Y11)
	ADDQ $8, SI
	ADDQ $256, DX
	DECQ CX
	JNZ  loop

	MOVQ out(AX), DI
	MOVQ bias(AX), BX
	ROW8(0, Y0, Y1)
	ROW8(1, Y2, Y3)
	ROW8(2, Y4, Y5)
	ROW8(3, Y6, Y7)
	ROW8(4, Y8, Y9)
	ROW8(5, Y10, Y11)
	ADDQ $32, R9
	CMPQ R9, $256
	JLT  columns
	VZEROUPPER
	RET
