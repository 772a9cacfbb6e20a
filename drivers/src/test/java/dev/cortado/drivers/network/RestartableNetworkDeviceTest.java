package dev.cortado.drivers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RestartableNetworkDeviceTest implements NetworkListener {
    private final List<String> told = new ArrayList<>();
    private final RestartableNetworkDevice device = new RestartableNetworkDevice("net", this);
    private final NetworkBuffer[] batch = new NetworkBuffer[1];

    /** A driver that takes everything until it dies. */
    private static final class Life implements NetworkDevice, NetworkQueue {
        private final int queues;
        private boolean up = true;
        private boolean dead;
        private int sent;
        private int takenBack;
        private String settings = "";

        Life(int queues) {
            this.queues = queues;
        }

        private void check() throws IOException {
            if (dead) {
                throw new IOException("dead");
            }
        }

        @Override
        public int transmit(NetworkBuffer[] packets, int from, int count) throws IOException {
            check();
            sent += count;
            return count;
        }

        @Override
        public int takeTransmitted(NetworkBuffer[] into) {
            takenBack++;
            return 0;
        }

        @Override
        public int receive(NetworkBuffer[] into) throws IOException {
            check();
            return 1;
        }

        @Override
        public String name() {
            return "life";
        }

        @Override
        public long macAddress() {
            return 2;
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public int offloads() {
            return Offloads.SCATTER;
        }

        @Override
        public int mostParts() {
            return 7;
        }

        @Override
        public boolean isLinkUp() {
            return up;
        }

        @Override
        public int queues() {
            return queues;
        }

        @Override
        public NetworkQueue queue(int index) {
            return this;
        }

        @Override
        public boolean setMacAddress(long address) {
            settings += " address " + address;
            return true;
        }

        @Override
        public boolean setReceiveMode(boolean promiscuous, boolean allGroups) {
            settings += " mode " + promiscuous + " " + allGroups;
            return true;
        }

        @Override
        public boolean setGroups(long[] addresses) throws IOException {
            check();
            settings += " groups " + addresses.length;
            return true;
        }

        @Override
        public long badPackets() {
            return 3;
        }
    }

    @Override
    public void received(int queue) {
        told.add("received " + queue);
    }

    @Override
    public void transmitted(int queue) {
        told.add("transmitted " + queue);
    }

    @Override
    public void linkChanged(boolean up) {
        told.add("link " + up);
    }

    @Override
    public void announce() {
        told.add("announce");
    }

    @Test
    void betweenTwoDriversNothingHasRoomAndNothingThrows() throws IOException {
        Life first = new Life(2);
        device.begin(first);
        device.await();
        NetworkQueue queue = device.queue(1);
        assertEquals(1, queue.transmit(batch, 0, 1));
        first.dead = true;
        assertEquals(0, queue.transmit(batch, 0, 1));
        assertEquals(0, queue.receive(batch));
        queue.takeTransmitted(batch);
        assertEquals(1, first.takenBack, "what it had comes back");
        assertTrue(device.isLinkUp());
        assertEquals(List.of(), told);
        device.end(first);
        // With fewer queues than the one before.
        Life second = new Life(1);
        device.begin(second);
        assertEquals(List.of("transmitted 0", "transmitted 1"), told);
        assertEquals(1, queue.transmit(batch, 0, 1));
        assertEquals(1, second.sent);
        assertEquals(0, queue.receive(batch), "nothing comes on a queue that is no more");
        assertEquals(1, device.queue(0).receive(batch));
    }

    @Test
    void whatWasSetIsSetAgain() throws IOException {
        Life first = new Life(1);
        device.begin(first);
        device.setMacAddress(6);
        device.setReceiveMode(false, true);
        device.setGroups(new long[] {1, 2});
        Life second = new Life(1);
        device.begin(second);
        assertEquals(" address 6 mode false true groups 2", second.settings);
        assertEquals(first.settings, second.settings);
    }

    @Test
    void aDriverThatDiesOfASettingLeavesItToTheNext() throws IOException {
        Life first = new Life(1);
        device.begin(first);
        first.dead = true;
        assertFalse(device.setGroups(new long[] {1}));
        assertEquals(0, device.queue(0).transmit(batch, 0, 1));
        Life second = new Life(1);
        device.begin(second);
        assertEquals(" groups 1", second.settings);
    }

    @Test
    void withoutItsDeviceTheLinkIsDown() throws IOException {
        Life first = new Life(1);
        device.begin(first);
        device.end(first);
        device.takenAway();
        assertFalse(device.isLinkUp());
        device.begin(new Life(1));
        assertTrue(device.isLinkUp());
        assertEquals(List.of("link false", "transmitted 0", "link true", "announce"), told);
        device.begin(new Life(1));
        assertEquals(5, told.size(), "a driver's death is no news");
    }

    @Test
    void aLinkThatIsAnotherIsTold() throws IOException {
        device.begin(new Life(1));
        Life second = new Life(1);
        second.up = false;
        device.begin(second);
        assertEquals(List.of("transmitted 0", "link false"), told);
        assertFalse(device.isLinkUp());
    }

    @Test
    void anEndIsForEver() throws IOException {
        device.begin(new Life(1));
        device.giveUp(new IOException("no more"));
        device.giveUp(new IOException("again"));
        assertEquals(List.of("link false"), told);
        assertFalse(device.isLinkUp());
        assertEquals(0, device.queue(0).transmit(batch, 0, 1));
        IOException end = assertThrows(IOException.class, device::await);
        assertEquals("net: no more", end.getMessage());
        assertThrows(IOException.class, () -> device.begin(new Life(1)));
    }

    @Test
    void anEndIsHeardOfWhereMemoryLacksToSayWhy() {
        Exception why =
                new Exception() {
                    @Override
                    public String getMessage() {
                        throw new OutOfMemoryError("test");
                    }
                };
        try {
            device.giveUp(why);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("who waits does not hear of it", e);
        }
        IOException e = assertThrows(IOException.class, device::await);
        assertEquals("net: its driver was given up", e.getMessage());
    }

    @Test
    void whoWaitsHearsThatThereIsNone() throws InterruptedException {
        Thread waiting =
                Thread.ofPlatform().start(() -> assertThrows(IOException.class, device::await));
        device.giveUp(new IOException("cannot be driven"));
        waiting.join();
        assertThrows(IllegalStateException.class, device::mtu);
    }
}
