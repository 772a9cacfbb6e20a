package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * The memory map as the BIOS tells it (ACPI 6.5, 15.1 "INT 15H, E820H - Query System Address Map").
 * Its entries are those of {@link PvhStartInfo}, but for the 4 reserved bytes at their end.
 */
final class BiosMemoryMap {

    /**
     * 16-bit function: fills {@link LowMemory#MEMORY_MAP} and {@link LowMemory#RANGES}; returns
     * only if there is at least one range. Clobbers all registers.
     */
    static final String READ = "cortado_disk_read_memory_map";

    private static final String NO_MAP = "cortado_disk_message_no_memory_map";

    private static final int SYSTEM_SERVICES = 0x15;
    private static final int QUERY = 0xE820;
    private static final int SIGNATURE = 0x534D_4150;

    /** Address, length and type. */
    private static final int QUERIED_SIZE = 20;

    private BiosMemoryMap() {}

    static void append(DiskCode code) {
        code.code16.function(READ, () -> read(code));
        DiskFailure.message(code, NO_MAP, "this BIOS tells no memory map");
    }

    private static void read(DiskCode code) {
        Assembler asm = code.code16;
        Label end = new Label();
        int limit =
                LowMemory.MEMORY_MAP + LowMemory.MAXIMUM_RANGES * PvhStartInfo.MEMORY_ENTRY_SIZE;
        asm.xor(EBX, EBX);
        asm.mov(Memory.absolute(LowMemory.RANGES), EBX);
        asm.mov(EDI, LowMemory.MEMORY_MAP);
        Label next = asm.here();
        asm.mov(Width.DOUBLEWORD, Memory.at(EDI, QUERIED_SIZE), 0);
        asm.mov(EAX, QUERY);
        asm.mov(ECX, QUERIED_SIZE);
        asm.mov(EDX, SIGNATURE);
        asm.interrupt(SYSTEM_SERVICES);
        // Some BIOSes say so when asked for more than there is, others with ebx = 0 before.
        asm.jcc(Condition.CARRY, end);
        asm.cmp(EAX, SIGNATURE);
        asm.jcc(Condition.NOT_EQUAL, end);
        asm.mov(EAX, Memory.absolute(LowMemory.RANGES));
        asm.add(EAX, 1);
        asm.mov(Memory.absolute(LowMemory.RANGES), EAX);
        asm.add(EDI, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.cmp(EDI, limit);
        asm.jcc(Condition.EQUAL, end);
        asm.test(EBX, EBX);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.bind(end);
        asm.cmp(Width.DOUBLEWORD, Memory.absolute(LowMemory.RANGES), 0);
        code.failIf(Condition.EQUAL, NO_MAP);
        asm.ret();
    }
}
