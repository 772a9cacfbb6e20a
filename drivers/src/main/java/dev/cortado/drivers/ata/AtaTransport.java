package dev.cortado.drivers.ata;

import dev.cortado.drivers.block.controller.Request;
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
     * Begins a command, where the controller has several under way at once.
     *
     * @param waits for room, if there is none: not while one has others under way
     * @return whether it was carried out; where it was not, it is to be {@link #run} when nothing
     *     of one's own is under way any more. Null if there is no room
     * @throws IOException as above
     */
    default Request<Boolean> begin(AtaCommand command, boolean waits) throws IOException {
        run(command);
        return Request.ended(true);
    }

    /**
     * Tells the disk that nobody needs blocks any more.
     *
     * @param blocks at most {@link TrimRanges#MOST_BLOCKS}
     */
    void trim(long block, long blocks) throws IOException;

    boolean isAlive();
}
