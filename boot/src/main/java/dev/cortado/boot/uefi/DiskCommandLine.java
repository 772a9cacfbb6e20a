package dev.cortado.boot.uefi;

import static dev.cortado.boot.uefi.UefiCode.FIFTH_ARGUMENT;
import static dev.cortado.boot.uefi.UefiCode.variable;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;

import dev.cortado.boot.fat.FatVolume;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * The command line, which is in sectors of the volume that no file has: there is none where the
 * loader was started from a volume that Cortado has not made.
 */
final class DiskCommandLine implements CommandLine {
    private static final String BLOCK_IO = "cortado_uefi_block_io";

    private static final int SECTOR_SIZE = 512;

    /** A block of a CD, where the volume lies as it does on a disk. */
    private static final int CD_SECTOR_SIZE = 2048;

    /** In the volume's first sector: who made it. */
    private static final int MAKER_OFFSET = 3;

    @Override
    public void append(UefiCode uefi) {
        uefi.guid(BLOCK_IO, Uefi.BLOCK_IO);
    }

    @Override
    public void read(UefiCode uefi) {
        Assembler asm = uefi.code;
        Label none = new Label();
        Label known = new Label();
        uefi.loadedImage(none);
        asm.mov(RCX, Memory.at(RAX, Uefi.DEVICE_HANDLE));
        asm.test(RCX, RCX);
        asm.jcc(Condition.ZERO, none);
        uefi.protocol(BLOCK_IO, none);
        asm.mov(RCX, RAX);
        asm.mov(RAX, Memory.at(RCX, Uefi.MEDIA));
        asm.cmp(Width.DOUBLEWORD, Memory.at(RAX, Uefi.BLOCK_SIZE), SECTOR_SIZE);
        asm.jcc(Condition.EQUAL, known);
        asm.cmp(Width.DOUBLEWORD, Memory.at(RAX, Uefi.BLOCK_SIZE), CD_SECTOR_SIZE);
        asm.jcc(Condition.NOT_EQUAL, none);
        asm.bind(known);
        asm.mov(EDX, Memory.at(RAX, Uefi.MEDIA_ID));
        asm.mov(R8, 0);
        asm.mov(R9, Workspace.VOLUME_HEAD_SIZE);
        asm.lea(RAX, Memory.at(R13, Workspace.VOLUME_HEAD));
        asm.mov(variable(FIFTH_ARGUMENT), RAX);
        asm.mov(RAX, Memory.at(RCX, Uefi.READ_BLOCKS));
        asm.call(RAX);
        asm.test(RAX, RAX);
        asm.jcc(Condition.NOT_ZERO, none);
        asm.mov(RAX, FatVolume.MAKER);
        asm.mov(RCX, Memory.at(R13, Workspace.VOLUME_HEAD + MAKER_OFFSET));
        asm.cmp(RAX, RCX);
        asm.jcc(Condition.NOT_EQUAL, none);
        int line = Workspace.VOLUME_HEAD + FatVolume.FREE_SECTOR * SECTOR_SIZE;
        int last = Workspace.VOLUME_HEAD + Workspace.VOLUME_HEAD_SIZE - 1;
        asm.mov(Width.BYTE, Memory.at(R13, last), 0);
        asm.lea(RAX, Memory.at(R13, line));
        asm.mov(Memory.at(R13, Workspace.START_INFO + PvhStartInfo.COMMAND_LINE), RAX);
        asm.bind(none);
    }
}
