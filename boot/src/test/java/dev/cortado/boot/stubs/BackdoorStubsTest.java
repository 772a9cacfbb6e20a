package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.Target;
import dev.cortado.boot.layout.VmwareSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of VMware's as far as QEMU knows them, and its other ports. */
class BackdoorStubsTest {
    private static final long MAGIC = 0x564D5868;
    private static final int PORT = 0x5658;
    private static final int GET_VERSION = 10;

    private static final int DEBUG_PORT = 0xE9;

    @Test
    void callTakesAndGivesAllRegisters() throws Exception {
        Guest guest = new Guest().buffer("registers", VmwareSymbols.REGISTERS_SIZE);
        guest.kernel(asm -> {
            set(asm, VmwareSymbols.RAX, MAGIC);
            set(asm, VmwareSymbols.RCX, GET_VERSION);
            set(asm, VmwareSymbols.RDX, PORT);
            set(asm, VmwareSymbols.RSI, 0x1111);
            set(asm, VmwareSymbols.RDI, 0x2222);
            set(asm, VmwareSymbols.RBP, 0x3333);
            asm.mov(RBX, 0xBBBB);
            asm.mov(RBP, 0xCCCC);
            call(asm, VmwareSymbols.CALL);
            guest.print(RBX);
            guest.print(RBP);
            for (int at = 0; at < VmwareSymbols.REGISTERS_SIZE; at += Long.BYTES) {
                print(guest, at);
            }
        });
        assertEquals(
                List.of(
                        "000000000000bbbb",
                        "000000000000cccc",
                        // The version, VMware's sign, and the kind of product.
                        "0000000000000006",
                        "00000000564d5868",
                        "0000000000000002",
                        "0000000000005658",
                        "0000000000001111",
                        "0000000000002222",
                        "0000000000003333"),
                run(guest).serial());
    }

    @Test
    void sendAndReceiveMoveBytes() throws Exception {
        Guest guest = new Guest().buffer("registers", VmwareSymbols.REGISTERS_SIZE);
        guest.variable("bytes", 0x64_6162L);
        guest.kernel(asm -> {
            set(asm, VmwareSymbols.RCX, 3);
            set(asm, VmwareSymbols.RDX, DEBUG_PORT);
            setAddress(asm, VmwareSymbols.RSI);
            call(asm, VmwareSymbols.SEND);
            print(guest, VmwareSymbols.RCX);

            set(asm, VmwareSymbols.RCX, 2);
            setAddress(asm, VmwareSymbols.RDI);
            call(asm, VmwareSymbols.RECEIVE);
            guest.print(Memory.relative("bytes"));
        });
        TestMachine.Result result = run(guest);
        assertEquals("bad", result.debug());
        // A debug console is read as its own number.
        assertEquals(List.of("0000000000000000", "000000000064e9e9"), result.serial());
    }

    private static TestMachine.Result run(Guest guest) throws Exception {
        return new TestMachine()
                .machine("q35,vmport=on")
                .run(guest.linker(BootObject.create(Target.VMWARE)).link());
    }

    private static void set(Assembler asm, int at, long value) {
        asm.mov(RAX, value);
        store(asm, at, RAX);
    }

    private static void setAddress(Assembler asm, int at) {
        asm.lea(RAX, Memory.relative("bytes"));
        store(asm, at, RAX);
    }

    private static void store(Assembler asm, int at, Register value) {
        asm.lea(RCX, Memory.relative("registers"));
        asm.mov(Memory.at(RCX, at), value);
    }

    private static void call(Assembler asm, String function) {
        asm.lea(RDI, Memory.relative("registers"));
        asm.call(function);
    }

    private static void print(Guest guest, int at) {
        guest.asm.lea(RAX, Memory.relative("registers"));
        guest.print(Memory.at(RAX, at));
    }
}
