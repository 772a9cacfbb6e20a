package dev.cortado.boot.linux;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.uefi.LoadersWord;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;
import java.util.List;

/**
 * Where a loader goes that is in 32-bit mode ("32-bit Boot Protocol"), with paging and interrupts
 * off, the selectors that the protocol names, and esi = address of the parameters. Needs no stack.
 */
final class ProtectedModeEntry {
    static final String ENTRY = "cortado_linux_entry";

    private static final String START = "cortado_linux_start_image";

    private static final int START_INFO = LinuxLayout.address(LinuxLayout.START_INFO);
    private static final int MODULE = LinuxLayout.address(LinuxLayout.MODULE);
    private static final int MEMORY_MAP = LinuxLayout.address(LinuxLayout.KERNEL_MEMORY_MAP);

    private ProtectedModeEntry() {}

    /** The entry itself, which has its place. */
    static void enter(Assembler asm) {
        asm.cli();
        asm.cld();
        asm.mov(EAX, LinuxLayout.DATA_SELECTOR);
        asm.mov(SegmentRegister.DS, EAX);
        asm.mov(SegmentRegister.ES, EAX);
        asm.mov(SegmentRegister.SS, EAX);
        asm.jmp(START);
    }

    static void append(LinuxCode linux, List<KernelSegment> segments, long entry) {
        Assembler asm = linux.code32;
        asm.function(
                START,
                () -> {
                    tell(asm);
                    memoryMap(asm);
                    segments.reversed().forEach(segment -> move(asm, segment));
                    asm.mov(EBX, START_INFO);
                    asm.mov(EAX, entry);
                    asm.jmp(EAX);
                });
    }

    private static void tell(Assembler asm) {
        Label alone = new Label();
        set(asm, START_INFO + PvhStartInfo.MAGIC, PvhStartInfo.MAGIC_VALUE);
        set(asm, START_INFO + PvhStartInfo.VERSION, 1);
        copy(asm, LinuxLayout.COMMAND_LINE, START_INFO + PvhStartInfo.COMMAND_LINE);
        passLoadersWord(asm);
        copy(asm, LinuxLayout.RSDP, START_INFO + PvhStartInfo.RSDP);
        copy(asm, LinuxLayout.RSDP + 4, START_INFO + PvhStartInfo.RSDP + 4);
        UefiRootPointer.find(asm, START_INFO + PvhStartInfo.RSDP);
        // The initial RAM disk, if there is one, is the module.
        copy(asm, LinuxLayout.RAMDISK_IMAGE, MODULE + PvhStartInfo.MODULE_ADDRESS);
        copy(asm, LinuxLayout.RAMDISK_SIZE, MODULE + PvhStartInfo.MODULE_LENGTH);
        asm.test(EAX, EAX);
        asm.jcc(Condition.ZERO, alone);
        set(asm, START_INFO + PvhStartInfo.MODULE_COUNT, 1);
        set(asm, START_INFO + PvhStartInfo.MODULE_LIST, MODULE);
        asm.bind(alone);
    }

    private static void passLoadersWord(Assembler asm) {
        Label none = new Label();
        asm.test(EAX, EAX);
        asm.jcc(Condition.ZERO, none);
        asm.mov(ECX, LinuxLayout.LONGEST_COMMAND_LINE);
        LoadersWord.pass(asm, EAX, ECX);
        asm.mov(Memory.absolute(START_INFO + PvhStartInfo.COMMAND_LINE), EAX);
        asm.bind(none);
    }

    /** The kernel's entries have 4 bytes more than the loader's. */
    private static void memoryMap(Assembler asm) {
        Label end = new Label();
        Label some = new Label();
        asm.xor(EAX, EAX);
        asm.mov(AL, Memory.at(ESI, LinuxLayout.MEMORY_MAP_COUNT));
        asm.cmp(EAX, LinuxLayout.MAXIMUM_RANGES);
        asm.jcc(Condition.BELOW_OR_EQUAL, some);
        asm.mov(EAX, LinuxLayout.MAXIMUM_RANGES);
        asm.bind(some);
        asm.mov(Memory.absolute(START_INFO + PvhStartInfo.MEMORY_MAP_COUNT), EAX);
        set(asm, START_INFO + PvhStartInfo.MEMORY_MAP, MEMORY_MAP);
        asm.mov(EDX, EAX);
        asm.lea(ESI, Memory.at(ESI, LinuxLayout.MEMORY_MAP));
        asm.mov(EBP, MEMORY_MAP);
        Label next = asm.here();
        asm.test(EDX, EDX);
        asm.jcc(Condition.ZERO, end);
        asm.mov(EDI, EBP);
        asm.mov(ECX, LinuxLayout.MEMORY_ENTRY_SIZE / Integer.BYTES);
        asm.repMovs(Width.DOUBLEWORD);
        asm.add(EBP, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.sub(EDX, 1);
        asm.jmp(next);
        asm.bind(end);
    }

    /**
     * From the end, since it moves up and may overlap with what it was; the words at the end may
     * have something of what follows, which is overwritten.
     */
    private static void move(Assembler asm, KernelSegment segment) {
        long words = (segment.fileSize() + Integer.BYTES - 1) / Integer.BYTES;
        long from = LinuxLayout.address(LinuxLayout.IMAGE_OFFSET) + segment.offset();
        if (words > 0) {
            asm.std();
            asm.mov(ESI, from + (words - 1) * Integer.BYTES);
            asm.mov(EDI, segment.address() + (words - 1) * Integer.BYTES);
            asm.mov(ECX, words);
            asm.repMovs(Width.DOUBLEWORD);
            asm.cld();
        }
        asm.mov(EDI, segment.address() + segment.fileSize());
        asm.mov(ECX, segment.memorySize() - segment.fileSize());
        asm.xor(EAX, EAX);
        asm.repStos(Width.BYTE);
    }

    private static void set(Assembler asm, int address, int value) {
        asm.mov(Width.DOUBLEWORD, Memory.absolute(address), value);
    }

    /** A field of the parameters; leaves it in eax. */
    private static void copy(Assembler asm, int field, int address) {
        asm.mov(EAX, Memory.at(ESI, field));
        asm.mov(Memory.absolute(address), EAX);
    }
}
