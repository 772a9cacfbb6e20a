package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.VmwareSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;

/** Calls to VMware's hypervisor, see {@link VmwareSymbols}. */
final class BackdoorStubs {

    private BackdoorStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(VmwareSymbols.CALL, () -> withRegisters(asm, () -> asm.in(EAX)));
        asm.function(VmwareSymbols.SEND, () -> withRegisters(asm, asm::repOutsb));
        asm.function(VmwareSymbols.RECEIVE, () -> withRegisters(asm, asm::repInsb));
    }

    private static void withRegisters(Assembler asm, Runnable instruction) {
        asm.push(RBX);
        asm.push(RBP);
        // The hypervisor knows of no register above the first eight.
        asm.mov(R8, RDI);
        asm.mov(RAX, Memory.at(R8, VmwareSymbols.RAX));
        asm.mov(RBX, Memory.at(R8, VmwareSymbols.RBX));
        asm.mov(RCX, Memory.at(R8, VmwareSymbols.RCX));
        asm.mov(RDX, Memory.at(R8, VmwareSymbols.RDX));
        asm.mov(RSI, Memory.at(R8, VmwareSymbols.RSI));
        asm.mov(RDI, Memory.at(R8, VmwareSymbols.RDI));
        asm.mov(RBP, Memory.at(R8, VmwareSymbols.RBP));
        instruction.run();
        asm.mov(Memory.at(R8, VmwareSymbols.RAX), RAX);
        asm.mov(Memory.at(R8, VmwareSymbols.RBX), RBX);
        asm.mov(Memory.at(R8, VmwareSymbols.RCX), RCX);
        asm.mov(Memory.at(R8, VmwareSymbols.RDX), RDX);
        asm.mov(Memory.at(R8, VmwareSymbols.RSI), RSI);
        asm.mov(Memory.at(R8, VmwareSymbols.RDI), RDI);
        asm.mov(Memory.at(R8, VmwareSymbols.RBP), RBP);
        asm.pop(RBP);
        asm.pop(RBX);
        asm.ret();
    }
}
