package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An honest backend of a pair of rings, written from public/io/netif.h, in the test's thread. */
final class NetworkBackend {
    private static final int ENTRIES = 256;

    /** A packet of the frontend's: its bytes, flags of the first request, and segments. */
    record Packet(byte[] bytes, int flags, int kind, int size, List<Integer> ids, int extras) {}

    final FakeAccess access;
    final HostMemory memory;
    final FakeAccess.Port port;
    final long out;
    final long in;
    int taken;
    int answered;
    int filled;
    private final ArrayDeque<Packet> held = new ArrayDeque<>();

    NetworkBackend(FakeAccess access, int transmit, int receive, int portNumber) {
        this.access = access;
        memory = access.memory;
        out = access.page(transmit, true);
        in = access.page(receive, true);
        port = access.ports.get(portNumber);
    }

    /** Takes a packet that is to be sent; null if there is none. */
    Packet take() {
        if (taken == memory.readIntAcquire(out)) {
            memory.writeIntRelease(out + 4, taken + 1);
            return null;
        }
        long at = next();
        int size = memory.readShortAcquire(at + 10);
        int flags = memory.readShortAcquire(at + 6);
        byte[] bytes = new byte[size];
        List<Integer> ids = new ArrayList<>();
        int extras = 0;
        int kind = 0;
        int segment = 0;
        long first = at;
        if ((flags & 8) != 0) {
            long extra = next();
            assertEquals(1, memory.readByte(extra), "XEN_NETIF_EXTRA_TYPE_GSO");
            assertEquals(0, memory.readByte(extra + 1), "flags");
            segment = memory.readShortAcquire(extra + 2);
            kind = memory.readByte(extra + 4);
            assertEquals(0, memory.readByte(extra + 5) | memory.readShortAcquire(extra + 6));
            extras++;
        }
        List<Long> parts = new ArrayList<>(List.of(first));
        int more = flags;
        int rest = 0;
        while ((more & 4) != 0) {
            long part = next();
            parts.add(part);
            more = memory.readShortAcquire(part + 6);
            assertEquals(0, more & ~4);
            rest += memory.readShortAcquire(part + 10);
        }
        assertTrue(parts.size() <= 18);
        int begin = 0;
        for (long part : parts) {
            int length = part == first ? size - rest : memory.readShortAcquire(part + 10);
            int offset = memory.readShortAcquire(part + 4);
            assertTrue(length > 0 && offset + length <= 4096, offset + " " + length);
            long page = access.page(memory.readIntAcquire(part), false);
            memory.copyOut(page + offset, bytes, begin, length);
            begin += length;
            ids.add(memory.readShortAcquire(part + 8));
        }
        Packet packet = new Packet(bytes, flags, kind, segment, ids, extras);
        held.add(packet);
        return packet;
    }

    private long next() {
        assertTrue(taken != memory.readIntAcquire(out), "a part of a packet");
        return out + 64 + 12L * (taken++ & ENTRIES - 1);
    }

    /** Answers so many of the packets that it took, oldest first. */
    void finish(int count) {
        for (int i = 0; i < count && !held.isEmpty(); i++) {
            Packet packet = held.poll();
            int before = answered;
            for (int part = 0; part < packet.ids().size(); part++) {
                respond(packet.ids().get(part), 0);
                if (part == 0 && packet.extras() > 0) {
                    respond(0x1234, 1);
                }
            }
            publish(out, before, answered);
        }
    }

    void respond(int id, int status) {
        long at = out + 64 + 12L * (answered++ & ENTRIES - 1);
        memory.writeIntRelease(at, id | status << 16);
    }

    void publish(long ring, int before, int now) {
        memory.writeIntRelease(ring + 8, now);
        memory.fullFence();
        int event = memory.readIntAcquire(ring + 12);
        if (Integer.compareUnsigned(now - event, now - before) < 0) {
            port.wake();
        }
    }

    /** Buffers that it may fill. */
    int buffers() {
        return memory.readIntAcquire(in) - filled;
    }

    /** A packet comes, in parts of so many bytes; false if there are not enough buffers. */
    boolean deliver(byte[] packet, int partBytes, int flags, int kind, int size) {
        int parts = (packet.length + partBytes - 1) / partBytes;
        boolean extra = kind != 0;
        if (buffers() < parts + (extra ? 1 : 0)) {
            memory.writeIntRelease(in + 4, filled + parts + 1);
            return false;
        }
        int before = filled;
        for (int i = 0; i < parts; i++) {
            byte[] bytes =
                    Arrays.copyOfRange(
                            packet, i * partBytes, Math.min(packet.length, (i + 1) * partBytes));
            int own = (i < parts - 1 ? 4 : 0) | (i == 0 ? flags : 0);
            own |= i == 0 && extra ? 8 : 0;
            fill(bytes, i * 2, own);
            if (i == 0 && extra) {
                long at = in + 64 + 8L * (filled++ & ENTRIES - 1);
                memory.writeLong(at, 1L | (long) size << 16 | (long) kind << 32);
            }
        }
        publish(in, before, filled);
        return true;
    }

    private void fill(byte[] bytes, int offset, int flags) {
        int place = filled++ & ENTRIES - 1;
        long at = in + 64 + 8L * place;
        long request = memory.readLong(at);
        int id = (int) request & 0xffff;
        assertEquals(place, id);
        long page = access.page((int) (request >>> 32), true);
        memory.copyIn(bytes, 0, page + offset, bytes.length);
        respond(at, id, offset, flags, bytes.length);
    }

    void respond(long at, int id, int offset, int flags, int status) {
        memory.writeLong(
                at, id | (long) offset << 16 | (long) flags << 32 | (status & 0xffffL) << 48);
    }
}
