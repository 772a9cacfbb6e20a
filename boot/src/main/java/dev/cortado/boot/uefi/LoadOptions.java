package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * The command line that whoever starts the file gives to it (9.1, LoadOptions), as it does with
 * Linux: text in UTF-16, which the kernel gets in UTF-8.
 */
final class LoadOptions implements CommandLine {
    private static final String TOO_LONG = "cortado_uefi_message_long_options";

    /** One of the firmware's characters takes 3 bytes at most. */
    private static final int MOST_BYTES = 3;

    /** As many as Linux takes: there is room for the zero byte at the end. */
    private static final int MOST_CHARACTERS = (Workspace.COMMAND_LINE_SIZE - 1) / MOST_BYTES;

    @Override
    public void append(UefiCode uefi) {
        UefiFailure.message(uefi, TOO_LONG, "the command line is too long");
        Utf16.append(uefi);
    }

    @Override
    public void read(UefiCode uefi) {
        Assembler asm = uefi.code;
        Label none = new Label();
        Label isUnended = new Label();
        uefi.loadedImage(none);
        asm.mov(RSI, Memory.at(RAX, Uefi.LOAD_OPTIONS));
        asm.test(RSI, RSI);
        asm.jcc(Condition.ZERO, none);
        asm.mov(ECX, Memory.at(RAX, Uefi.LOAD_OPTIONS_SIZE));
        asm.shr(RCX, 1);
        asm.jcc(Condition.ZERO, none);
        asm.cmp(Width.WORD, Memory.at(RSI, RCX, Short.BYTES, -Short.BYTES), 0);
        asm.jcc(Condition.NOT_EQUAL, isUnended);
        asm.sub(RCX, 1); // some count the zero at the end
        asm.bind(isUnended);
        asm.cmp(RCX, MOST_CHARACTERS);
        uefi.failIf(Condition.ABOVE, TOO_LONG);
        asm.lea(RDI, Memory.at(R13, Workspace.COMMAND_LINE));
        asm.mov(R8, RDI);
        asm.call(Utf16.TO_UTF_8);
        asm.mov(ECX, Workspace.COMMAND_LINE_SIZE);
        LoadersWord.pass(asm, R8, RCX);
        asm.mov(Memory.at(R13, Workspace.START_INFO + PvhStartInfo.COMMAND_LINE), R8);
        asm.bind(none);
    }
}
