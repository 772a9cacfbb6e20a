package dev.cortado.drivers.network;

import dev.cortado.kernel.ipc.PostponedInterrupt;
import java.io.IOException;
import java.util.Objects;

/**
 * A device whose driver dies and is started again, for users who see only a delay: in between
 * nothing has room and nothing comes, and nothing throws. Packets that a driver did not live to
 * send are as if they had been sent; who needs them sends them again anyway. What was said of
 * addresses and groups is said to each driver again.
 *
 * <p>When no driver comes any more, the link is down for ever.
 */
public final class RestartableNetworkDevice implements NetworkDevice {
    private final String name;

    /** Made beforehand: who waits has to hear that there is an end, also without memory for why. */
    private final IOException unsaid;

    private final NetworkListener listener;

    /** Guards what a device is told, which may take it a while; taken before the other. */
    private final Object settings = new Object();

    private Boolean promiscuous;
    private boolean allGroups;
    private long[] groups;
    private long address;

    /** Null between two. */
    private volatile NetworkDevice current;

    private volatile NetworkDevice last;
    private volatile IOException end;

    /** The device itself is not there, and not only its driver. */
    private volatile boolean isAway;

    private volatile boolean isToldOfEnd;

    /** Pairs that users have been told of; a later driver may have fewer. */
    private volatile Queue[] queues = {};

    /**
     * @param name for messages
     * @param listener of the drivers, which hears as well when another one can send
     */
    public RestartableNetworkDevice(String name, NetworkListener listener) {
        this.name = name;
        unsaid = new IOException(name + ": its driver was given up");
        this.listener = listener;
    }

    private final class Queue implements NetworkQueue {
        private final int index;

        Queue(int index) {
            this.index = index;
        }

        private NetworkQueue of(NetworkDevice device) {
            return device.queue(index % device.queues());
        }

        @Override
        public int transmit(NetworkBuffer[] packets, int from, int count) {
            NetworkDevice device = current;
            try {
                return device == null ? 0 : of(device).transmit(packets, from, count);
            } catch (IOException e) {
                end(device);
                return 0;
            }
        }

        /** Also of a driver that is at its end, until it is forgotten. */
        @Override
        public int takeTransmitted(NetworkBuffer[] into) {
            NetworkDevice device = last;
            return device == null ? 0 : of(device).takeTransmitted(into);
        }

        @Override
        public int receive(NetworkBuffer[] into) {
            NetworkDevice device = last;
            try {
                return device == null || index >= device.queues() ? 0 : of(device).receive(into);
            } catch (IOException e) {
                end(device);
                return 0;
            }
        }
    }

    /** A driver has been started; by its thread, before it serves anything. */
    public void begin(NetworkDevice driver) throws IOException {
        boolean wasAway = isAway;
        boolean wasUp = last == null || last.isLinkUp() && !wasAway;
        boolean isFirst = last == null;
        synchronized (settings) {
            if (address != 0) {
                driver.setMacAddress(address);
            }
            if (promiscuous != null) {
                driver.setReceiveMode(promiscuous, allGroups);
            }
            if (groups != null) {
                driver.setGroups(groups);
            }
            synchronized (this) {
                if (end != null) {
                    throw new IOException(end.getMessage(), end);
                }
                if (isFirst) {
                    Queue[] made = new Queue[driver.queues()];
                    for (int i = 0; i < made.length; i++) {
                        made[i] = new Queue(i);
                    }
                    queues = made;
                }
                last = driver;
                current = driver;
                isAway = false;
                notifyAll();
            }
        }
        if (!isFirst) {
            for (int i = 0; i < queues.length; i++) {
                listener.transmitted(i);
            }
            if (driver.isLinkUp() != wasUp) {
                listener.linkChanged(!wasUp);
            }
            if (wasAway && driver.isLinkUp()) {
                listener.announce(); // it may be plugged in elsewhere
            }
        }
    }

    /** It has died; nothing if another has been started since. */
    public synchronized void end(NetworkDevice driver) {
        if (current == driver) {
            current = null;
        }
    }

    /** Its device was taken away: until a driver begins with another one, the link is down. */
    public void takenAway() {
        isAway = true;
        listener.linkChanged(false);
    }

    /** None is started any more. The first reason stays. */
    public void giveUp(Throwable why) {
        synchronized (this) {
            current = null;
            if (end == null) {
                end = said(why);
                notifyAll();
            }
        }
        // Once more by who calls again because there was no memory to tell it.
        if (last != null && !isToldOfEnd) {
            listener.linkChanged(false);
            isToldOfEnd = true;
        }
    }

    private IOException said(Throwable why) {
        try {
            return new IOException(name + ": " + why.getMessage(), why);
        } catch (OutOfMemoryError e) {
            return unsaid;
        }
    }

    /**
     * Waits until there is a driver.
     *
     * @throws IOException there will be none any more
     */
    public synchronized void await() throws IOException {
        PostponedInterrupt.during(() -> {
            while (current == null && end == null) {
                wait();
            }
        });
        if (current == null) {
            throw new IOException(end.getMessage(), end);
        }
    }

    /** The one that there is, or that there was last. */
    private NetworkDevice latest() {
        NetworkDevice device = last;
        if (device == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return device;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long macAddress() {
        return latest().macAddress();
    }

    @Override
    public int mtu() {
        return latest().mtu();
    }

    @Override
    public int offloads() {
        return latest().offloads();
    }

    @Override
    public int mostParts() {
        return latest().mostParts();
    }

    /** A driver's death is no news of the link. */
    @Override
    public boolean isLinkUp() {
        NetworkDevice device = last;
        return end == null && !isAway && device != null && device.isLinkUp();
    }

    @Override
    public int queues() {
        return queues.length;
    }

    @Override
    public NetworkQueue queue(int index) {
        Objects.checkIndex(index, queues.length);
        return queues[index];
    }

    private interface Command {
        boolean run(NetworkDevice driver) throws IOException;
    }

    /** With its settings' lock held. A driver that dies of it leaves it to the next one. */
    private boolean command(Command command) {
        NetworkDevice driver = current;
        try {
            return driver != null && command.run(driver);
        } catch (IOException e) {
            end(driver);
            return false;
        }
    }

    @Override
    public boolean setMacAddress(long newAddress) {
        synchronized (settings) {
            boolean done = command(driver -> driver.setMacAddress(newAddress));
            address = done ? newAddress : address;
            return done;
        }
    }

    @Override
    public boolean setReceiveMode(boolean all, boolean groupsToo) {
        synchronized (settings) {
            promiscuous = all;
            allGroups = groupsToo;
            return command(driver -> driver.setReceiveMode(all, groupsToo));
        }
    }

    @Override
    public boolean setGroups(long[] addresses) {
        synchronized (settings) {
            groups = addresses.clone();
            return command(driver -> driver.setGroups(addresses));
        }
    }

    @Override
    public long badPackets() {
        return latest().badPackets();
    }
}
