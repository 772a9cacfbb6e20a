package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JointTransferTest {
    private static final int ROOM = 3;
    private static final int PART_BYTES = 4096;

    private final List<Long> begun = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();
    private final DeviceBlock buffer = new DeviceBlock(0, 0, 1 << 20);

    /** Has room for a few, of which the first ends as if there were no memory. */
    private final class Commands implements DiskCommands {
        @Override
        public void run(DiskTransfer transfer) {
            throw new AssertionError("all were made");
        }

        @Override
        public Request<Boolean> begin(DiskTransfer transfer, boolean waits) {
            if (begun.size() - ended.size() == ROOM) {
                return null;
            }
            begun.add(transfer.position());
            return () -> {
                ended.add(transfer.position());
                if (transfer.position() == 0) {
                    throw new OutOfMemoryError("to say how it ended");
                }
                return true;
            };
        }

        @Override
        public void flush() {
            // Nothing.
        }

        @Override
        public void discard(long position, long length) {
            // Nothing.
        }

        @Override
        public boolean isAlive() {
            return true;
        }
    }

    private void transfer(int count) throws IOException {
        DiskGeometry geometry = DiskGeometry.of("disk", "", 2048, 512, false, PART_BYTES, 0);
        List<BlockTransfer> transfers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i * PART_BYTES;
            transfers.add(BlockTransfer.read(at, buffer, at, PART_BYTES));
        }
        new CommandDisk(geometry, new Commands()).transfer(transfers);
    }

    /** A slot that nobody waits for is nobody's for ever. */
    @Test
    void allThatWasBegunIsWaitedForEvenIfMemoryLacks() {
        for (int count : new int[] {ROOM, 2 * ROOM}) {
            begun.clear();
            ended.clear();
            assertThrows(OutOfMemoryError.class, () -> transfer(count));
            assertEquals(begun, ended);
            assertEquals(ROOM, begun.size());
        }
    }
}
