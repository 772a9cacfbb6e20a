package dev.cortado.drivers.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another xenstored, or another connection to it. */
@Timeout(60)
final class ResumeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOT_LONG = Duration.ofMillis(50);

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeDomain domain = xenstored.add(7);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final XenStore store = XenStore.connect(domain.page, domain.guestPort, SOON, log::add);
    private final WatchQueue queue = new WatchQueue();

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    private CompletableFuture<String> readLater(String path) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread reader =
                new Thread(() -> {
                    try {
                        result.complete(store.readText(path));
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                });
        reader.setDaemon(true);
        reader.start();
        return result;
    }

    /** As after a migration: empty rings, another event channel, a xenstored that knows nothing. */
    private void restore() {
        synchronized (xenstored) {
            domain.connect();
            xenstored.serve(domain);
        }
        store.resume(domain.page, domain.guestPort);
    }

    @Test
    void afterARestoreAllGoesOn() throws Exception {
        store.write("a", "1");
        store.watch("a", queue);
        assertEquals("a", queue.poll(SOON).path());
        for (int i = 0; i < 20; i++) {
            store.suspend(SOON);
            restore();
            assertEquals("a", queue.poll(SOON).path(), "something may have changed meanwhile");
            store.write("b", "" + i);
            assertEquals("" + i, store.readText("b"));
            xenstored.write("/local/domain/7/a", "" + i);
            assertEquals("a", queue.poll(SOON).path());
        }
        assertEquals(List.of(), log);
    }

    @Test
    void requestsWaitWhileTheDomainIsSuspended() throws Exception {
        store.write("a", "1");
        store.suspend(SOON);
        CompletableFuture<String> value = readLater("a");
        assertThrows(
                java.util.concurrent.TimeoutException.class,
                () -> value.get(50, TimeUnit.MILLISECONDS));
        restore();
        assertEquals("1", value.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aSuspensionThatIsCancelledChangesNothing() throws Exception {
        store.watch("a", queue);
        assertEquals("a", queue.poll(SOON).path());
        store.suspend(SOON);
        CompletableFuture<String> value = readLater("domid");
        xenstored.write("/local/domain/7/domid", "7");
        store.cancelSuspend();
        assertEquals("7", value.get(20, TimeUnit.SECONDS));
        assertNull(queue.poll(NOT_LONG));
    }

    @Test
    void requestsWithoutAReplyAreSentAgain() throws Exception {
        store.write("a", "1");
        xenstored.instead = (d, m) -> FakeXenstored.SILENCE;
        long written = domain.requests.bytes();
        CompletableFuture<String> value = readLater("a");
        while (domain.requests.bytes() == written) {
            Thread.yield();
        }
        store.suspend(NOT_LONG);
        xenstored.instead = (d, m) -> null;
        restore();
        assertEquals("1", value.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aTransactionIsDoneAgain() throws Exception {
        int[] runs = {0};
        store.inTransaction(transaction -> {
            transaction.write("a", "" + ++runs[0]);
            if (runs[0] == 1) {
                suspend();
                restore();
            }
            transaction.write("b", "" + runs[0]);
            return null;
        });
        assertEquals(2, runs[0]);
        assertEquals("2", store.readText("a"));
    }

    /** As docs/misc/xenstore-ring.txt has it. */
    @Test
    void aBrokenRingIsConnectedAgainIfXenstoredCan() throws Exception {
        store.watch("a", queue);
        assertEquals("a", queue.poll(SOON).path());
        scribble(2064, 1);
        Thread server =
                new Thread(() -> {
                    while (read(2068) != 1) {
                        Thread.yield();
                    }
                    synchronized (xenstored) {
                        domain.reset();
                    }
                    scribble(2068, 0);
                    xenstored.serve(domain);
                });
        server.start();
        scribble(2060, 100_000);
        store.write("a", "again");
        assertEquals("again", store.readText("a"));
        assertEquals("a", queue.poll(SOON).path());
        assertEquals(1, log.size(), log.toString());
        server.join();
    }

    @Test
    void aXenstoredThatDoesNotConnectAgainIsGivenUp() {
        scribble(2064, 1);
        scribble(2060, 100_000);
        StoreException lost = assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(lost.getMessage().contains("does not connect again"), lost.getMessage());
    }

    private void suspend() {
        try {
            store.suspend(SOON);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int read(int offset) {
        return domain.page.memory().readIntAcquire(domain.page.address() + offset);
    }

    private void scribble(int offset, int value) {
        domain.page.memory().writeIntRelease(domain.page.address() + offset, value);
        domain.port.send();
    }
}
