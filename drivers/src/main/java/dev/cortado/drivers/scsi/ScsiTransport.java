package dev.cortado.drivers.scsi;

import dev.cortado.drivers.block.controller.Request;
import dev.cortado.kernel.memory.BuddyAllocator;
import java.io.IOException;

/** An adapter, which carries commands to units. */
public interface ScsiTransport {
    /** What is made of an answer. */
    interface Conclusion<T> {
        T conclude(ScsiAnswer answer) throws IOException;
    }

    /** For messages. */
    String name();

    /** Targets have numbers below this. */
    int targets();

    /** All addresses that it reaches are below. */
    default long addressLimit() {
        return BuddyAllocator.NO_LIMIT;
    }

    /** Bytes of data of a command at most. */
    int mostBytes();

    /**
     * Carries out a command.
     *
     * @throws IOException the adapter's driver is at its end
     */
    default ScsiAnswer run(ScsiAddress address, ScsiCommand command) throws IOException {
        return begin(address, command, answer -> answer, true).await();
    }

    /**
     * Begins a command; an adapter that carries out one at a time ends it, too.
     *
     * @param conclusion gives what its request gives
     * @param waits for room, if there is none: not while one has others under way
     * @return null if there is no room
     * @throws IOException as above
     */
    <T> Request<T> begin(
            ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
            throws IOException;

    boolean isAlive();

    /** Waits while units make themselves ready. */
    default void pause(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }
}
