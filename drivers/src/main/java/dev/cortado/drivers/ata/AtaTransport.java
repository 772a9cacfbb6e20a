package dev.cortado.drivers.ata;

import java.io.IOException;

/** A disk's way to its controller. */
public interface AtaTransport {
    /**
     * Carries out a command.
     *
     * @throws IOException the disk says that it was not done, or the controller's driver is at its
     *     end
     */
    void run(AtaCommand command) throws IOException;

    /**
     * Tells the disk that nobody needs blocks any more.
     *
     * @param blocks at most {@link TrimRanges#MOST_BLOCKS}
     */
    void trim(long block, long blocks) throws IOException;

    boolean isAlive();
}
