package dev.cortado.drivers.xen.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.connection.CallMessage;
import dev.cortado.drivers.xen.connection.FakeXen;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RemoteEndpointTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Texts of numbers, as a program would have it. */
    private static final class Numbers implements Codec<Integer, Integer> {
        @Override
        public byte[] encodeRequest(Integer request) {
            return request.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Integer decodeRequest(byte[] bytes) throws IOException {
            try {
                return Integer.valueOf(new String(bytes, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                throw new IOException("no number", e);
            }
        }

        @Override
        public byte[] encodeReply(Integer reply) {
            return encodeRequest(reply);
        }

        @Override
        public Integer decodeReply(byte[] bytes) throws IOException {
            return decodeRequest(bytes);
        }
    }

    /** Divides 100, and waits a while for 1000. */
    private static final class Divider implements Endpoint<Integer, Integer> {
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Integer call(Integer request) throws InterruptedException {
            if (request == 1000) {
                released.await();
                return 0;
            }
            if (request == 0) {
                throw new ServiceException("died", new ArithmeticException("/ by zero"));
            }
            if (request < 0) {
                throw new EndpointClosedException("has ended");
            }
            return 100 / request;
        }

        @Override
        public Integer call(Integer request, Duration timeout) throws InterruptedException {
            return call(request);
        }
    }

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeXen xen = new FakeXen();
    private final XenStore serverStore = xenstored.connect(3);
    private final XenStore clientStore = xenstored.connect(5);
    private final Domains server = new Domains(xen.domain(3), serverStore);
    private final Domains client = new Domains(xen.domain(5), clientStore);
    private final Divider divider = new Divider();
    private EndpointExport export;
    private RemoteEndpoint<Integer, Integer> remote;

    @BeforeEach
    void open() throws Exception {
        xenstored.write("/local/domain/3/domid", "3");
        xenstored.write("/local/domain/5/domid", "5");
        export = server.export("divider", divider, new Numbers(), 5);
        remote = client.connectEndpoint(3, "divider", new Numbers(), SOON);
    }

    @AfterEach
    void close() {
        divider.released.countDown();
        serverStore.close();
        clientStore.close();
        xenstored.close();
    }

    @Test
    void callsHaveReplies() throws Exception {
        assertEquals(25, remote.call(4));
        assertEquals(10, remote.call(10, SOON));
    }

    @Test
    void aRefusalIsAnExceptionAndTheNextCallWorks() throws Exception {
        ServiceException refused = assertThrows(ServiceException.class, () -> remote.call(0));
        assertTrue(refused.getMessage().contains("/ by zero"), refused.getMessage());
        assertEquals(50, remote.call(2));
        assertThrows(EndpointClosedException.class, () -> remote.call(-1));
    }

    @Test
    void manyThreadsCallAtOnce() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 1; t <= 16; t++) {
                int number = t;
                all.add(
                        executor.submit(() -> {
                            for (int i = 0; i < 1000; i++) {
                                assertEquals(100 / number, remote.call(number));
                            }
                            return null;
                        }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aCallThatTakesTooLong() throws Exception {
        assertThrows(TimeoutException.class, () -> remote.call(1000, Duration.ofMillis(20)));
        divider.released.countDown();
        assertEquals(20, remote.call(5), "its reply is nobody's");
    }

    /** Whose callers have gone, but whose replies fill the ring all the same. */
    @Test
    void repliesThatNobodyWaitsForDoNotBlock() throws Exception {
        byte[] big = new byte[10_000];
        EndpointExport echo = server.export("echo", new Echo(divider), Codec.BYTES, 5);
        try (var bytes = client.connectEndpoint(3, "echo", Codec.BYTES, SOON)) {
            for (int i = 0; i < 10; i++) {
                assertThrows(TimeoutException.class, () -> bytes.call(big, Duration.ofMillis(10)));
            }
            divider.released.countDown();
            assertArrayEquals(new byte[] {1}, bytes.call(new byte[] {1}));
        }
        echo.close();
    }

    private record Echo(Divider gate) implements Endpoint<byte[], byte[]> {
        @Override
        public byte[] call(byte[] request) throws InterruptedException {
            gate.released.await();
            return request;
        }

        @Override
        public byte[] call(byte[] request, Duration timeout) throws InterruptedException {
            return call(request);
        }
    }

    @Test
    void callsEndWhenTheServicesDomainIsDestroyed() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(
                        executor.submit(() ->
                                assertThrows(
                                        EndpointClosedException.class, () -> remote.call(1000))));
            }
            Thread.sleep(20);
            xenstored.destroy(3);
            for (Future<?> one : all) {
                one.get(1, TimeUnit.SECONDS);
            }
        }
        assertThrows(EndpointClosedException.class, () -> remote.call(4));
    }

    @Test
    void callsEndWhenTheExportIsClosed() throws Exception {
        assertEquals(25, remote.call(4));
        export.close();
        assertThrows(EndpointClosedException.class, () -> remote.call(4));
    }

    @Test
    void aChannelIsNotAnEndpoint() {
        assertThrows(IOException.class, () -> client.connect(3, "divider", SOON));
    }

    @Test
    void messagesThatAreNoCalls() throws Exception {
        assertThrows(IOException.class, () -> CallMessage.decode(new byte[8]));
        CallMessage message = CallMessage.decode(new byte[] {1, 2, 0, 0, 0, 0, 0, 0x40, 2, 9});
        assertEquals(0x4000_0000_0000_0201L, message.number());
        assertEquals(CallMessage.REFUSED, message.kind());
        assertArrayEquals(new byte[] {9}, message.body());
        assertArrayEquals(new byte[] {1, 2, 0, 0, 0, 0, 0, 0x40, 2, 9}, message.encode());
    }

    @Test
    void anInterruptEndsACall() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> remote.call(4));
        assertEquals(25, remote.call(4));
    }
}
