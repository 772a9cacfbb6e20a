package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.DeviceEnd;
import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of requests, with the lock that guards it. Who has several gives as many of them to the
 * device at once as there is room for, and tells it of them once.
 */
final class BlockQueue {
    private static final int LARGEST_QUEUE = 256;

    /** Requests under way at once. */
    private static final int SLOTS = 128;

    /** Of them, those of one caller: he leaves some to others. */
    private static final int MOST_OF_A_CALL = 64;

    /** Buffers of a request that are not data. */
    private static final int EXTRA_BUFFERS = 2;

    /** A caller's requests. Guarded by the lock. */
    private static final class Call {
        private final Condition changed;

        /** How many the device has. */
        private int underWay;

        /** The caller waits until it is no more. */
        private int awaited;

        /** Whether the device has answered one since the caller looked. */
        private boolean isServed;

        Call(Condition changed) {
            this.changed = changed;
        }
    }

    private final BlockConfiguration configuration;
    private final DeviceEnd deviceEnd;
    private final long patience;
    private final VirtQueue queue;
    private final int segments;
    private final BufferChain chain;
    private final BlockSlots memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final BlockRequest[] requests = new BlockRequest[SLOTS];
    private final Call[] calls = new Call[SLOTS];
    private final int[] freeSlots = new int[SLOTS];
    private int free;

    /** The device is about to be reset: nothing of the queue is touched any more. */
    private boolean stopped;

    /** It was reset, or all has been done that can be. */
    private boolean ended;

    /**
     * @param number of the queue
     * @param patience nanoseconds that the device has for an answer
     * @param end how requests end
     * @throws IOException the device has no such queue, or it has no room for a request
     */
    BlockQueue(
            VirtioDevice device,
            int number,
            BlockConfiguration configuration,
            long patience,
            DeviceEnd end)
            throws IOException {
        this.configuration = configuration;
        this.patience = patience;
        deviceEnd = end;
        int wanted = configuration.segments() + EXTRA_BUFFERS;
        queue = device.openQueue(number, LARGEST_QUEUE, wanted);
        int size = queue.settings().size();
        if (size <= EXTRA_BUFFERS) {
            throw device.fail("a queue of size " + size + " has no room for a request");
        }
        segments = Math.min(configuration.segments(), size - EXTRA_BUFFERS);
        chain = new BufferChain(segments + EXTRA_BUFFERS);
        memory =
                new BlockSlots(
                        device.memory(),
                        device.frames().allocate(BlockSlots.bytes(SLOTS), BuddyAllocator.NO_LIMIT));
        for (int i = SLOTS - 1; i >= 0; i--) {
            freeSlots[free++] = i;
        }
        queue.enableInterrupts();
    }

    /** The most data of a request. */
    long mostBytes() {
        return (long) segments * configuration.segmentBytes();
    }

    /**
     * Makes requests and waits for them. When the device is reset meanwhile, some have no answer;
     * before that their buffers are not the caller's again.
     *
     * @return why the device has to be reset; null if it is as it should be
     */
    IOException run(List<BlockRequest> wanted) {
        boolean[] interrupted = new boolean[1];
        Call call = new Call(lock.newCondition());
        lock.lock();
        try {
            for (BlockRequest request : wanted) {
                while (!stopped && !begin(request, call)) {
                    queue.publish();
                    if (call.underWay == 0) {
                        room.awaitUninterruptibly();
                    } else if (!await(call, call.underWay / 2, interrupted)) {
                        return deviceEnd.silence();
                    }
                }
            }
            if (!stopped) {
                queue.publish();
            }
            return await(call, 0, interrupted) ? null : deviceEnd.silence();
        } catch (BrokenQueueException e) {
            return e;
        } catch (RuntimeException | Error e) {
            if (call.underWay == 0) {
                throw e;
            }
            return deviceEnd.unforeseen(e); // the device has buffers
        } finally {
            lock.unlock();
            if (interrupted[0]) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives a request to the device; false if there is no room for it. */
    private boolean begin(BlockRequest request, Call call) throws BrokenQueueException {
        if (free == 0 || call.underWay == MOST_OF_A_CALL) {
            return false;
        }
        int slot = freeSlots[free - 1];
        build(slot, request);
        if (!queue.add(chain, slot)) {
            return false;
        }
        free--;
        requests[slot] = request;
        calls[slot] = call;
        call.underWay++;
        return true;
    }

    private void build(int slot, BlockRequest request) {
        int type = request.type();
        long sector = request.position() / BlockConfiguration.SECTOR_BYTES;
        boolean isZeros = type == BlockSlots.TYPE_WRITE_ZEROES;
        boolean isRange = type == BlockSlots.TYPE_DISCARD || isZeros;
        memory.begin(slot, chain, type, isRange ? 0 : sector);
        if (isRange) {
            long sectors = request.length() / BlockConfiguration.SECTOR_BYTES;
            memory.range(slot, chain, sector, sectors, isZeros && configuration.unmapsZeros());
        } else if (type == BlockSlots.TYPE_GET_ID) {
            memory.identifier(slot, chain);
        } else {
            addData(request);
        }
        memory.end(slot, chain);
    }

    private void addData(BlockRequest request) {
        int most = configuration.segmentBytes();
        for (long done = 0; done < request.length(); done += most) {
            int part = (int) Math.min(request.length() - done, most);
            long address = request.buffer().deviceAddress(request.offset() + done, part);
            if (request.type() == BlockSlots.TYPE_IN) {
                chain.in(address, part);
            } else {
                chain.out(address, part);
            }
        }
    }

    /**
     * Waits until no more of a call's requests than a number are under way, or the device was
     * reset.
     *
     * @param interrupted is set if that was tried, for afterwards
     * @return false if the device has answered none of them in its time
     */
    private boolean await(Call call, int number, boolean[] interrupted)
            throws BrokenQueueException {
        call.awaited = number;
        call.isServed = true;
        long end = 0;
        while (!ended && call.underWay > number) {
            if (call.isServed) {
                call.isServed = false;
                end = System.nanoTime() + patience;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                // A machine that stood still has both: an answer, and no time left.
                if (!stopped) {
                    takeAnswers();
                }
                if (!call.isServed) {
                    return false;
                }
                continue;
            }
            try {
                call.changed.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted[0] = true;
            }
        }
        return true;
    }

    /**
     * Takes the answers that there are. Called at each interrupt, by one thread.
     *
     * @return why the device has to be reset; null if it is as it should be
     */
    IOException service() {
        lock.lock();
        try {
            if (stopped) {
                return null; // the queue's memory may be somebody else's
            }
            takeAnswers();
            return null;
        } catch (BrokenQueueException e) {
            return e;
        } finally {
            lock.unlock();
        }
    }

    private void takeAnswers() throws BrokenQueueException {
        do {
            int slot = queue.take();
            while (slot != VirtQueue.NONE) {
                finish(slot);
                slot = queue.take();
            }
        } while (!queue.enableInterrupts());
        room.signalAll();
    }

    private void finish(int slot) {
        BlockRequest request = requests[slot];
        boolean isNamed = request.type() == BlockSlots.TYPE_GET_ID;
        String identifier = isNamed ? memory.identifier(slot) : null;
        request.answer(memory.status(slot), queue.written(), identifier);
        Call call = calls[slot];
        requests[slot] = null;
        calls[slot] = null;
        freeSlots[free++] = slot;
        call.isServed = true;
        call.underWay--;
        if (call.underWay <= call.awaited) {
            call.changed.signal();
        }
    }

    /** Nothing of the queue is touched any more when this returns: the device can be reset. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** The device was reset, or may go on for ever: who waits looks. */
    void end() {
        lock.lock();
        try {
            ended = true;
            for (Call call : calls) {
                if (call != null) {
                    call.changed.signal();
                }
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether what the device says of bytes that it has written can be believed. */
    boolean tellsLengths() {
        return !queue.settings().legacy();
    }
}
