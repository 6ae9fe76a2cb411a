#include "textflag.h"

// CONSTANT is one of the table, which BX points to.
#define CONSTANT(n) (32*n)(BX)

// EXP sets Y0 to e^Y0. It needs Y1 and Y2.
#define EXP \
	VMAXPS       CONSTANT(9), Y0, Y0; \
	VMULPS       CONSTANT(0), Y0, Y1; \
	VROUNDPS     $0, Y1, Y1; \
	VFNMADD231PS CONSTANT(1), Y1, Y0; \
	VFNMADD231PS CONSTANT(2), Y1, Y0; \
	VMOVUPS      CONSTANT(3), Y2; \
	VFMADD213PS  CONSTANT(4), Y0, Y2; \
	VFMADD213PS  CONSTANT(5), Y0, Y2; \
	VFMADD213PS  CONSTANT(6), Y0, Y2; \
	VFMADD213PS  CONSTANT(7), Y0, Y2; \
	VFMADD213PS  CONSTANT(8), Y0, Y2; \
	VFMADD213PS  CONSTANT(8), Y0, Y2; \
	VCVTPS2DQ    Y1, Y1; \
	VPSLLD       $23, Y1, Y1         ; \
	VPADDD       Y1, Y2, Y0

// ACROSS reduces the numbers of y, whose lower half is x, to one in all lanes.
#define ACROSS(op, x, y) \
	VEXTRACTF128 $1, y, X1; \
	op           X1, x, x; \
	VPERMILPS    $0x4E, x, X1; \
	op           X1, x, x; \
	VPERMILPS    $0xB1, x, X1; \
	op           X1, x, x; \
	VBROADCASTSS x, y

// func softmaxVectors(row []float32, constants *table)
TEXT ·softmaxVectors(SB), NOSPLIT, $0-32
	MOVQ row_base+0(FP), SI
	MOVQ row_len+8(FP), CX
	SHRQ $3, CX
	JZ   done
	MOVQ constants+24(FP), BX

	VMOVUPS (SI), Y3
	MOVQ SI, DI
	MOVQ CX, DX

highest:
	VMAXPS (DI), Y3, Y3
	ADDQ $32, DI
	DECQ DX
	JNZ  highest
	ACROSS(VMAXPS, X3, Y3)

	VXORPS Y4, Y4, Y4
	MOVQ SI, DI
	MOVQ CX, DX

powers:
	VMOVUPS (DI), Y0
	VSUBPS Y3, Y0, Y0
	EXP
	VADDPS Y0, Y4, Y4
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	DECQ DX
	JNZ  powers
	ACROSS(VADDPS, X4, Y4)
	VMOVUPS CONSTANT(8), Y5
	VDIVPS Y4, Y5, Y5

share:
	VMULPS (SI), Y5, Y0
	VMOVUPS Y0, (SI)
	ADDQ $32, SI
	DECQ CX
	JNZ  share

done:
	VZEROUPPER
	RET

// func geluVectors(row []float32, constants *table)
// x·Φ(x) = max(x, 0) − |x|·erfc(|x|/√2)/2.
TEXT ·geluVectors(SB), NOSPLIT, $0-32
	MOVQ row_base+0(FP), SI
	MOVQ row_len+8(FP), CX
	SHRQ $3, CX
	JZ   done
	MOVQ constants+24(FP), BX
	VXORPS Y10, Y10, Y10

loop:
	VMOVUPS (SI), Y5
	VANDPS CONSTANT(19), Y5, Y6      // |x|
	VMULPS CONSTANT(10), Y6, Y7      // z
	VMOVUPS CONSTANT(8), Y8
	VMOVAPS Y8, Y9
	VFMADD231PS CONSTANT(11), Y7, Y9
	VDIVPS Y9, Y8, Y8                // t
	VMULPS Y7, Y7, Y0
	VXORPS CONSTANT(18), Y0, Y0
	EXP
	VMOVUPS CONSTANT(12), Y9
	VFMADD213PS CONSTANT(13), Y8, Y9
	VFMADD213PS CONSTANT(14), Y8, Y9
	VFMADD213PS CONSTANT(15), Y8, Y9
	VFMADD213PS CONSTANT(16), Y8, Y9
	VMULPS Y8, Y9, Y9
	VMULPS Y0, Y9, Y9                // erfc(z)
	VMULPS CONSTANT(17), Y6, Y6
	VMAXPS Y10, Y5, Y5
	VFNMADD231PS Y6, Y9, Y5
	VMOVUPS Y5, (SI)
	ADDQ $32, SI
	DECQ CX
	JNZ  loop

done:
	VZEROUPPER
	RET

// func addNormAVX2(row, add, gain, bias []float32, epsilon float32)
TEXT ·addNormAVX2(SB), NOSPLIT, $0-100
	MOVQ row_base+0(FP), SI
	MOVQ row_len+8(FP), CX
	MOVQ add_base+24(FP), R8
	MOVQ gain_base+48(FP), R9
	MOVQ bias_base+72(FP), R10
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VCVTSI2SSQ CX, X6, X6
	SHLQ $2, CX
	XORQ DX, DX

sum:
	VMOVUPS (SI)(DX*1), Y0
	VADDPS (R8)(DX*1), Y0, Y0
	VMOVUPS Y0, (SI)(DX*1)
	VADDPS Y0, Y4, Y4
	ADDQ $32, DX
	CMPQ DX, CX
	JLT  sum
	ACROSS(VADDPS, X4, Y4)
	VBROADCASTSS X6, Y6
	VDIVPS Y6, Y4, Y4                // the mean
	XORQ DX, DX

squares:
	VMOVUPS (SI)(DX*1), Y0
	VSUBPS Y4, Y0, Y0
	VFMADD231PS Y0, Y0, Y5
	ADDQ $32, DX
	CMPQ DX, CX
	JLT  squares
	ACROSS(VADDPS, X5, Y5)
	VDIVPS Y6, Y5, Y5
	VBROADCASTSS epsilon+96(FP), Y0
	VADDPS Y0, Y5, Y5
	VSQRTPS Y5, Y5                   // the deviation
	MOVL $0x3f800000, AX             // 1
	VMOVD AX, X0
	VBROADCASTSS X0, Y0
	VDIVPS Y5, Y0, Y5
	XORQ DX, DX

norm:
	VMOVUPS (SI)(DX*1), Y0
	VSUBPS Y4, Y0, Y0
	VMULPS Y5, Y0, Y0
	VMOVUPS (R9)(DX*1), Y1
	VFMADD213PS (R10)(DX*1), Y1, Y0
	VMOVUPS Y0, (SI)(DX*1)
	ADDQ $32, DX
	CMPQ DX, CX
	JLT  norm
	VZEROUPPER
	RET

// func extremesAVX2(row []float32) (low, high float32)
TEXT ·extremesAVX2(SB), NOSPLIT, $0-32
	MOVQ row_base+0(FP), SI
	MOVQ row_len+8(FP), CX
	SHRQ $3, CX
	VMOVUPS (SI), Y3
	VMOVAPS Y3, Y4

loop:
	VMOVUPS (SI), Y0
	VMINPS Y0, Y3, Y3
	VMAXPS Y0, Y4, Y4
	ADDQ $32, SI
	DECQ CX
	JNZ  loop
	ACROSS(VMINPS, X3, Y3)
	ACROSS(VMAXPS, X4, Y4)
	VMOVSS X3, low+24(FP)
	VMOVSS X4, high+28(FP)
	VZEROUPPER
	RET

// func roundAVX2(dst []uint8, row []float32, low, inverse float32)
TEXT ·roundAVX2(SB), NOSPLIT, $0-56
	MOVQ dst_base+0(FP), DI
	MOVQ row_base+24(FP), SI
	MOVQ row_len+32(FP), CX
	VBROADCASTSS low+48(FP), Y3
	VBROADCASTSS inverse+52(FP), Y4
	SHRQ $3, CX

loop:
	VMOVUPS (SI), Y0
	VSUBPS Y3, Y0, Y0
	VMULPS Y4, Y0, Y0
	VCVTPS2DQ Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKUSDW X1, X0, X0
	VPACKUSWB X0, X0, X0
	VMOVQ X0, (DI)
	ADDQ $32, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  loop
	VZEROUPPER
	RET
