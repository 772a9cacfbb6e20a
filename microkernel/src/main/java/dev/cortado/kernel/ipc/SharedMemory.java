package dev.cortado.kernel.ipc;

import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;

/** Carries messages between threads of one image, through a ring in the kernel's heap. */
final class SharedMemory {
    private static final VirtualMemory MEMORY = new VirtualMemory();

    private final long address;
    private final int capacity;
    private final Notification toReceiver = new Notification();
    private final Notification toSender = new Notification();
    private volatile boolean senderClosed;
    private volatile boolean receiverClosed;

    SharedMemory(int capacity) {
        if (!ChannelLayout.isCapacity(capacity)) {
            throw new IllegalArgumentException("No capacity of a channel: " + capacity);
        }
        this.capacity = capacity;
        address = Memory.allocate(ChannelLayout.bytes(capacity));
        KernelMemory.own(this, address);
        ChannelLayout.initialize(MEMORY, address);
    }

    Transport.Outgoing outgoing() {
        return new Outgoing();
    }

    Transport.Incoming incoming() {
        return new Incoming();
    }

    /** An end is closed: who waits at the other one is to see that, and who waits at this one. */
    private void wakeBoth() {
        toReceiver.signal(1);
        toSender.signal(1);
    }

    // The ends are inner classes: each keeps the memory of both.

    private final class Outgoing implements Transport.Outgoing {
        private final ChannelSender ring = new ChannelSender(MEMORY, address, capacity);

        @Override
        public int offer(byte[] message, int offset, int length) {
            return ring.offer(message, offset, length);
        }

        @Override
        public int wantRoom(int length) {
            return ring.wantRoom(length);
        }

        @Override
        public void flush() {
            if (ring.mustNotify()) {
                toReceiver.signal(1);
            }
        }

        @Override
        public boolean await(long deadline) throws InterruptedException {
            return toSender.await(Notification.ANY, deadline) != 0;
        }

        @Override
        public boolean isClosed() {
            return receiverClosed;
        }

        @Override
        public void close() {
            senderClosed = true;
            wakeBoth();
        }
    }

    private final class Incoming implements Transport.Incoming {
        private final ChannelReceiver ring = new ChannelReceiver(MEMORY, address, capacity);

        @Override
        public int next() {
            return ring.next();
        }

        @Override
        public void take(byte[] target, int offset) {
            ring.poll(target, offset, target.length - offset);
        }

        @Override
        public int wantMessage() {
            return ring.wantMessage();
        }

        @Override
        public void flush() {
            if (ring.mustNotify()) {
                toSender.signal(1);
            }
        }

        @Override
        public boolean await(long deadline) throws InterruptedException {
            return toReceiver.await(Notification.ANY, deadline) != 0;
        }

        @Override
        public boolean isClosed() {
            return senderClosed;
        }

        @Override
        public void close() {
            receiverClosed = true;
            wakeBoth();
        }
    }
}
