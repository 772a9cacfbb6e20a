package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits in a socket: for how long, and what else wakes him. */
final class SocketWaitingTest extends OnLoopback {
    private static final int MILLISECONDS = 20;

    private static void elapsed(long since) {
        long elapsed = (System.nanoTime() - since) / 1_000_000;
        assertTrue(elapsed >= MILLISECONDS - 1, () -> "after " + elapsed + " ms");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readingTimesOut(ThreadKind kind) throws Exception {
        Sockets sockets = sockets();
        Socket client = sockets.client();
        client.setSoTimeout(MILLISECONDS);
        kind.start(
                        () -> {
                            long begin = System.nanoTime();
                            SocketTimeoutException error =
                                    assertThrows(
                                            SocketTimeoutException.class,
                                            () -> client.getInputStream().read());
                            assertEquals("Read timed out", error.getMessage());
                            elapsed(begin);
                            sockets.server().getOutputStream().write(7);
                            client.setSoTimeout((int) Deadline.MILLISECONDS);
                            assertEquals(7, client.getInputStream().read());
                        })
                .finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acceptingTimesOut(ThreadKind kind) throws Exception {
        ServerSocket server = server();
        server.setSoTimeout(MILLISECONDS);
        kind.start(
                        () -> {
                            long begin = System.nanoTime();
                            SocketTimeoutException error =
                                    assertThrows(SocketTimeoutException.class, server::accept);
                            assertEquals("Accept timed out", error.getMessage());
                            elapsed(begin);
                        })
                .finish();
        assertFalse(server.isClosed());
        server.setSoTimeout(0);
        closing(new Socket(loopback(), server.getLocalPort()));
        closing(server.accept());
    }

    /** A server that accepts nobody: Linux lets one more wait than asked for, then drops SYNs. */
    @ParameterizedTest
    @MethodSource("kinds")
    void connectingTimesOut(ThreadKind kind) throws Exception {
        ServerSocket server = closing(new ServerSocket(0, 1, loopback()));
        kind.start(
                        () -> {
                            SocketTimeoutException error =
                                    assertThrows(
                                            SocketTimeoutException.class,
                                            () -> {
                                                for (int i = 0; i < 10; i++) {
                                                    closing(new Socket())
                                                            .connect(
                                                                    server.getLocalSocketAddress(),
                                                                    MILLISECONDS * 5);
                                                }
                                            });
                            assertEquals("Connect timed out", error.getMessage());
                        })
                .finish();
    }

    @Test
    void connectingWithATimeoutConnects() throws IOException {
        ServerSocket server = server();
        Socket client = closing(new Socket());
        client.connect(server.getLocalSocketAddress(), (int) Deadline.MILLISECONDS);
        assertTrue(client.isConnected());
        closing(server.accept());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheReader(ThreadKind kind) throws Exception {
        Sockets sockets = sockets();
        TestThread reader =
                kind.start(() -> closed(() -> sockets.client().getInputStream().read()));
        kind.waits(reader);
        sockets.client().close();
        reader.finish();
        assertEquals(-1, sockets.server().getInputStream().read());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheReaderThatHasATimeout(ThreadKind kind) throws Exception {
        Socket client = sockets().client();
        client.setSoTimeout((int) Deadline.MILLISECONDS);
        TestThread reader = kind.start(() -> closed(() -> client.getInputStream().read()));
        kind.waits(reader);
        client.close();
        reader.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheWriter(ThreadKind kind) throws Exception {
        Socket client = sockets().client();
        CountDownLatch begun = new CountDownLatch(1);
        TestThread writer =
                kind.start(() ->
                        closed(() -> {
                            while (true) {
                                client.getOutputStream().write(new byte[100_000]);
                                begun.countDown();
                            }
                        }));
        Deadline.await(begun);
        kind.waits(writer);
        client.close();
        writer.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesWhoAccepts(ThreadKind kind) throws Exception {
        ServerSocket server = server();
        TestThread acceptor = kind.start(() -> closed(server::accept));
        kind.waits(acceptor);
        server.close();
        acceptor.finish();
    }

    /** What may be done on a socket that others close. */
    private interface Use {
        void run() throws IOException;
    }

    /** Who came after the socket was closed hears it from Java and not from below. */
    private static void closed(Use use) {
        SocketException error = assertThrows(SocketException.class, use::run);
        assertTrue(
                List.of("Socket closed", "Socket is closed").contains(error.getMessage()),
                error::toString);
    }

    /** As the documentation of {@link Socket#getInputStream} promises. */
    @Test
    void interruptingAVirtualThreadClosesTheSocket() throws Exception {
        Sockets sockets = sockets();
        TestThread reader =
                ThreadKind.VIRTUAL.start(() -> {
                    SocketException error =
                            assertThrows(
                                    SocketException.class,
                                    () -> sockets.client().getInputStream().read());
                    assertEquals("Closed by interrupt", error.getMessage());
                    assertTrue(Thread.currentThread().isInterrupted());
                });
        ThreadKind.VIRTUAL.waits(reader);
        reader.thread().interrupt();
        reader.finish();
        assertTrue(sockets.client().isClosed());
        assertEquals(-1, sockets.server().getInputStream().read());
    }

    @Test
    void interruptingAVirtualThreadClosesTheServer() throws Exception {
        ServerSocket server = server();
        TestThread acceptor =
                ThreadKind.VIRTUAL.start(() -> {
                    SocketException error = assertThrows(SocketException.class, server::accept);
                    assertEquals("Closed by interrupt", error.getMessage());
                });
        ThreadKind.VIRTUAL.waits(acceptor);
        acceptor.thread().interrupt();
        acceptor.finish();
        assertTrue(server.isClosed());
    }

    @Test
    void interruptingAPlatformThreadDoesNotWakeIt() throws Exception {
        Sockets sockets = sockets();
        TestThread reader =
                ThreadKind.PLATFORM.start(() -> {
                    assertEquals(3, sockets.client().getInputStream().read());
                    assertTrue(Thread.currentThread().isInterrupted());
                });
        ThreadKind.PLATFORM.waits(reader);
        reader.thread().interrupt();
        ThreadKind.PLATFORM.waits(reader);
        assertTrue(reader.thread().isAlive());
        sockets.server().getOutputStream().write(3);
        reader.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void severalMayAccept(ThreadKind kind) throws Exception {
        ServerSocket server = server();
        List<TestThread> acceptors = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            acceptors.add(kind.start(() -> server.accept().close()));
        }
        for (int i = 0; i < 4; i++) {
            Socket client = closing(new Socket(loopback(), server.getLocalPort()));
            assertEquals(-1, client.getInputStream().read());
        }
        TestThread.finishAll(acceptors);
    }
}
