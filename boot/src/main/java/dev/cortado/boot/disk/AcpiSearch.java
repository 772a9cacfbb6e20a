package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.BL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Where ACPI's Root System Description Pointer is (ACPI 6.5, 5.2.5.1 "Finding the RSDP on IA-PC
 * Systems"): on a 16-byte boundary in the first KiB of the extended BIOS data area, or between
 * 0xE0000 and 1 MiB.
 */
final class AcpiSearch {

    /** 32-bit function: eax = its address, or 0. Clobbers all registers but ebp. */
    static final String FIND = "cortado_disk_find_rsdp";

    private static final String SCAN = "cortado_disk_scan_rsdp";

    /** In the BIOS's data area, u16: the extended area's segment. */
    private static final int EXTENDED_AREA_SEGMENT = 0x40E;

    private static final int EXTENDED_AREA_SIZE = 1 << 10;
    private static final int EXTENDED_AREA_LOWEST = 0x8_0000;
    private static final int EXTENDED_AREA_HIGHEST = 0xA_0000 - EXTENDED_AREA_SIZE;
    private static final int READ_ONLY_AREA = 0xE_0000;
    private static final int READ_ONLY_AREA_SIZE = 0x2_0000;

    private static final int BOUNDARY = 16;

    /** "RSD PTR " in two words. */
    private static final int SIGNATURE_LOW = 0x2044_5352;

    private static final int SIGNATURE_HIGH = 0x2052_5450;

    /** The bytes of the structure's first version; they add up to 0. */
    private static final int CHECKED_SIZE = 20;

    private AcpiSearch() {}

    static void append(DiskCode code) {
        code.code32.function(FIND, () -> find(code.code32));
        code.code32.function(SCAN, () -> scan(code.code32));
    }

    private static void find(Assembler asm) {
        Label high = new Label();
        Label found = new Label();
        asm.mov(ESI, Memory.absolute(EXTENDED_AREA_SEGMENT));
        asm.and(ESI, 0xFFFF);
        asm.shl(ESI, 4);
        asm.cmp(ESI, EXTENDED_AREA_LOWEST);
        asm.jcc(Condition.BELOW, high);
        asm.cmp(ESI, EXTENDED_AREA_HIGHEST);
        asm.jcc(Condition.ABOVE, high);
        asm.mov(ECX, EXTENDED_AREA_SIZE / BOUNDARY);
        asm.call(SCAN);
        asm.test(EAX, EAX);
        asm.jcc(Condition.NOT_ZERO, found);
        asm.bind(high);
        asm.mov(ESI, READ_ONLY_AREA);
        asm.mov(ECX, READ_ONLY_AREA_SIZE / BOUNDARY);
        asm.call(SCAN);
        asm.bind(found);
        asm.ret();
    }

    /** eax = the first of ecx places from esi that has it, or 0. */
    private static void scan(Assembler asm) {
        Label skip = new Label();
        Label next = asm.here();
        asm.cmp(Width.DOUBLEWORD, Memory.at(ESI), SIGNATURE_LOW);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.cmp(Width.DOUBLEWORD, Memory.at(ESI, Integer.BYTES), SIGNATURE_HIGH);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.mov(EDI, ESI);
        asm.mov(EDX, CHECKED_SIZE);
        asm.xor(EAX, EAX);
        Label add = asm.here();
        asm.mov(BL, Memory.at(EDI));
        asm.add(AL, BL);
        asm.add(EDI, 1);
        asm.sub(EDX, 1);
        asm.jcc(Condition.NOT_ZERO, add);
        asm.test(AL, AL);
        asm.jcc(Condition.NOT_ZERO, skip);
        asm.mov(EAX, ESI);
        asm.ret();
        asm.bind(skip);
        asm.add(ESI, BOUNDARY);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.xor(EAX, EAX);
        asm.ret();
    }
}
