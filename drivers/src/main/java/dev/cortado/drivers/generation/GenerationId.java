package dev.cortado.drivers.generation;

/**
 * 128 bits that are others in each copy of a machine and after each return to a snapshot
 * (Microsoft's "Virtual Machine Generation ID" of 2012). They change while the machine stands
 * still: whoever reads the same as before runs in the same machine as before. Safe for use by
 * several threads.
 */
public interface GenerationId {
    /** A machine that says nothing. */
    GenerationId NONE =
            new GenerationId() {
                @Override
                public long low() {
                    return 0;
                }

                @Override
                public long high() {
                    return 0;
                }
            };

    /** The first 8 bytes of it, as a little-endian number; 0 if the machine has none. */
    long low();

    /** The other 8 bytes. */
    long high();
}
