package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * An honest backend of one ring, written from public/io/blkif.h, in a thread of its own. It has the
 * ring until it lets go, and the pages of a request until it has answered, or let go.
 */
final class BlockBackend implements AutoCloseable {
    private static final int ENTRIES = 32;

    final byte[] disk;
    final List<String> requests = new ArrayList<>();
    volatile Throwable failure;
    volatile int status;
    volatile boolean silent;

    /** How many of a thousand requests it keeps for later. */
    volatile int slow;

    /** Most segments of a request. */
    int most = 11;

    private final FakeAccess access;
    private final HostMemory memory;
    private final FakeAccess.Port port;
    private final int ringReference;
    private final long ring;
    private final List<Request> held = new ArrayList<>();
    private final Semaphore events = new Semaphore(0);
    private final Random random = new Random(7);
    private final Thread thread = new Thread(this::run, "backend");
    private volatile boolean closed;
    private int taken;
    private int answered;

    private record Request(
            int operation, long id, long sector, List<long[]> segments, long count) {}

    BlockBackend(FakeAccess access, int ringReference, int portNumber, byte[] disk) {
        this.access = access;
        this.disk = disk;
        memory = access.memory;
        this.ringReference = ringReference;
        ring = access.page(ringReference, true);
        use(ringReference, true);
        port = access.ports.get(portNumber);
        port.sent = events::release;
    }

    BlockBackend start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                work();
                events.acquire();
                events.drainPermits();
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void use(int reference, boolean on) {
        synchronized (access) {
            if (on) {
                access.used.put(reference, 1);
            } else {
                access.used.remove(reference);
            }
        }
    }

    private void use(Request request, boolean on) {
        request.segments().forEach(segment -> use((int) segment[0], on));
    }

    /** Does what it has kept, and says so. */
    synchronized void finish() {
        for (Request request : held) {
            int result = serve(request);
            use(request, false);
            answer(request.id(), request.operation(), result);
        }
        held.clear();
    }

    /** Takes nothing any more. What it has kept is not done yet. */
    void stop() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
    }

    synchronized boolean isBusy() {
        return !held.isEmpty();
    }

    /** Unmaps what is mapped. */
    synchronized void letGo() {
        held.forEach(request -> use(request, false));
        held.clear();
        use(ringReference, false);
    }

    synchronized void work() {
        List<Request> open = new ArrayList<>();
        do {
            int produced = memory.readIntAcquire(ring);
            assertTrue(produced - taken >= 0 && produced - answered <= ENTRIES);
            while (taken != produced) {
                Request request = take(ring + 64 + 112L * (taken++ & ENTRIES - 1));
                use(request, true);
                (silent || random.nextInt(1000) < slow ? held : open).add(request);
            }
            while (!open.isEmpty()) {
                Request request = open.remove(random.nextInt(open.size()));
                int result = serve(request);
                use(request, false);
                answer(request.id(), request.operation(), result);
            }
            memory.writeIntRelease(ring + 4, taken + 1);
            memory.fullFence();
        } while (memory.readIntAcquire(ring) != taken);
    }

    private Request take(long at) {
        int operation = memory.readByte(at);
        long id = memory.readLong(at + 8);
        long sector = memory.readLong(at + 16);
        List<long[]> segments = new ArrayList<>();
        if (operation == 5) {
            return new Request(5, id, sector, segments, memory.readLong(at + 24));
        }
        int count = memory.readByte(at + 1) & 0xff;
        long table = at + 24;
        if (operation == 6) {
            operation = memory.readByte(at + 1);
            count = memory.readShortAcquire(at + 2);
            assertEquals(51712, memory.readShortAcquire(at + 24));
            table = access.page(memory.readIntAcquire(at + 28), false);
            assertTrue(count > 11);
        } else {
            assertEquals(51712, memory.readShortAcquire(at + 2));
            assertTrue(count <= 11);
        }
        assertTrue(count <= most);
        for (int i = 0; i < count; i++) {
            int grant = memory.readIntAcquire(table + 8L * i);
            int first = memory.readByte(table + 8L * i + 4);
            int last = memory.readByte(table + 8L * i + 5);
            assertTrue(first >= 0 && first <= last && last < 8, first + " to " + last);
            segments.add(new long[] {grant, first, last});
        }
        return new Request(operation, id, sector, segments, 0);
    }

    private int serve(Request request) {
        int position = (int) (request.sector() * 512);
        long sectors = 0;
        for (long[] segment : request.segments()) {
            boolean read = request.operation() == 0;
            long page = access.page((int) segment[0], read);
            int length = (int) (segment[2] - segment[1] + 1) * 512;
            long at = page + segment[1] * 512;
            if (status == 0 && read) {
                memory.copyIn(disk, position, at, length);
            } else if (status == 0) {
                memory.copyOut(at, disk, position, length);
            }
            position += length;
            sectors += length / 512;
        }
        long amount = request.operation() == 5 ? request.count() : sectors;
        note(request.operation() + " " + request.sector() + " " + amount);
        return status;
    }

    private synchronized void note(String request) {
        requests.add(request);
    }

    synchronized List<String> takeRequests() {
        List<String> list = List.copyOf(requests);
        requests.clear();
        return list;
    }

    /** Writes a response, and tells the frontend if it asked for that. */
    void answer(long id, int operation, int result) {
        long at = ring + 64 + 112L * (answered & ENTRIES - 1);
        memory.writeLong(at, id);
        memory.writeByte(at + 8, (byte) operation);
        memory.writeShortRelease(at + 10, result);
        produce(answered + 1);
    }

    void produce(int responses) {
        int before = answered;
        answered = responses;
        memory.writeIntRelease(ring + 8, responses);
        memory.fullFence();
        int event = memory.readIntAcquire(ring + 12);
        if (Integer.compareUnsigned(responses - event, responses - before) < 0) {
            port.wake();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        letGo();
        if (failure != null) {
            throw new AssertionError("the backend", failure);
        }
    }
}
