package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.HostMemory;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The parts of a request byte for byte, as VIRTIO 1.2, 5.2.6 has them. */
final class BlockBytesTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int SLOT = 1;
    private static final long SECTOR = 0x0102_0304_0506L;

    private final HostMemory memory = new HostMemory(BlockSlots.bytes(2));
    private final DeviceBlock block =
            new DeviceBlock(HostMemory.BASE, HostMemory.BASE, BlockSlots.bytes(2));
    private final BlockSlots slots = new BlockSlots(memory, block);
    private final BufferChain chain = new BufferChain(4);

    private String bytes(int offset, int count) {
        byte[] bytes = new byte[count];
        memory.copyOut(HostMemory.BASE + BlockSlots.bytes(SLOT) + offset, bytes, 0, count);
        return HEX.formatHex(bytes);
    }

    /** struct virtio_blk_req: le32 type, le32 reserved, le64 sector. */
    @Test
    void headers() {
        int[] types = {
            BlockSlots.TYPE_IN,
            BlockSlots.TYPE_OUT,
            BlockSlots.TYPE_FLUSH,
            BlockSlots.TYPE_GET_ID,
            BlockSlots.TYPE_DISCARD,
            BlockSlots.TYPE_WRITE_ZEROES
        };
        String[] expected = {"00", "01", "04", "08", "0b", "0d"};
        for (int i = 0; i < types.length; i++) {
            slots.begin(SLOT, chain, types[i], SECTOR);
            assertEquals(
                    expected[i] + " 00 00 00 00 00 00 00 06 05 04 03 02 01 00 00", bytes(0, 16));
        }
    }

    /** struct virtio_blk_discard_write_zeroes: le64 sector, le32 num_sectors, le32 unmap:1. */
    @Test
    void ranges() {
        slots.begin(SLOT, chain, BlockSlots.TYPE_WRITE_ZEROES, 0);
        slots.range(SLOT, chain, SECTOR, 0xffff_fffeL, true);
        assertEquals("06 05 04 03 02 01 00 00 fe ff ff ff 01 00 00 00", bytes(16, 16));
        slots.range(SLOT, chain, 1, 8, false);
        assertEquals("01 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00", bytes(16, 16));
    }
}
