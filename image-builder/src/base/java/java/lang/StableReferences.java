package java.lang;

/**
 * Keeps what the compiler's JVM refers to weakly in its tables. Whether an entry of such a table is
 * still there when the image is made, and has been asked for its hash code, would depend on when
 * garbage is collected.
 *
 * <p>Belongs into {@code java.base}.
 */
public final class StableReferences {
    private static Kept kept;

    private record Kept(Object referent, Kept next) {}

    private StableReferences() {}

    /** From now on, {@code referent} is never garbage. */
    public static synchronized void keep(Object referent) {
        kept = new Kept(referent, kept);
    }
}
