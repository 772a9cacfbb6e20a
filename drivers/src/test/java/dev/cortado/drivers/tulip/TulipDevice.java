package dev.cortado.drivers.tulip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.card.CardModel;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A 21143, written from its hardware reference manual. */
final class TulipDevice extends CardModel implements WordRegisters {
    private static final int OWN = 1 << 31;

    private final int[] csr = new int[16];
    private final SerialRom rom;
    private final Phy phy = new Phy();
    private boolean isPulled;
    private long transmitAt;
    private long receiveAt;
    private byte[] setup = new byte[192];

    TulipDevice(HostMemory memory, long deviceOffset, SerialRom rom) {
        super(memory, deviceOffset);
        this.rom = rom;
        reset();
    }

    Phy phy() {
        return phy;
    }

    @Override
    public NetworkCard card(DeviceFrames frames) throws IOException, InterruptedException {
        return new TulipCard("21143", this, memory, frames, ms -> {});
    }

    private void reset() {
        Arrays.fill(csr, 0);
        csr[0] = 0xfe000000;
        csr[5] = 0xfc000000;
        csr[6] = 0x32000040;
        setup = new byte[192];
    }

    @Override
    public long bytes() {
        return 128;
    }

    @Override
    public synchronized int read32(long offset) {
        int index = (int) Registers.check(this, offset, 4) / 8;
        assertEquals(0, offset % 8);
        if (isPulled) {
            return -1;
        }
        if (index == 9) {
            return (rom.isOut() ? 1 << 3 : 0) | (phy.isOut() ? 1 << 19 : 0);
        }
        if (index == 5) {
            return csr[5] | (has(6, 1) ? 3 << 17 : 0) | (has(6, 13) ? 6 << 20 : 0);
        }
        return csr[index];
    }

    @Override
    public synchronized void write32(long offset, int value) {
        int index = (int) Registers.check(this, offset, 4) / 8;
        switch (index) {
            case 0 -> {
                csr[0] = value;
                if ((value & 1) != 0) {
                    reset();
                }
            }
            case 1 -> setUp();
            case 2 -> {}
            case 3 -> {
                assertTrue(!has(6, 1) && value % 4 == 0);
                receiveAt = Integer.toUnsignedLong(value);
                csr[3] = value;
            }
            case 4 -> {
                assertTrue(!has(6, 13) && value % 4 == 0);
                transmitAt = Integer.toUnsignedLong(value);
                csr[4] = value;
            }
            case 5 -> csr[5] &= ~(value & 0x1ffff);
            case 9 -> {
                rom.drive(
                        (value & 1 << 11) != 0 && (value & 1) != 0,
                        (value & 2) != 0,
                        (value & 4) != 0);
                phy.drive((value & 1 << 16) != 0, (value & 1 << 17) != 0);
            }
            default -> csr[index] = value;
        }
    }

    private boolean has(int register, int bit) {
        return (csr[register] & 1 << bit) != 0;
    }

    private void raise(int causes) {
        csr[5] |= causes;
    }

    /** Normal causes have a summary, and others another one (HRM, table 3-44). */
    @Override
    public synchronized boolean isInterrupting() {
        int due = csr[5] & csr[7];
        int normal = 1 | 1 << 2 | 1 << 6 | 1 << 11 | 1 << 14;
        int other = 0x1ffff & ~(normal | 1 << 15 | 1 << 16);
        return (due & normal) != 0 && has(7, 16) || (due & other) != 0 && has(7, 15);
    }

    @Override
    public boolean isStopped() {
        return !has(6, 1) && !has(6, 13);
    }

    @Override
    public void setLink(boolean up) {
        phy.setLink(up);
        if (has(11, 16)) {
            raise(1 << 11);
        }
    }

    @Override
    public void pull() {
        isPulled = true;
    }

    private int get(long at) {
        return memory.readIntAcquire(here(at));
    }

    private void put(long at, int value) {
        memory.writeIntRelease(here(at), value);
    }

    private static long after(long at, int control, int first) {
        return (control & 1 << 25) != 0 ? Integer.toUnsignedLong(first) : at + 16;
    }

    /** Setup frames that are next. */
    private void setUp() {
        while (has(6, 13) && get(transmitAt) < 0 && (get(transmitAt + 4) & 1 << 27) != 0) {
            int control = get(transmitAt + 4);
            assertEquals(192, control & 0x7ff);
            assertEquals(0, control & (3 << 29 | 1 << 28 | 1 << 22), "perfect filtering");
            setup = read(Integer.toUnsignedLong(get(transmitAt + 8)), 192);
            put(transmitAt, 0x7fffffff);
            transmitAt = after(transmitAt, control, csr[4]);
        }
    }

    @Override
    public synchronized List<byte[]> send(int most) {
        List<byte[]> wire = new ArrayList<>();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        setUp();
        while (has(6, 13) && wire.size() < most && get(transmitAt) < 0) {
            int control = get(transmitAt + 4);
            assertEquals(packet.size() == 0, (control & 1 << 29) != 0, "the first segment");
            assertEquals(0, control >>> 11 & 0x7ff, "the second buffer");
            packet.writeBytes(read(Integer.toUnsignedLong(get(transmitAt + 8)), control & 0x7ff));
            put(transmitAt, 0);
            transmitAt = after(transmitAt, control, csr[4]);
            if ((control & 1 << 30) != 0) {
                wire.add(packet.toByteArray());
                packet.reset();
                raise((control & 1 << 31) != 0 ? 1 : 0);
                setUp();
            }
        }
        assertEquals(0, packet.size(), "a packet without an end");
        return wire;
    }

    @Override
    public synchronized boolean deliver(byte[] packet) {
        return deliver(packet, 3 << 8);
    }

    /**
     * @param status bits beside the length
     */
    boolean deliver(byte[] packet, int status) {
        if (!has(6, 1)) {
            return false;
        }
        if (get(receiveAt) >= 0) {
            raise(1 << 7);
            return false;
        }
        int control = get(receiveAt + 4);
        assertTrue((control & 0x7ff) >= packet.length + 4 && (control & 3) == 0);
        write(Integer.toUnsignedLong(get(receiveAt + 8)), packet);
        put(receiveAt, packet.length + 4 << 16 | status);
        receiveAt = after(receiveAt, control, csr[3]);
        raise(1 << 6);
        return true;
    }

    @Override
    public boolean accepts(long address) {
        boolean isGroup = (address >>> 40 & 1) != 0;
        boolean isFound = has(6, 6) || isGroup && has(6, 7);
        for (int i = 0; i < 16; i++) {
            long one = 0;
            for (int at : new int[] {0, 1, 4, 5, 8, 9}) {
                one = one << 8 | setup[12 * i + at] & 0xff;
            }
            isFound |= one == address;
        }
        return isFound;
    }

    @Override
    public void scribble(Random random) {
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                if (receiveAt != 0 && get(receiveAt) < 0) {
                    int control = get(receiveAt + 4);
                    put(receiveAt, random.nextInt());
                    receiveAt =
                            random.nextBoolean() ? after(receiveAt, control, csr[3]) : receiveAt;
                }
            }
            case 2 -> {
                long at = Integer.toUnsignedLong(csr[4]) + 16L * random.nextInt(128);
                if (csr[4] != 0) {
                    put(at, random.nextInt());
                }
            }
            case 3 -> raise(random.nextInt() & 0x1ffff & ~(random.nextInt(9) == 0 ? 0 : 1 << 13));
            default -> phy.setLink(random.nextBoolean());
        }
    }
}
