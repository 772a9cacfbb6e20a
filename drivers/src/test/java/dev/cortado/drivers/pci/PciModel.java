package dev.cortado.drivers.pci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** A machine of functions whose registers are bytes, of which some bits can be written. */
public final class PciModel implements ConfigurationSpace {
    /** Told of writes; for registers that do something. */
    public interface Effect {
        void written(Function function, int offset, int value);
    }

    public int segment;

    public static final class Function {
        public final ByteBuffer registers =
                ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        public final ByteBuffer writable = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        public Effect effect = (function, offset, value) -> {};

        public Function ids(int vendor, int device, int classCode) {
            registers.putShort(0, (short) vendor).putShort(2, (short) device);
            registers.putInt(8, classCode << 8);
            writable.putShort(4, (short) 0x547);
            writable.put(0x3c, (byte) 0xff);
            return this;
        }

        public Function header(int type) {
            registers.put(0x0e, (byte) type);
            return this;
        }

        /** A register of an address: its value, and the bits that it compares. */
        public Function base(int index, int value, int mask) {
            registers.putInt(0x10 + 4 * index, value);
            writable.putInt(0x10 + 4 * index, mask);
            return this;
        }

        /** Bytes of capabilities, as written in a specification. */
        public Function bytes(int offset, String hex) {
            String digits = hex.replace(" ", "");
            for (int i = 0; i < digits.length(); i += 2) {
                registers.put(
                        offset + i / 2, (byte) Integer.parseInt(digits.substring(i, i + 2), 16));
            }
            return this;
        }

        public Function capabilities(int first) {
            registers.put(0x06, (byte) (registers.get(0x06) | 0x10));
            registers.put(0x34, (byte) first);
            return this;
        }

        public Function bridge(int secondary, int subordinate) {
            header(1);
            registers.put(0x19, (byte) secondary).put(0x1a, (byte) subordinate);
            return this;
        }
    }

    private final Map<PciAddress, Function> functions = new HashMap<>();
    private final int bytes;
    private final int lastBus;

    public PciModel(int bytes, int lastBus) {
        this.bytes = bytes;
        this.lastBus = lastBus;
    }

    public PciModel() {
        this(4096, 255);
    }

    public Function add(int bus, int device, int function) {
        Function added = new Function();
        functions.put(new PciAddress(segment, bus, device, function), added);
        return added;
    }

    public void remove(int bus, int device, int function) {
        functions.remove(new PciAddress(segment, bus, device, function));
    }

    /** One device with that function, ready to be used. */
    public static PciDevice device(Function function) {
        PciModel model = new PciModel();
        PciAddress address = new PciAddress(0, 0, 3, 0);
        model.functions.put(address, function);
        return new PciDevice(new PciFunction(model, address), null);
    }

    @Override
    public int segment() {
        return segment;
    }

    @Override
    public int firstBus() {
        return 0;
    }

    @Override
    public int lastBus() {
        return lastBus;
    }

    private int read(PciAddress address, int offset, int width) {
        if (offset < 0 || offset + width > bytes || offset % width != 0) {
            throw new AssertionError("register " + offset + " of width " + width);
        }
        Function function = functions.get(address);
        long value = -1;
        if (function != null) {
            value = 0;
            for (int i = width - 1; i >= 0; i--) {
                value = value << 8 | function.registers.get(offset + i) & 0xff;
            }
        }
        return (int) (value & (1L << 8 * width) - 1);
    }

    private void write(PciAddress address, int offset, int value, int width) {
        read(address, offset, width);
        Function function = functions.get(address);
        if (function != null) {
            for (int i = 0; i < width; i++) {
                int mask = function.writable.get(offset + i);
                int kept = function.registers.get(offset + i) & ~mask;
                function.registers.put(offset + i, (byte) (kept | value >> 8 * i & mask));
            }
            function.effect.written(function, offset, value);
        }
    }

    @Override
    public int read8(PciAddress function, int offset) {
        return read(function, offset, 1);
    }

    @Override
    public int read16(PciAddress function, int offset) {
        return read(function, offset, 2);
    }

    @Override
    public int read32(PciAddress function, int offset) {
        return read(function, offset, 4);
    }

    @Override
    public void write8(PciAddress function, int offset, int value) {
        write(function, offset, value, 1);
    }

    @Override
    public void write16(PciAddress function, int offset, int value) {
        write(function, offset, value, 2);
    }

    @Override
    public void write32(PciAddress function, int offset, int value) {
        write(function, offset, value, 4);
    }
}
