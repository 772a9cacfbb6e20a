package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * How virtual threads wait for channels: an open file lets them wait as it does any thread, and
 * wakes them itself. No thread polls for them.
 */
@TargetClass(className = "sun.nio.ch.Poller")
@Substitute
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Poller {
    private Target_sun_nio_ch_Poller() {}

    /**
     * @param nanos how long, 0 for as long as it takes
     */
    @Substitute
    static void poll(int number, int event, long nanos, BooleanSupplier isOpen) throws IOException {
        if (isOpen.getAsBoolean()) {
            ChannelWait.await(number, event, nanos == 0 ? ChannelWait.FOR_EVER : nanos);
        }
    }

    /** Whoever shuts down one direction of a file lets those know that wait for it. */
    @Substitute
    static void stopPoll(int number, int event) {}

    /** Before a file is closed that virtual threads wait in, where others are preClose0's. */
    @Substitute
    static void stopPoll(int number) {
        try {
            ChannelCalls.preClose(number);
        } catch (IOException e) {
            // It is closed already, and nobody waits in it any more.
        }
    }
}
