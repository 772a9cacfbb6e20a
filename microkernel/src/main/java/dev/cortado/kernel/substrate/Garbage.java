package dev.cortado.kernel.substrate;

import com.oracle.svm.core.memory.NullableNativeMemory;
import com.oracle.svm.core.nmt.NmtCategory;
import dev.cortado.kernel.memory.Memory;
import jdk.internal.access.JavaLangRefAccess;
import jdk.internal.access.SharedSecrets;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/** Makes room for native memory of what nobody refers to, as {@code java.nio.Bits} does. */
final class Garbage {
    private static final int COLLECTIONS = 4;

    /** Between two collections: what others have meanwhile is garbage only at the next one. */
    private static final int TRIES = 8;

    private Garbage() {}

    /**
     * Memory for which there was no room: collects garbage and has what belongs to it freed, then
     * waits, each time longer, for those who free it or ask for it at the same time; and so on for
     * about a second. Who interrupts the thread meanwhile has done so afterwards.
     *
     * @return null if there is none
     */
    static PointerBase allocate(long bytes) {
        PointerBase memory = WordFactory.nullPointer();
        if (bytes > Memory.totalBytes()) {
            return memory;
        }
        boolean interrupted = false;
        for (int i = 0; memory.isNull() && i < COLLECTIONS * TRIES; i++) {
            if (i % TRIES == 0) {
                System.gc();
            }
            interrupted |= awaitFreed(1L << i % TRIES);
            memory = NullableNativeMemory.malloc(WordFactory.unsigned(bytes), NmtCategory.Unsafe);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return memory;
    }

    /** Returns when something was freed, or so long after that; whether it was interrupted. */
    private static boolean awaitFreed(long milliseconds) {
        try {
            JavaLangRefAccess references = SharedSecrets.getJavaLangRefAccess();
            if (!references.waitForReferenceProcessing()) {
                Thread.sleep(milliseconds);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
