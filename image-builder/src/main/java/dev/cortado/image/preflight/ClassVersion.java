package dev.cortado.image.preflight;

import java.util.Optional;

/** The version of a class file: JVM specification, section 4.1. */
final class ClassVersion {
    static final int NEWEST_RELEASE = 25;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int HEADER = 8;
    private static final int MAJOR_OF_RELEASE_0 = 44;

    private ClassVersion() {}

    /** Why the class file cannot be compiled, if it cannot. */
    static Optional<String> problem(byte[] classFile) {
        if (classFile.length < HEADER || (u2(classFile, 0) << 16 | u2(classFile, 2)) != MAGIC) {
            return Optional.of("this is not a class file, or a damaged one: compile it again");
        }
        int release = u2(classFile, 6) - MAJOR_OF_RELEASE_0;
        if (release > NEWEST_RELEASE) {
            return Optional.of(
                    "this class was compiled for Java %d, which is newer than Java %d that images"
                                    .formatted(release, NEWEST_RELEASE)
                            + " are made of: compile it with --release "
                            + NEWEST_RELEASE);
        }
        return Optional.empty();
    }

    static boolean isReadable(byte[] classFile) {
        return problem(classFile).isEmpty();
    }

    private static int u2(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }
}
