package dev.cortado.drivers.xen.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.word.Pointer;

/**
 * A domain's console. Output works as soon as hypercalls do; the tool stack is told of it at the
 * end of each write, and a tool stack that does not read any more is waited for only once.
 */
public final class XenConsole implements ConsoleDevice, InterruptHandler {
    private static final String REASON = Console.REASON;

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
    public int write(Pointer bytes, int count) {
        if (!ring.isConnected()) {
            return count;
        }
        long flags = Console.lockDevice();
        int done = 0;
        while (done < count && put(bytes.readByte(done))) {
            done++;
        }
        Console.unlockDevice(flags);
        return done;
    }

    /**
     * False: there is no room. A line's end is CR and LF where a raw terminal looks at it; both are
     * put, or none. What nobody is there to read is lost.
     */
    @Uninterruptible(reason = REASON)
    private boolean put(byte value) {
        boolean withReturn = value == '\n' && last != '\r' && !Keyboard.isFramed();
        if (ring.room() < (withReturn ? 2 : 1)) {
            return isGivenUp();
        }
        if (withReturn) {
            ring.write((byte) '\r');
        }
        ring.write(value);
        last = value;
        return true;
    }

    @Uninterruptible(reason = REASON)
    private boolean isGivenUp() {
        return stalled && ring.outConsumed() == stalledAt;
    }

    /** Room for a line's end. */
    @Override
    @Uninterruptible(reason = REASON)
    public boolean hasRoom() {
        return !ring.isConnected() || ring.room() >= 2 || isGivenUp();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void noRoomForLong() {
        stalled = true;
        stalledAt = ring.outConsumed();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void flush() {
        if (ring.isConnected()) {
            EventChannels.notify(port);
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean isDrained() {
        return !ring.isConnected() || ring.isDrained();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void relax() {
        EventChannels.notify(port);
        Schedule.yield();
    }

    /** The tool stack sends an event whenever it has read something. */
    @Override
    @Uninterruptible(reason = REASON)
    public boolean awaitsRoom() {
        if (hasRoom()) {
            return false;
        }
        EventChannels.notify(port);
        return true;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void enableInterrupts() {
        if (ring.isConnected()) {
            EventChannels.bind(port, this);
            while (Keyboard.inputArrived()) {
                // what came in before there were events
            }
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

    /** The tool stack is told that there is room again. */
    @Override
    @Uninterruptible(reason = REASON)
    public int read() {
        int value = ring.read();
        if (value == ConsoleRing.EMPTY) {
            return Keyboard.END_OF_INPUT;
        }
        if (ring.isEmpty()) {
            EventChannels.notify(port);
        }
        return value;
    }

    /** What nobody has room for stays in the ring. */
    @Override
    @Uninterruptible(reason = REASON)
    public void setInputWanted(boolean wanted) {}

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        while (Keyboard.inputArrived()) {
            // until the ring is empty, which is small
        }
        Console.roomForOutput();
    }
}
