package dev.cortado.drivers.xen.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class XenBusTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HOME = "/local/domain/7/";

    private final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final XenBus bus = new XenBus(store, List.of(new Driver()), this::say);
    private volatile boolean lacksMemory;
    private BusState answer = BusState.INITIALISED;
    private BusDevice last;

    private final class Driver implements BusDriver {
        @Override
        public String type() {
            return "vif";
        }

        @Override
        public Frontend probe(BusDevice device) {
            last = device;
            calls.add("probe " + device.id());
            return new Recorder(device);
        }
    }

    private final class Recorder implements Frontend {
        private final BusDevice device;

        Recorder(BusDevice device) {
            this.device = device;
        }

        @Override
        public BusState connect() throws IOException {
            device.publish(Map.of("ring-ref", "8", "event-channel", "9"));
            calls.add("connect " + device.id() + " to " + device.backendDomain());
            if (answer == null) {
                throw new IOException("no memory");
            }
            return answer;
        }

        @Override
        public void connected() throws IOException {
            calls.add("connected");
            if (lacksMemory) {
                throw new IOException("no memory");
            }
        }

        @Override
        public void suspend() {
            calls.add("suspend");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void disconnect() {
            calls.add("disconnect");
        }
    }

    private void say(String line) {
        if (lacksMemory) {
            throw new OutOfMemoryError("to say " + line);
        }
        log.add(line);
    }

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    private void add(int id, int backend) {
        xenstored.write(back(id, backend) + "state", "1");
        xenstored.write(HOME + "device/vif/" + id + "/backend", path(id, backend));
        xenstored.write(HOME + "device/vif/" + id + "/backend-id", "" + backend);
        xenstored.write(HOME + "device/vif/" + id + "/state", "1");
    }

    private static String path(int id, int domain) {
        return "/local/domain/" + domain + "/backend/vif/7/" + id;
    }

    private static String back(int id, int domain) {
        return path(id, domain) + "/";
    }

    private void backend(int state) {
        xenstored.write(back(0, 0) + "state", "" + state);
    }

    private void expect(String... all) throws InterruptedException {
        for (String one : all) {
            assertEquals(one, calls.poll(20, TimeUnit.SECONDS));
        }
    }

    private void expectState(int state) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        String wanted = "" + state;
        while (!wanted.equals(xenstored.read(HOME + "device/vif/0/state"))) {
            assertTrue(System.nanoTime() < deadline, "state is not " + state);
            Thread.sleep(1);
        }
    }

    private void connect() throws Exception {
        add(0, 0);
        bus.start();
        expect("probe 0");
        backend(2);
        expect("connect 0 to 0");
        expectState(3);
        backend(4);
        expect("connected");
        expectState(4);
    }

    @Test
    void aDeviceIsConnectedStepByStep() throws Exception {
        connect();
        assertEquals("8", xenstored.read(HOME + "device/vif/0/ring-ref"));
        assertTrue(log.isEmpty(), log.toString());
    }

    @Test
    void aDriverMayConnectInOneStep() throws Exception {
        answer = BusState.CONNECTED;
        add(0, 0);
        backend(2);
        bus.start();
        expect("probe 0", "connect 0 to 0", "connected");
        expectState(4);
    }

    @Test
    void devicesComeAndGo() throws Exception {
        connect();
        add(1, 3);
        xenstored.write(back(1, 3) + "state", "2");
        expect("probe 1", "connect 1 to 3");
        backend(5);
        expect("disconnect");
        expectState(6);
        xenstored.remove(HOME + "device/vif/0");
        add(0, 4);
        xenstored.write(back(0, 4) + "state", "2");
        String call = calls.poll(20, TimeUnit.SECONDS);
        while (call != null && !call.equals("connect 0 to 4")) {
            call = calls.poll(20, TimeUnit.SECONDS);
        }
        assertEquals("connect 0 to 4", call);
    }

    @Test
    void aBackendThatComesBackIsConnectedAgain() throws Exception {
        connect();
        for (int i = 0; i < 5; i++) {
            backend(6);
            expect("disconnect");
            expectState(6);
            backend(1);
            expectState(1);
            backend(2);
            expect("connect 0 to 0");
            backend(4);
            expect("connected");
        }
    }

    @Test
    void aBackendThatVanishes() throws Exception {
        connect();
        xenstored.remove("/local/domain/0/backend");
        expect("disconnect");
        expectState(6);
    }

    /** The backend hears nothing then, but nothing is shared with it any more. */
    @Test
    void aDeviceIsDisconnectedWhateverXenstoreSays() throws Exception {
        connect();
        xenstored.refused = HOME + "device/vif/0/state";
        backend(5);
        expect("disconnect");
        bus.release(last);
        assertTrue(calls.isEmpty(), calls.toString());
        assertTrue(log.getFirst().contains("EACCES"), log.toString());
    }

    @Test
    void afterARestoreTheBackendMayBeAnotherOne() throws Exception {
        connect();
        bus.suspend();
        expect("suspend");
        backend(6);
        add(0, 5);
        bus.resume(false);
        expect("resume");
        expectState(1);
        xenstored.write(back(0, 5) + "state", "2");
        expect("connect 0 to 5");
    }

    @Test
    void aSuspensionThatIsCancelled() throws Exception {
        connect();
        bus.suspend();
        bus.resume(true);
        expect("suspend", "disconnect");
        expectState(6);
        backend(6);
        expectState(1);
        backend(2);
        expect("connect 0 to 0");
    }

    /** Linux's backends take no notice of one that begins before they have seen that it closed. */
    @Test
    void aDriverThatFailsByItselfBeginsWhenTheBackendHasSeenThatItClosed() throws Exception {
        connect();
        for (int i = 0; i < 3; i++) {
            bus.renew(last);
            expect("disconnect");
            bus.offerAgain(); // behind what the bus is at
            assertEquals("6", xenstored.read(HOME + "device/vif/0/state"));
            backend(5);
            bus.renew(last); // told twice: by another thread of the driver
            backend(6);
            expectState(1);
            backend(2);
            expect("connect 0 to 0");
            backend(4);
            expect("connected");
            expectState(4);
        }
    }

    /** Nobody would tell of its backend otherwise. */
    @Test
    void aDeviceThatCouldNotBeginIsBegunWhenItsDriverWantsIt() throws Exception {
        xenstored.refused = HOME + "device/vif/0/state";
        add(0, 0);
        bus.start();
        expect("probe 0");
        xenstored.refused = null;
        bus.renew(last);
        backend(2);
        expect("connect 0 to 0");
        expectState(3);
    }

    /** public/io/blkif.h: one that has nothing to agree upon passes over INIT_WAIT. */
    @Test
    void aBackendMayBeInitialisedAtOnce() throws Exception {
        add(0, 0);
        bus.start();
        expect("probe 0");
        backend(3);
        expect("connect 0 to 0");
        expectState(3);
        backend(4);
        expect("connected");
        expectState(4);
    }

    /** Of one that has died nobody hears; the next one is in its place. */
    @Test
    void aBackendThatBeginsAnewWithoutAWordIsConnectedAgain() throws Exception {
        connect();
        for (int state : new int[] {2, 3, 1}) {
            backend(state);
            expect("disconnect");
            if (state == 1) {
                expectState(1);
                backend(2);
            }
            expect("connect 0 to 0");
            expectState(3);
            backend(4);
            expect("connected");
            expectState(4);
        }
    }

    @Test
    void aDriverThatFailsClosesItsDeviceOnly() throws Exception {
        answer = null;
        add(0, 0);
        backend(2);
        bus.start();
        expect("probe 0", "connect 0 to 0");
        expectState(6);
        assertTrue(xenstored.read(HOME + "error/device/vif/0/error").contains("no memory"));
        answer = BusState.CONNECTED;
        add(1, 0);
        xenstored.write(back(1, 0) + "state", "2");
        expect("probe 1", "connect 1 to 0", "connected");
    }

    /** What is shared is given back, and the bus goes on. */
    @Test
    void aDriverThatFailsWhileMemoryLacksIsDisconnected() throws Exception {
        add(0, 0);
        bus.start();
        expect("probe 0");
        backend(2);
        expect("connect 0 to 0");
        lacksMemory = true;
        backend(4);
        expect("connected", "disconnect");
        lacksMemory = false;
        add(1, 3);
        xenstored.write(back(1, 3) + "state", "2");
        expect("probe 1", "connect 1 to 3");
    }

    @Test
    void nodesThatMakeNoSense() throws Exception {
        xenstored.write(HOME + "device/vif/7/state", "1");
        xenstored.write(HOME + "device/vif/8/state", "nonsense");
        xenstored.write(HOME + "device/vif/9/backend", "relative");
        xenstored.write(HOME + "device/vif/9/backend-id", "99999");
        xenstored.write(HOME + "device/vif/9/state", "1");
        connect();
        backend(77);
        expect("disconnect");
        assertEquals(2, log.size(), log.toString());
    }

    @Test
    void closingDisconnectsAll() throws Exception {
        connect();
        bus.close();
        expect("disconnect");
        expectState(6);
    }
}
