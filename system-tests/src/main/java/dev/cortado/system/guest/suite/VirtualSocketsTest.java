package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Many virtual threads with a socket each, on a few carriers. */
final class VirtualSocketsTest extends OnLoopback {
    private static final int MANY = 200;
    private static final int ROUNDS = 5;

    private ServerSocket largeServer() throws IOException {
        return closing(new ServerSocket(0, MANY, loopback()));
    }

    private static void echo(Socket socket) throws IOException {
        try (socket) {
            byte[] bytes = new byte[100];
            for (int count = socket.getInputStream().read(bytes);
                    count >= 0;
                    count = socket.getInputStream().read(bytes)) {
                socket.getOutputStream().write(bytes, 0, count);
            }
        }
    }

    @Test
    void allEchoAtOnce() throws Exception {
        ServerSocket server = largeServer();
        List<TestThread> threads = new ArrayList<>();
        threads.add(
                ThreadKind.VIRTUAL.start(() -> {
                    for (int i = 0; i < MANY; i++) {
                        Socket socket = closing(server.accept());
                        Thread.ofVirtual().start(() -> quietly(socket));
                    }
                }));
        CountDownLatch connected = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            int number = i;
            threads.add(
                    ThreadKind.VIRTUAL.start(() -> {
                        Socket socket = closing(new Socket(loopback(), server.getLocalPort()));
                        connected.countDown();
                        Deadline.await(connected);
                        for (int round = 0; round < ROUNDS; round++) {
                            int sent = (number + round) & 0xff;
                            socket.getOutputStream().write(sent);
                            assertEquals(sent, socket.getInputStream().read());
                        }
                        socket.close();
                    }));
        }
        TestThread.finishAll(threads);
    }

    /** A client sees it, since its bytes do not come back. */
    private static void quietly(Socket socket) {
        try {
            echo(socket);
        } catch (IOException e) {
            System.out.println("not echoed: " + e);
        }
    }

    /** More of them wait than there are carriers, and yet others run. */
    @Test
    void whoWaitsHoldsNoCarrier() throws Exception {
        ServerSocket server = largeServer();
        List<TestThread> readers = new ArrayList<>();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            clients.add(closing(new Socket(loopback(), server.getLocalPort())));
            Socket accepted = closing(server.accept());
            readers.add(
                    ThreadKind.VIRTUAL.start(
                            () -> assertEquals(9, accepted.getInputStream().read())));
        }
        TestThread acceptor = ThreadKind.VIRTUAL.start(() -> closing(server.accept()));
        readers.forEach(ThreadKind.VIRTUAL::waits);
        ThreadKind.VIRTUAL.waits(acceptor);
        ThreadKind.VIRTUAL.start(Thread::yield).finish();
        for (Socket client : clients) {
            client.getOutputStream().write(9);
        }
        TestThread.finishAll(readers);
        closing(new Socket(loopback(), server.getLocalPort()));
        acceptor.finish();
    }
}
