#include "textflag.h"

// Instructions that the assembler does not know, on vectors of four numbers, by the
// numbers of their registers: d = n op m.
#define FADD4(m, n, d) WORD $(0x4E20D400 | m<<16 | n<<5 | d)
#define FSUB4(m, n, d) WORD $(0x4EA0D400 | m<<16 | n<<5 | d)
#define FMUL4(m, n, d) WORD $(0x6E20DC00 | m<<16 | n<<5 | d)
#define FDIV4(m, n, d) WORD $(0x6E20FC00 | m<<16 | n<<5 | d)
#define FMAX4(m, n, d) WORD $(0x4E20F400 | m<<16 | n<<5 | d)
#define FMIN4(m, n, d) WORD $(0x4EA0F400 | m<<16 | n<<5 | d)
#define FADDP4(m, n, d) WORD $(0x6E20D400 | m<<16 | n<<5 | d) // sums of neighbours
#define FABS4(n, d) WORD $(0x4EA0F800 | n<<5 | d)
#define FNEG4(n, d) WORD $(0x6EA0F800 | n<<5 | d)
#define FRINTN4(n, d) WORD $(0x4E218800 | n<<5 | d)  // to the nearest, ties to even
#define FCVTNS4(n, d) WORD $(0x4E21A800 | n<<5 | d)  // the same, as an integer
#define FCVTNU4(n, d) WORD $(0x6E21A800 | n<<5 | d)  // and without sign
#define FMAXV4(n, d) WORD $(0x6E30F800 | n<<5 | d)   // the largest of all four
#define FMINV4(n, d) WORD $(0x6EB0F800 | n<<5 | d)
#define UQXTN4(n, d) WORD $(0x2E614800 | n<<5 | d)   // 32-bit integers to 16, saturated,
#define UQXTN24(n, d) WORD $(0x6E614800 | n<<5 | d)  // to the upper half,
#define UQXTN8(n, d) WORD $(0x2E214800 | n<<5 | d)   // and 16-bit integers to 8

// CONSTANT loads one of the table, which R3 points to.
#define CONSTANT(n, f) FMOVQ (32*n)(R3), f

// EXPCONSTANTS loads what EXP needs.
#define EXPCONSTANTS \
	CONSTANT(0, F16); \
	CONSTANT(1, F17); \
	CONSTANT(2, F18); \
	CONSTANT(3, F19); \
	CONSTANT(4, F20); \
	CONSTANT(5, F21); \
	CONSTANT(6, F22); \
	CONSTANT(7, F23); \
	CONSTANT(8, F24); \
	CONSTANT(9, F25)

// EXP sets V0 to e^V0. It needs V1, V2 and V3.
#define EXP \
	FMAX4(25, 0, 0);              \
	FMUL4(16, 0, 1);              \
	FRINTN4(1, 1);                \
	VFMLS V17.S4, V1.S4, V0.S4;   \
	VFMLS V18.S4, V1.S4, V0.S4;   \
	VMOV  V20.B16, V2.B16;        \
	VFMLA V19.S4, V0.S4, V2.S4;   \
	VMOV  V21.B16, V3.B16;        \
	VFMLA V2.S4, V0.S4, V3.S4;    \
	VMOV  V22.B16, V2.B16;        \
	VFMLA V3.S4, V0.S4, V2.S4;    \
	VMOV  V23.B16, V3.B16;        \
	VFMLA V2.S4, V0.S4, V3.S4;    \
	VMOV  V24.B16, V2.B16;        \
	VFMLA V3.S4, V0.S4, V2.S4;    \
	VMOV  V24.B16, V3.B16;        \
	VFMLA V2.S4, V0.S4, V3.S4;    \
	FCVTNS4(1, 1);                \
	VSHL  $23, V1.S4, V1.S4;      \
	VADD  V1.S4, V3.S4, V0.S4

// func softmaxNEON(row []float32, constants *table)
TEXT ·softmaxNEON(SB), NOSPLIT, $0-32
	MOVD row_base+0(FP), R0
	MOVD row_len+8(FP), R1
	MOVD constants+24(FP), R3
	LSR  $2, R1
	CBZ  R1, done
	EXPCONSTANTS

	FMOVQ (R0), F4
	MOVD R0, R4
	MOVD R1, R5

highest:
	FMOVQ.P 16(R4), F0
	FMAX4(0, 4, 4)
	SUBS $1, R5
	BNE  highest
	FMAXV4(4, 4)
	VDUP V4.S[0], V4.S4

	VEOR V5.B16, V5.B16, V5.B16
	MOVD R0, R4
	MOVD R1, R5

powers:
	FMOVQ (R4), F0
	FSUB4(4, 0, 0)
	EXP
	FADD4(0, 5, 5)
	FMOVQ.P F0, 16(R4)
	SUBS $1, R5
	BNE  powers
	FADDP4(5, 5, 5)
	FADDP4(5, 5, 5)
	FDIV4(5, 24, 5)

share:
	FMOVQ (R0), F0
	FMUL4(5, 0, 0)
	FMOVQ.P F0, 16(R0)
	SUBS $1, R1
	BNE  share

done:
	RET

// func geluNEON(row []float32, constants *table)
// x·Φ(x) = max(x, 0) − |x|·erfc(|x|/√2)/2.
TEXT ·geluNEON(SB), NOSPLIT, $0-32
	MOVD row_base+0(FP), R0
	MOVD row_len+8(FP), R1
	MOVD constants+24(FP), R3
	LSR  $2, R1
	CBZ  R1, done
	EXPCONSTANTS
	CONSTANT(10, F26)
	CONSTANT(11, F27)
	CONSTANT(12, F28)
	CONSTANT(13, F29)
	CONSTANT(14, F30)
	CONSTANT(15, F31)
	CONSTANT(16, F15)
	VEOR V14.B16, V14.B16, V14.B16

loop:
	FMOVQ (R0), F5
	FABS4(5, 6)                   // |x|
	FMUL4(26, 6, 7)               // z
	VMOV V24.B16, V8.B16
	VFMLA V27.S4, V7.S4, V8.S4
	FDIV4(8, 24, 8)               // t
	FMUL4(7, 7, 0)
	FNEG4(0, 0)
	EXP
	VMOV V29.B16, V9.B16
	VFMLA V28.S4, V8.S4, V9.S4
	VMOV V30.B16, V10.B16
	VFMLA V9.S4, V8.S4, V10.S4
	VMOV V31.B16, V9.B16
	VFMLA V10.S4, V8.S4, V9.S4
	VMOV V15.B16, V10.B16
	VFMLA V9.S4, V8.S4, V10.S4
	FMUL4(8, 10, 10)
	FMUL4(0, 10, 10)              // erfc(z)
	FMUL4(23, 6, 6)
	FMAX4(14, 5, 5)
	VFMLS V6.S4, V10.S4, V5.S4
	FMOVQ.P F5, 16(R0)
	SUBS $1, R1
	BNE  loop

done:
	RET

// func addNormNEON(row, add, gain, bias []float32, epsilon float32)
TEXT ·addNormNEON(SB), NOSPLIT, $0-100
	MOVD row_base+0(FP), R0
	MOVD row_len+8(FP), R1
	MOVD add_base+24(FP), R2
	MOVD gain_base+48(FP), R3
	MOVD bias_base+72(FP), R4
	FMOVS epsilon+96(FP), F20
	SCVTFS R1, F6
	LSR  $2, R1
	VEOR V4.B16, V4.B16, V4.B16
	VEOR V5.B16, V5.B16, V5.B16
	MOVD R0, R5
	MOVD R1, R6

sum:
	FMOVQ (R5), F0
	FMOVQ.P 16(R2), F1
	FADD4(1, 0, 0)
	FMOVQ.P F0, 16(R5)
	FADD4(0, 4, 4)
	SUBS $1, R6
	BNE  sum
	FADDP4(4, 4, 4)
	FADDP4(4, 4, 4)
	FDIVS F6, F4, F4
	VDUP V4.S[0], V4.S4           // the mean
	MOVD R0, R5
	MOVD R1, R6

squares:
	FMOVQ.P 16(R5), F0
	FSUB4(4, 0, 0)
	VFMLA V0.S4, V0.S4, V5.S4
	SUBS $1, R6
	BNE  squares
	FADDP4(5, 5, 5)
	FADDP4(5, 5, 5)
	FDIVS F6, F5, F5
	FADDS F20, F5, F5
	FSQRTS F5, F5                 // the deviation
	FMOVS $1.0, F0
	FDIVS F5, F0, F5
	VDUP V5.S[0], V5.S4

norm:
	FMOVQ (R0), F0
	FMOVQ.P 16(R3), F1
	FMOVQ.P 16(R4), F2
	FSUB4(4, 0, 0)
	FMUL4(5, 0, 0)
	VFMLA V1.S4, V0.S4, V2.S4
	FMOVQ.P F2, 16(R0)
	SUBS $1, R1
	BNE  norm
	RET

// func extremesNEON(row []float32) (low, high float32)
TEXT ·extremesNEON(SB), NOSPLIT, $0-32
	MOVD row_base+0(FP), R0
	MOVD row_len+8(FP), R1
	LSR  $2, R1
	FMOVQ (R0), F4
	VMOV V4.B16, V5.B16

loop:
	FMOVQ.P 16(R0), F0
	FMIN4(0, 4, 4)
	FMAX4(0, 5, 5)
	SUBS $1, R1
	BNE  loop
	FMINV4(4, 4)
	FMAXV4(5, 5)
	FMOVS F4, low+24(FP)
	FMOVS F5, high+28(FP)
	RET

// func roundNEON(dst []uint8, row []float32, low, inverse float32)
TEXT ·roundNEON(SB), NOSPLIT, $0-56
	MOVD dst_base+0(FP), R0
	MOVD row_base+24(FP), R1
	MOVD row_len+32(FP), R2
	FMOVS low+48(FP), F4
	FMOVS inverse+52(FP), F5
	VDUP V4.S[0], V4.S4
	VDUP V5.S[0], V5.S4
	LSR  $3, R2

loop:
	FMOVQ.P 16(R1), F0
	FMOVQ.P 16(R1), F1
	FSUB4(4, 0, 0)
	FSUB4(4, 1, 1)
	FMUL4(5, 0, 0)
	FMUL4(5, 1, 1)
	FCVTNU4(0, 0)
	FCVTNU4(1, 1)
	UQXTN4(0, 2)
	UQXTN24(1, 2)
	UQXTN8(2, 2)
	FMOVD.P F2, 8(R0)
	SUBS $1, R2
	BNE  loop
	RET
