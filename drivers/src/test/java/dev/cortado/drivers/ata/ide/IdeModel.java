package dev.cortado.drivers.ata.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.ata.AtaDiskModel;
import dev.cortado.drivers.ata.PacketDriveModel;
import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.util.Arrays;
import java.util.Map;

/**
 * A channel with one or two drives, written from ATA/ATAPI-7, volume 2, and "Programming Interface
 * for Bus Master IDE Controller".
 */
final class IdeModel extends ControllerModel {
    final AtaDiskModel disk;

    /** The other drive; null if there is none. */
    PacketDriveModel drive;

    private byte[] packet;
    private int got;

    /** The registers' bytes, and those before them, of counts and addresses. */
    private final int[] now = new int[8];

    private final int[] before = new int[8];
    private int status;
    private int error;
    private int control;
    private int command;
    private boolean isOpen;
    private byte[] identity;
    private int read;

    /** Reads of the status that say that it is busy, or what it said before a command. */
    int busyReads;

    private int staleReads;

    private int masterCommand;
    private int masterStatus;
    private int table;

    IdeModel(HostMemory memory, FrameSource source, long seed, AtaDiskModel disk) {
        super(memory, source, seed);
        this.disk = disk;
        status = 0x50;
    }

    /** The controller may, for its other channel; a channel does while its DMA goes on. */
    @Override
    public synchronized boolean isMastering() {
        return (masterCommand & 1) != 0;
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of(
                IdeChannel.COMMAND_PORTS,
                        new PortBank(this, 8) {
                            @Override
                            int read(int port) {
                                return readPort(port);
                            }

                            @Override
                            void write(int port, int value) {
                                writePort(port, value);
                            }

                            @Override
                            int readWord() {
                                return IdeModel.this.readWord();
                            }

                            @Override
                            void writeWord(int value) {
                                IdeModel.this.writeWord(value);
                            }
                        },
                IdeChannel.CONTROL_PORTS,
                        new PortBank(this, 1) {
                            @Override
                            int read(int port) {
                                return readPort(7);
                            }

                            @Override
                            void write(int port, int value) {
                                control(value);
                            }
                        },
                IdeChannel.DMA_PORTS,
                        new PortBank(this, 8) {
                            @Override
                            int read(int port) {
                                return port == 2 ? masterStatus : masterCommand;
                            }

                            @Override
                            void write(int port, int value) {
                                if (port == 2) {
                                    masterStatus =
                                            masterStatus & ~(value & 6) & ~0x60 | value & 0x60;
                                } else {
                                    assertEquals(0, port);
                                    masterCommand = value;
                                    masterStatus &= ~1;
                                    kick();
                                }
                            }

                            @Override
                            void writeTable(int value) {
                                assertEquals(0, value & 3);
                                table = value;
                            }
                        });
    }

    private int readWord() {
        assertTrue(identity != null && (status & 8) != 0);
        int word = identity[read] & 0xff | (identity[read + 1] & 0xff) << 8;
        read += 2;
        if (read == 512) {
            status = 0x50;
        }
        return word;
    }

    private void writeWord(int value) {
        assertTrue(packet != null && got < 12 && (status & 8) != 0);
        packet[got] = (byte) value;
        packet[got + 1] = (byte) (value >>> 8);
        got += 2;
        if (got == 12) {
            status = 0xd0;
            isOpen = true;
            kick();
        }
    }

    private boolean isAbsent() {
        return (now[6] & 0x10) != 0 && drive == null;
    }

    private boolean isPacketDrive() {
        return (now[6] & 0x10) != 0;
    }

    private int readPort(int port) {
        if (isAbsent()) {
            return 0;
        }
        return switch (port) {
            case 1 -> error;
            case 7 -> readStatus();
            default -> now[port];
        };
    }

    /** 400 ns pass until a command shows, here in reads. */
    private int readStatus() {
        if (staleReads > 0) {
            staleReads--;
            return 0x50;
        }
        if (busyReads > 0) {
            busyReads--;
            return 0xd0;
        }
        return status;
    }

    private void writePort(int port, int value) {
        if (port != 6 && behaviour != Behaviour.WILD) {
            assertEquals(0, status & 0x88, "the drive has a command already");
        }
        if (port != 7) {
            before[port] = now[port];
            now[port] = value;
            return;
        }
        if (isAbsent()) {
            return;
        }
        assertEquals(0xe0, now[6] & 0xe0);
        command = value;
        if (isPacketDrive()) {
            takePacketCommand();
            return;
        }
        isOpen = true;
        status = 0xd0;
        staleReads = value == 0xec ? 4 : 0;
        if (value == 0xec && behaviour != Behaviour.SILENT) {
            identity = disk.identity();
            if (isWild()) {
                identity[random.nextInt(512)] = (byte) random.nextInt();
            }
            read = 0;
            isOpen = false;
            status = isWild() ? random.nextInt(256) & ~8 : 0x58;
            interrupt();
        }
        kick();
    }

    private void takePacketCommand() {
        if (behaviour == Behaviour.SILENT) {
            status = 0xd0;
            return;
        }
        switch (command) {
            case 0xec -> {
                now[4] = 0x14;
                now[5] = 0xeb;
                error = 4;
                status = 0x51;
                interrupt();
            }
            case 0xa1 -> {
                identity = drive.identity();
                read = 0;
                status = 0x58;
                interrupt();
            }
            case 0xa0 -> {
                packet = new byte[12];
                got = 0;
                status = isWild() ? random.nextInt(256) : 0x58;
            }
            default -> throw new AssertionError("command " + command);
        }
    }

    private void control(int value) {
        if ((value & 4) != 0) {
            isOpen = false;
            status = 0x80;
            busyReads = 0;
        } else if ((control & 4) != 0 && behaviour != Behaviour.SILENT) {
            status = 0x50;
        }
        control = value;
    }

    private void interrupt() {
        masterStatus |= 4;
        if ((control & 2) == 0) {
            interrupts.release();
        }
    }

    @Override
    protected void work() {
        if (!isOpen || behaviour == Behaviour.SILENT) {
            return;
        }
        boolean moves = command == 0xa0 ? now[1] != 0 : command != 0xea && command != 0xe7;
        if (moves && (masterCommand & 1) == 0) {
            return;
        }
        isOpen = false;
        error = 0;
        status = execute() && behaviour != Behaviour.FAILING ? 0x50 : 0x51;
        if (behaviour == Behaviour.FAILING) {
            error = 0x40;
        }
        if (command == 0xa0 && status == 0x51) {
            error = drive.key() << 4;
        }
        if (isWild()) {
            switch (random.nextInt(4)) {
                case 0 -> status = random.nextInt(256);
                case 1 -> masterStatus |= 2;
                case 2 -> interrupts.release();
                default -> {
                    status = 0xd0;
                    return; // no interrupt
                }
            }
        }
        interrupt();
    }

    private boolean execute() {
        boolean toMemory = (masterCommand & 8) != 0;
        long low = now[3] | now[4] << 8 | (long) now[5] << 16;
        switch (command) {
            case 0xea, 0xe7 -> {
                assertEquals(disk.isLong ? 0xea : 0xe7, command);
                note("flush");
                return true;
            }
            case 0x25, 0x35 -> {
                assertTrue(disk.isLong);
                long high = before[3] | before[4] << 8 | (long) before[5] << 16;
                int count = now[2] | before[2] << 8;
                return transfer(high << 24 | low, count == 0 ? 1 << 16 : count, toMemory);
            }
            case 0xc8, 0xca -> {
                long block = low | (now[6] & 0xfL) << 24;
                return transfer(block, now[2] == 0 ? 256 : now[2], toMemory);
            }
            case 0xa0 -> {
                return runPacket();
            }
            case 0x06 -> {
                assertEquals(1, now[1]);
                byte[] ranges = new byte[512];
                assertEquals(512, move(ranges, 0, false));
                note("trim " + ranges[0] + "+" + ranges[6]);
                return true;
            }
            default -> throw new AssertionError("command " + command);
        }
    }

    private boolean runPacket() {
        byte[] given = drive.run(packet);
        packet = null;
        if (given == null || now[1] == 0) {
            return given != null;
        }
        assertEquals(drive.needsDirection ? 5 : 1, now[1]);
        int room = room();
        if (given.length < room) {
            masterStatus |= 1;
        }
        byte[] moved = Arrays.copyOf(given, room);
        move(moved, 0, true);
        return true;
    }

    /** Bytes that the table has room for. */
    private int room() {
        int room = 0;
        for (int i = 0; ; i++) {
            long entry = memory.readLong(at(table + 8L * i));
            int count = (int) (entry >>> 32 & 0xffff);
            room += count == 0 ? 1 << 16 : count;
            if (entry < 0) {
                return room;
            }
        }
    }

    private boolean transfer(long block, int blocks, boolean toMemory) {
        assertEquals(command == 0x25 || command == 0xc8, toMemory);
        note((toMemory ? "read " : "write ") + block + " " + blocks);
        long position = block * disk.blockBytes;
        if (position + (long) blocks * disk.blockBytes > disk.bytes.length) {
            return false;
        }
        assertEquals(blocks * disk.blockBytes, move(disk.bytes, (int) position, toMemory));
        return true;
    }

    /** Moves what the table says; returns how much that is. */
    private int move(byte[] bytes, int offset, boolean toMemory) {
        int moved = 0;
        for (int i = 0; ; i++) {
            assertFalse(i > 32, "a table without an end");
            long entry = memory.readLong(at(table + 8L * i));
            long address = entry & 0xffff_ffffL;
            int count = (int) (entry >>> 32 & 0xffff);
            int length = count == 0 ? 1 << 16 : count;
            assertEquals(0, address & 1);
            assertTrue((address & 0xffff) + length <= 1 << 16, "a border of 64 KiB is crossed");
            if (toMemory) {
                copyToMemory(bytes, offset + moved, address, length);
            } else {
                copyFromMemory(address, bytes, offset + moved, length);
            }
            moved += length;
            if (entry < 0) {
                assertNotEquals(0, moved);
                return moved;
            }
        }
    }
}
