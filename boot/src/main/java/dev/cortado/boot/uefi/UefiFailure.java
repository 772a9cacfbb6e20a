package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/** The last words of a loader that cannot go on: the firmware may then try the next disk. */
final class UefiFailure {

    /** Jumped to from the loader's frame: rsi = address of a {@link #message}. */
    static final String FAIL = "cortado_uefi_failure";

    private UefiFailure() {}

    static void append(UefiCode uefi) {
        Assembler asm = uefi.code;
        asm.function(
                FAIL,
                () -> {
                    Label silent = new Label();
                    asm.mov(RCX, Memory.at(RBP, Uefi.CONSOLE_OUT));
                    asm.test(RCX, RCX);
                    asm.jcc(Condition.ZERO, silent);
                    asm.mov(RDX, RSI);
                    asm.mov(RAX, Memory.at(RCX, Uefi.OUTPUT_STRING));
                    asm.call(RAX);
                    asm.bind(silent);
                    asm.mov(RAX, Uefi.LOAD_ERROR);
                    UefiLoader.leave(asm);
                });
    }

    /** A message for {@link #FAIL}. */
    static void message(UefiCode uefi, String symbol, String words) {
        uefi.text.align(Short.BYTES, 0);
        uefi.text.data(
                symbol, () -> ("Cortado: " + words + "\r\n\0").chars().forEach(uefi.text::emit16));
    }
}
