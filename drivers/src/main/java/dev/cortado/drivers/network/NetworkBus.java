package dev.cortado.drivers.network;

import dev.cortado.kernel.memory.BuddyAllocator;
import java.util.List;
import java.util.function.Consumer;

/** How a kind of machine has network devices. */
public interface NetworkBus {
    /** Bytes of each buffer that its devices want; see {@link NetworkBuffers}. */
    int bufferBytes();

    /** How many buffers it can share with devices, however much memory there is. */
    int mostBuffers();

    /** Below which address each buffer lies, for devices that do not reach further. */
    default long addressLimit() {
        return BuddyAllocator.NO_LIMIT;
    }

    /**
     * Whether there may be no device at the start, and some later: one has to be ready for these.
     */
    boolean isGrowing();

    /**
     * Looks for devices, once.
     *
     * @param later is told of each one that comes later, by a thread that must not be kept
     * @param problems is told, in a line each, of what there is and cannot be used
     * @return those that there are now, in the order of their numbers
     */
    List<NetworkPlace> start(Consumer<NetworkPlace> later, Consumer<String> problems);
}
