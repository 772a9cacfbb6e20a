package dev.cortado.kernel.substrate;

import jdk.internal.access.JavaLangRefAccess;
import jdk.internal.access.SharedSecrets;

/** Makes room for native memory of what nobody refers to, as {@code java.nio.Bits} does. */
final class Garbage {
    /** Between two collections: what others have meanwhile is garbage only at the next one. */
    private static final int TRIES = 8;

    private static final int COLLECTIONS = 4;

    private Garbage() {}

    /**
     * Collects garbage the first time, and has what belongs to it freed; then it waits, each time
     * longer, for those who free it or ask for it at the same time; and so on for about a second.
     *
     * @param tries how often that has been tried in vain
     * @return whether to ask for memory again
     */
    static boolean makesRoom(int tries) {
        if (tries % TRIES == 0) {
            System.gc();
        }
        boolean interrupted = false;
        try {
            JavaLangRefAccess references = SharedSecrets.getJavaLangRefAccess();
            if (!references.waitForReferenceProcessing()) {
                Thread.sleep(1L << tries % TRIES);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return tries < TRIES * COLLECTIONS && !interrupted;
    }
}
