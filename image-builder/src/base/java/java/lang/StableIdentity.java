package java.lang;

import jdk.internal.misc.Unsafe;

/**
 * Gives objects of the compiler's JVM identity hash codes that are the same in each run: the first
 * object of a class to be asked for one has always the same, and so on. HotSpot numbers all objects
 * of a thread in one sequence instead; when one object more or less is asked, because of the
 * garbage collector or of another thread, all that come after it have others, and so has the image,
 * which contains hash codes and objects in their order.
 *
 * <p>Belongs into {@code java.base}. HotSpot insists on its own {@code Object.hashCode()}; it runs
 * with {@code -XX:hashCode=2} here, and gives {@link #OF_VM} to every object. What calls {@code
 * hashCode()} where it matters calls {@link #hashCodeOf} instead.
 */
public final class StableIdentity {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** Of the first word of an object: the two lowest bits tell of locks. */
    private static final int LOCK_MASK = 3;

    /** The rest of the word is the address of a monitor, which has the hash code. */
    private static final int MONITOR = 2;

    private static final long HASH_MASK = 0x7fff_ffff;
    private static final int OF_VM = 1;
    private static final int GOLDEN_RATIO = 0x9e37_79b9;

    private static final int SHIFT = shift();

    /** A field of each class: how many of its objects have a hash code. */
    private static final long NUMBER = UNSAFE.objectFieldOffset(Class.class, "stableIdentities");

    private StableIdentity() {}

    /** What {@link System#identityHashCode} returns. */
    public static int hashCode(Object object) {
        if (object == null) {
            return 0;
        }
        int hash = hash(UNSAFE.getLong(object, 0));
        if (hash > OF_VM) {
            return hash;
        }
        return object instanceof Class ? ofClass(object) : replace(object, 0);
    }

    /** What {@code object.hashCode()} should return. */
    public static int hashCodeOf(Object object) {
        if (object == null) {
            throw new NullPointerException();
        }
        int before = hash(UNSAFE.getLong(object, 0));
        if (before <= OF_VM && object instanceof Class) {
            return ofClass(object);
        }
        int hash = object.hashCode();
        // If not, it is another class's 1, or an object's that had it before.
        boolean given = hash == OF_VM && before == 0 && hash(UNSAFE.getLong(object, 0)) == OF_VM;
        return given ? replace(object, OF_VM) : hash;
    }

    /**
     * For keys that a tree in a hash map cannot tell apart: it puts them in any order, and searches
     * both sides. Their hash codes would be used up in the order in which keys happen to come, and
     * in a map of one more or less not at all.
     */
    public static int ofEqualKey(Object key) {
        return 0;
    }

    /** The VM gives one to a class that it links, for no reason that would matter here. */
    private static int ofClass(Object type) {
        int fresh = fresh(type);
        long mark = UNSAFE.getLong(type, 0);
        while ((mark & LOCK_MASK) != MONITOR && hash(mark) <= OF_VM) {
            UNSAFE.compareAndSetLong(type, 0, mark, withHash(mark, fresh));
            mark = UNSAFE.getLong(type, 0);
        }
        return fresh;
    }

    /** Nobody has seen the old one yet, or there was none. */
    private static int replace(Object object, int old) {
        int fresh = 0;
        while (true) {
            long mark = UNSAFE.getLong(object, 0);
            if (hash(mark) != old || (mark & LOCK_MASK) == MONITOR) {
                return System.identityHashCode(object);
            }
            fresh = fresh == 0 ? fresh(object) : fresh;
            if (UNSAFE.compareAndSetLong(object, 0, mark, withHash(mark, fresh))) {
                return fresh;
            }
        }
    }

    private static int fresh(Object object) {
        int hash;
        if (object instanceof Class<?> type) {
            hash = hash(type);
        } else {
            Class<?> type = object.getClass();
            // Each lambda has a class, and their names are the same up to the address.
            Class<?> counter = type.isHidden() ? type.getNestHost() : type;
            int number = UNSAFE.getAndAddInt(counter, NUMBER, 1);
            hash = hash(type) + (number + 1) * GOLDEN_RATIO;
        }
        return Math.max(OF_VM + 1, mixed(hash) & (int) HASH_MASK);
    }

    /** Depends on a class's name, of which a hidden class's has an address at its end. */
    static int hash(Class<?> type) {
        String name = type.getName();
        int address = type.isHidden() ? name.indexOf("0x") : -1;
        int length = address < 0 ? name.length() : address;
        int hash = 0;
        for (int i = 0; i < length; i++) {
            // Not String.hashCode(): it is too early for what that initializes.
            hash = 31 * hash + name.charAt(i);
        }
        return hash;
    }

    /** Each bit depends on each: the last step of MurmurHash3. */
    private static int mixed(int bits) {
        int mixed = (bits ^ bits >>> 16) * 0x85eb_ca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2_ae35;
        return mixed ^ mixed >>> 16;
    }

    /**
     * An object's hash code, or 0 if it has none; what is in a monitor counts as {@link #OF_VM}.
     */
    private static int hash(long mark) {
        return (mark & LOCK_MASK) == MONITOR ? OF_VM : (int) (mark >>> SHIFT & HASH_MASK);
    }

    private static long withHash(long mark, int hash) {
        return mark & ~(HASH_MASK << SHIFT) | (long) hash << SHIFT;
    }

    private static int shift() {
        Object object = new Object();
        long hash = System.identityHashCode(object);
        long mark = UNSAFE.getLong(object, 0);
        int shift = 0;
        while ((mark >>> shift & HASH_MASK) != hash) {
            shift++;
        }
        return shift;
    }
}
