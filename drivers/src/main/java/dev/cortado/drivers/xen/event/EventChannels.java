package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.message.SignalWord;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.WordFactory;

/**
 * Event channels by port (public/event_channel.h). What happens on a port calls its handler, on the
 * CPU that the port is bound to: the first, unless {@link #move} has been called. A handler has to
 * be in the image: one that the program makes could be moved by the garbage collector at just that
 * moment; programs have a {@link SignalWord} signalled.
 *
 * <p>Functions that return a port return one of {@link XenError} instead if there is none.
 */
public final class EventChannels {
    /** Ports that can have a handler; Xen hands out the lowest that is free. */
    private static final int CAPACITY = 1024;

    /** How a kind of domain is interrupted when there are events. */
    public interface Delivery {
        /** Has {@code upcall} called on the first CPU; false if Xen has no way to. */
        @Uninterruptible(reason = Hypercall.REASON)
        boolean start(InterruptHandler upcall);

        /** Has it called on this CPU, too. */
        @Uninterruptible(reason = Hypercall.REASON)
        void startProcessor();
    }

    private static final EventBits BITS = new EventBits(new VirtualMemory());
    private static final EventUpcall UPCALL = new EventUpcall(BITS);
    private static final InterruptHandler[] HANDLERS = new InterruptHandler[CAPACITY];

    /** Xen's numbers of the CPUs that ports are bound to: no handler runs on two at once. */
    private static final byte[] OWNERS = new byte[CAPACITY];

    /** The signal words of ports that have one in place of a handler. */
    private static final PortSignals SIGNALS =
            new PortSignals(new VirtualMemory(), CAPACITY, Processors.CAPACITY);

    /** What a signal word is signalled with: each of those who wait for it may have a bit. */
    public static final long SIGNAL = -1;

    private static Delivery delivery;

    /** Counts the starts: ports of an earlier one are not ports any more. */
    private static int epoch;

    private static long unexpected;

    private EventChannels() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDelivery(Delivery chosen) {
        delivery = chosen;
    }

    /**
     * Events of ports that are bound are told from now on; none is: after a resume, too, since
     * there all ports are new ones. The shared information page is mapped.
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean start() {
        if (!SIGNALS.hasAddress()) {
            SIGNALS.setAddress(Memory.allocateZeroed(SIGNALS.bytes()).rawValue());
        }
        if (!SIGNALS.hasAddress()) {
            return false;
        }
        for (int i = 0; i < CAPACITY; i++) {
            HANDLERS[i] = null;
            SIGNALS.set(i, 0);
            OWNERS[i] = 0;
        }
        epoch++;
        BITS.maskAll(SharedInfo.address());
        return delivery.start(UPCALL);
    }

    /** Called on every other CPU: it handles events from now on. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void startProcessor() {
        delivery.startProcessor();
    }

    /** Connects to a port that another domain has offered to this one. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int bindInterdomain(int remoteDomain, int remotePort, InterruptHandler handler) {
        return open(EventCalls.bindInterdomain(remoteDomain, remotePort), 0, handler);
    }

    /** A port that another domain may connect to. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int allocateUnbound(int remoteDomain, InterruptHandler handler) {
        return open(EventCalls.allocateUnbound(remoteDomain), 0, handler);
    }

    /**
     * As the other, for a program. Ports of programs are opened and closed where no suspension can
     * come between: what they are is only right together with the {@link #epoch} of that moment.
     *
     * @return the epoch times 2^32, plus the port or error
     */
    @Uninterruptible(reason = Hypercall.REASON)
    static long bindInterdomain(int remoteDomain, int remotePort, SignalWord word) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        long opened = open(EventCalls.bindInterdomain(remoteDomain, remotePort), word);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return opened;
    }

    /** As the other, for a program. */
    @Uninterruptible(reason = Hypercall.REASON)
    static long allocateUnbound(int remoteDomain, SignalWord word) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        long opened = open(EventCalls.allocateUnbound(remoteDomain), word);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return opened;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static long open(int port, SignalWord word) {
        if (port > 0 && port < CAPACITY) {
            SIGNALS.set(port, word.rawValue());
        }
        return inEpoch(open(port, 0, null));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long inEpoch(int port) {
        return (long) epoch << Integer.SIZE | port & 0xffff_ffffL;
    }

    /** A port on which Xen tells of one of its virtual interrupts, on Xen's CPU of that number. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int bindVirq(int virq, int virtualCpu, InterruptHandler handler) {
        return open(EventCalls.bindVirq(virq, virtualCpu), virtualCpu, handler);
    }

    /** A port that interrupts Xen's CPU of that number when it is notified. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int bindIpi(int virtualCpu, InterruptHandler handler) {
        return open(EventCalls.bindIpi(virtualCpu), virtualCpu, handler);
    }

    /** Takes a port that the tool stack has made; what has happened on it is told now. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void bind(int port, InterruptHandler handler) {
        if (port > 0 && port < CAPACITY) {
            take(port, 0, handler);
        }
    }

    /** As the other, for a program. */
    @Uninterruptible(reason = Hypercall.REASON)
    static long bind(int port, SignalWord word) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        if (port > 0 && port < CAPACITY) {
            SIGNALS.set(port, word.rawValue());
            take(port, 0, null);
        }
        long bound = inEpoch(port);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return bound;
    }

    /**
     * Nothing happens on a program's port any more; when this returns, nobody signals its word. A
     * port of an earlier epoch is none any more, and its number may be somebody else's.
     *
     * @param own whether Xen may hand it out again; otherwise it is the tool stack's, and open
     */
    @Uninterruptible(reason = Hypercall.REASON)
    static void close(int port, int ofEpoch, boolean own) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        boolean open = ofEpoch == epoch && port > 0 && port < CAPACITY;
        if (open) {
            BITS.mask(SharedInfo.address(), port);
            SIGNALS.set(port, 0);
            if (own) {
                EventCalls.close(port);
            }
        }
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        while (open && SIGNALS.isInUse(port)) {
            Cpu.pause(); // for the time of one signal, on another CPU
        }
    }

    /** Changes when all ports become invalid. */
    static int epoch() {
        return epoch;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static int open(int port, int virtualCpu, InterruptHandler handler) {
        if (port >= CAPACITY) {
            EventCalls.close(port);
            return XenError.NO_SPACE;
        }
        if (port > 0) {
            take(port, virtualCpu, handler);
        }
        return port;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static void take(int port, int virtualCpu, InterruptHandler handler) {
        OWNERS[port] = (byte) virtualCpu;
        HANDLERS[port] = handler;
        EventCalls.unmask(port);
    }

    /** The events of a port that is neither IPI nor VIRQ are told to Xen's CPU of that number. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean move(int port, int virtualCpu) {
        if (port <= 0 || port >= CAPACITY || virtualCpu < 0 || virtualCpu >= VirtualCpus.CAPACITY) {
            return false;
        }
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        BITS.mask(SharedInfo.address(), port);
        boolean moved = EventCalls.bindVcpu(port, virtualCpu) >= 0;
        if (moved) {
            OWNERS[port] = (byte) virtualCpu;
        }
        EventCalls.unmask(port);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return moved;
    }

    /** On which of Xen's CPUs a port's events are handled. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static int owner(int port) {
        return port < CAPACITY ? OWNERS[port] : 0;
    }

    /** Tells the other side that something has happened. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void notify(int port) {
        EventCalls.send(port);
    }

    /** An event without a handler is counted, and its port masked: it does not come again. */
    @Uninterruptible(reason = Interrupts.REASON)
    static void deliver(int port) {
        InterruptHandler handler = port < CAPACITY ? HANDLERS[port] : null;
        if (handler != null) {
            handler.handle();
        } else if (port >= CAPACITY || !signal(port)) {
            unexpected++;
            BITS.mask(SharedInfo.address(), port);
        }
    }

    /** Whether the port has a signal word, which is signalled. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static boolean signal(int port) {
        int cpu = Processors.online() == 0 ? 0 : Processors.current().getId();
        long word = SIGNALS.begin(cpu, port);
        if (word != 0) {
            SignalWord.Operations.signal(WordFactory.pointer(word), SIGNAL);
        }
        SIGNALS.end(cpu);
        return word != 0;
    }

    /** How many events came for ports that nobody has. */
    public static long unexpected() {
        return unexpected;
    }
}
