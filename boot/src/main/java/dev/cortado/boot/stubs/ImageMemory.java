package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Whether the machine has the memory that the image was loaded to. QEMU does not mind where it has
 * not: what does not fit is lost without a word.
 */
final class ImageMemory {

    private static final String TOO_LITTLE = "cortado_message_too_little_memory";

    private static final int HIGH_HALF = Integer.BYTES;

    private ImageMemory() {}

    static void append(StubSections sections) {
        BootFailure.message(
                sections, TOO_LITTLE, "this machine has too little memory for the image");
    }

    /**
     * 32-bit code in the middle of another function: goes on only where the whole image is in one
     * range of memory, or where there is no memory map. Needs no stack. esi = address of {@link
     * PvhStartInfo}; clobbers eax, ecx, edx, edi.
     */
    static void require(Assembler asm) {
        Label enough = new Label();
        Label skip = new Label();
        asm.cmp(Width.DOUBLEWORD, Memory.at(ESI, PvhStartInfo.VERSION), 1);
        asm.jcc(Condition.BELOW, enough);
        asm.mov(EDI, Memory.at(ESI, PvhStartInfo.MEMORY_MAP));
        asm.mov(ECX, Memory.at(ESI, PvhStartInfo.MEMORY_MAP_COUNT));
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, enough);

        Label next = asm.here();
        asm.cmp(
                Width.DOUBLEWORD,
                Memory.at(EDI, PvhStartInfo.MEMORY_TYPE),
                PvhStartInfo.MEMORY_TYPE_RAM);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.cmp(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.MEMORY_ADDRESS + HIGH_HALF), 0);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.mov(EAX, Memory.at(EDI, PvhStartInfo.MEMORY_ADDRESS));
        asm.movAddress(EDX, ImageSymbols.PHYSICAL_BEGIN, 0);
        asm.cmp(EAX, EDX);
        asm.jcc(Condition.ABOVE, skip);
        // A range that reaches beyond 4 GiB is long enough: the image ends below.
        asm.cmp(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.MEMORY_LENGTH + HIGH_HALF), 0);
        asm.jcc(Condition.NOT_EQUAL, enough);
        asm.mov(EDX, Memory.at(EDI, PvhStartInfo.MEMORY_LENGTH));
        asm.add(EAX, EDX);
        asm.jcc(Condition.CARRY, enough);
        asm.movAddress(EDX, ImageSymbols.PHYSICAL_END, 0);
        asm.cmp(EAX, EDX);
        asm.jcc(Condition.ABOVE_OR_EQUAL, enough);
        asm.bind(skip);
        asm.add(EDI, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);

        asm.movAddress(ESI, TOO_LITTLE, 0);
        asm.jmp(BootFailure.FAIL);
        asm.bind(enough);
    }
}
