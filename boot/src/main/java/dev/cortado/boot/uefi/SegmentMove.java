package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;

/**
 * Brings segments from wherever the image is to where they belong, which may be over the image
 * itself. They have the same order in both, so that none is overwritten before it was moved: first
 * those that go down, from the lowest on, then those that go up, from the highest on.
 */
final class SegmentMove {

    /** Function: r14 = the image's first byte. Clobbers rax, rcx, rsi and rdi. */
    static final String MOVE = "cortado_uefi_move_segments";

    private SegmentMove() {}

    /**
     * @throws IllegalArgumentException if the segments' order is not the same in image and memory
     */
    static void append(UefiCode uefi, List<KernelSegment> segments) {
        requireOrder(segments);
        Assembler asm = uefi.code;
        asm.function(
                MOVE,
                () -> {
                    asm.cld();
                    segments.forEach(segment -> down(asm, segment));
                    asm.std();
                    segments.reversed().forEach(segment -> up(asm, segment));
                    asm.cld();
                    segments.forEach(segment -> clear(asm, segment));
                    asm.ret();
                });
    }

    private static void requireOrder(List<KernelSegment> segments) {
        long end = 0;
        long offsetEnd = 0;
        for (KernelSegment segment : segments) {
            if (segment.address() < end || segment.offset() < offsetEnd) {
                throw new IllegalArgumentException("cannot be moved: " + segment);
            }
            end = segment.end();
            offsetEnd = segment.offset() + segment.fileSize();
        }
    }

    private static void down(Assembler asm, KernelSegment segment) {
        Label end = new Label();
        asm.lea(RSI, Memory.at(R14, Math.toIntExact(segment.offset())));
        asm.mov(RDI, segment.address());
        asm.cmp(RDI, RSI);
        asm.jcc(Condition.ABOVE_OR_EQUAL, end);
        asm.mov(RCX, segment.fileSize() / Long.BYTES);
        asm.repMovs(Width.QUADWORD);
        asm.mov(RCX, segment.fileSize() % Long.BYTES);
        asm.repMovs(Width.BYTE);
        asm.bind(end);
    }

    /** From the last byte on; the direction is set already. */
    private static void up(Assembler asm, KernelSegment segment) {
        Label end = new Label();
        long last = segment.fileSize() - 1;
        asm.lea(RSI, Memory.at(R14, Math.toIntExact(segment.offset() + last)));
        asm.mov(RDI, segment.address() + last);
        asm.cmp(RDI, RSI);
        asm.jcc(Condition.BELOW_OR_EQUAL, end);
        asm.mov(RCX, segment.fileSize() % Long.BYTES);
        asm.repMovs(Width.BYTE);
        asm.sub(RSI, Long.BYTES - 1);
        asm.sub(RDI, Long.BYTES - 1);
        asm.mov(RCX, segment.fileSize() / Long.BYTES);
        asm.repMovs(Width.QUADWORD);
        asm.bind(end);
    }

    private static void clear(Assembler asm, KernelSegment segment) {
        asm.mov(RDI, segment.address() + segment.fileSize());
        asm.mov(RCX, segment.memorySize() - segment.fileSize());
        asm.xor(EAX, EAX);
        asm.repStos(Width.BYTE);
    }
}
