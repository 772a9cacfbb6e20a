package dev.cortado.drivers.pci;

import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * A driver's hold on a device: its registers, its interrupts, and the frames that both see. The
 * device is kept from memory until the driver has reset it and lets it there.
 */
public interface PciAccess extends AutoCloseable {
    /** For messages. */
    String name();

    /**
     * What a base address has, mapped.
     *
     * @param index of its register, the first of two for 64 bits
     * @throws IOException there is none
     */
    Registers registers(int index) throws IOException;

    /** How many messages it interrupts by, or one line. */
    int interrupts();

    /**
     * Waits until the device has interrupted since this was called last, or the time is over; also
     * for no reason. By one thread.
     *
     * @return a bit for each message that has come
     */
    long await(long nanoseconds) throws InterruptedException;

    /**
     * The driver has looked at its device, which takes its line back: a line may come again.
     *
     * @param work whether the device had done anything since this was called last
     */
    void acknowledge(boolean work);

    /** Lets who waits look, as an interrupt would. */
    void wake();

    /** Waits for something that takes the device a moment. */
    void sleep(long milliseconds) throws InterruptedException;

    /** Frames for the device, until this is closed. */
    DeviceFrames frames();

    /** To look at the frames. */
    RingMemory memory();

    /** The device reads and writes memory from now on; it was reset before. */
    void admitToMemory();

    /** The device does not reach memory any more. */
    void keepFromMemory();

    /** Keeps the device from memory and lets go of it. Who waits for an interrupt, returns. */
    @Override
    void close();
}
