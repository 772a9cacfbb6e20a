package dev.cortado.kernel.device;

import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.interrupt.MsiMessage;
import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.message.SignalWord;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The interrupts of a device, which wake the thread of its driver: several messages, or one line.
 * Each is a signal of its own, bit 0 the first message or the line.
 */
public final class DeviceInterrupt implements AutoCloseable {
    /** As many signals as a notification has. */
    public static final int MOST_MESSAGES = Long.SIZE;

    /**
     * Those that have a signal word with the interrupt's handler. Nobody need hold on to them: the
     * word of one that is forgotten unclosed may still be signalled. Guarded by itself.
     */
    private static final Set<DeviceInterrupt> OPEN = new HashSet<>();

    private final Notification notification = new Notification();

    /** Which CPU handles each. */
    private final int[] cpus;

    /** Null if it is messages. */
    private final DeviceLine line;

    private final int[] vectors;

    /** What keeps the device from interrupting for ever: the line's, or its own. */
    private final InterruptGuard guard;

    private InterruptGuard.Member member;

    /** Of messages; null if the device cannot be kept from sending them. */
    private DeviceMask mask;

    /** Messages are. */
    private boolean masked;

    private boolean closed;

    private DeviceInterrupt(int[] cpus, DeviceLine line) throws IOException {
        this.cpus = cpus;
        this.line = line;
        vectors = new int[cpus.length];
        guard = line != null ? line.guard() : new InterruptGuard("messages", DeviceFaults::tell);
        synchronized (OPEN) {
            OPEN.add(this);
        }
        boolean isBound = false;
        try {
            bind();
            isBound = true;
        } finally {
            if (!isBound) {
                close();
            }
        }
    }

    private void bind() throws IOException {
        if (line != null) {
            vectors[0] = line.join(notification.word(), this::wake);
            member = line.member(vectors[0]);
            return;
        }
        member = guard.join(this::wake);
        for (int i = 0; i < cpus.length; i++) {
            vectors[i] =
                    DeviceVectors.bind(cpus[i], notification.word(), 1L << i, VectorTable.NO_LINE);
            if (vectors[i] == DeviceVectors.NONE) {
                throw new IOException("CPU " + cpus[i] + " has no vector left for a device");
            }
        }
    }

    /**
     * Interrupts that a device raises with messages.
     *
     * @param cpu that handles all of them
     * @param count 1 to {@link #MOST_MESSAGES}
     * @throws IOException no message reaches the CPU, or it has too few vectors left
     */
    public static DeviceInterrupt ofMessages(int cpu, int count) throws IOException {
        int[] cpus = new int[Math.clamp(count, 0, MOST_MESSAGES + 1)];
        Arrays.fill(cpus, cpu);
        return ofMessages(cpus);
    }

    /**
     * Interrupts that a device raises with messages.
     *
     * @param cpus that handle them, one each: 1 to {@link #MOST_MESSAGES}
     * @throws IOException no message reaches one of the CPUs, or it has too few vectors left
     */
    public static DeviceInterrupt ofMessages(int[] cpus) throws IOException {
        if (cpus.length < 1 || cpus.length > MOST_MESSAGES) {
            throw new IllegalArgumentException(cpus.length + " messages");
        }
        for (int cpu : cpus) {
            if (cpu < 0
                    || cpu >= Processors.online()
                    || !MsiMessage.canReach(Processors.get(cpu).getHardwareId())) {
                throw new IOException("no message reaches CPU " + cpu);
            }
        }
        return new DeviceInterrupt(cpus.clone(), null);
    }

    /**
     * An interrupt that a device raises with a line, a global system interrupt. Each time, a line
     * that is level-triggered stays masked until {@link #acknowledge}, by all that are open for it:
     * several devices may share such a line.
     *
     * @param cpu that handles it, unless another device is on it already: then it is that one's
     * @throws IOException there is no such line, the kernel has it, or another device, and one of
     *     them is not level-triggered or active otherwise; or no vector is left
     */
    public static DeviceInterrupt ofLine(
            long global, int cpu, boolean levelTriggered, boolean activeLow) throws IOException {
        if (cpu < 0
                || cpu >= Processors.online()
                || !MsiMessage.canReach(Processors.get(cpu).getHardwareId())
                || !IoApic.exists(global)) {
            throw new IOException("no line " + global + " reaches CPU " + cpu);
        }
        synchronized (DeviceLine.class) {
            DeviceLine line = DeviceLine.of(global, cpu, levelTriggered, activeLow);
            return new DeviceInterrupt(new int[] {line.cpu()}, line);
        }
    }

    /** How many devices have some that are not closed. */
    public static int openCount() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }

    /** How many messages, or one line. */
    public int count() {
        return vectors.length;
    }

    /** Where the device writes a message. */
    public long messageAddress(int message) {
        return MsiMessage.address(Processors.get(cpus[message]).getHardwareId());
    }

    /** What the device writes. */
    public int messageData(int message) {
        return MsiMessage.data(vectors[message]);
    }

    /**
     * Says whose it is.
     *
     * @param device its name and its place, for messages
     * @param ofDevice keeps the device from interrupting
     */
    public synchronized void describe(String device, DeviceMask ofDevice) {
        if (line != null) {
            line.describe(vectors[0], device, ofDevice);
        } else {
            member.describe(device, null);
            mask = ofDevice;
        }
    }

    /**
     * Waits until one has come since this was called last, or the time is over; a moment, and then
     * it is as if all had come, where they are masked since they came for ever.
     *
     * @return a bit for each that has come
     */
    public long await(long nanoseconds) throws InterruptedException {
        long most = guard.waitTime(member, nanoseconds);
        long came = notification.await(Notification.ANY, Duration.ofNanos(most));
        return came == 0 && most < nanoseconds ? all() : came;
    }

    /** Lets who waits look, as if all had come. */
    public void wake() {
        notification.signal(all());
    }

    private long all() {
        return -1L >>> Long.SIZE - vectors.length;
    }

    /**
     * As {@link Notification#word}: bit 0 of it lets who waits look, as an interrupt would. Valid
     * until this is closed.
     */
    public SignalWord word() {
        return notification.word();
    }

    /**
     * The driver has looked at its device, since {@link #await} has returned: a level-triggered
     * line may interrupt again. An interrupt for which nobody's device had done anything, again and
     * again without an end, is masked, and tried again after a while.
     *
     * @param work whether the device had done anything since this was called last, whoever has
     *     found that
     */
    public synchronized void acknowledge(boolean work) {
        if (closed) {
            return;
        }
        if (line != null) {
            line.acknowledge(vectors[0], work);
            return;
        }
        long now = System.nanoTime();
        guard.looked(member, work, now);
        boolean interrupted = takeUnseen();
        setMasked(!guard.pass(!work && interrupted, now));
    }

    private boolean takeUnseen() {
        boolean any = false;
        for (int i = 0; i < vectors.length; i++) {
            if (DeviceVectors.isUnseen(cpus[i], vectors[i])) {
                DeviceVectors.setSeen(cpus[i], vectors[i]);
                any = true;
            }
        }
        return any;
    }

    /** Also one that the device does not leave at that: it signals nobody. */
    private void setMasked(boolean wanted) {
        if (masked == wanted) {
            return;
        }
        masked = wanted;
        for (int i = 0; i < vectors.length; i++) {
            DeviceVectors.setSignals(cpus[i], vectors[i], masked ? 0 : 1L << i);
        }
        if (mask != null) {
            mask.setMasked(masked);
        }
        if (!masked) {
            guard.wakeAll();
        }
    }

    /** Nothing comes any more. A device that sends messages has been masked before. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i] != DeviceVectors.NONE && line != null) {
                line.leave(vectors[i]);
            } else if (vectors[i] != DeviceVectors.NONE) {
                DeviceVectors.release(cpus[i], vectors[i]);
            }
        }
        wake();
        synchronized (OPEN) {
            OPEN.remove(this);
        }
    }
}
