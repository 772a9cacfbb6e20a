package dev.cortado.drivers.network.card;

import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A card as its data sheet describes it, in the test's own thread: it does something when the test
 * says so. It fails the test when its driver does what it must not.
 */
public abstract class CardModel {
    protected final HostMemory memory;

    /** What a device's address is above the test's. */
    protected final long deviceOffset;

    protected CardModel(HostMemory memory, long deviceOffset) {
        this.memory = memory;
        this.deviceOffset = deviceOffset;
    }

    /** The driver's side, which resets it. */
    public abstract NetworkCard card(DeviceFrames frames) throws IOException, InterruptedException;

    /**
     * Sends packets and says so to the driver.
     *
     * @param most packets as the driver gave them, which may be cut into several
     * @return what is on the wire
     */
    public abstract List<byte[]> send(int most);

    /** A packet comes from the wire; false if there is no buffer, or it may not receive. */
    public abstract boolean deliver(byte[] packet);

    /** Whether packets to an address would be given to the driver. */
    public abstract boolean accepts(long address);

    /** The link comes or goes. */
    public abstract void setLink(boolean up);

    /** Whether it interrupts now. */
    public abstract boolean isInterrupting();

    /** The driver has been woken; of a line, which stays as it is, this says nothing. */
    public void interruptTaken() {}

    /** Whether it neither sends nor receives. */
    public abstract boolean isStopped();

    /** Writes nonsense into rings that are the driver's, or its registers. */
    public abstract void scribble(Random random);

    /** From now on its registers are as if it had been pulled. */
    public abstract void pull();

    /** Where a test finds what the card finds at an address. */
    protected final long here(long deviceAddress) {
        return deviceAddress - deviceOffset;
    }

    protected final byte[] read(long deviceAddress, int bytes) {
        byte[] copy = new byte[bytes];
        memory.copyOut(here(deviceAddress), copy, 0, bytes);
        return copy;
    }

    protected final void write(long deviceAddress, byte[] bytes) {
        memory.copyIn(bytes, 0, here(deviceAddress), bytes.length);
    }
}
