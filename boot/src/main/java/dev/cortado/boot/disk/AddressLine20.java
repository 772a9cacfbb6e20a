package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.ECX;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/**
 * Makes the odd mebibytes of memory reachable: a PC starts with bit 20 of all addresses forced to
 * 0, unless its BIOS has seen to that.
 */
final class AddressLine20 {

    /** 16-bit function: returns only if that worked. Clobbers all registers. */
    static final String ENABLE = "cortado_disk_enable_a20";

    private static final String TEST = "cortado_disk_test_a20";
    private static final String STUCK = "cortado_disk_message_a20";

    private static final int SYSTEM_SERVICES = 0x15;
    private static final int ENABLE_A20 = 0x2401;

    /** System control port A: bit 1 is address line 20, bit 0 resets the machine. */
    private static final int CONTROL_PORT = 0x92;

    private static final int CONTROL_A20 = 2;
    private static final int CONTROL_RESET = 1;

    private static final int ODD_MEBIBYTE = 0x10_0000;

    private AddressLine20() {}

    static void append(DiskCode code) {
        code.code16.function(ENABLE, () -> enable(code));
        code.code32.function(TEST, () -> test(code.code32));
        DiskFailure.message(code, STUCK, "address line 20 cannot be switched on");
    }

    private static void enable(DiskCode code) {
        Assembler asm = code.code16;
        Label on = new Label();
        callTest(asm);
        asm.jcc(Condition.NOT_ZERO, on);
        asm.mov(EAX, ENABLE_A20);
        asm.interrupt(SYSTEM_SERVICES);
        callTest(asm);
        asm.jcc(Condition.NOT_ZERO, on);
        asm.mov(DX, CONTROL_PORT);
        asm.in(AL);
        asm.or(EAX, CONTROL_A20);
        asm.and(EAX, ~CONTROL_RESET);
        asm.out(AL);
        callTest(asm);
        code.failIf(Condition.ZERO, STUCK);
        asm.bind(on);
        asm.ret();
    }

    private static void callTest(Assembler asm) {
        asm.movAddress(EBP, TEST, 0);
        asm.call(ProtectedMode.CALL);
        asm.test(EAX, EAX);
    }

    /** eax = 0 where a write to the odd mebibyte shows in the even one below it. */
    private static void test(Assembler asm) {
        asm.mov(EAX, Memory.absolute(LowMemory.PROBE));
        asm.xor(EAX, -1);
        asm.mov(Memory.absolute(ODD_MEBIBYTE + LowMemory.PROBE), EAX);
        asm.mov(ECX, Memory.absolute(LowMemory.PROBE));
        asm.sub(EAX, ECX);
        asm.ret();
    }
}
