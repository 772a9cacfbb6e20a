package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.graalvm.nativeimage.ImageInfo;

/** What only a guest has. */
final class Guest {
    private Guest() {}

    /** Skips the test on HotSpot: below it is no kernel of ours. */
    static void required() {
        assumeTrue(ImageInfo.inImageRuntimeCode(), "only in a guest");
    }
}
