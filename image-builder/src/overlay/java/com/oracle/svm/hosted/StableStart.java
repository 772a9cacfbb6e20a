package com.oracle.svm.hosted;

import java.lang.reflect.Method;

/**
 * Called before the builder's {@code main}, with the JVM's other threads still busy starting. The
 * identity hash codes of a thread's objects are one sequence, the same in each run (xorshift with
 * the main thread's fixed seed), and the image depends on them. Which thread initializes a class is
 * chance at this time, and the one that does takes a hash code for it.
 */
public final class StableStart {
    private static final String LOCKS = "java.util.concurrent.locks.AbstractQueued";
    private static final String[] QUEUES = {"Synchronizer$", "LongSynchronizer$"};
    private static final String[] NODES = {"Node", "ExclusiveNode", "SharedNode", "ConditionNode"};

    /** All but this many bits of a landmark in the sequence of hash codes are arbitrary. */
    private static final int LANDMARK_BITS = 16;

    private StableStart() {}

    public static void prepare() throws ReflectiveOperationException {
        MarkWord mark = new MarkWord();
        for (String queue : QUEUES) {
            for (String node : NODES) {
                // Locks initialize these when threads wait for each other.
                Class<?> type = Class.forName(LOCKS + queue + node, true, null);
                mark.setIdentityHash(type, type.getName().hashCode());
            }
        }
        skipToLandmark();
    }

    /** Some hash codes more or less have been taken: this goes on to where all runs meet. */
    static void skipToLandmark() {
        int hash;
        do {
            hash = System.identityHashCode(new Object());
        } while (hash << -LANDMARK_BITS != 0);
    }

    /** The first word of an object, which has its hash code. */
    private static final class MarkWord {
        private static final long HASH_MASK = 0x7fff_ffff;

        private final Object unsafe;
        private final Method get;
        private final Method replace;
        private final int shift;

        MarkWord() throws ReflectiveOperationException {
            // By reflection, since the compiler of this class cannot see that package.
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            unsafe = type.getMethod("getUnsafe").invoke(null);
            get = type.getMethod("getLong", Object.class, long.class);
            replace =
                    type.getMethod(
                            "compareAndSetLong", Object.class, long.class, long.class, long.class);
            shift = shift();
        }

        private int shift() throws ReflectiveOperationException {
            Object object = new Object();
            long hash = System.identityHashCode(object);
            long word = word(object);
            int found = 0;
            while ((word >>> found & HASH_MASK) != hash) {
                if (++found == Long.SIZE) {
                    throw new IllegalStateException("no hash code in " + Long.toHexString(word));
                }
            }
            return found;
        }

        void setIdentityHash(Object object, int hash) throws ReflectiveOperationException {
            long hashBits = (hash & HASH_MASK) << shift;
            boolean done = System.identityHashCode(object) == (hash & HASH_MASK);
            while (!done) {
                long word = word(object);
                long changed = word & ~(HASH_MASK << shift) | hashBits;
                done = (boolean) replace.invoke(unsafe, object, 0L, word, changed);
            }
            if (System.identityHashCode(object) != (hash & HASH_MASK)) {
                throw new IllegalStateException("cannot set the hash code of " + object);
            }
        }

        private long word(Object object) throws ReflectiveOperationException {
            return (long) get.invoke(unsafe, object, 0L);
        }
    }
}
