package dev.cortado.runtime.net.tcp.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketPool;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reassembly queue and the receive buffer beside a model with a bit, or a byte, a position. */
final class ReassemblyTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rangesAreAsInTheModel(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            ReassemblyQueue queue = new ReassemblyQueue();
            BitSet model = new BitSet();
            int next = 0;
            int span = 20 + random.nextInt(600);
            for (int i = 0; i < 100; i++) {
                int start = next + 1 + random.nextInt(span);
                int end = start + 1 + random.nextInt(20);
                if (queue.hasPlaceFor(start, end)) {
                    queue.add(start, end);
                    model.set(start, end);
                }
                if (random.nextInt(10) == 0) {
                    int to = next + 1 + random.nextInt(30);
                    model.set(next, to);
                    next = (int) queue.takeFrom(to);
                    assertEquals(model.nextClearBit(to), next);
                    model.clear(0, next);
                }
                check(queue, model);
            }
        }
    }

    private static void check(ReassemblyQueue queue, BitSet model) {
        int at = 0;
        for (int i = 0; i < queue.count(); i++) {
            int start = model.nextSetBit(at);
            assertEquals(start, queue.start(i));
            at = model.nextClearBit(start);
            assertEquals(at, queue.end(i));
        }
        assertEquals(-1, model.nextSetBit(at));
        assertEquals(model.cardinality(), queue.bytes());
        long[] blocks = new long[8];
        int reported = queue.blocks(blocks, 0, 4);
        for (int i = 0; i < reported; i++) {
            assertTrue(model.get((int) blocks[2 * i]));
            assertEquals(blocks[2 * i + 1], model.nextClearBit((int) blocks[2 * i]));
            for (int j = 0; j < i; j++) {
                assertTrue(blocks[2 * i] != blocks[2 * j], "a block twice");
            }
        }
        assertEquals(Math.min(queue.count(), 4), reported);
    }

    @Test
    void aHostileSenderGetsNoMoreRangesThanThereAre() {
        ReassemblyQueue queue = new ReassemblyQueue();
        for (int i = 1; i < 100_000; i++) {
            queue.add(2L * i, 2L * i + 1);
        }
        assertEquals(ReassemblyQueue.MAXIMUM_RANGES, queue.count());
        assertTrue(queue.hasPlaceFor(3, 4), "what closes a gap is taken");
        queue.add(3, 4);
        assertEquals(ReassemblyQueue.MAXIMUM_RANGES - 1, queue.count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bytesAreAsInTheModel(long seed) {
        Random random = new Random(seed);
        PacketPool packets = PacketPool.ofHeap(4, 2048);
        ChunkPool chunks = new ChunkPool(64, 8);
        for (int run = 0; run < 20; run++) {
            long first = (1L << 32) - 5000 + random.nextInt(9000);
            ReceiveBuffer buffer = new ReceiveBuffer(chunks, first, 1000 + random.nextInt(40_000));
            long read = first;
            long edge = buffer.edge();
            for (int i = 0; i < 1_000; i++) {
                long position =
                        random.nextBoolean()
                                ? buffer.next()
                                : buffer.next() - 500 + random.nextInt(buffer.limit() + 1000);
                PacketBuffer packet = packet(packets, position, random.nextInt(1400), random);
                int length = packet.totalLength() - 7;
                long before = buffer.next();
                edge = Math.max(edge, buffer.edge());
                int readable = buffer.insert(position, packet, 7, length, edge);
                assertEquals(before + readable, buffer.next());
                assertTrue(buffer.next() <= edge);
                packet.release();
                if (random.nextInt(3) == 0) {
                    ByteBuffer to = ByteBuffer.allocate(random.nextInt(3000));
                    int count = buffer.read(to);
                    for (int j = 0; j < count; j++) {
                        assertEquals(value(read + j), to.get(j));
                    }
                    read += count;
                    assertEquals(read, buffer.start());
                }
            }
            buffer.clear();
            assertEquals(0, chunks.inUse());
            assertEquals(4, packets.free());
        }
    }

    private static byte value(long position) {
        return (byte) (position * 31 + (position >> 8));
    }

    /** Seven bytes that are not payload, then payload, in one piece or two. */
    private static PacketBuffer packet(PacketPool pool, long position, int length, Random random) {
        PacketBuffer packet = pool.take();
        packet.append(7);
        PacketBuffer piece = packet;
        int cut = random.nextBoolean() ? random.nextInt(length + 1) : length;
        for (int i = 0; i < length; i++) {
            if (i == cut) {
                PacketBuffer more = pool.take();
                packet.setContinuation(more);
                piece = more;
            }
            piece.bytes().put(piece.append(1), value(position + i));
        }
        return packet;
    }

    @Test
    void rfc2018Section8WhatCameTooEarlyIsDroppedForWhatItWaitsFor() {
        ChunkPool chunks = new ChunkPool(2, 0);
        PacketPool packets = PacketPool.ofHeap(4, 2048);
        Random random = new Random(1);
        for (int readable : new int[] {0, 4096}) {
            ReceiveBuffer buffer = new ReceiveBuffer(chunks, 0, 40_000);
            for (int at = 0; at < readable; at += 1024) {
                assertEquals(1024, insert(buffer, packets, at, 1024, random));
            }
            insert(buffer, packets, 9_000, 1000, random);
            insert(buffer, packets, 13_000, 1000, random);
            assertEquals(2, chunks.inUse());
            assertEquals(1000, insert(buffer, packets, readable, 1000, random));
            assertTrue(buffer.queue().isEmpty());
            ByteBuffer to = ByteBuffer.allocate(10_000);
            assertEquals(readable + 1000, buffer.read(to));
            for (int i = 0; i < readable + 1000; i++) {
                assertEquals(value(i), to.get(i));
            }
            buffer.clear();
            assertEquals(0, chunks.inUse());
        }
    }

    private static int insert(
            ReceiveBuffer buffer, PacketPool packets, long position, int length, Random random) {
        PacketBuffer packet = packet(packets, position, length, random);
        int readable = buffer.insert(position, packet, 7, length, buffer.edge());
        packet.release();
        return readable;
    }

    @Test
    void withoutMemoryNothingIsTakenAndTheFirstChunkIsAlwaysThere() {
        ChunkPool chunks = new ChunkPool(2, 2);
        SendBuffer a = new SendBuffer(chunks, 0, 1 << 20);
        assertEquals(8192, a.write(ByteBuffer.allocate(100_000)));
        SendBuffer b = new SendBuffer(chunks, 100, 1 << 20);
        assertEquals(4096 - 100, b.write(ByteBuffer.allocate(100_000)));
        assertEquals(3, chunks.inUse());
        a.acknowledge(8192);
        b.acknowledge(4096);
        assertEquals(0, chunks.inUse());
    }
}
