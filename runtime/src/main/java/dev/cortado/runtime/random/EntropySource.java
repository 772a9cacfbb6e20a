package dev.cortado.runtime.random;

import java.util.function.LongConsumer;

/** Where unpredictable numbers come from. */
public interface EntropySource {
    /**
     * Asks once, which takes microseconds.
     *
     * @param numbers is given what the source has, whatever it is worth
     * @return how many of the bits given nobody can predict, by a careful estimate; 0 if the source
     *     has nothing, or gives what looks as if it were broken
     */
    int gather(LongConsumer numbers);

    /** What was gathered and is not asked for yet is worth nothing any more: others may have it. */
    default void forget() {}

    /**
     * Waits if the source has had nothing yet and may have something soon; called when no source
     * has anything.
     *
     * @return whether it has something now
     */
    default boolean await() {
        return false;
    }
}
