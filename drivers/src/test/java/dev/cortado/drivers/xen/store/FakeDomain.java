package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.HostPort;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.drivers.xen.ring.RingWriter;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A domain as xenstored sees it: its rings from the other side, watches and transactions. */
final class FakeDomain {
    record Watching(String path, String token) {}

    record Open(FakeTree tree, long began, List<String> changes) {}

    final int id;
    final StorePage page = new StorePage(new HostMemory(4096), HostMemory.BASE);
    final List<Watching> watches = new ArrayList<>();
    final Map<Integer, Open> transactions = new HashMap<>();
    HostPort guestPort;
    HostPort port;
    MessageAssembler requests;
    private RingWriter replies;
    private final ArrayDeque<byte[]> output = new ArrayDeque<>();
    private int written;

    FakeDomain(int id) {
        this.id = id;
        connect();
    }

    /** Empty rings whose indices begin somewhere. */
    void connect() {
        HostPort[] ends = HostPort.pair();
        guestPort = ends[0];
        port = ends[1];
        reset();
    }

    void reset() {
        page.memory().writeIntRelease(page.address() + 2048, -100);
        page.memory().writeIntRelease(page.address() + 2052, -100);
        page.memory().writeIntRelease(page.address() + 2056, 77);
        page.memory().writeIntRelease(page.address() + 2060, 77);
        requests = new MessageAssembler(new RingReader(page.requests()));
        replies = new RingWriter(page.replies());
        output.clear();
        written = 0;
        watches.clear();
        transactions.clear();
    }

    String home() {
        return "/local/domain/" + id;
    }

    String absolute(String path) {
        return path.startsWith("/") || path.startsWith("@") ? path : home() + "/" + path;
    }

    void send(WireMessage message) {
        output.add(message.encode());
    }

    void sendRaw(byte[] bytes) {
        output.add(bytes);
    }

    boolean write() throws CorruptRingException {
        boolean moved = false;
        while (!output.isEmpty()) {
            byte[] next = output.peek();
            int count = replies.write(next, written, next.length - written);
            if (count == 0) {
                break;
            }
            moved = true;
            written += count;
            if (written == next.length) {
                output.poll();
                written = 0;
            }
        }
        return moved;
    }

    int queued() {
        return output.size();
    }
}
