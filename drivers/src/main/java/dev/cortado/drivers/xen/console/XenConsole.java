package dev.cortado.drivers.xen.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.memory.VirtualMemory;

/**
 * A domain's console. Output works as soon as hypercalls do; the tool stack is told of it at the
 * end of each write, and a tool stack that does not read any more is waited for only once.
 */
public final class XenConsole implements ConsoleDevice, InterruptHandler {
    private static final String REASON = "The console works in a panic and in an interrupt.";

    /**
     * Of the time-stamp counter: a second or so. The tool stack reads 5 times a second, or more.
     */
    private static final long LONGEST_WAIT = 3_000_000_000L;

    /** Bytes that one interrupt reads: a full ring. */
    private static final int MAXIMUM_BURST = 1024;

    private final ConsoleRing ring = new ConsoleRing(new VirtualMemory());
    private int port;
    private byte last;

    /** The other side's index when it was given up waiting for, and whether it was. */
    private int stalledAt;

    private boolean stalled;

    @Override
    @Uninterruptible(reason = REASON)
    public void initialize() {
        if (StartPages.consolePage() != 0) {
            ring.connect(StartPages.consolePage());
            port = StartPages.consolePort();
        }
    }

    /** Whether the tool stack has told of it. */
    @Uninterruptible(reason = REASON)
    public boolean isConnected() {
        return ring.isConnected();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void write(byte value) {
        if (!ring.isConnected()) {
            return;
        }
        long flags = Console.lockDevice();
        // Whoever looks at it has a raw terminal.
        if (value == '\n' && last != '\r') {
            flags = put((byte) '\r', flags);
        }
        flags = put(value, flags);
        Console.unlockDevice(flags);
    }

    /** With the device locked, but for the time that this waits. */
    @Uninterruptible(reason = REASON)
    private long put(byte value, long locked) {
        long flags = locked;
        while (!ring.hasRoom() && !isGivenUp()) {
            // Others may write meanwhile.
            Console.unlockDevice(flags);
            awaitRoom();
            flags = Console.lockDevice();
        }
        if (ring.hasRoom()) {
            ring.write(value);
        }
        last = value;
        return flags;
    }

    @Uninterruptible(reason = REASON)
    private boolean isGivenUp() {
        return stalled && ring.outConsumed() == stalledAt;
    }

    @Uninterruptible(reason = REASON)
    private void awaitRoom() {
        long begin = Cpu.readTimeStampCounter();
        EventChannels.notify(port);
        while (!ring.hasRoom() && Cpu.readTimeStampCounter() - begin < LONGEST_WAIT) {
            Schedule.yield();
        }
        stalled = !ring.hasRoom();
        stalledAt = ring.outConsumed();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void flush() {
        if (ring.isConnected()) {
            EventChannels.notify(port);
        }
    }

    /** The domain is about to end: waits until all that was written has been read, if it is. */
    @Uninterruptible(reason = REASON)
    public void drain() {
        if (!ring.isConnected()) {
            return;
        }
        EventChannels.notify(port);
        long begin = Cpu.readTimeStampCounter();
        while (!ring.isDrained() && Cpu.readTimeStampCounter() - begin < LONGEST_WAIT) {
            Schedule.yield();
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void enableInput() {
        if (ring.isConnected()) {
            EventChannels.bind(port, this);
            long flags = Cpu.disableInterrupts();
            handle(); // what came in before there were events
            Cpu.restoreInterrupts(flags);
        }
    }

    /** The domain was restored: page and port are new ones. */
    @Uninterruptible(reason = REASON)
    public void resume() {
        if (ring.isConnected()) {
            initialize();
            stalled = false;
            EventChannels.bind(port, this);
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        int count = 0;
        int value = ring.read();
        while (value != ConsoleRing.EMPTY) {
            Console.receive((byte) value);
            count++;
            value = count < MAXIMUM_BURST ? ring.read() : ConsoleRing.EMPTY;
        }
        if (count > 0) {
            EventChannels.notify(port); // there is room again
        }
    }
}
