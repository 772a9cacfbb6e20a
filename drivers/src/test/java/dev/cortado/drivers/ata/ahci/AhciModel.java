package dev.cortado.drivers.ata.ahci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.ata.AtaDiskModel;
import dev.cortado.drivers.ata.PacketDriveModel;
import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A controller, written from AHCI 1.3.1, with three ports: a disk, nothing, and a drive for optical
 * media, which has none. It carries out commands in an order of chance.
 */
final class AhciModel extends ControllerModel {
    final AtaDiskModel disk;
    final PacketDriveModel drive = new PacketDriveModel(null);
    boolean reachesAll = true;
    boolean hasFirmware;

    /** The last data of packets comes through damaged, of which the drive knows nothing. */
    boolean damagesPackets;

    private boolean isHalted;

    private static final int PORTS = 3;

    /** It says that these slots are busy, too. */
    private int strangeSlots;

    private final ByteBuffer bank = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);

    AhciModel(HostMemory memory, FrameSource source, long seed, AtaDiskModel disk) {
        super(memory, source, seed);
        this.disk = disk;
        reset();
    }

    private void reset() {
        for (int i = 0; i < 0x1000; i++) {
            bank.put(i, (byte) 0);
        }
        strangeSlots = 0;
        bank.putInt(0x00, 2 | 31 << 8 | 1 << 30 | (reachesAll ? 1 << 31 : 0));
        bank.putInt(0x0c, (1 << PORTS) - 1);
        bank.putInt(0x24, hasFirmware ? 1 : 0);
        bank.putInt(0x28, hasFirmware ? 1 : 0);
        for (int i = 0; i < PORTS; i++) {
            bank.putInt(port(i) + 0x20, 0x7f);
            bank.putInt(port(i) + 0x24, -1);
        }
    }

    private static int port(int number) {
        return 0x100 + 0x80 * number;
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of(5, new Bank());
    }

    /** Accesses are of 4 bytes (3). */
    private final class Bank implements WordRegisters {
        @Override
        public long bytes() {
            return 0x1000;
        }

        @Override
        public int read32(long offset) {
            synchronized (AhciModel.this) {
                Registers.check(this, offset, 4);
                int value = bank.getInt((int) offset);
                return offset == port(0) + 0x38 ? value | strangeSlots : value;
            }
        }

        @Override
        public void write32(long offset, int value) {
            synchronized (AhciModel.this) {
                Registers.check(this, offset, 4);
                write((int) offset, value);
            }
        }
    }

    private void write(int offset, int value) {
        if (offset >= 0x100) {
            writePort((offset - 0x100) / 0x80, (offset - 0x100) % 0x80, value);
            return;
        }
        switch (offset) {
            case 0x04 -> {
                assertTrue((value & 1 << 31) != 0, "AHCI is always enabled");
                if ((value & 1) != 0) {
                    reset();
                } else {
                    bank.putInt(0x04, value);
                }
            }
            case 0x08 -> bank.putInt(0x08, bank.getInt(0x08) & ~value);
            case 0x28 -> bank.putInt(0x28, value & ~1); // the firmware lets go at once
            default -> throw new AssertionError("register " + offset);
        }
    }

    private void writePort(int number, int register, int value) {
        int at = port(number) + register;
        switch (register) {
            case 0x00, 0x04, 0x08, 0x0c, 0x14 -> bank.putInt(at, value);
            case 0x10, 0x30 -> {
                bank.putInt(at, bank.getInt(at) & ~value);
                showLinkChanges(port(number));
            }
            case 0x18 -> command(number, value);
            case 0x2c -> {
                if ((bank.getInt(at) & 0xf) == 1 && (value & 0xf) == 0) {
                    link(number);
                } else if ((value & 0xf) == 1) {
                    bank.putInt(port(number) + 0x28, 0);
                }
                bank.putInt(at, value);
            }
            case 0x34 -> bank.putInt(at, bank.getInt(at) | value);
            case 0x38 -> {
                assertTrue((bank.getInt(port(number) + 0x18) & 1) != 0, "the port is started");
                bank.putInt(at, bank.getInt(at) | value);
                kick();
            }
            default -> throw new AssertionError("port register " + register);
        }
    }

    private void command(int number, int value) {
        int at = port(number);
        int before = bank.getInt(at + 0x18);
        int running = (value & 1) != 0 ? 1 << 15 : 0;
        int receiving = (value & 1 << 4) != 0 ? 1 << 14 : 0;
        bank.putInt(at + 0x18, value & ~(0xf << 28 | 1 << 15 | 1 << 14) | running | receiving);
        if ((value & 1) == 0) {
            isHalted = false;
            bank.putInt(at + 0x34, 0);
            bank.putInt(at + 0x38, 0);
        } else if ((before & 1) == 0) {
            assertTrue(receiving != 0, "10.3.1: FIS are received before");
            assertEquals(0, bank.getInt(at + 0x20) & 0x88, "10.3.1: the disk is ready");
            // 6.2.2.1: after an error it goes on when it is started again.
            bank.putInt(at + 0x20, bank.getInt(at + 0x20) & ~1);
            assertEquals(0, bank.getInt(at) % 1024);
            assertEquals(0, bank.getInt(at + 8) % 256);
        }
        if ((value & 2) != 0 && (before & 2) == 0) {
            link(number);
        }
    }

    /** The link has been reset. */
    private void link(int number) {
        if (number == 1) {
            return;
        }
        int at = port(number);
        bank.putInt(at + 0x28, 0x113);
        bank.putInt(at + 0x24, number == 0 ? 0x101 : 0xeb140101);
        bank.putInt(at + 0x20, 0x50);
        bank.putInt(at + 0x30, 1 << 26);
        cause(number, 1 << 6);
    }

    /** 3.3.5: what is said of the link stays until it is taken back in the other register. */
    private void showLinkChanges(int at) {
        int errors = bank.getInt(at + 0x30);
        int shown =
                ((errors & 1 << 26) != 0 ? 1 << 6 : 0) | ((errors & 1 << 16) != 0 ? 1 << 22 : 0);
        bank.putInt(at + 0x10, bank.getInt(at + 0x10) & ~(1 << 6 | 1 << 22) | shown);
    }

    /** The link is lost, and there again: the disk has forgotten what it was told. */
    synchronized void interruptLink() {
        bank.putInt(port(0) + 0x34, 0);
        bank.putInt(port(0) + 0x30, 1 << 26 | 1 << 16);
        cause(0, 1 << 6 | 1 << 22);
    }

    synchronized boolean saysThatLinkChanged() {
        return (bank.getInt(port(0) + 0x10) & (1 << 6 | 1 << 22)) != 0;
    }

    /** The link is lost. */
    synchronized void pullOut() {
        bank.putInt(port(0) + 0x28, 0);
        bank.putInt(port(0) + 0x30, 1 << 16);
        cause(0, 1 << 22);
    }

    private void cause(int number, int bits) {
        int at = port(number) + 0x10;
        bank.putInt(at, bank.getInt(at) | bits);
        if ((bank.getInt(at) & bank.getInt(at + 4)) != 0) {
            bank.putInt(0x08, bank.getInt(0x08) | 1 << number);
            if ((bank.getInt(0x04) & 2) != 0) {
                interrupts.release();
            }
        }
    }

    @Override
    protected void work() {
        work(0);
        work(2);
    }

    private void work(int number) {
        int at = port(number);
        while (behaviour != Behaviour.SILENT && !isHalted && (bank.getInt(at + 0x20) & 0x81) == 0) {
            int waiting = bank.getInt(at + 0x38);
            if (waiting == 0) {
                return;
            }
            int slot = random.nextInt(32);
            while ((waiting & 1 << slot) == 0) {
                slot = (slot + 1) % 32;
            }
            run(number, slot);
        }
    }

    private void run(int number, int slot) {
        int at = port(number);
        boolean queued = (bank.getInt(at + 0x34) & 1 << slot) != 0;
        if (!queued) {
            int others = bank.getInt(at + 0x34) | bank.getInt(at + 0x38) & ~(1 << slot);
            assertEquals(0, others, "9.2: what is queued and what is not do not mix");
        }
        boolean fails = behaviour == Behaviour.FAILING;
        if (isWild()) {
            switch (random.nextInt(5)) {
                case 0 -> fails = true;
                case 1 -> strangeSlots = random.nextInt();
                case 2 -> cause(number, random.nextInt());
                case 3 -> {
                    bank.putInt(at + 0x28, 0);
                    cause(number, 1 << 22);
                }
                default -> bank.putInt(at + 0x20, random.nextInt());
            }
        }
        if (!execute(at, slot, queued) || fails) {
            bank.putInt(at + 0x20, number == 0 ? 0x4041 : drive.key() << 12 | 0x51);
            cause(number, 1 << 30);
            return;
        }
        if (number == 2 && damagesPackets) {
            isHalted = true; // 6.1.2, until the port is started again
            cause(number, 1 << 27);
            return;
        }
        bank.putInt(at + 0x38, bank.getInt(at + 0x38) & ~(1 << slot));
        bank.putInt(at + 0x34, bank.getInt(at + 0x34) & ~(1 << slot));
        cause(number, queued ? 1 << 3 : 1);
    }

    private boolean execute(int at, int slot, boolean queued) {
        long header = at(bank.getLong(at) + 32L * slot);
        int flags = memory.readIntAcquire(header);
        assertEquals(5, flags & 0x1f, "dwords of the command");
        assertEquals(0, flags & ~(0xffff << 16 | 1 << 6 | 1 << 5 | 0x1f));
        long table = memory.readLong(header + 8);
        assertEquals(0, table % 128);
        byte[] fis = new byte[20];
        copyFromMemory(table, fis, 0, 20);
        assertEquals(0x27, fis[0]);
        assertEquals((byte) 0x80, fis[1]);
        int code = fis[2] & 0xff;
        long block = number(fis, 4) | number(fis, 8) << 24;
        int features = fis[3] & 0xff | (fis[11] & 0xff) << 8;
        int count = fis[12] & 0xff | (fis[13] & 0xff) << 8;
        long data = 0;
        int bytes = 0;
        if (flags >>> 16 != 0) {
            assertEquals(1, flags >>> 16);
            long region = at(table + 0x80);
            data = memory.readLong(region);
            bytes = memory.readIntAcquire(region + 12) + 1;
            assertTrue(data % 2 == 0 && bytes % 2 == 0 && bytes <= 1 << 22);
        }
        boolean write = (flags & 1 << 6) != 0;
        assertEquals(code == 0xa0, (flags & 1 << 5) != 0);
        assertEquals(at == port(2), code == 0xa0 || code == 0xa1);
        switch (code) {
            case 0xec -> {
                byte[] identity = disk.identity();
                if (isWild()) {
                    identity[random.nextInt(512)] ^= (byte) random.nextInt();
                }
                copyToMemory(identity, 0, data, 512);
                memory.writeIntRelease(header + 4, isWild() ? random.nextInt() : 512);
                return true;
            }
            case 0xa1 -> {
                copyToMemory(drive.identity(), 0, data, 512);
                memory.writeIntRelease(header + 4, 512);
                return true;
            }
            case 0xa0 -> {
                int expected = bytes == 0 ? 0 : drive.needsDirection ? 5 : 1;
                assertEquals(expected, features);
                byte[] packet = new byte[16];
                copyFromMemory(table + 0x40, packet, 0, 16);
                byte[] given = drive.run(packet);
                if (given != null && bytes > 0) {
                    int length = Math.min(bytes, given.length);
                    copyToMemory(given, 0, data, length);
                    memory.writeIntRelease(header + 4, isWild() ? random.nextInt() : length);
                }
                return given != null;
            }
            case 0x60, 0x61 -> {
                assertTrue(queued && disk.queues && count == slot << 3);
                return transfer(code == 0x61, write, block, features, data, bytes);
            }
            case 0x25, 0x35 -> {
                assertTrue(!queued && disk.isLong);
                return transfer(code == 0x35, write, block, count, data, bytes);
            }
            case 0xc8, 0xca -> {
                assertTrue(!queued && block >>> 24 == 0);
                long all = block | (fis[7] & 0xfL) << 24;
                int blocks = count == 0 ? 256 : count;
                return transfer(code == 0xca, write, all, blocks, data, bytes);
            }
            case 0xea, 0xe7 -> {
                assertEquals(disk.isLong ? 0xea : 0xe7, code);
                note("flush");
                return true;
            }
            case 0x06 -> {
                assertTrue(write && features == 1 && count == 1 && bytes == 512);
                return trim(data);
            }
            default -> throw new AssertionError("command " + code);
        }
    }

    private static long number(byte[] fis, int offset) {
        return fis[offset] & 0xff | (fis[offset + 1] & 0xff) << 8 | (fis[offset + 2] & 0xffL) << 16;
    }

    private boolean transfer(
            boolean isWrite, boolean flag, long block, int blocks, long data, int bytes) {
        assertEquals(isWrite, flag);
        int count = blocks == 0 ? 1 << 16 : blocks;
        assertEquals(count * disk.blockBytes, bytes);
        note((isWrite ? "write " : "read ") + block + " " + count);
        long position = block * disk.blockBytes;
        if (position + bytes > disk.bytes.length) {
            return false;
        }
        if (isWrite) {
            copyFromMemory(data, disk.bytes, (int) position, bytes);
        } else {
            copyToMemory(disk.bytes, (int) position, data, bytes);
        }
        return true;
    }

    private boolean trim(long data) {
        StringBuilder ranges = new StringBuilder("trim");
        for (int i = 0; i < 64; i++) {
            long range = memory.readLong(at(data + 8 * i));
            if (range >>> 48 != 0) {
                ranges.append(" " + (range & (1L << 48) - 1) + "+" + (range >>> 48));
            }
        }
        note(ranges.toString());
        return true;
    }
}
