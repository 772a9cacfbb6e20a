package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.PacketCheck;
import java.io.IOException;
import java.util.ArrayDeque;

/** A driver of one queue, which checks what it is given and sends when it is told. */
final class FakeDevice implements NetworkDevice, NetworkQueue {
    final ArrayDeque<NetworkBuffer> taken = new ArrayDeque<>();
    final ArrayDeque<NetworkBuffer> sent = new ArrayDeque<>();
    final ArrayDeque<NetworkBuffer> come = new ArrayDeque<>();
    int offloads = Offloads.SCATTER | Offloads.CHECKSUM;
    int parts = 20;
    int room = 4;
    boolean dead;
    boolean down;

    /** The device has sent some of what it was given. */
    void send(int count) {
        for (int i = 0; i < count && !taken.isEmpty(); i++) {
            sent.add(taken.poll());
        }
    }

    /** A packet comes, in a buffer that the driver took. */
    void receive(NetworkBuffer first) {
        NetworkBuffers.handBack(this, first);
        come.add(first);
    }

    @Override
    public int transmit(NetworkBuffer[] packets, int from, int count) throws IOException {
        if (dead) {
            throw new IOException("dead");
        }
        int done = 0;
        while (done < count && taken.size() + sent.size() < room) {
            NetworkBuffer packet = packets[from + done];
            PacketCheck.check(packet, NetworkBuffer.HEADROOM, offloads, mtu(), parts);
            NetworkBuffers.hand(packet, this);
            taken.add(packet);
            done++;
        }
        return done;
    }

    @Override
    public int takeTransmitted(NetworkBuffer[] into) {
        int count = 0;
        while (count < into.length && !sent.isEmpty()) {
            into[count] = sent.poll();
            NetworkBuffers.handBack(this, into[count++]);
        }
        return count;
    }

    @Override
    public int receive(NetworkBuffer[] into) {
        int count = 0;
        while (count < into.length && !come.isEmpty()) {
            into[count++] = come.poll();
        }
        return count;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public long macAddress() {
        return 0x525400123456L;
    }

    @Override
    public int mtu() {
        return 1500;
    }

    @Override
    public int offloads() {
        return offloads;
    }

    @Override
    public int mostParts() {
        return parts;
    }

    @Override
    public boolean isLinkUp() {
        return !down;
    }

    @Override
    public int queues() {
        return 1;
    }

    @Override
    public NetworkQueue queue(int index) {
        return this;
    }

    @Override
    public boolean setMacAddress(long address) {
        return false;
    }

    @Override
    public boolean setReceiveMode(boolean promiscuous, boolean allGroups) {
        return false;
    }

    @Override
    public boolean setGroups(long[] addresses) {
        return false;
    }

    @Override
    public long badPackets() {
        return 7;
    }
}
