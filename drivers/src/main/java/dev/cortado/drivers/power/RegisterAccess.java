package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.RegisterAddress;
import dev.cortado.kernel.memory.DeviceMemory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** A register that the firmware's tables name, which may be a port or in memory. */
final class RegisterAccess {
    private static final String REASON = PcPower.REASON;
    private static final int MAPPED_BYTES = 8;

    private boolean present;
    private int port;
    private long mapped;

    /** From now on it can be used, if the machine has it. */
    @Uninterruptible(reason = REASON)
    void open(RegisterAddress address) {
        if (address.isPresent() && !address.isPort()) {
            openMemory(address.address());
        } else {
            openPort(address);
        }
    }

    /** The same, but for a port only, which needs no memory management. */
    @Uninterruptible(reason = REASON)
    void openPort(RegisterAddress address) {
        if (address.isPresent() && address.isPort()) {
            port = (int) address.address();
            present = true;
        }
    }

    /** One at a physical address. */
    @Uninterruptible(reason = REASON)
    void openMemory(long address) {
        mapped = DeviceMemory.map(address, MAPPED_BYTES);
        present = mapped != 0;
    }

    @Uninterruptible(reason = REASON)
    boolean isPresent() {
        return present;
    }

    @Uninterruptible(reason = REASON)
    int read16(int offset) {
        return mapped == 0 ? Cpu.in16(port + offset) & 0xffff : at().readShort(offset) & 0xffff;
    }

    @Uninterruptible(reason = REASON)
    void write16(int offset, int value) {
        if (mapped == 0) {
            Cpu.out16(port + offset, value);
        } else {
            at().writeShort(offset, (short) value);
        }
    }

    @Uninterruptible(reason = REASON)
    int read32() {
        return mapped == 0 ? Cpu.in32(port) : at().readInt(0);
    }

    @Uninterruptible(reason = REASON)
    void write8(int value) {
        if (mapped == 0) {
            Cpu.out8(port, value);
        } else {
            at().writeByte(0, (byte) value);
        }
    }

    @Uninterruptible(reason = REASON)
    private Pointer at() {
        return WordFactory.pointer(mapped);
    }
}
