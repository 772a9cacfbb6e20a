package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Socket} and {@link ServerSocket}: what goes from one to the other. */
final class SocketTest extends OnLoopback {
    /** More than the buffers of both ends hold at once. */
    private static final int MUCH = 1_500_000;

    @Test
    void bothEndsKnowTheAddresses() throws IOException {
        ServerSocket server = server();
        Socket client = closing(new Socket(loopback(), server.getLocalPort()));
        Socket accepted = closing(server.accept());
        assertTrue(client.isConnected() && client.isBound() && !client.isClosed());
        assertEquals(loopback(), client.getInetAddress());
        assertEquals(loopback(), client.getLocalAddress());
        assertEquals(server.getLocalPort(), client.getPort());
        assertEquals(client.getLocalSocketAddress(), accepted.getRemoteSocketAddress());
        assertEquals(client.getRemoteSocketAddress(), accepted.getLocalSocketAddress());
        assertEquals(loopback(), server.getInetAddress());
    }

    @Test
    void linesGoBothWays() throws Exception {
        Sockets sockets = sockets();
        TestThread echo =
                TestThread.start(() -> {
                    BufferedReader lines = reader(sockets.server());
                    PrintStream out = printer(sockets.server());
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        out.println("<" + line + ">");
                    }
                    sockets.server().close();
                });
        PrintStream out = printer(sockets.client());
        BufferedReader lines = reader(sockets.client());
        for (String line : new String[] {"one", "", "grüße"}) {
            out.println(line);
            assertEquals("<" + line + ">", lines.readLine());
        }
        sockets.client().shutdownOutput();
        assertEquals(null, lines.readLine());
        echo.finish();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static PrintStream printer(Socket socket) throws IOException {
        return new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void muchComesInOrder(ThreadKind kind) throws Exception {
        byte[] bytes = new byte[MUCH];
        new Random(7).nextBytes(bytes);
        Sockets sockets = sockets();
        TestThread writer =
                kind.start(() -> {
                    sockets.client().getOutputStream().write(bytes);
                    sockets.client().close();
                });
        TestThread reader =
                kind.start(() ->
                        assertArrayEquals(bytes, sockets.server().getInputStream().readAllBytes()));
        writer.finish();
        reader.finish();
    }

    /** Both write first, and read only then: as much as each end holds gets through. */
    @ParameterizedTest
    @MethodSource("kinds")
    void bothDirectionsAreIndependent(ThreadKind kind) throws Exception {
        Sockets sockets = sockets();
        TestThread one = kind.start(() -> exchange(sockets.client(), 1, 2));
        TestThread other = kind.start(() -> exchange(sockets.server(), 2, 1));
        one.finish();
        other.finish();
    }

    private static void exchange(Socket socket, int mine, int others) throws IOException {
        byte[] bytes = new byte[4000];
        Arrays.fill(bytes, (byte) mine);
        for (int i = 0; i < 20; i++) {
            socket.getOutputStream().write(bytes);
            byte[] read = socket.getInputStream().readNBytes(bytes.length);
            assertEquals(bytes.length, read.length);
            assertEquals(others, read[bytes.length - 1]);
        }
    }

    @Test
    void oneDirectionMayEndBeforeTheOther() throws IOException {
        Sockets sockets = sockets();
        Socket client = sockets.client();
        Socket server = sockets.server();
        client.getOutputStream().write(1);
        client.shutdownOutput();
        assertTrue(client.isOutputShutdown());
        assertFalse(client.isInputShutdown());
        InputStream in = server.getInputStream();
        assertEquals(1, in.read());
        assertEquals(-1, in.read());
        assertEquals(-1, in.read(new byte[3]));
        server.getOutputStream().write(new byte[] {2, 3});
        server.close();
        assertArrayEquals(new byte[] {2, 3}, client.getInputStream().readAllBytes());
    }

    @Test
    void whoDoesNotWantToReadSeesTheEnd() throws IOException {
        Sockets sockets = sockets();
        Socket client = sockets.client();
        client.shutdownInput();
        assertTrue(client.isInputShutdown());
        InputStream in = sockets.server().getInputStream();
        client.getOutputStream().write(5);
        assertEquals(5, in.read());
    }

    @Test
    void shuttingDownTheInputEndsAStream() throws IOException {
        Socket client = sockets().client();
        InputStream in = client.getInputStream();
        client.shutdownInput();
        assertEquals(-1, in.read());
        assertEquals(0, in.available());
    }

    @Test
    void availableIsWhatIsThere() throws IOException {
        Sockets sockets = sockets();
        InputStream in = sockets.server().getInputStream();
        assertEquals(0, in.available());
        sockets.client().getOutputStream().write(new byte[100]);
        Deadline.until("100 bytes", () -> available(in) == 100);
        assertEquals(40, in.read(new byte[40]));
        assertEquals(60, in.available());
        assertEquals(0, in.read(new byte[0]));
        assertEquals(60, in.skip(60));
        assertEquals(0, in.available());
    }

    private static int available(InputStream in) {
        try {
            return in.available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void urgentDataIsReadIfAskedFor() throws IOException {
        Sockets sockets = sockets();
        sockets.server().setOOBInline(true);
        OutputStream out = sockets.client().getOutputStream();
        out.write(1);
        sockets.client().sendUrgentData(2);
        out.write(3);
        assertArrayEquals(new byte[] {1, 2, 3}, sockets.server().getInputStream().readNBytes(3));
    }

    @Test
    void closingAStreamClosesTheSocket() throws IOException {
        Sockets sockets = sockets();
        sockets.client().getInputStream().close();
        assertTrue(sockets.client().isClosed());
        assertEquals(-1, sockets.server().getInputStream().read());
        sockets.server().getOutputStream().close();
        assertTrue(sockets.server().isClosed());
    }

    @Test
    void aClosedSocketStillSaysWhereItWas() throws IOException {
        Socket client = sockets().client();
        int port = client.getPort();
        client.close();
        client.close();
        assertTrue(client.isConnected() && client.isBound() && client.isClosed());
        assertEquals(port, client.getPort());
        assertEquals(loopback(), client.getInetAddress());
    }

    @Test
    void aSocketMayChooseItsPort() throws IOException {
        ServerSocket server = server();
        Socket client = closing(new Socket());
        assertFalse(client.isBound());
        client.bind(anyPort());
        int port = client.getLocalPort();
        assertTrue(port > 0);
        client.connect(server.getLocalSocketAddress());
        assertEquals(port, client.getLocalPort());
        assertEquals(port, closing(server.accept()).getPort());
    }

    @Test
    void theWildcardAddressIsAllOfThem() throws IOException {
        ServerSocket server = closing(new ServerSocket(0));
        assertTrue(server.getInetAddress().isAnyLocalAddress());
        Socket client = closing(new Socket("localhost", server.getLocalPort()));
        Socket accepted = closing(server.accept());
        assertTrue(accepted.getLocalAddress().isLoopbackAddress());
        assertEquals(client.getLocalPort(), accepted.getPort());
    }

    @Test
    void whoCameBeforeAcceptIsServed() throws IOException {
        ServerSocket server = server();
        for (int i = 0; i < 10; i++) {
            Socket client = closing(new Socket(loopback(), server.getLocalPort()));
            client.getOutputStream().write(i);
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(i, closing(server.accept()).getInputStream().read());
        }
    }

    @Test
    void aPortIsFreeAgainAfterItsServerWasClosed() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, loopback());
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        Socket client = closing(new Socket(loopback(), server.getLocalPort()));
        Socket accepted = server.accept();
        // The server's end closes first: it is the one that waits for late segments.
        accepted.close();
        assertEquals(-1, client.getInputStream().read());
        client.close();
        server.close();
        ServerSocket again = closing(new ServerSocket());
        again.bind(address);
        closing(new Socket(loopback(), again.getLocalPort()));
        assertEquals(address, closing(again.accept()).getLocalSocketAddress());
    }
}
