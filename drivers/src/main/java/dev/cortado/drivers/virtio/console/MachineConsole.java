package dev.cortado.drivers.virtio.console;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.serial.Uart16550;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.message.SignalWord;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * A serial port, and a virtio console while there is one. The kernel's first lines go to the port.
 * When the driver has a console with somebody at its other end, all that the port was given is
 * waited for, and from then on output goes to the line's ring, which the driver's thread empties,
 * and which stays while drivers die and start again. Where no threads run any more, what the device
 * has is waited for, and what it has not, and all that follows, goes to the port: so the order
 * stays, where both end at the same place. A machine without a port has the device's register for
 * emergencies for that.
 */
final class MachineConsole implements ConsoleDevice {
    private static final String REASON = Console.REASON;

    /** Copied with interrupts off, or moved at once. */
    private static final int MOST_BYTES = 1024;

    /** Of the time-stamp counter: a second or so. */
    private static final long PATIENCE_IN_CYCLES = 3_000_000_000L;

    /** What the driver's thread is woken by. */
    private static final long LOOK = 1;

    /** Output goes to the serial port; to the ring; to the port, behind what is in the ring. */
    private static final int SERIAL = 0;

    private static final int LINE = 1;
    private static final int LEAVING = 2;

    /** As the one before, where no threads run. */
    private static final int ENDING = 3;

    private final Uart16550 serial = new Uart16550();
    private final VirtualMemory memory = new VirtualMemory();
    private final ConsoleLine line = new ConsoleLine(memory);
    private volatile int state;

    /** No threads run any more. */
    private boolean ended;

    /** Of the driver's {@link SignalWord}, 0 while there is none; with the scheduler's lock. */
    private long word;

    /** Where its device has a register for emergencies, or 0; as the word. */
    private long emergency;

    ConsoleLine line() {
        return line;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void initialize() {
        serial.initialize();
    }

    /** With the lock up to the end: nothing is behind {@link #takeLine} that was before it. */
    @Override
    @Uninterruptible(reason = REASON)
    public int write(Pointer bytes, int count) {
        long flags = Console.lockDevice();
        int written = 0;
        if (state == SERIAL) {
            written = writePast(bytes, count);
        } else if (state == LINE) {
            written =
                    line.output().write(bytes.rawValue(), count < MOST_BYTES ? count : MOST_BYTES);
        }
        Console.unlockDevice(flags);
        return written;
    }

    /** Past the line: to the serial port, or at the end to what there is instead. */
    @Uninterruptible(reason = REASON)
    private int writePast(Pointer bytes, int count) {
        if (!ended || emergency == 0 || serial.isPresent()) {
            return serial.writeLocked(bytes, count);
        }
        memory.writeIntRelease(emergency, bytes.readByte(0) & 0xff);
        return 1;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int overtake(Pointer bytes, int count) {
        long flags = Console.lockDevice();
        int written = writePast(bytes, count);
        Console.unlockDevice(flags);
        return written;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean hasRoom() {
        int now = state;
        return now == SERIAL ? serial.hasRoom() : now == LINE && line.output().room() > 0;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void flush() {
        if (state == LINE) {
            long flags = Scheduler.lock();
            wakeDriver();
            Scheduler.unlock(flags);
        }
    }

    /** With the scheduler's lock. */
    @Uninterruptible(reason = REASON)
    private void wakeDriver() {
        if (word != 0) {
            SignalWord.Operations.signalLocked(WordFactory.pointer(word), LOOK);
        }
    }

    /**
     * Whom to wake from now on.
     *
     * @param register for emergencies, 0 if there is none
     */
    @Uninterruptible(reason = REASON)
    void setDriver(SignalWord driver, long register) {
        long flags = Scheduler.lock();
        word = driver.rawValue();
        emergency = register;
        Scheduler.unlock(flags);
    }

    /** Nobody is woken any more, and the device's registers are nobody's. */
    @Uninterruptible(reason = REASON)
    void clearDriver() {
        long flags = Scheduler.lock();
        word = 0;
        emergency = 0;
        Scheduler.unlock(flags);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean isDrained() {
        return serial.isDrained();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void relax() {
        serial.relax();
    }

    /** Who does not read now, may do so later. */
    @Override
    @Uninterruptible(reason = REASON)
    public void noRoomForLong() {}

    @Override
    @Uninterruptible(reason = REASON)
    public void enableInterrupts() {
        serial.enableInterrupts();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int read() {
        int value = line.input().read();
        if (value == ByteRing.EMPTY) {
            return serial.read();
        }
        if (line.takeInputWait()) {
            wakeDriver();
        }
        return value;
    }

    /** What comes by the line waits in its ring. */
    @Override
    @Uninterruptible(reason = REASON)
    public void setInputWanted(boolean wanted) {
        serial.setInputWanted(wanted);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean awaitsRoom() {
        if (state == SERIAL) {
            return serial.awaitsRoom();
        }
        if (hasRoom()) {
            return false;
        }
        wakeDriver();
        return true;
    }

    /**
     * Lets output go to the line, if the serial port has sent all that it was given.
     *
     * @return whether it does
     */
    @Uninterruptible(reason = REASON)
    boolean takeLine() {
        long flags = Console.lockDevice();
        if (state == LEAVING || state == SERIAL && serial.isDrained()) {
            state = LINE;
        }
        boolean taken = state == LINE;
        Console.unlockDevice(flags);
        return taken;
    }

    /** Whether output goes to the line, or its ring is still to be emptied. */
    boolean isOnLine() {
        return state != SERIAL;
    }

    /** Nobody may write any more until {@link #leaveLine} has moved what is left on the line. */
    @Uninterruptible(reason = REASON)
    void beginToLeaveLine() {
        long flags = Console.lockDevice();
        if (state == LINE) {
            state = LEAVING;
        }
        Console.unlockDevice(flags);
    }

    /**
     * Moves some bytes of the line that the device does not have to the serial port, as far as that
     * has room: the garbage collector waits meanwhile. When there are none, output goes to the
     * port.
     *
     * @return whether it does
     */
    @Uninterruptible(reason = REASON)
    boolean leaveLine() {
        Pointer one = StackValue.get(Long.BYTES);
        ByteRing output = line.output();
        output.release(line.handed());
        for (int i = 0; output.consumed() != output.produced(); i++) {
            if (i == MOST_BYTES) {
                return false;
            }
            one.writeByte(0, output.at(output.consumed()));
            if (overtake(one, 1) == 0) {
                return false;
            }
            output.release(output.consumed() + 1);
        }
        state = SERIAL;
        return true;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void endThreads() {
        ended = true;
        if (state == SERIAL || state == ENDING) {
            state = SERIAL; // not again: an exception while the line was left is why this is called
            return;
        }
        state = ENDING;
        long begin = Cpu.readTimeStampCounter();
        while (!line.isUsed() && Cpu.readTimeStampCounter() - begin < PATIENCE_IN_CYCLES) {
            Cpu.pause();
        }
        begin = Cpu.readTimeStampCounter();
        long position = line.output().consumed();
        while (!leaveLine() && Cpu.readTimeStampCounter() - begin < PATIENCE_IN_CYCLES) {
            if (line.output().consumed() != position) {
                position = line.output().consumed();
                begin = Cpu.readTimeStampCounter();
            }
            Cpu.pause();
        }
        state = SERIAL;
    }

    /** Says something on the serial port, past the line: for what is said about its driver. */
    @Uninterruptible(reason = REASON)
    void say(Pointer text, int count) {
        int done = 0;
        long begin = Cpu.readTimeStampCounter();
        while (done < count && Cpu.readTimeStampCounter() - begin < PATIENCE_IN_CYCLES) {
            done += overtake(text.add(done), count - done);
        }
    }

    /** Whether bytes of an earlier driver's are still to be sent, or of this one's. */
    boolean isEmpty() {
        return line.output().consumed() == line.output().produced();
    }

    /** Lets the program read what has come in. */
    @Uninterruptible(reason = REASON)
    private static void passInput() {
        while (Keyboard.inputArrived()) {
            // until the line is empty, or nobody has room
        }
    }

    /** For the driver of this console. */
    VirtioConsole.Listener listener() {
        return new VirtioConsole.Listener() {
            @Override
            public void roomForOutput() {
                Console.roomForOutput();
            }

            @Override
            public void inputArrived() {
                passInput();
            }
        };
    }
}
