package com.oracle.svm.core.jdk;

/**
 * Stands in for the builder's class of the same name, which declares functions of a native JVM
 * library. That one is left out of images whose platform has no JNI, yet code that stays in the
 * image refers to it; here the functions are plain Java and the kernel may substitute them.
 */
public class Jvm {
    private Jvm() {}

    /** Nothing to pull in: there is no native JVM library in a guest. */
    public static void initialize() {}

    /** The number of processors that Java threads may run on. */
    public static int JVM_ActiveProcessorCount() {
        return 1;
    }
}
