package com.oracle.svm.hosted.classinitialization;

import java.util.Objects;
import java.util.stream.Stream;
import jdk.internal.misc.Unsafe;

/**
 * Initializers of classes that a library wants to have run while the image is built, and that call
 * native code which the builder's JVM has not, such as those of grpc-netty-shaded's OpenSSL. A
 * guest has no native code either, and most programs never use such a class: it is left to be
 * initialized at run time, as the compiler does by itself where a class is missing. So are those
 * that use it.
 */
public final class NativeInitializers {
    private static final int MOST_CAUSES = 16;

    private NativeInitializers() {}

    /**
     * Initializes a class.
     *
     * @throws NoClassDefFoundError if it calls native code that is not there, or uses a class that
     *     does
     */
    public static void run(Unsafe unsafe, Class<?> type) {
        try {
            unsafe.ensureClassInitialized(type);
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError e) {
            if (!isNative(e)) {
                throw e;
            }
            NoClassDefFoundError missing = new NoClassDefFoundError(type.getName());
            missing.initCause(e);
            throw missing;
        }
    }

    /** The second time that a class is asked for, the error is another one than the first time. */
    private static boolean isNative(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(cause ->
                        cause instanceof UnsatisfiedLinkError
                                || cause instanceof NoClassDefFoundError);
    }
}
