package dev.cortado.drivers.vmware.backdoor;

import dev.cortado.boot.layout.VmwareSymbols;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;
import java.util.Objects;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** The machine's own. Safe for use by several threads. */
public final class MachineBackdoor implements Backdoor {
    private static final int BYTES = VmwareSymbols.REGISTERS_SIZE;

    private final VirtualMemory memory = new VirtualMemory();
    private final int capacity;

    /** The registers, and behind them the bytes on their way, which nothing moves. */
    private final Pointer block;

    /**
     * @param capacity how many bytes go at once
     * @throws IOException there is no memory for them
     */
    public MachineBackdoor(int capacity) throws IOException {
        this.capacity = capacity;
        block = WordFactory.pointer(Memory.allocate(BYTES + capacity));
        if (block.isNull()) {
            throw new IOException("no memory for messages to VMware");
        }
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public synchronized void call(Registers registers) {
        store(registers, PORT);
        Vmware.call(block);
        load(registers);
    }

    @Override
    public synchronized void send(Registers registers, byte[] bytes, int length) {
        Objects.checkFromIndexSize(0, length, capacity);
        memory.copyIn(bytes, 0, block.rawValue() + BYTES, length);
        store(registers, HIGH_BANDWIDTH_PORT);
        block.writeLong(VmwareSymbols.RCX, length);
        block.writeLong(VmwareSymbols.RSI, block.rawValue() + BYTES);
        Vmware.send(block);
        load(registers);
    }

    @Override
    public synchronized void receive(Registers registers, byte[] bytes, int length) {
        Objects.checkFromIndexSize(0, length, capacity);
        store(registers, HIGH_BANDWIDTH_PORT);
        block.writeLong(VmwareSymbols.RCX, length);
        block.writeLong(VmwareSymbols.RDI, block.rawValue() + BYTES);
        Vmware.receive(block);
        load(registers);
        memory.copyOut(block.rawValue() + BYTES, bytes, 0, length);
    }

    private void store(Registers registers, int port) {
        write(VmwareSymbols.RAX, MAGIC);
        write(VmwareSymbols.RBX, registers.ebx);
        write(VmwareSymbols.RCX, registers.ecx);
        write(VmwareSymbols.RDX, Registers.of(Registers.high(registers.edx), port));
        write(VmwareSymbols.RSI, registers.esi);
        write(VmwareSymbols.RDI, registers.edi);
        write(VmwareSymbols.RBP, registers.ebp);
    }

    private void write(int register, int value) {
        block.writeLong(register, value & 0xffff_ffffL);
    }

    private void load(Registers registers) {
        registers.eax = block.readInt(VmwareSymbols.RAX);
        registers.ebx = block.readInt(VmwareSymbols.RBX);
        registers.ecx = block.readInt(VmwareSymbols.RCX);
        registers.edx = block.readInt(VmwareSymbols.RDX);
        registers.esi = block.readInt(VmwareSymbols.RSI);
        registers.edi = block.readInt(VmwareSymbols.RDI);
        registers.ebp = block.readInt(VmwareSymbols.RBP);
    }
}
