package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.DiskParts;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes to a disk from many threads at random, and reads what was written. */
final class DiskHammer {
    /** Of transfers that are made together. */
    private static final int MOST_TOGETHER = 80;

    private static final int PART_BYTES = 4096;
    private static final int BUFFER_BYTES = 16384;

    private final BlockDevice disk;
    private final int diskBytes;
    private final HostMemory memory;
    private final DeviceFrames buffers;

    DiskHammer(BlockDevice disk, int diskBytes, HostMemory memory, DeviceFrames buffers) {
        this.disk = disk;
        this.diskBytes = diskBytes;
        this.memory = memory;
        this.buffers = buffers;
    }

    private DeviceBlock buffer(int bytes) throws IOException {
        return buffers.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    private void fill(DeviceBlock buffer, byte[] bytes) {
        memory.copyIn(bytes, 0, buffer.address(), bytes.length);
    }

    private byte[] bytes(DeviceBlock buffer, int length) {
        byte[] bytes = new byte[length];
        memory.copyOut(buffer.address(), bytes, 0, length);
        return bytes;
    }

    /** Threads with a part of the disk each; what is read is what was written last. */
    void run(int threads, int operations) throws Exception {
        List<DeviceBlock> blocks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            blocks.add(buffer(BUFFER_BYTES));
        }
        DiskParts.each(
                threads,
                diskBytes,
                (number, first, bytes) ->
                        use(first, bytes, blocks.get(number), number, operations));
        blocks.forEach(buffers::free);
    }

    private void use(int first, int bytes, DeviceBlock buffer, int seed, int operations)
            throws IOException {
        Random random = new Random(seed);
        int block = disk.blockBytes();
        int start = (first + block - 1) / block * block;
        int room = (first + bytes - start) / block * block;
        byte[] expected = new byte[room];
        for (int i = 0; i < operations; i++) {
            int length = block * (1 + random.nextInt(Math.min(BUFFER_BYTES, room) / block));
            int at = block * random.nextInt((room - length) / block + 1);
            if (random.nextBoolean()) {
                byte[] written = new byte[length];
                random.nextBytes(written);
                System.arraycopy(written, 0, expected, at, length);
                fill(buffer, written);
                disk.write(start + at, buffer, 0, length);
            } else {
                disk.read(start + at, buffer, 0, length);
                assertTrue(
                        Arrays.equals(bytes(buffer, length), 0, length, expected, at, at + length));
            }
            if (random.nextInt(20) == 0) {
                disk.flush();
            }
        }
    }

    /** The same with many transfers at once, more than commands of most controllers. */
    void runTogether(int threads, int rounds) throws Exception {
        DeviceBlock block = buffer(threads * MOST_TOGETHER * PART_BYTES);
        DiskParts.each(
                threads,
                diskBytes,
                (number, first, bytes) -> useTogether(first, bytes, block, number, rounds));
        buffers.free(block);
    }

    private void useTogether(int first, int bytes, DeviceBlock buffer, int number, int rounds)
            throws IOException {
        Random random = new Random(number);
        int start = Math.ceilDiv(first, PART_BYTES) * PART_BYTES;
        int parts = Math.min((first + bytes - start) / PART_BYTES, MOST_TOGETHER);
        int offset = number * MOST_TOGETHER * PART_BYTES;
        for (int round = 0; round < rounds; round++) {
            byte[] written = new byte[parts * PART_BYTES];
            random.nextBytes(written);
            memory.copyIn(written, 0, buffer.address() + offset, written.length);
            List<BlockTransfer> transfers = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                int at = i * PART_BYTES;
                transfers.add(BlockTransfer.write(start + at, buffer, offset + at, PART_BYTES));
            }
            Collections.shuffle(transfers, random);
            made(transfers);
            memory.copyIn(new byte[written.length], 0, buffer.address() + offset, written.length);
            transfers.replaceAll(
                    each -> BlockTransfer.read(each.position(), buffer, each.offset(), PART_BYTES));
            made(transfers);
            byte[] read = new byte[written.length];
            memory.copyOut(buffer.address() + offset, read, 0, read.length);
            assertTrue(Arrays.equals(written, read));
        }
    }

    private void made(List<BlockTransfer> transfers) throws IOException {
        disk.transfer(transfers);
        for (BlockTransfer transfer : transfers) {
            if (transfer.failure() != null) {
                throw new IOException(transfer.failure());
            }
        }
    }
}
