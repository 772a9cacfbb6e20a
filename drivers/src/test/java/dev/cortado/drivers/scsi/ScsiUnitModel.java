package dev.cortado.drivers.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A target with units that are disks, written from SPC-4 and SBC-3. */
public final class ScsiUnitModel {
    /**
     * What it says of a command.
     *
     * @param data for the initiator; what it has moved of data from there is {@link #moved}
     */
    public record Response(int status, byte[] sense, byte[] data, int moved) {}

    public final byte[] disk;
    public int blockBytes = 512;
    public boolean isThin = true;
    public boolean isReadOnly;
    public boolean knowsLong = true;
    public boolean knowsPages = true;
    public List<Integer> units = new ArrayList<>(List.of(0));

    /** Commands that each end with a unit attention first. */
    public int attentions = 1;

    /** Commands that are not done, but end with an earlier one's error, which it has mended. */
    public int deferred;

    /** It does not say what it is. */
    public boolean hides;

    /** What is added to its last block when it says that. */
    public long more;

    /** Every transfer fails. */
    public boolean fails;

    private static final byte[] NONE = {};

    private final Consumer<String> commands;

    /**
     * @param commands hears of what is done to the disk
     */
    public ScsiUnitModel(int bytes, Consumer<String> commands) {
        disk = new byte[bytes];
        this.commands = commands;
    }

    private static Response good(ByteBuffer data, int room) {
        byte[] bytes = data.array();
        return new Response(0, NONE, Arrays.copyOf(bytes, Math.min(bytes.length, room)), 0);
    }

    private static Response check(int key, int code) {
        byte[] sense = new byte[18];
        sense[0] = 0x70;
        sense[2] = (byte) key;
        sense[7] = 10;
        sense[12] = (byte) code;
        return new Response(2, sense, NONE, 0);
    }

    /**
     * Carries out a command.
     *
     * @param out data from the initiator
     */
    public Response run(int unit, byte[] command, byte[] out) {
        ByteBuffer block = ByteBuffer.wrap(command);
        int code = command[0] & 0xff;
        boolean isListed = units.contains(unit);
        if (code == 0xa0) {
            return reportLuns(block.getInt(6));
        }
        if (code == 0x12) {
            return inquiry(isListed, block);
        }
        if (!isListed) {
            return check(5, 0x25);
        }
        if (attentions > 0) {
            attentions--;
            return check(6, 0x29);
        }
        if (deferred > 0) {
            deferred--;
            Response response = check(1, 0x0c);
            response.sense()[0] = 0x71;
            return response;
        }
        return switch (code) {
            case 0x00 -> good(ByteBuffer.allocate(0), 0);
            case 0x1a -> {
                byte write = (byte) (isReadOnly ? 0x80 : 0);
                yield good(
                        ByteBuffer.allocate(24).put(0, (byte) 23).put(2, write), command[4] & 0xff);
            }
            case 0x25 -> {
                long last = Math.min(disk.length / blockBytes - 1, 0xffff_ffffL);
                yield good(ByteBuffer.allocate(8).putInt(0, (int) last).putInt(4, blockBytes), 8);
            }
            case 0x9e -> capacity(block);
            case 0x28 -> transfer(false, block.getInt(2), block.getShort(7) & 0xffff, out);
            case 0x2a -> transfer(true, block.getInt(2), block.getShort(7) & 0xffff, out);
            case 0x88 -> transfer(false, block.getLong(2), block.getInt(10), out);
            case 0x8a -> transfer(true, block.getLong(2), block.getInt(10), out);
            case 0x35 -> {
                commands.accept("flush");
                yield good(ByteBuffer.allocate(0), 0);
            }
            case 0x42 -> unmap(block, out);
            default -> check(5, 0x20);
        };
    }

    private Response reportLuns(int room) {
        ByteBuffer list = ByteBuffer.allocate(8 + 8 * units.size()).putInt(0, 8 * units.size());
        for (int i = 0; i < units.size(); i++) {
            int unit = units.get(i);
            list.put(8 + 8 * i, (byte) (unit > 255 ? 0x40 | unit >> 8 : 0));
            list.put(9 + 8 * i, (byte) unit);
        }
        return good(list, room);
    }

    private Response inquiry(boolean isListed, ByteBuffer block) {
        int room = block.getShort(3) & 0xffff;
        if (hides) {
            return check(4, 0x44);
        }
        if ((block.get(1) & 1) == 0) {
            byte first = (byte) (isListed ? 0 : 0x7f);
            return good(ByteBuffer.allocate(36).put(0, first).put(2, (byte) 6), room);
        }
        int page = block.get(2) & 0xff;
        if (!knowsPages) {
            return check(5, 0x24);
        }
        ByteBuffer data = ByteBuffer.allocate(64).put(1, (byte) page);
        if (page == 0x80) {
            data.putShort(2, (short) 8).put(4, " UNIT-3 ".getBytes(StandardCharsets.US_ASCII));
            return good(data, Math.min(room, 12));
        }
        assertEquals(0xb0, page);
        return good(data.putShort(2, (short) 60).putInt(8, 1000).putInt(20, 5000), room);
    }

    private Response capacity(ByteBuffer block) {
        assertEquals(0x10, block.get(1));
        if (!knowsLong) {
            return check(5, 0x20);
        }
        ByteBuffer data = ByteBuffer.allocate(32);
        data.putLong(0, disk.length / blockBytes - 1 + more).putInt(8, blockBytes);
        return good(data.put(14, (byte) (isThin ? 0x80 : 0)), block.getInt(10));
    }

    private Response transfer(boolean isWrite, long first, int blocks, byte[] out) {
        long start = first * blockBytes;
        int bytes = blocks * blockBytes;
        commands.accept((isWrite ? "write " : "read ") + first + " " + blocks);
        if (fails) {
            return check(3, 0x11);
        }
        if (first < 0 || start + bytes > disk.length) {
            return check(5, 0x21);
        }
        if (isWrite) {
            assertEquals(bytes, out.length);
            System.arraycopy(out, 0, disk, (int) start, bytes);
            return new Response(0, NONE, NONE, bytes);
        }
        return new Response(0, NONE, Arrays.copyOfRange(disk, (int) start, (int) start + bytes), 0);
    }

    private Response unmap(ByteBuffer block, byte[] out) {
        assertEquals(24, block.getShort(7));
        ByteBuffer list = ByteBuffer.wrap(out);
        assertTrue(out.length == 24 && list.getShort(0) == 22 && list.getShort(2) == 16);
        commands.accept("unmap " + list.getLong(8) + " " + list.getInt(16));
        return new Response(0, NONE, NONE, 24);
    }

    /** One with a few bytes changed. */
    public static Response mutated(Response response, Random random) {
        byte[] data = response.data().clone();
        byte[] sense = response.sense().clone();
        if (data.length > 0) {
            data[random.nextInt(Math.min(data.length, 64))] = (byte) random.nextInt();
        }
        if (sense.length > 0) {
            sense[random.nextInt(sense.length)] = (byte) random.nextInt();
        }
        int status = random.nextBoolean() ? response.status() : random.nextInt(256);
        return new Response(status, sense, data, response.moved());
    }
}
