package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.Allocation;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class RingPairTest extends RingPairCase {
    @Test
    void packetsGoBothWays() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[14 + random.nextInt(1505)];
            random.nextBytes(bytes);
            assertEquals(1, send(packet(bytes, 90 + random.nextInt(2000))));
            NetworkBackend.Packet sent = backend.take();
            assertArrayEquals(bytes, sent.bytes());
            assertEquals(0, sent.flags() & ~4);
            assertTrue(backend.deliver(bytes, 90 + random.nextInt(2000), 0, 0, 0));
            received.clear();
            assertFalse(pair.serviceReceive(this::receive));
            assertArrayEquals(bytes, received.get(0));
            if (random.nextInt(5) == 0) {
                backend.finish(20);
                takeBack();
            }
        }
        int made = access.grants.size();
        assertTrue(made <= BUFFERS + 2, "each buffer is granted once: " + made);
        end();
        checkNothingLost();
    }

    /** public/io/netif.h's drawings: a packet of two parts that is to be cut. */
    @Test
    void requestsAreTheSpecifications() throws Exception {
        NetworkBuffer packet = packet(new byte[5000], 4000);
        packet.setChecksum(54, 16);
        packet.setSegmentation(Segmentation.TCP6, 1440, 74);
        assertEquals(1, send(packet));
        byte[] bytes = new byte[36];
        memory.copyOut(backend.out + 64, bytes, 0, 36);
        String hex = HexFormat.of().formatHex(bytes);
        // offset, flags, id, size; type, flags, size, type, pad, features; offset, flags, id, size
        assertEquals("10000f0000008813", hex.substring(8, 24));
        assertEquals("0100a005020000000000" + "0000", hex.substring(24, 48));
        assertEquals("130000000100e803", hex.substring(56, 72));
        NetworkBackend.Packet sent = backend.take();
        assertEquals(2, sent.kind());
        memory.copyOut(backend.in + 64, bytes, 0, 16);
        hex = HexFormat.of().formatHex(bytes);
        assertEquals("00000000", hex.substring(0, 8));
        assertEquals("01000000", hex.substring(16, 24));
    }

    @Test
    void whatABackendSaysIsTheBuffers() throws Exception {
        keep = true;
        assertTrue(backend.deliver(new byte[60_000], 4000, 3, 1, 1448));
        assertTrue(backend.deliver(new byte[60], 100, 1, 0, 0));
        assertTrue(backend.deliver(new byte[60], 100, 0, 0, 0));
        pair.serviceReceive(this::receive);
        assertEquals(60_000, kept.get(0).packetLength());
        assertEquals(Segmentation.TCP4, kept.get(0).segmentation());
        assertEquals(1448, kept.get(0).segmentSize());
        assertTrue(kept.get(0).isChecksumGood());
        assertTrue(kept.get(1).isChecksumGood());
        assertFalse(kept.get(2).isChecksumGood());
        assertEquals(Segmentation.NONE, kept.get(2).segmentation());
    }

    /** As an answer to a ping goes: in the packet that asked, which lies at a page's beginning. */
    @Test
    void aPacketThatCameCanGoAsItLies() throws Exception {
        keep = true;
        assertTrue(backend.deliver(new byte[60], 100, 0, 0, 0));
        pair.serviceReceive(this::receive);
        assertEquals(0, kept.getFirst().offset());
        assertEquals(1, send(kept.getFirst()));
        assertEquals(60, backend.take().bytes().length);
    }

    /**
     * NETRXF_data_validated and NETRXF_csum_blank, alone and together: a packet of dom0's own has
     * no sum in it, and neither has a large one, whatever its backend says.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1, 0, true",
        "2, 0, true",
        "3, 0, true",
        "0, 1, true",
        "0, 2, true"
    })
    void aSumThatNobodyHasMadeIsGood(int flags, int kind, boolean good) throws Exception {
        keep = true;
        assertTrue(backend.deliver(new byte[3000], 2000, flags, kind, kind == 0 ? 0 : 1000));
        pair.serviceReceive(this::receive);
        assertEquals(good, kept.getFirst().isChecksumGood());
        assertEquals(NetworkBuffer.NO_CHECKSUM, kept.getFirst().checksumStart());
    }

    /** Extra information that was not asked for, or makes no sense, spoils its packet only. */
    @ParameterizedTest
    @CsvSource({"2, 1000, 1", "1, 0, 1", "1, 1000, 3", "0, 1000, 1", "255, 1000, 1"})
    void extraInformationIsChecked(int type, int size, int kind) throws Exception {
        backend.deliver(new byte[60], 100, 0, 1, 1000);
        memory.writeLong(backend.in + 64 + 8, type | (long) size << 16 | (long) kind << 32);
        backend.deliver(new byte[60], 100, 0, 0, 0);
        assertFalse(pair.serviceReceive(this::receive));
        assertEquals(1, pair.bad());
        assertEquals(1, received.size());
        end();
        checkNothingLost();
    }

    /** Each has XEN_NETIF_EXTRA_FLAG_MORE: there is an end all the same. */
    @Test
    void extraInformationHasAnEnd() {
        for (int i = 0; i < POSTED; i++) {
            memory.writeLong(backend.in + 64 + 8L * i, 1 | 1 << 8 | 1000 << 16 | 1L << 32);
        }
        backend.respond(backend.in + 64, 0, 0, 8, 60);
        backend.publish(backend.in, 0, POSTED);
        IOException e = assertThrows(IOException.class, () -> pair.receive(batch));
        assertEquals("vif: the backend gives a part of a packet", e.getMessage());
        end();
        checkNothingLost();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "0, 0, 0, -1",
        "0, 0, 0, 4097",
        "0, 4090, 0, 7",
        "0, 65535, 0, 60",
        "0, 0, 16, 60",
    })
    void aPacketThatMakesNoSenseIsCounted(int id, int offset, int flags, int status)
            throws Exception {
        backend.respond(backend.in + 64, id, offset, flags, status);
        backend.publish(backend.in, 0, 1);
        assertFalse(pair.serviceReceive(this::receive));
        assertEquals(1, pair.bad());
        assertEquals(0, received.size());
        end();
        checkNothingLost();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 'vif: the backend fills buffer 1 in the place of 0'",
        "0, 4, 1, 'vif: the backend gives a part of a packet'",
        "0, 8, 1, 'vif: the backend gives a part of a packet'",
        "0, 0, 65, 'vif: the backend says that it has answered 65 of 64 requests, 0 before'",
        "0, 0, -1, 'vif: the backend says that it has answered 4294967295 of 64 requests, 0"
                + " before'",
    })
    void aWildBackendIsNamed(int id, int flags, int produced, String message) throws Exception {
        backend.respond(backend.in + 64, id, 0, flags, 60);
        backend.publish(backend.in, 0, produced);
        IOException e = assertThrows(IOException.class, () -> pair.receive(batch));
        assertEquals(message, e.getMessage());
        assertThrows(IOException.class, () -> send(packet(new byte[60], 100)));
        assertThrows(IOException.class, () -> pair.serviceTransmit());
    }

    @Test
    void aFullRingTakesNoMoreAndTellsWhenThereIsRoom() throws Exception {
        int count = 0;
        NetworkBuffer left = packet(new byte[60], 100);
        while (send(left) == 1) {
            count++;
            left = packet(new byte[60], 100);
        }
        assertEquals(255, count, "one is for extra information");
        assertFalse(pair.serviceTransmit());
        for (int i = 0; i < 255; i++) {
            backend.take();
        }
        backend.finish(1);
        assertTrue(access.ports.get(pair.portNumber()).await(1, 0), "it was asked for");
        assertTrue(pair.serviceTransmit());
        assertEquals(1, takeBack());
        assertEquals(1, send(left));
        backend.finish(200);
        assertFalse(access.ports.get(pair.portNumber()).await(1, 0), "nobody asked");
        end();
        checkNothingLost();
    }

    /** A backend without buffers gets some as soon as there are any, and is told. */
    @Test
    void buffersThatComeBackAreTheBackends() throws Exception {
        keep = true;
        while (pool.take() != null) {
            // They are somebody's.
        }
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < POSTED; i++) {
                assertTrue(backend.deliver(new byte[60], 100, 0, 0, 0));
            }
            assertFalse(backend.deliver(new byte[60], 100, 0, 0, 0));
            pair.serviceReceive(this::receive);
            int before = access.ports.get(pair.portNumber()).sends;
            kept.forEach(NetworkBuffers::give);
            kept.clear();
            assertTrue(access.ports.get(pair.portNumber()).sends > before);
            assertEquals(POSTED, backend.buffers());
        }
    }

    /** There is none because memory lacks, as a rule. */
    @Test
    void aRingThatFindsNoBufferNeedsNoMemoryToHearOfTheNext() throws Exception {
        while (pool.take() != null) {
            // They are somebody's.
        }
        long allocated = 0;
        for (int i = 0; i < 10; i++) {
            assertTrue(backend.deliver(new byte[60], 100, 0, 0, 0));
            allocated =
                    Allocation.of(() -> {
                        assertEquals(1, pair.receive(batch));
                        NetworkBuffers.give(batch[0]);
                    });
            assertEquals(0, pool.free(), "the backend has it");
        }
        assertEquals(0, allocated);
    }

    /** The bus does not know that there is something: nobody else ends it. */
    @Test
    void ringsThatCannotBeMadeForWantOfMemoryAreSharedWithNobody() {
        end();
        access.ports.clear();
        access.grantsWithMemory = 1;
        assertThrows(OutOfMemoryError.class, () -> begin(ALL));
        assertEquals(0, access.grants.size());
        assertTrue(access.ports.values().stream().allMatch(port -> port.closed));
    }

    @Test
    void whatABackendCannotIsRefused() throws Exception {
        end();
        begin(0);
        assertThrows(IllegalArgumentException.class, () -> send(packet(new byte[60], 30)));
        NetworkBuffer sum = packet(new byte[60], 100);
        sum.setChecksum(34, 16);
        assertThrows(IllegalArgumentException.class, () -> send(sum));
        NetworkBuffers other = new NetworkBuffers(new DeviceFrames(source, "other"), 1, 4096);
        NetworkBuffer foreign = other.take();
        foreign.setData(NetworkBuffer.HEADROOM, 60);
        assertThrows(IllegalArgumentException.class, () -> send(foreign));
    }

    /** A page that a backend keeps is never used again, and the others are. */
    @Test
    void onlyWhatABackendKeepsIsLost() throws Exception {
        NetworkBuffer sent = packet(new byte[60], 60);
        assertEquals(1, send(sent));
        int grant = memory.readIntAcquire(backend.out + 64);
        int posted = (int) (memory.readLong(backend.in + 64) >>> 32);
        NetworkBuffer returned = packet(new byte[60], 60);
        int other = grants.of(returned);
        NetworkBuffers.give(returned);
        for (int kept : new int[] {grant, posted, other}) {
            access.used.put(kept, 1);
        }
        end();
        assertEquals(2, pool.lost(), "posted, and in the pool; the user has the third one");
        assertEquals(1, takeBack());
        assertEquals(3, pool.lost());
        assertEquals(BUFFERS - 3, pool.free());
        assertEquals(3, access.grants.size());
        for (NetworkBuffer one = pool.take(); one != null; one = pool.take()) {
            assertTrue(one != sent && one != returned);
        }
    }

    /** Others may give one back; nobody tells us, so that it is tried again. */
    @Test
    void withoutAGrantNothingIsTakenUntilThereIsOne() throws Exception {
        access.most = access.grants.size();
        NetworkBuffer packet = packet(new byte[60], 60);
        assertEquals(0, send(packet));
        assertFalse(pair.serviceTransmit(), "not at once");
        long end = System.nanoTime() + 20_000_000_000L;
        while (!pair.serviceTransmit()) {
            assertTrue(System.nanoTime() < end);
            pair.await(Long.MAX_VALUE);
        }
        assertEquals(0, send(packet));
        access.most = Integer.MAX_VALUE;
        assertEquals(1, send(packet));
        end();
        checkNothingLost();
    }

    /** The array keeps nothing that the test has given back. */
    @Test
    void packetsAreTakenInBatches() throws Exception {
        NetworkBuffer[] all = new NetworkBuffer[20];
        Arrays.setAll(all, i -> packet(new byte[60 + i], 200));
        int before = access.ports.get(pair.portNumber()).sends;
        assertEquals(20, pair.transmit(all, 0, 20));
        assertEquals(before + 1, access.ports.get(pair.portNumber()).sends, "once a batch");
        for (int i = 0; i < 20; i++) {
            assertEquals(60 + i, backend.take().bytes().length);
        }
        assertEquals(1, send(packet(new byte[60], 100)));
        assertEquals(before + 1, access.ports.get(pair.portNumber()).sends, "it is awake");
    }
}
