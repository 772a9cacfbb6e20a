package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What stands in memory, byte for byte as the structures of VIRTIO 1.2, 2.7 and 2.8 say. */
final class QueueBytesTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private static final long HEADER = 0x1122_3344_5566_7788L;
    private static final int TOKEN = 77;

    private final BufferChain chain =
            new BufferChain(3).out(HEADER, 16).in(0xa000, 512).in(0xb000, 1);

    private static String bytes(QueueCase made, long offset, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = made.memory.readByte(made.block.address() + offset + i);
        }
        return HEX.formatHex(bytes);
    }

    private static void put(QueueCase made, long offset, String hex) {
        byte[] bytes = HEX.parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            made.memory.writeByte(made.block.address() + offset + i, bytes[i]);
        }
    }

    private static long offset(QueueCase made, long deviceAddress) {
        return deviceAddress - made.block.device();
    }

    /** struct virtq_desc: le64 addr, le32 len, le16 flags, le16 next (2.7.5). */
    @Test
    void aSplitQueuesDescriptors() throws BrokenQueueException {
        QueueCase made = new QueueCase(QueueCase.settings(4, false, false, 0));
        VirtQueue queue = made.driver();
        queue.add(chain, TOKEN);
        long table = offset(made, queue.descriptorAddress());
        assertEquals("88 77 66 55 44 33 22 11 10 00 00 00 01 00 01 00", bytes(made, table, 16));
        assertEquals(
                "00 a0 00 00 00 00 00 00 00 02 00 00 03 00 02 00", bytes(made, table + 16, 16));
        assertEquals(
                "00 b0 00 00 00 00 00 00 01 00 00 00 02 00 00 00", bytes(made, table + 32, 16));
    }

    /** An indirect descriptor has the flag 4, and its table the same structure (2.7.5.3). */
    @Test
    void aSplitQueuesTableOfDescriptors() throws BrokenQueueException {
        QueueCase made = new QueueCase(QueueCase.settings(4, false, false, 4));
        VirtQueue queue = made.driver();
        queue.add(chain, TOKEN);
        long descriptor = offset(made, queue.descriptorAddress());
        assertEquals("30 00 00 00 04 00 00 00", bytes(made, descriptor + 8, 8));
        long address = made.memory.readLong(made.block.address() + descriptor);
        assertEquals(
                "88 77 66 55 44 33 22 11 10 00 00 00 01 00 01 00"
                        + " 00 a0 00 00 00 00 00 00 00 02 00 00 03 00 02 00"
                        + " 00 b0 00 00 00 00 00 00 01 00 00 00 02 00 00 00",
                bytes(made, offset(made, address), 48));
    }

    /**
     * struct virtq_avail: le16 flags, le16 idx, le16 ring[], le16 used_event (2.7.6); struct
     * virtq_used: le16 flags, le16 idx, and elements of le32 id and le32 len (2.7.8).
     */
    @Test
    void aSplitQueuesRings() throws BrokenQueueException {
        QueueCase made = new QueueCase(QueueCase.settings(4, false, false, 0));
        VirtQueue queue = made.driver();
        queue.add(chain.clear().in(0xa000, 512), TOKEN + 1);
        queue.add(chain.clear().in(0xb000, 1), TOKEN);
        long available = offset(made, queue.driverAddress());
        assertEquals("02 00 00 00 01 00 00 00 00 00", bytes(made, available + 2, 10));
        long used = offset(made, queue.deviceAddress());
        assertEquals(VirtQueue.NONE, queue.take());
        put(made, used + 4, "01 00 00 00 01 00 00 00");
        put(made, used + 2, "01 00");
        assertEquals(TOKEN, queue.take());
        assertEquals(1, queue.written());
        put(made, used + 12, "00 00 00 00 34 01 00 00");
        put(made, used + 2, "02 00");
        assertEquals(TOKEN + 1, queue.take());
        assertEquals(0x134, queue.written());
        assertEquals(VirtQueue.NONE, queue.take());
    }

    /** struct pvirtq_desc: le64 addr, le32 len, le16 id, le16 flags (2.8.13). */
    @Test
    void aPackedQueuesDescriptors() throws BrokenQueueException {
        QueueCase made = new QueueCase(QueueCase.settings(4, true, false, 0));
        VirtQueue queue = made.driver();
        queue.add(chain, TOKEN);
        long ring = offset(made, queue.descriptorAddress());
        assertEquals("88 77 66 55 44 33 22 11 10 00 00 00 00 00 81 00", bytes(made, ring, 16));
        assertEquals("00 a0 00 00 00 00 00 00 00 02 00 00", bytes(made, ring + 16, 12));
        assertEquals("83 00", bytes(made, ring + 30, 2));
        assertEquals("00 b0 00 00 00 00 00 00 01 00 00 00 00 00 82 00", bytes(made, ring + 32, 16));
        put(made, ring + 8, "01 02 00 00 00 00 80 80");
        assertEquals(TOKEN, queue.take());
        assertEquals(0x201, queue.written());
        // The second turn: its flags are the other way round (2.8.1).
        queue.add(chain.clear().out(HEADER, 16), TOKEN);
        queue.add(chain.clear().out(HEADER, 16), TOKEN + 1);
        assertEquals("80 00", bytes(made, ring + 48 + 14, 2));
        assertEquals("00 80", bytes(made, ring + 14, 2));
    }
}
