package dev.cortado.drivers.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOT_LONG = Duration.ofMillis(50);

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeDomain domain = xenstored.add(7);
    private final XenStore store = XenStore.connect(domain.page, domain.guestPort);
    private final WatchQueue queue = new WatchQueue();

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    private String next() throws Exception {
        WatchEvent event = queue.poll(SOON);
        return event == null ? null : event.path();
    }

    @Test
    void theFirstEventComesAtOnce() throws Exception {
        Watch watch = store.watch("control/shutdown", queue);
        WatchEvent event = queue.poll(SOON);
        assertEquals("control/shutdown", event.path());
        assertSame(watch, event.watch());
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void changesAreHeardOf() throws Exception {
        store.watch("control", queue);
        assertEquals("control", next());
        xenstored.write("/local/domain/7/control/shutdown", "poweroff");
        assertEquals("control/shutdown", next());
        assertEquals("poweroff", store.readText("control/shutdown"));
        xenstored.remove("/local/domain/7/control");
        Set<String> removed = new HashSet<>();
        removed.add(next());
        removed.add(next());
        assertEquals(Set.of("control", "control/shutdown"), removed);
        xenstored.write("/local/domain/7/controls", "");
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void twoWatchesOfOnePath() throws Exception {
        Watch first = store.watch("a", queue);
        WatchQueue other = new WatchQueue();
        store.watch("a", other);
        assertEquals("a", next());
        assertEquals("a", other.poll(SOON).path());
        first.close();
        first.close();
        xenstored.write("/local/domain/7/a", "x");
        assertEquals("a", other.poll(SOON).path());
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void aWatchThatIsRefusedIsNone() {
        xenstored.instead =
                (d, m) ->
                        m.type() == MessageType.WATCH
                                ? new WireMessage(
                                        MessageType.ERROR,
                                        m.requestId(),
                                        0,
                                        StorePath.payload("EACCES"))
                                : null;
        StoreException refused =
                assertThrows(StoreException.class, () -> store.watch("@releaseDomain", queue));
        assertEquals("xenstore: WATCH @releaseDomain: EACCES", refused.getMessage());
    }

    @Test
    void eventsThatWaitAreEqualOnlyOnce() throws Exception {
        store.watch("a", queue);
        for (int i = 0; i < 1000; i++) {
            xenstored.write("/local/domain/7/a/b", "" + i);
        }
        store.readText("a/b");
        assertEquals("a", next());
        assertEquals("a/b", next());
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void aThousandNodesAreOneEventForAll() throws Exception {
        Watch other = store.watch("other", queue);
        store.watch("many", queue);
        for (int i = 0; i < 1000; i++) {
            xenstored.write("/local/domain/7/many/" + i, "");
        }
        store.readText("many/999");
        int events = 0;
        boolean all = false;
        boolean others = false;
        for (WatchEvent e = queue.poll(NOT_LONG); e != null; e = queue.poll(NOT_LONG)) {
            all |= e.path().equals("many");
            others |= e.watch() == other;
            events++;
        }
        assertTrue(all, "whoever looks at the whole tree misses nothing");
        assertTrue(others, "the events of others stay");
        assertTrue(events <= 65, events + " events");
    }

    @Test
    void repliesComeBetweenThousandsOfEvents() throws Exception {
        store.watch("flood", queue);
        synchronized (xenstored) {
            for (int i = 0; i < 20_000; i++) {
                FakeXenstored.event(domain, "flood/" + i, "1");
                FakeXenstored.event(domain, "nobody", "no such token");
            }
            xenstored.flush(domain);
        }
        for (int i = 0; i < 20; i++) {
            store.write("x", "" + i);
            assertEquals("" + i, store.readText("x"));
        }
    }

    @Test
    void eventsThatMakeNoSenseAreDropped() throws Exception {
        store.watch("a", queue);
        assertEquals("a", next());
        synchronized (xenstored) {
            for (String payload : new String[] {"", "a", "a\0", "a\0001", "\0\0\0", "a\0\0"}) {
                domain.send(
                        new WireMessage(
                                MessageType.WATCH_EVENT,
                                0,
                                0,
                                payload.getBytes(StandardCharsets.US_ASCII)));
            }
            FakeXenstored.event(domain, "somewhere/else", "1");
            xenstored.flush(domain);
        }
        assertEquals("a", next(), "what changed is not believed, that something did is");
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void whoWaitsHearsThatTheConnectionIsClosed() throws Exception {
        store.watch("a", queue);
        assertEquals("a", next());
        Thread closer = new Thread(store::close);
        closer.start();
        assertThrows(IOException.class, queue::take);
    }
}
