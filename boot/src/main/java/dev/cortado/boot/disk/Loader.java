package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/** What the boot sector starts: it loads the image and enters it as a PVH loader does. */
final class Loader {

    /** 16-bit code, jumped to. */
    static final String LOADER = "cortado_disk_loader";

    private static final String ENTER = "cortado_disk_enter_image";

    private Loader() {}

    static void append(DiskCode code) {
        code.code16.function(LOADER, () -> load(code.code16));
        code.code32.function(ENTER, () -> enter(code.code32));
        ProtectedMode.append(code);
        AddressLine20.append(code);
        BiosMemoryMap.append(code);
        ImageMemory.append(code);
        SegmentLoader.append(code);
        AcpiSearch.append(code);
    }

    private static void load(Assembler asm) {
        asm.call(AddressLine20.ENABLE);
        asm.call(BiosMemoryMap.READ);
        asm.call(ImageMemory.REQUIRE);
        asm.mov(EAX, DiskLayout.COMMAND_LINE_SECTOR);
        asm.mov(ECX, DiskLayout.COMMAND_LINE_SECTORS);
        asm.mov(EBX, LowMemory.COMMAND_LINE);
        asm.call(BiosDisk.READ);
        int last = LowMemory.COMMAND_LINE + DiskLayout.COMMAND_LINE_SIZE - 1;
        asm.mov(Width.BYTE, Memory.absolute(last), 0);
        asm.call(SegmentLoader.LOAD);
        asm.movAddress(EBP, ENTER, 0);
        asm.jmp(ProtectedMode.CALL);
    }

    /** State at the entry: see {@link dev.cortado.boot.layout.PvhStartInfo}'s users. */
    private static void enter(Assembler asm) {
        asm.call(AcpiSearch.FIND);
        asm.mov(EBX, EAX);
        asm.mov(EDI, LowMemory.START_INFO);
        asm.xor(EAX, EAX);
        asm.mov(ECX, PvhStartInfo.SIZE_VERSION_1 / Integer.BYTES);
        asm.repStos(Width.DOUBLEWORD);
        asm.mov(Memory.absolute(LowMemory.START_INFO + PvhStartInfo.RSDP), EBX);
        set(asm, PvhStartInfo.MAGIC, PvhStartInfo.MAGIC_VALUE);
        set(asm, PvhStartInfo.VERSION, 1);
        set(asm, PvhStartInfo.COMMAND_LINE, LowMemory.COMMAND_LINE);
        set(asm, PvhStartInfo.MEMORY_MAP, LowMemory.MEMORY_MAP);
        asm.mov(EAX, Memory.absolute(LowMemory.RANGES));
        asm.mov(Memory.absolute(LowMemory.START_INFO + PvhStartInfo.MEMORY_MAP_COUNT), EAX);
        asm.mov(EBX, LowMemory.START_INFO);
        asm.mov(EAX, Memory.absolute(LowMemory.HEADER + DiskLayout.ENTRY));
        asm.jmp(EAX);
    }

    private static void set(Assembler asm, int field, int value) {
        asm.mov(Width.DOUBLEWORD, Memory.absolute(LowMemory.START_INFO + field), value);
    }
}
