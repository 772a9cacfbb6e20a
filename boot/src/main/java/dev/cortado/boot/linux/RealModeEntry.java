package dev.cortado.boot.linux;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.ControlRegister;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/**
 * Where a loader goes that leaves the BIOS's work to the kernel ("Running the Kernel"): ds = es =
 * ss = the segment that the setup was loaded to, and cs 0x20 more, whatever that is.
 */
final class RealModeEntry {
    private static final int SYSTEM_SERVICES = 0x15;
    private static final int ENABLE_A20 = 0x2401;

    /** System control port A: bit 1 is address line 20, bit 0 resets the machine. */
    private static final int CONTROL_PORT = 0x92;

    private static final int CONTROL_A20 = 2;
    private static final int CONTROL_RESET = 1;

    /** ACPI 6.5, 15.1 "INT 15H, E820H - Query System Address Map". */
    private static final int QUERY = 0xE820;

    private static final int SIGNATURE = 0x534D_4150;

    private static final int CR0_PROTECTION_ENABLE = 1;

    /** SDM vol. 3A, 3.4.5: present, accessed, ring 0, 32 bits, up to 4 GiB. */
    static final long CODE_DESCRIPTOR = 0x00CF_9B00_0000_FFFFL;

    static final long DATA_DESCRIPTOR = 0x00CF_9300_0000_FFFFL;

    /** A null descriptor, one that nobody uses, code and data. */
    static final int GDT_SIZE = 0x20;

    private RealModeEntry() {}

    /** Appends the code, and the table that it loads; the section is the setup's. */
    static void append(SectionBuilder setup, Assembler asm) {
        Label next = new Label();
        Label end = new Label();
        asm.mov(AX, SegmentRegister.DS);
        asm.mov(SegmentRegister.ES, AX);
        asm.cld();
        asm.sti();
        asm.mov(EAX, ENABLE_A20);
        asm.interrupt(SYSTEM_SERVICES);
        asm.mov(DX, CONTROL_PORT);
        asm.in(AL);
        asm.or(EAX, CONTROL_A20);
        asm.and(EAX, ~CONTROL_RESET);
        asm.out(AL);

        asm.xor(EBX, EBX);
        asm.mov(EDI, LinuxLayout.MEMORY_MAP);
        asm.bind(next);
        asm.mov(EAX, QUERY);
        asm.mov(ECX, LinuxLayout.MEMORY_ENTRY_SIZE);
        asm.mov(EDX, SIGNATURE);
        asm.interrupt(SYSTEM_SERVICES);
        asm.jcc(Condition.CARRY, end);
        asm.cmp(EAX, SIGNATURE);
        asm.jcc(Condition.NOT_EQUAL, end);
        asm.add(EDI, LinuxLayout.MEMORY_ENTRY_SIZE);
        asm.mov(AL, Memory.absolute(LinuxLayout.MEMORY_MAP_COUNT));
        asm.add(AL, 1);
        asm.mov(Memory.absolute(LinuxLayout.MEMORY_MAP_COUNT), AL);
        asm.cmp(AL, LinuxLayout.MAXIMUM_RANGES);
        asm.jcc(Condition.EQUAL, end);
        asm.test(EBX, EBX);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.bind(end);
        protectedMode(setup, asm);
    }

    /** Goes there with esi = address of the parameters. */
    private static void protectedMode(SectionBuilder setup, Assembler asm) {
        // Both are written once it is known where they are.
        int table = LinuxLayout.SETUP_SIZE - GDT_SIZE;
        int pointer = table - Long.BYTES;
        asm.cli();
        asm.mov(AX, SegmentRegister.DS);
        asm.movzx(ESI, AX);
        asm.shl(ESI, 4);
        asm.lea(EAX, Memory.at(ESI, table));
        asm.mov(Memory.absolute(pointer + Short.BYTES), EAX);
        asm.lgdt(Memory.absolute(pointer));
        asm.mov(EAX, ControlRegister.CR0);
        asm.or(EAX, CR0_PROTECTION_ENABLE);
        asm.mov(ControlRegister.CR0, EAX);
        asm.jmpFar(LinuxLayout.CODE_SELECTOR, ProtectedModeEntry.ENTRY);
        setup.skip(pointer - setup.offset());
        setup.emit16(GDT_SIZE - 1);
        setup.skip(Long.BYTES - Short.BYTES);
        descriptors(setup);
    }

    /** A table with the selectors that the 32-bit entry expects. */
    static void descriptors(SectionBuilder section) {
        section.emit64(0);
        section.emit64(0);
        section.emit64(CODE_DESCRIPTOR);
        section.emit64(DATA_DESCRIPTOR);
    }
}
