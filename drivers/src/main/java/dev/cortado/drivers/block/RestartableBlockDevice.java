package dev.cortado.drivers.block;

import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A device whose driver dies and is started again, for users who see only a delay: a request that
 * its driver did not live to answer goes to the next one. It may have been done already; what a
 * request does, it does as well twice. The device leaves its buffer alone in between, since another
 * driver begins only when the device was reset. If none does, the error has that of the request's
 * last driver with it; and so has one that several drivers one after the other have not lived to
 * answer in some minutes: a device that is reset as it should be and then answers nothing.
 */
public final class RestartableBlockDevice implements BlockDevice {
    /** A driver, from its start to its death. */
    public interface Life extends BlockDevice {
        /**
         * If not, its device was reset or kept from memory, or its requests say that neither could
         * be; the errors that they came back with say nothing else.
         */
        boolean isAlive();
    }

    private interface Request {
        void run(Life life) throws IOException;
    }

    /** Drivers that are given a request at least, however long that takes. */
    private static final int LEAST_LIVES = 3;

    /** Since the first of them died: fewer drivers may just have begun. */
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    /** For a device that is always there, with or without a driver. */
    private static final long FOREVER = Long.MAX_VALUE;

    private final String name;
    private final long absence;
    private final LongSupplier nanoTime;

    /** Made beforehand: who waits has to hear that there is an end, also without memory for why. */
    private final IOException unsaid;

    /** Null between two. */
    private Life current;

    /** The one that there is, or that there was last. Written with this object's lock. */
    private volatile Life last;

    private IOException end;

    /** Whether the device itself may be away, and not only its driver. */
    private boolean isAway;

    private long awaySince;

    /**
     * @param name for messages
     */
    public RestartableBlockDevice(String name) {
        this(name, FOREVER);
    }

    /**
     * Of a device that may be taken away, and given back: at any time, if nobody {@linkplain
     * #setAway says} when.
     *
     * @param name for messages
     * @param absence nanoseconds that a request waits for it
     */
    public RestartableBlockDevice(String name, long absence) {
        this(name, absence, System::nanoTime);
    }

    RestartableBlockDevice(String name, long absence, LongSupplier nanoTime) {
        this.name = name;
        this.absence = absence;
        this.nanoTime = nanoTime;
        isAway = absence != FOREVER;
        awaySince = nanoTime.getAsLong();
        unsaid = new IOException(name + ": its driver was given up");
    }

    /** A driver has been started; after the end it is only remembered. */
    public synchronized void begin(Life life) {
        last = life;
        if (end == null) {
            current = life;
            notifyAll();
        }
    }

    /** The device is away from now on, or there: then a request waits for its driver alone. */
    public synchronized void setAway(boolean away) {
        if (away && !isAway) {
            awaySince = nanoTime.getAsLong();
        }
        isAway = away;
        notifyAll();
    }

    /** It has died; nothing if another has been started since. */
    public synchronized void end(Life life) {
        if (current == life) {
            current = null;
        }
    }

    /** None is started any more. The first reason stays. */
    public synchronized void giveUp(Throwable why) {
        current = null;
        if (end == null) {
            end = said(why);
        }
        notifyAll();
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
     * @throws IOException there will be none any more, or the device is not there for too long
     */
    public synchronized Life await() throws IOException {
        long begin = nanoTime.getAsLong();
        PostponedInterrupt.during(() -> {
            while (current == null && end == null) {
                awaitChange(begin);
            }
        });
        if (current == null) {
            throw new IOException(end.getMessage(), end);
        }
        return current;
    }

    private void awaitChange(long begin) throws IOException, InterruptedException {
        if (!isAway) {
            wait();
            return;
        }
        long now = nanoTime.getAsLong();
        long left = absence - Math.min(now - begin, now - awaySince);
        if (left <= 0) {
            throw new IOException(name + ": it is gone");
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
    }

    /** How often drivers have died with a request, and when the first one did. */
    private final class Deaths {
        private int count;
        private long first;

        /** One more; whether it is not given to another driver. */
        boolean areTooMany() {
            long now = nanoTime.getAsLong();
            first = count == 0 ? now : first;
            count++;
            return count >= LEAST_LIVES && now - first >= PATIENCE;
        }
    }

    private void run(Request request) throws IOException {
        Deaths deaths = new Deaths();
        IOException before = null;
        while (true) {
            Life life = next(before);
            try {
                request.run(life);
                return;
            } catch (OtherMediumException e) {
                giveUp(e); // the next driver would not know of it
                throw e;
            } catch (IOException e) {
                if (life.isAlive()) {
                    throw e; // the device's own
                }
                end(life);
                if (deaths.areTooMany()) {
                    throw e;
                }
                before = e;
            }
        }
    }

    /** As {@link #await}; that none comes any more does not hide how the last one ended. */
    private Life next(IOException before) throws IOException {
        try {
            return await();
        } catch (IOException e) {
            if (before != null) {
                e.addSuppressed(before);
            }
            throw e;
        }
    }

    private Life latest() {
        Life life = last;
        if (life == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return life;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String serialNumber() throws IOException {
        String[] number = new String[1];
        run(life -> number[0] = life.serialNumber());
        return number[0];
    }

    @Override
    public long bytes() {
        return latest().bytes();
    }

    @Override
    public int blockBytes() {
        return latest().blockBytes();
    }

    @Override
    public int physicalBytes() {
        return latest().physicalBytes();
    }

    @Override
    public long addressLimit() {
        return latest().addressLimit();
    }

    @Override
    public boolean takesAnyMemory() {
        return latest().takesAnyMemory();
    }

    @Override
    public boolean isReadOnly() {
        return latest().isReadOnly();
    }

    @Override
    public boolean isDisc() {
        return latest().isDisc();
    }

    @Override
    public boolean canDiscard() {
        return latest().canDiscard();
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        run(life -> life.read(position, buffer, offset, length));
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        run(life -> life.write(position, buffer, offset, length));
    }

    /** Those that a driver did not live to answer go to the next one. */
    @Override
    public void transfer(List<BlockTransfer> transfers) {
        List<BlockTransfer> left = transfers;
        Deaths deaths = new Deaths();
        IOException before = null;
        while (!left.isEmpty()) {
            Life life;
            try {
                life = next(before);
            } catch (IOException e) {
                left.forEach(transfer -> transfer.end(e));
                return;
            }
            life.transfer(left);
            left = left.stream().filter(transfer -> transfer.failure() != null).toList();
            if (giveUpIfOtherMedium(left) || life.isAlive()) {
                return; // the device's own
            }
            end(life);
            if (deaths.areTooMany()) {
                return; // each has the error of its last driver
            }
            before = failure(left);
        }
    }

    /** As {@link #run} does. */
    private boolean giveUpIfOtherMedium(List<BlockTransfer> failed) {
        for (BlockTransfer transfer : failed) {
            if (transfer.failure() instanceof OtherMediumException e) {
                giveUp(e);
                return true;
            }
        }
        return false;
    }

    /** One of theirs; that the device may still have a buffer before all others. */
    private static IOException failure(List<BlockTransfer> transfers) {
        IOException found = null;
        for (BlockTransfer transfer : transfers) {
            if (transfer.failure() instanceof IOException failure
                    && (found == null || BufferInUseException.isIn(failure))) {
                found = failure;
            }
        }
        return found;
    }

    @Override
    public boolean canWriteZeroes() {
        return latest().canWriteZeroes();
    }

    @Override
    public void writeZeroes(long position, long length) throws IOException {
        run(life -> life.writeZeroes(position, length));
    }

    @Override
    public void flush() throws IOException {
        run(Life::flush);
    }

    @Override
    public void discard(long position, long length) throws IOException {
        run(life -> life.discard(position, length));
    }
}
