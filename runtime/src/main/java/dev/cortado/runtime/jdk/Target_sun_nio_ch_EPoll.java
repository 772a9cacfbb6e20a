package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;

/** The natives of selectors: none can be opened, as there is nothing to select. */
@TargetClass(className = "sun.nio.ch.EPoll")
final class Target_sun_nio_ch_EPoll {
    private Target_sun_nio_ch_EPoll() {}

    // The layout of struct epoll_event (Linux, sys/epoll.h), packed on x86-64.

    @Substitute
    private static int eventSize() {
        return 12;
    }

    @Substitute
    private static int eventsOffset() {
        return 0;
    }

    @Substitute
    private static int dataOffset() {
        return 4;
    }

    @Substitute
    static int create() throws IOException {
        throw new IOException(NoNetwork.MESSAGE);
    }
}
