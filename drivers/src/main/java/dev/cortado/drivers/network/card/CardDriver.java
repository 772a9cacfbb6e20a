package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.FailStopDriver;
import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.TransmitQueue;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The driver of a card: a queue for each direction, which settings go round. */
public final class CardDriver extends FailStopDriver {
    /** So often the packets that have come are looked at before others are. */
    private static final int MOST_ROUNDS = 8;

    private final NetworkCard card;
    private final NetworkCard.Facts facts;
    private final NetworkListener listener;
    private final Runnable isolation;
    private final TransmitQueue transmit;
    private final ReceiveQueue receive;
    private final Pair pair = new Pair();

    /** Guarded by the transmit queue. */
    private volatile ReceiveFilter filter;

    private volatile boolean linkUp;

    /**
     * Starts a card.
     *
     * @param card which may reach memory
     * @param isolation keeps the card from memory
     */
    public CardDriver(
            NetworkCard card,
            NetworkSettings settings,
            NetworkListener listener,
            Runnable isolation)
            throws IOException, InterruptedException {
        super(card.facts().name());
        this.card = card;
        facts = card.facts();
        this.listener = listener;
        this.isolation = isolation;
        boolean has = MacAddress.isStation(facts.macAddress());
        filter = ReceiveFilter.of(has ? facts.macAddress() : settings.address());
        transmit = new TransmitQueue(this, facts.transmitRing());
        receive = new ReceiveQueue(this, facts.receiveRing(), settings);
        boolean done = false;
        try {
            receive.fill();
            card.start(filter);
            linkUp = card.isLinkUp();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private final class Pair implements NetworkQueue {
        @Override
        public int transmit(NetworkBuffer[] packets, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, packets.length);
            return transmit.transmit(packets, from, count);
        }

        @Override
        public int takeTransmitted(NetworkBuffer[] into) {
            return transmit.takeTransmitted(into);
        }

        @Override
        public int receive(NetworkBuffer[] into) throws IOException {
            return receive.receive(into);
        }
    }

    @Override
    public long macAddress() {
        return filter.address();
    }

    @Override
    public int mtu() {
        return facts.mtu();
    }

    @Override
    public int offloads() {
        return facts.offloads();
    }

    @Override
    public int mostParts() {
        return facts.transmitRing().mostParts();
    }

    @Override
    public boolean isLinkUp() {
        return linkUp;
    }

    @Override
    public int queues() {
        return 1;
    }

    @Override
    public NetworkQueue queue(int index) {
        Objects.checkIndex(index, 1);
        return pair;
    }

    private boolean change(UnaryOperator<ReceiveFilter> change) throws IOException {
        transmit.atRing(() -> {
            ReceiveFilter wanted = change.apply(filter);
            card.setFilter(wanted);
            filter = wanted;
        });
        return true;
    }

    @Override
    public boolean setMacAddress(long address) throws IOException {
        return change(now -> now.withAddress(address));
    }

    @Override
    public boolean setReceiveMode(boolean promiscuous, boolean allGroups) throws IOException {
        return change(now -> now.withMode(promiscuous, allGroups));
    }

    @Override
    public boolean setGroups(long[] addresses) throws IOException {
        List<Long> groups = Arrays.stream(addresses).boxed().toList();
        return change(now -> now.withGroups(groups));
    }

    @Override
    public long badPackets() {
        return receive.bad();
    }

    @Override
    public boolean service(int queue) throws IOException {
        Objects.checkIndex(queue, 1);
        if (transmit.service()) {
            listener.transmitted(0);
        }
        for (int i = 0; i < MOST_ROUNDS; i++) {
            listener.received(0);
            checkUsable();
            card.rearm();
            if (!receive.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** How many packets it has sent and received so far, as far as somebody has looked. */
    public long packets() {
        return transmit.sent() + receive.taken();
    }

    /** The card has interrupted: before {@link #service}, by the same thread. */
    public void interrupted() throws IOException {
        checkUsable();
        try {
            if (card.takeCauses()) {
                boolean up = card.isLinkUp();
                if (up != linkUp) {
                    linkUp = up;
                    listener.linkChanged(up);
                }
            }
        } catch (IOException e) {
            throw abort(e);
        }
    }

    @Override
    public void watch(long now, long patience) throws IOException {
        transmit.watch(now, patience);
    }

    /** One that does not reset itself does not reach memory either. */
    @Override
    protected void reset() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            card.reset();
        } catch (InterruptedException e) {
            interrupted = true; // afterwards
        } finally {
            isolation.run();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        abort();
        receive.close();
        transmit.close(true);
        listener.transmitted(0);
    }
}
